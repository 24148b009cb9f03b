import { judgeLine } from '../quiz/command/judge-line.ts';
import { type Item, type ItemKind, lineOfOption, misconceptionsOf, type Option } from '../quiz/item.ts';
import { readTypedLine } from '../quiz/typed-line.ts';

/** What is wrong with a question by itself, each as a sentence for its author. */
export function lintItem(item: Item): string[] {
  return [...lintSolution(item), ...lintFields(item), ...lintTexts(item), ...ofKind[item.kind](item)];
}

/**
 * Whether a question of a lesson lacks its line of contrast: where an option names a misconception, it has
 * that one's.
 */
export function lintContrast(item: Item): string[] {
  return item.contrast !== undefined || misconceptionsOf(item).length > 0
    ? []
    : [
        'no option names a misconception, so it needs a `contrast:` of its own, "In Docker …; in Kubernetes …"',
      ];
}

function lintSolution(item: Item): string[] {
  const right = item.options.filter((option) => option.correct);
  const ofRight = right.flatMap((option) =>
    option.misconception ? [`the right option "${option.text}" cannot reveal a misconception`] : [],
  );
  switch (item.kind) {
    case 'order':
      return right.length > 0
        ? ['an `order` has no `correct`: write the options in the right order', ...ofRight]
        : [];
    case 'match':
      return right.length > 0 ? ['a `match` has no `correct`: each option has its partner', ...ofRight] : [];
    case 'several':
    case 'command': {
      const isAll = right.length === item.options.length;
      return [
        ...(right.length === 0 ? ['none of the options is `correct: true`'] : []),
        ...(isAll ? ['every option is correct: that tests nothing; add a wrong one'] : []),
        ...ofRight,
      ];
    }
    default:
      return right.length === 1
        ? ofRight
        : [`exactly one option is \`correct: true\`, here ${right.length} are`, ...ofRight];
  }
}

/** What belongs to one kind only. */
const fieldOf = {
  says: 'true-false',
  match: 'match',
  mixed: 'match',
  at: 'mistake',
} as const satisfies Partial<Record<keyof Option, ItemKind>>;

function lintFields(item: Item): string[] {
  return Object.entries(fieldOf)
    .filter(([field, kind]) => {
      const isThere = item.options.some((option) => option[field as keyof typeof fieldOf] !== undefined);
      return isThere && kind !== item.kind;
    })
    .map(([field, kind]) => `\`${field}\` belongs to \`${kind}\` only`);
}

/** Options are read at a glance; output and command lines are as long as they are. */
const mostOfText: Partial<Record<ItemKind, number>> = { predict: 400, command: 200, match: 60 };
const mostLinesOfListing = 22;

function lintTexts(item: Item): string[] {
  const most = mostOfText[item.kind] ?? 120;
  const longListing = (item.listing?.text.split('\n').length ?? 0) > mostLinesOfListing;
  const explanations = item.options.flatMap(({ explanation, mixed = [] }) => [
    explanation,
    ...mixed.map((each) => each.explanation),
  ]);
  return [
    ...item.options
      .filter(({ text }) => text.length > most)
      .map(({ id }) => `option ${id} is too long: at most ${most} characters`),
    ...item.options
      .filter(({ text }) => text.includes('\n') && item.kind !== 'predict')
      .map(({ id }) => `option ${id} is of several lines; only in a \`predict\` it may be`),
    ...(isUnique(item.options.map((option) => option.text)) ? [] : ['two options say the same']),
    ...(isUnique(explanations)
      ? []
      : ['two options have the same explanation; each says what led to that choice']),
    ...(longListing ? [`the listing has more than ${mostLinesOfListing} lines`] : []),
  ];
}

const ofKind: Readonly<Record<ItemKind, (item: Item) => readonly string[]>> = {
  one: (item) => (item.options.length > 5 ? ['a `one` has room for 5 options'] : []),
  several: () => [],
  order: () => [],
  'true-false': lintVerdicts,
  match: lintPartners,
  predict: lintOutput,
  command: lintLines,
  mistake: lintPlaces,
};

function lintVerdicts({ options }: Item): string[] {
  const verdicts = new Set(options.map((option) => option.says));
  return verdicts.has(true) && verdicts.has(false) && verdicts.size === 2
    ? []
    : ['each reason of a `true-false` has `says: true` or `says: false`, and both occur'];
}

function lintPartners({ options }: Item): string[] {
  const partners = options.flatMap((option) => option.match ?? []);
  return [
    ...options
      .filter((option) => option.match === undefined)
      .map((option) => `option ${option.id} has no partner: give it a \`match\``),
    ...(isUnique(partners) ? [] : ['two options have the same partner']),
    ...options.flatMap(({ id, match, mixed = [] }) => [
      ...mixed
        .filter((each) => each.match === match || !partners.includes(each.match))
        .map((each) => `\`mixed\` of option ${id}: "${each.match}" is the partner of no other option`),
      ...(isUnique(mixed.map((each) => each.match))
        ? []
        : [`\`mixed\` of option ${id} names a partner twice`]),
    ]),
  ];
}

const mostLinesOfOutput = 6;
const mostColumnsOfOutput = 60;

function lintOutput({ options }: Item): string[] {
  return options
    .filter(({ text }) => text.includes('\n'))
    .flatMap(({ id, text }) => {
      const lines = text.split('\n');
      const widest = Math.max(...lines.map((line) => [...line].length));
      return [
        ...(lines.length > mostLinesOfOutput
          ? [`option ${id} has ${lines.length} lines; at most ${mostLinesOfOutput}`]
          : []),
        ...(widest > mostColumnsOfOutput
          ? [`option ${id} is ${widest} columns wide; at most ${mostColumnsOfOutput} fit`]
          : []),
      ];
    });
}

function lintLines(item: Item): string[] {
  const { options } = item;
  return [
    ...options
      .filter((option) => !option.correct && judgeLine(item, option.text).kind === 'right')
      .map(({ text }) => `"${text}" does the same as the answer, so it is right`),
    ...(options[0]?.correct ? [] : ['the first option of a `command` is the model answer: `correct: true`']),
    ...options
      .filter((option) => option.correct)
      .flatMap(({ text }) => {
        const read = readTypedLine(text);
        if (read.program === 'refused') return [`"${text}" is refused: ${read.message}`];
        // A redirection belongs to the command; a pipe begins another.
        return /^([<>]|$)/.test(read.rest)
          ? []
          : [`"${text}" is more than one command: leave out \`${read.rest}\``];
      }),
  ];
}

function lintPlaces(item: Item): string[] {
  if (!item.listing) return ['a `mistake` has a `listing` to find it in'];
  const lines = item.options.flatMap((option) => lineOfOption(item, option) ?? []);
  return [
    ...item.options
      .filter((option) => lineOfOption(item, option) === undefined)
      .map(({ id, at }) =>
        at === undefined
          ? `option ${id} says \`at:\` which line it means`
          : `option ${id}: "${at}" has to stand in exactly one line of the listing`,
      ),
    ...(isUnique(lines.map(String)) ? [] : ['two options mean the same line']),
  ];
}

function isUnique(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

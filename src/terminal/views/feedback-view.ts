import type { Grade, Pair } from '../../quiz/grade.ts';
import type { Item, Option } from '../../quiz/item.ts';
import { between, markOf, markWidth, signed } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawExplained, labelled, lineLines } from './question-view.ts';
import { type Counterpart, drawTypedVerdict } from './typed-verdict-view.ts';

/**
 * The verdict on an answer: what was chosen and why one would, what is right and why.
 *
 * @param counterpart of a docker line that was typed where kubectl is wanted
 */
export function drawFeedback(item: Item, grade: Grade, style: Style, counterpart?: Counterpart): string[] {
  return [
    ...drawVerdict(item, grade, style),
    '',
    ...drawReasons(item, grade, style, counterpart),
    ...drawParagraph(item.explanation, style),
  ];
}

function drawVerdict(item: Item, { right }: Grade, style: Style): string[] {
  const isGuess = item.kind === 'predict';
  return drawLine(
    right
      ? style.good(signed(style.sign.right, isGuess ? 'As you predicted.' : 'Right.', style))
      : style.bad(signed(style.sign.wrong, isGuess ? 'Not what happens.' : 'Not quite.', style)),
    style,
  );
}

/** Each with an empty line below. */
function drawReasons(item: Item, grade: Grade, style: Style, counterpart?: Counterpart): string[] {
  const { right, chosen, solution } = grade;
  switch (item.kind) {
    case 'order':
      return [
        ...(right ? [] : drawLine('The order is:', style)),
        ...solution.flatMap((option, place) => [...drawExplained(`${place + 1}. `, item, option, style), '']),
      ];
    case 'match':
      return drawPairs(item, grade.pairs ?? [], style);
    case 'mistake':
      return [...drawPlace(item, grade, style), ...(right ? [] : drawMissed(item, solution, style))];
    case 'command':
      return [
        ...(grade.typed ? [...drawTypedVerdict(item, grade.typed, style, counterpart), ''] : []),
        ...(right ? [] : drawMissed(item, solution.slice(0, 1), style)),
      ];
    default: {
      const missed = solution.filter((option) => !chosen.includes(option));
      return [
        ...chosen.flatMap((option) => [
          ...drawExplained(markOf(option.correct, style), item, option, style),
          '',
        ]),
        ...drawMissed(item, missed, style),
      ];
    }
  }
}

function drawMissed(item: Item, missed: readonly Option[], style: Style): string[] {
  return missed.flatMap((option) => [...drawExplained(markOf(true, style), item, option, style), '']);
}

/** Pairs that are right are named; of a wrong one it is said why not, and what its partner is. */
function drawPairs(item: Item, pairs: readonly Pair[], style: Style): string[] {
  const isAllRight = pairs.every(({ left, right }) => left === right);
  const width = markWidth(style);
  return pairs.flatMap(({ left, right, mixed }) => {
    if (left === right) {
      const sign = markOf(true, style);
      if (isAllRight) return [...drawExplained(sign, item, left, style), ''];
      return [...indented(hang(sign, width, pairText(left, left, style), style.width)), ''];
    }
    const why = mixed
      ? indented(hang('', 0, drawMarks(mixed.explanation, style), style.width - width), 2 + width)
      : [];
    return [
      ...indented(hang(markOf(false, style), width, pairText(left, right, style), style.width)),
      ...why,
      ...drawExplained(markOf(true, style), item, left, style),
      '',
    ];
  });
}

function pairText(left: Option, right: Option, style: Style): string {
  return `${drawMarks(left.text, style)} ${between(style)} ${drawMarks(right.match ?? '', style)}`;
}

/** The line that was chosen in a `mistake`. */
function drawPlace(item: Item, { chosen, line = 0 }: Grade, style: Style): string[] {
  const [option] = chosen;
  if (option) return [...drawExplained(markOf(option.correct, style), item, option, style), ''];
  const width = markWidth(style);
  return [
    ...indented(labelled(markOf(false, style), lineLines(item, line, style, width), width)),
    ...indented(['Nothing is wrong with this line.'], 2 + width),
    '',
  ];
}

/** The options that were neither chosen nor right, each with what leads there. */
export function drawOthers(item: Item, grade: Grade, style: Style): string[] {
  return othersOf(item, grade).flatMap((option, index) => [
    ...(index > 0 ? [''] : []),
    ...drawExplained(`${style.faint('-')} `, item, option, style),
  ]);
}

/** Whether `drawOthers` has anything to say. */
export function hasOthers(item: Item, grade: Grade): boolean {
  return othersOf(item, grade).length > 0;
}

function othersOf(item: Item, grade: Grade): Option[] {
  switch (item.kind) {
    case 'order':
      return [];
    case 'match':
      // Pairs that were right are not explained where others were wrong.
      return grade.right
        ? []
        : (grade.pairs ?? []).filter(({ left, right }) => left === right).map(({ left }) => left);
    case 'command':
      return item.options.filter((option) => option !== grade.solution[0] && !grade.chosen.includes(option));
    default:
      return item.options.filter(
        (option) => !grade.chosen.includes(option) && !grade.solution.includes(option),
      );
  }
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandGrammar } from '../docker/grammar.ts';
import type { Lesson } from '../lesson/lesson.ts';
import type { CatalogueLine } from '../mapping/catalogue.ts';
import { type CommandRow, categories, type FlagRow } from '../mapping/command-row.ts';
import { completeRows } from '../mapping/way-back/complete-row.ts';
import type { WrittenKubectlMapping } from '../mapping/way-back/kubectl-row.ts';
import { indexBank } from '../quiz/bank.ts';
import { type Item, misconceptionsOf } from '../quiz/item.ts';
import type {
  CourseIndex,
  GlossaryEntry,
  IndexedLab,
  IndexedTerm,
  PackedChoice,
  PublishedLab,
} from './content.ts';
import type { ContentText, RowsText } from './load-content.ts';
import { type PackedSources, packDocuments } from './pack.ts';
import { packBank } from './packed-bank.ts';
import { packKubectlRow, packOf, packRow, type SharedFlags } from './packed-rows.ts';

type ValueText = NonNullable<NonNullable<RowsText['value'][number]['flags']>[number]['values']>[number];

/**
 * Writes what the program reads when it runs: one file a subject, one a lesson, so that a command reads only
 * what it shows. What many commands read at once is JSON, all else is packed (pack.ts), since the teaching
 * is most of the package.
 *
 * @param folder is made anew
 */
export function buildIndex(content: ContentText, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['lessons', 'rows']) mkdirSync(join(folder, part), { recursive: true });
  const write = (name: string, value: unknown): void =>
    writeFileSync(join(folder, name), JSON.stringify(value));
  const pack = (name: string, documents: readonly (readonly [key: string, value: unknown])[]): void =>
    writeFileSync(join(folder, `${name}.br`), packDocuments(new Map(documents)));

  const lessons = lessonsInOrder(content);
  const course: CourseIndex = {
    units: content.course.value.units,
    lessons: lessons.map(({ id, number, unit, title, minutes, steps }) => ({
      id,
      number,
      unit,
      title,
      minutes,
      steps: steps.map((step) => step.id),
    })),
  };
  write('course.json', course);
  const taught = lessons.map((lesson) => ({ lesson, items: itemsBeside(lesson.id, content) }));
  for (const { lesson, items } of taught) {
    pack(`lessons/${lesson.id}`, [['lesson', lesson], ...items.map((item) => [item.id, item] as const)]);
  }
  const asked = taught.flatMap(({ lesson, items }) => [
    ...lesson.steps.flatMap((step) => step.ask ?? []),
    ...items,
  ]);
  write('bank.json', packBank(indexBank(asked)));
  const labs = labsInOrder(content);
  write('labs.json', labs.map(indexedLab));
  pack('labs', byId(labs));
  const terms = glossary(content);
  write('glossary.json', terms.map(indexedTerm));
  pack('terms', byId(terms));
  pack('misconceptions', byId(content.misconceptions.value));
  pack('choose', [['choose', choose(content)]]);
  const rows = commandRows(content);
  write('catalogue.json', rows.map(catalogueLine));
  for (const name of new Set(rows.map(({ command }) => packOf(command)))) {
    const own = rows.filter(({ command }) => packOf(command) === name);
    pack(
      name,
      own.map((row) => [row.command, packRow(row)]),
    );
  }
  pack('rows/kubectl', kubectlRows(content));
  pack(
    'pages',
    Object.entries(content.sources.value).map(([id, page]) => [id, { id, ...page }]),
  );
}

function byId<T extends { readonly id: string }>(values: readonly T[]): [string, T][] {
  return values.map((value) => [value.id, value]);
}

function kubectlRows({ kubectl }: ContentText): [string, unknown][] {
  const written = kubectl.value as WrittenKubectlMapping;
  const common = Object.fromEntries(written.common.map((flag) => [flag.flag, flag]));
  const shared: SharedFlags = { globals: written.globals, common };
  return [
    ['shared', shared],
    ...completeRows(written).map((row): [string, unknown] => [row.command, packKubectlRow(row, common)]),
  ];
}

function lessonsInOrder(content: ContentText): PackedSources<Lesson>[] {
  let number = 0;
  return content.course.value.units.flatMap((unit) =>
    unit.lessons.flatMap((id) => {
      number += 1;
      const text = content.lessons.find((each) => each.front.id === id);
      if (!text) return [];
      return {
        ...text.front,
        number,
        unit: unit.title,
        steps: text.steps.map((step) =>
          step.ask ? { ...step, ask: withContrast(step.ask, content) } : step,
        ),
      };
    }),
  );
}

/** In the order of their lessons; those of a lesson by name. */
function labsInOrder({ course, labs }: ContentText): PackedSources<PublishedLab>[] {
  const order = course.value.units.flatMap((unit) => unit.lessons);
  return labs
    .map(({ lab, sources }) => ({ ...lab, sources }))
    .sort((one, other) => order.indexOf(one.lesson) - order.indexOf(other.lesson));
}

function indexedLab({ id, title, lesson, minutes, broken }: PackedSources<PublishedLab>): IndexedLab {
  return { id, title, lesson, minutes, broken };
}

function itemsBeside(lesson: string, { quizzes }: ContentText): readonly Item[] {
  return quizzes.filter((quiz) => quiz.lesson === lesson).flatMap((quiz) => quiz.items);
}

/** A question of a lesson that has no line of contrast has that of the first misconception it reveals. */
function withContrast(item: Item, { misconceptions }: ContentText): Item {
  if (item.contrast !== undefined) return item;
  const [first] = misconceptionsOf(item);
  const contrast = misconceptions.value.find((each) => each.id === first)?.contrast;
  return contrast === undefined ? item : { ...item, contrast: contrast.trim() };
}

function glossary(content: ContentText): PackedSources<GlossaryEntry>[] {
  const drawings = new Map(content.diagrams.map(({ diagram }) => [diagram.id, diagram]));
  return content.glossary.value
    .map((entry): PackedSources<GlossaryEntry> => {
      const drawing = entry.diagram === undefined ? undefined : drawings.get(entry.diagram);
      return {
        id: entry.id,
        term: entry.term,
        aliases: entry.aliases ?? [],
        side: entry.side,
        means: entry.means.trim(),
        ...(entry.docker ? { docker: entry.docker } : {}),
        ...(entry.kubernetes ? { kubernetes: entry.kubernetes } : {}),
        lesson: entry.lesson,
        see: entry.see ?? [],
        ...(drawing ? { diagram: drawing } : {}),
        sources: entry.sources,
      };
    })
    .sort((one, other) => one.term.localeCompare(other.term, 'en'));
}

function indexedTerm({
  id,
  term,
  aliases,
  side,
  docker,
  kubernetes,
}: PackedSources<GlossaryEntry>): IndexedTerm {
  const other = side === 'kubernetes' ? docker : side === 'docker' ? kubernetes : undefined;
  return {
    id,
    term,
    aliases,
    side,
    ...(other ? { other: { counterpart: other.counterpart, grade: other.grade } } : {}),
  };
}

function choose(content: ContentText): PackedChoice {
  const { recommendations, questions } = content.choose.value;
  return {
    recommendations: recommendations.map(({ 'first-steps': firstSteps, ...rest }) => ({
      ...rest,
      firstSteps,
    })),
    questions: questions.map(({ sources = [], options, ...rest }) => ({
      ...rest,
      options: options.map((option) => ({
        ...option,
        speaks: option.speaks.map(({ weight, because, ...verdict }) => ({
          of: 'for' in verdict ? verdict.for : verdict.against,
          weight: 'for' in verdict ? weight : -weight,
          because,
        })),
      })),
      sources,
    })),
  };
}

function commandRows(content: ContentText): CommandRow[] {
  return content.mapping
    .flatMap((rows) => rows.value)
    .map(({ positionals = [], commands = [], caveats = [], flags = [], ...row }) => ({
      ...row,
      positionals,
      commands: commands.map(({ when, ...rest }) => ({ ...rest, ...(when === undefined ? {} : { when }) })),
      caveats: caveats.map((caveat) => caveat.trim()),
      flags: flags.map(({ adds, values, ...flag }) => ({
        ...flag,
        ...(adds === undefined ? {} : { adds }),
        ...(values === undefined ? {} : { values: values.map(withoutAbsent) }),
      })),
    }))
    .sort((one, other) => categories.indexOf(one.category) - categories.indexOf(other.category));
}

function withoutAbsent({ adds, ...value }: ValueText): NonNullable<FlagRow['values']>[number] {
  return { ...value, ...(adds === undefined ? {} : { adds }) };
}

function catalogueLine(row: CommandRow): CatalogueLine {
  const { command, category, intents, grade, kubernetes } = row;
  return {
    command,
    category,
    intents,
    grade,
    kubernetes,
    typed: typedAs(command),
    caveat: row.caveats[0] ?? row.summary.trim(),
  };
}

/** The spelling of the fewest words is the one that people type: `docker ps`, but not `docker stack up`. */
function typedAs(command: string): string {
  const { aliases = [] } = commandGrammar(command) ?? {};
  const words = (spelling: string): number => spelling.split(' ').length;
  return aliases.reduce((typed, alias) => (words(alias) < words(typed) ? alias : typed), command);
}

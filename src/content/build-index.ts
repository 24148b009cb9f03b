import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Question, Recommendation } from '../choose/choose.ts';
import { commandGrammar } from '../docker/grammar.ts';
import type { Lesson, Source } from '../lesson/lesson.ts';
import type { CatalogueLine } from '../mapping/catalogue.ts';
import { type CommandRow, categories, type FlagRow } from '../mapping/command-row.ts';
import { completeRows } from '../mapping/way-back/complete-row.ts';
import type { WrittenKubectlMapping } from '../mapping/way-back/kubectl-row.ts';
import { misconceptionsOf } from '../quiz/item.ts';
import type { CourseIndex, GlossaryEntry, IndexedTerm, Misconception } from './content.ts';
import type { ContentText, RowsText } from './load-content.ts';

type ValueText = NonNullable<NonNullable<RowsText['value'][number]['flags']>[number]['values']>[number];

/**
 * Writes what the program reads when it runs: one JSON file a subject, one a lesson, so that a command
 * reads only what it shows.
 *
 * @param folder is made anew
 */
export function buildIndex(content: ContentText, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['lessons', 'terms', 'commands']) mkdirSync(join(folder, part), { recursive: true });
  const write = (name: string, value: unknown): void =>
    writeFileSync(join(folder, name), JSON.stringify(value));

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
  for (const lesson of lessons) write(`lessons/${lesson.id}.json`, lesson);
  const items = lessons.flatMap((lesson) => lesson.steps.flatMap((step) => step.ask ?? []));
  write('traps.json', Object.fromEntries(items.map((item) => [item.id, misconceptionsOf(item)])));
  const terms = glossary(content);
  write('glossary.json', terms.map(indexedTerm));
  for (const term of terms) write(`terms/${term.id}.json`, term);
  write('misconceptions.json', misconceptions(content));
  write('choose.json', choose(content));
  const rows = commandRows(content);
  write('catalogue.json', rows.map(catalogueLine));
  for (const row of rows) write(`commands/${row.command.replaceAll(' ', '-')}.json`, row);
  for (const row of completeRows(content.kubectl.value as WrittenKubectlMapping)) {
    write(`commands/${row.command.replaceAll(' ', '-')}.json`, row);
  }
  write('pages.json', pages(Object.keys(content.sources.value), content));
}

function lessonsInOrder(content: ContentText): Lesson[] {
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
        sources: pages(text.front.sources, content),
        steps: text.steps,
      };
    }),
  );
}

function glossary(content: ContentText): GlossaryEntry[] {
  const drawings = new Map(content.diagrams.map(({ diagram }) => [diagram.id, diagram]));
  return content.glossary.value
    .map((entry): GlossaryEntry => {
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
        sources: pages(entry.sources, content),
      };
    })
    .sort((one, other) => one.term.localeCompare(other.term, 'en'));
}

function indexedTerm({ id, term, aliases, side, docker, kubernetes }: GlossaryEntry): IndexedTerm {
  const other = side === 'kubernetes' ? docker : side === 'docker' ? kubernetes : undefined;
  return {
    id,
    term,
    aliases,
    side,
    ...(other ? { other: { counterpart: other.counterpart, grade: other.grade } } : {}),
  };
}

function misconceptions(content: ContentText): Misconception[] {
  return content.misconceptions.value.map((each) => ({ ...each, sources: pages(each.sources, content) }));
}

function choose(content: ContentText): { recommendations: Recommendation[]; questions: Question[] } {
  const { recommendations, questions } = content.choose.value;
  return {
    recommendations: recommendations.map(({ 'first-steps': firstSteps, ...rest }) => ({
      ...rest,
      firstSteps,
      sources: pages(rest.sources, content),
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
      sources: pages(sources, content),
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
  const spellings = [command, ...(commandGrammar(command)?.aliases ?? [])];
  const words = (spelling: string): number => spelling.split(' ').length;
  return spellings.sort((one, other) => words(one) - words(other))[0] ?? command;
}

function pages(ids: readonly string[], content: ContentText): Source[] {
  return ids.flatMap((id) => {
    const page = content.sources.value[id];
    return page ? { id, ...page } : [];
  });
}

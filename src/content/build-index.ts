import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Question, Recommendation } from '../choose/choose.ts';
import type { Lesson, Source } from '../lesson/lesson.ts';
import { misconceptionsOf } from '../quiz/item.ts';
import type { CourseIndex, GlossaryEntry, IndexedTerm, Misconception } from './content.ts';
import type { ContentText } from './load-content.ts';

/**
 * Writes what the program reads when it runs: one JSON file a subject, one a lesson, so that a command
 * reads only what it shows.
 *
 * @param folder is made anew
 */
export function buildIndex(content: ContentText, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['lessons', 'terms']) mkdirSync(join(folder, part), { recursive: true });
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

function pages(ids: readonly string[], content: ContentText): Source[] {
  return ids.flatMap((id) => {
    const page = content.sources.value[id];
    return page ? { id, ...page } : [];
  });
}

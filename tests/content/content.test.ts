import { describe, expect, it } from 'vitest';
import { findTerm, namesOf } from '../../src/content/find-term.ts';
import { describeFinding } from '../../src/content/finding.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { answer, beginLesson, currentStep, goOn, type Walk } from '../../src/lesson/walk.ts';
import { grade, solutionOf } from '../../src/quiz/grade.ts';
import { type Item, misconceptionsOf } from '../../src/quiz/item.ts';
import { asciiDrawing } from '../../src/terminal/ascii.ts';
import { lessonsFolder, openCourse } from '../fixtures/course.ts';

const { content: text, findings } = lintContent(lessonsFolder);
const content = openCourse();
const course = content.course();
const lessons = course.lessons.map(({ id }) => content.lesson(id));
const items = lessons.flatMap(({ steps }) => steps.flatMap((step) => step.ask ?? []));
const glossary = content.glossary();
const misconceptions = content.misconceptions();

describe('lessons/', () => {
  it('has nothing to mend', () => {
    expect(findings.map(describeFinding)).toEqual([]);
  });

  it('has the nineteen lessons in five units that it began with, or more', () => {
    expect(course.units.length).toBeGreaterThanOrEqual(5);
    expect(course.units.flatMap((unit) => unit.lessons)).toHaveLength(lessons.length);
    expect(lessons.length).toBeGreaterThanOrEqual(19);
  });

  it('knows the 54 misconceptions that it began with, or more', () => {
    expect(misconceptions.length).toBeGreaterThanOrEqual(54);
  });

  it('explains at least 70 terms', () => {
    expect(glossary.length).toBeGreaterThanOrEqual(70);
  });
});

describe('a lesson can be walked to its end, each question answered right:', () => {
  it.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
    let walk: Walk = beginLesson(lesson);
    const seen: string[] = [];
    // A task takes two moves, to its model answer and on.
    for (let moves = 0; walk.phase !== 'finished' && moves < 2 * lesson.steps.length; moves++) {
      const step = currentStep(walk);
      if (step && step.id !== seen.at(-1)) seen.push(step.id);
      if (step?.ask) {
        walk = answer(
          walk,
          solutionOf(step.ask).map((option) => option.id),
        );
        expect(walk.grade?.right).toBe(true);
      }
      walk = goOn(walk);
    }
    expect(walk.phase).toBe('finished');
    expect(seen).toEqual(lesson.steps.map((step) => step.id));
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('a question is graded right by its solution, wrong by anything else:', () => {
  it.each(items.map((item) => [item.id, item] as const))('%s', (_, item) => {
    const solution = solutionOf(item).map((option) => option.id);
    expect(grade(item, solution)).toMatchObject({ right: true, revealed: [] });
    for (const given of wrongAnswers(item, solution)) {
      const { right, revealed } = grade(item, given);
      expect({ given, right }).toEqual({ given, right: false });
      const chosen = item.options.filter((option) => given.includes(option.id));
      expect(revealed).toEqual([...new Set(chosen.flatMap((option) => option.misconception ?? []))]);
    }
  });
});

describe('a misconception is revealed in its own lesson:', () => {
  it.each(misconceptions.map((each) => [each.id, each] as const))('%s', (id, { lesson }) => {
    const inLesson = items.filter((item) => item.lesson === lesson);
    expect(inLesson.flatMap(misconceptionsOf)).toContain(id);
    expect(content.lesson(lesson).misconceptions).toContain(id);
  });
});

describe('a term is found by each of its names:', () => {
  it.each(glossary.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
    for (const name of namesOf(entry)) {
      for (const typed of [name, name.toUpperCase(), name.replaceAll(' ', '-'), ` ${name} `]) {
        expect([typed, ...findTerm(glossary, typed).map((each) => each.id)]).toEqual([typed, id]);
      }
    }
    expect(content.term(id)).toMatchObject({ id, term: entry.term });
  });
});

describe('a drawing fits a terminal of 60 columns, and so does its ASCII twin:', () => {
  it.each(text.diagrams.map(({ diagram }) => [diagram.id, diagram] as const))('%s', (_, { lines }) => {
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect([...line].length).toBeLessThanOrEqual(58);
      const twin = asciiDrawing(line);
      expect(twin).toMatch(/^[\x20-\x7e]*$/);
      expect(twin).toHaveLength([...line].length);
      // What is drawn has a twin of its own; a question mark would stand for what has none.
      expect(twin.split('?')).toHaveLength(line.split('?').length);
    }
  });

  it.each(['two-layers', 'docker-parts', 'build-push-deploy', 'runtime-chain', 'cluster-parts'])(
    'the glossary shows %s',
    (id) => {
      expect(findTerm(glossary, id).map((entry) => content.term(entry.id).diagram?.id)).toEqual([id]);
    },
  );
});

describe('a question with one right option does not give it away', () => {
  const choices = items.filter((item) => item.kind !== 'several' && item.kind !== 'order');
  const rightPlaces = choices.map((item) => item.options.findIndex((option) => option.correct));

  it.each([0, 1, 2, 3])('by its place: at most 60 %% are right at place %i', (place) => {
    expect(share(rightPlaces.filter((each) => each === place))).toBeLessThanOrEqual(0.6);
  });

  it('by its length: in at most 60 % the right option is the longest', () => {
    const longest = choices.filter((item) => {
      const [right = 0] = solutionOf(item).map((option) => option.text.length);
      return item.options.every((option) => option.correct || option.text.length < right);
    });
    expect(share(longest)).toBeLessThanOrEqual(0.6);
  });

  function share(some: readonly unknown[]): number {
    return some.length / choices.length;
  }
});

/** For one right option, each other; for several, one too many and one too few; for an order, two swapped. */
function wrongAnswers({ kind, options }: Item, solution: readonly string[]): string[][] {
  const wrong = options.map((option) => option.id).filter((id) => !solution.includes(id));
  switch (kind) {
    case 'order':
      return solution.slice(1).map((id, place) => {
        const swapped = [...solution];
        swapped.splice(place, 2, id, solution[place] ?? '');
        return swapped;
      });
    case 'several':
      return [
        ...wrong.map((id) => [id]),
        ...wrong.map((id) => [...solution, id]),
        ...solution.map((id) => solution.filter((each) => each !== id)).filter((rest) => rest.length > 0),
      ];
    default:
      return wrong.map((id) => [id]);
  }
}

import { describe, expect, it } from 'vitest';
import { findTerm, namesOf } from '../../src/content/find-term.ts';
import { describeFinding } from '../../src/content/finding.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { answer, beginLesson, currentStep, goOn, type Walk } from '../../src/lesson/walk.ts';
import { readAnswer, rightAnswer } from '../../src/quiz/answer-words.ts';
import { entriesOf } from '../../src/quiz/bank.ts';
import { grade } from '../../src/quiz/grade.ts';
import { type Item, lineOfOption, misconceptionsOf, type Option } from '../../src/quiz/item.ts';
import { solutionOf } from '../../src/quiz/solution.ts';
import { asciiDrawing } from '../../src/terminal/ascii.ts';
import { lessonsFolder, openCourse } from '../fixtures/course.ts';

const { content: text, findings } = lintContent(lessonsFolder);
const content = openCourse();
const course = content.course();
const lessons = course.lessons.map(({ id }) => content.lesson(id));
const items = course.lessons.flatMap(({ id }) => content.items(id));
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

describe('the bank', () => {
  it('has the 180 questions that it began with, or more, and no kind is more than a third of them', () => {
    expect(items.length).toBeGreaterThanOrEqual(180);
    const kinds = new Set(items.map(({ kind }) => kind));
    expect(kinds.size).toBe(8);
    for (const kind of kinds) {
      expect(items.filter((item) => item.kind === kind).length * 3).toBeLessThanOrEqual(items.length);
    }
  });

  it('is what its index says', () => {
    const bank = content.bank();
    expect(bank.size).toBe(items.length);
    expect(entriesOf(bank).map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });
});

describe('a question is graded right by its answer, wrong by anything else, and says why:', () => {
  it.each(items.map((item) => [item.id, item] as const))('%s', (id, item) => {
    expect(content.item(id)).toEqual(item);
    const right = [rightAnswer(item)].flat().map(String);
    expect(grade(item, readAnswer(item, right))).toMatchObject({ right: true, revealed: [] });
    for (const { given, reveals } of wrongAnswers(item)) {
      const { right: isRight, revealed } = grade(item, given);
      expect({ given, isRight, revealed }).toEqual({ given, isRight: false, revealed: reveals });
    }
    expect(item.contrast).toMatch(/\S/);
    expect(item.options.every((option) => option.explanation.trim() !== '')).toBe(true);
  });
});

describe('a misconception is asked about by three questions of three kinds:', () => {
  it.each(misconceptions.map((each) => each.id))('%s', (id) => {
    const asking = items.filter((item) => misconceptionsOf(item).includes(id));
    expect(asking.length).toBeGreaterThanOrEqual(3);
    expect(new Set(asking.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(3);
  });
});

describe('a false friend of the catalogue is asked about:', () => {
  const falseFriends = content.catalogue().filter(({ grade: likeness }) => likeness === 'false-friend');
  it.each(falseFriends.map(({ command }) => command))('%s', (command) => {
    expect(items.some((item) => item.rows?.includes(command))).toBe(true);
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
  const choices = items.filter(({ kind }) => ['one', 'true-false', 'predict'].includes(kind));
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

interface WrongAnswer {
  readonly given: readonly string[];
  readonly reveals: readonly string[];
}

/** Wrong answers of every sort that there is for a kind, each with the misconceptions that it reveals. */
function wrongAnswers(item: Item): WrongAnswer[] {
  const { kind, options } = item;
  const right = solutionOf(item).map(({ id }) => id);
  const wrong = options.map(({ id }) => id).filter((id) => !right.includes(id));
  const chosen = (...given: readonly string[]): WrongAnswer => ({
    given,
    reveals: unique(given.flatMap((id) => optionOf(item, id).filter((each) => !each.correct))),
  });
  switch (kind) {
    case 'order':
      return right.slice(1).map((id, place) => {
        const given = [...right];
        given.splice(place, 2, id, right[place] ?? '');
        return {
          given,
          reveals: unique(given.slice(place, place + 2).flatMap((each) => optionOf(item, each))),
        };
      });
    case 'several':
      return [
        ...wrong.map((id) => chosen(id)),
        ...wrong.map((id) => chosen(...right, id)),
        ...right
          .map((id) => chosen(...right.filter((each) => each !== id)))
          .filter(({ given }) => given.length > 0),
      ];
    case 'match':
      return options.flatMap((left) =>
        options
          .filter((other) => other !== left)
          .map((other) => {
            const partners = new Map(options.map(({ id }) => [id, id]));
            partners.set(left.id, other.id).set(other.id, left.id);
            const mixed = [left.mixed?.find(({ match }) => match === other.match)];
            mixed.push(other.mixed?.find(({ match }) => match === left.match));
            // In the order of the options, as they are graded.
            if (options.indexOf(other) < options.indexOf(left)) mixed.reverse();
            return {
              given: [...partners].map((pair) => pair.join('=')),
              reveals: unique(mixed.flatMap((each) => each ?? [])),
            };
          }),
      );
    case 'command':
      return [
        ...wrong.map((id) => ({
          given: optionOf(item, id).map(({ text }) => text),
          reveals: chosen(id).reveals,
        })),
        { given: ['kubectl get endpoints --nonsense'], reveals: [] },
        { given: ['kubectl api-versions'], reveals: [] },
        { given: ['docker system df'], reveals: [] },
      ];
    case 'mistake': {
      const lines = item.listing?.text.split('\n') ?? [];
      const suspected = options.map((option) => lineOfOption(item, option));
      return [
        ...wrong.map((id) => chosen(id)),
        ...lines.flatMap((_, place) =>
          suspected.includes(place + 1) ? [] : [{ given: [String(place + 1)], reveals: [] }],
        ),
      ];
    }
    default:
      return wrong.map((id) => chosen(id));
  }
}

function optionOf(item: Item, id: string): readonly Option[] {
  return item.options.filter((option) => option.id === id);
}

function unique(some: readonly { readonly misconception?: string }[]): string[] {
  return [...new Set(some.flatMap(({ misconception }) => misconception ?? []))];
}

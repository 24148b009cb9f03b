import { describe, expect, it } from 'vitest';
import {
  answer,
  beginLesson,
  currentStep,
  goBack,
  goOn,
  takeHint,
  type Walk,
} from '../../src/lesson/walk.ts';
import { UnreadableAnswer } from '../../src/quiz/grade.ts';
import { askingStep, lessonOf, readingStep, tryingStep } from '../fixtures/lesson.ts';

const lesson = lessonOf(
  readingStep('birth.1'),
  askingStep('birth.2'),
  tryingStep('inside.1', 2),
  askingStep('inside.2'),
  readingStep('end.1'),
);

/** The moves by the names they have in the tables below. */
const moves: Readonly<Record<string, (walk: Walk) => Walk>> = {
  on: goOn,
  back: goBack,
  hint: takeHint,
  right: (walk) => answer(walk, ['a']),
  wrong: (walk) => answer(walk, ['b']),
};

function walked(start: Walk, words: string): Walk {
  return words
    .split(' ')
    .filter(Boolean)
    .reduce((walk, word) => moves[word]?.(walk) ?? walk, start);
}

/** `step phase`, with the number of hints and the grade where there are any. */
function stand(walk: Walk): string {
  const hints = walk.hints > 0 ? ` ${walk.hints} hints` : '';
  const grade = walk.grade ? ` ${walk.grade.right ? 'right' : 'wrong'}` : '';
  return `${currentStep(walk)?.id ?? '-'} ${walk.phase}${hints}${grade}`;
}

describe('a walk through a lesson', () => {
  it.each<[string, string]>([
    ['', 'birth.1 reading'],
    ['on', 'birth.2 asking'],
    ['on on', 'inside.1 trying'],
    ['on right', 'birth.2 answered right'],
    ['on wrong', 'birth.2 answered wrong'],
    ['on wrong right', 'birth.2 answered right'],
    ['on right on', 'inside.1 trying'],
    ['on right back', 'birth.1 reading'],
    ['on right back on', 'birth.2 asking'],
    ['on on on', 'inside.1 shown'],
    ['on on on on', 'inside.2 asking'],
    ['on on hint', 'inside.1 trying 1 hints'],
    ['on on hint hint', 'inside.1 trying 2 hints'],
    ['on on hint hint hint', 'inside.1 shown 2 hints'],
    ['on on hint on', 'inside.1 shown 1 hints'],
    ['on on hint on on', 'inside.2 asking'],
    ['on on hint back on', 'inside.1 trying'],
    ['on on on back', 'birth.2 asking'],
    ['on on on hint', 'inside.1 shown'],
    ['on on on on on', 'end.1 reading'],
    ['on on on on on on', '- finished'],
    ['on on on on on on back', 'end.1 reading'],
    ['back', 'birth.1 reading'],
    ['back back on', 'birth.2 asking'],
    ['hint', 'birth.1 reading'],
    ['right', 'birth.1 reading'],
    ['on hint', 'birth.2 asking'],
    ['on on right', 'inside.1 trying'],
  ])('after %o stands at: %s', (words, expected) => {
    expect(stand(walked(beginLesson(lesson), words))).toBe(expected);
  });

  it.each(['on', 'hint', 'right', 'on on hint right'])(
    'that is finished stays finished after %o',
    (words) => {
      const finished = walked(beginLesson(lesson), 'on on on on on on');
      expect(walked(finished, words)).toEqual({ lesson, at: 5, phase: 'finished', hints: 0 });
    },
  );

  it('keeps the grade of an answer, with what it reveals', () => {
    const { grade } = walked(beginLesson(lesson), 'on wrong');
    expect(grade).toMatchObject({ right: false, revealed: ['pod-is-container'] });
    expect(grade?.solution.map(({ id }) => id)).toEqual(['a']);
  });

  it('takes no answer that is none, and stands where it stood', () => {
    const asking = goOn(beginLesson(lesson));
    expect(() => answer(asking, ['z'])).toThrow(UnreadableAnswer);
    expect(stand(asking)).toBe('birth.2 asking');
  });

  it('gives a new value at each move and changes none', () => {
    const frozen = (walk: Walk): Walk => Object.freeze(walk);
    const walk = frozen(beginLesson(lesson, 'inside.1'));
    for (const move of Object.values(moves)) frozen(move(walk));
    expect(stand(walk)).toBe('inside.1 trying');
  });

  it('back from the first step, when its question was answered, asks it again', () => {
    const first = lessonOf(askingStep('birth.1'));
    expect(stand(walked(beginLesson(first), 'right back'))).toBe('birth.1 asking');
  });

  it('shows the model answer at once of a task without hints', () => {
    const bare = lessonOf(tryingStep('inside.1', 0));
    expect(stand(walked(beginLesson(bare), 'hint'))).toBe('inside.1 shown');
  });

  it('through no steps is finished where it begins', () => {
    expect(beginLesson(lessonOf())).toEqual({ lesson: lessonOf(), at: 0, phase: 'finished', hints: 0 });
    expect(walked(beginLesson(lessonOf()), 'on back').phase).toBe('finished');
  });
});

describe('a lesson that is resumed', () => {
  it.each<[string, string | undefined, string]>([
    ['at the step of that id', 'inside.2', 'inside.2 asking'],
    ['at a task, from its beginning', 'inside.1', 'inside.1 trying'],
    ['at the last step', 'end.1', 'end.1 reading'],
    ['at the start of the section when the place in it is gone', 'inside.7', 'inside.1 trying'],
    ['at the start of the section when only that is known', 'inside', 'inside.1 trying'],
    ['at the first step when the section is gone', 'outside.2', 'birth.1 reading'],
    ['at the first step when a section only begins like it', 'ins.1', 'birth.1 reading'],
    ['at the first step when nothing is known', undefined, 'birth.1 reading'],
    ['at the first step when the id is empty', '', 'birth.1 reading'],
  ])('begins %s', (_where, stepId, expected) => {
    expect(stand(beginLesson(lesson, stepId))).toBe(expected);
  });
});

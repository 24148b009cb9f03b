import { rightAnswer } from '../../quiz/answer-words.ts';
import type { Grade } from '../../quiz/grade.ts';
import { type Item, lineOfOption, misconceptionsOf } from '../../quiz/item.ts';
import { presented, presentedPartners } from '../../quiz/presentation.ts';

/**
 * A question as `quiz --list --json` prints it. What a kind does not have is left out. `answer` is what
 * `quiz answer` takes: a letter, letters, pairs, the number of a line, or a command line.
 */
export function itemJson(item: Item): Record<string, unknown> {
  const { id, kind, lesson, difficulty, prompt, listing, explanation, contrast, rows, sources } = item;
  const misconceptions = misconceptionsOf(item);
  return {
    id,
    kind,
    lesson,
    difficulty,
    prompt,
    ...(listing ? { listing } : {}),
    options: optionsJson(item),
    answer: rightAnswer(item),
    explanation,
    ...(contrast === undefined ? {} : { contrast }),
    ...(misconceptions.length === 0 ? {} : { misconceptions }),
    ...(rows ? { rows } : {}),
    sources,
  };
}

function optionsJson(item: Item): Record<string, unknown>[] {
  // In an order and in pairs no option is right or wrong by itself.
  const isSolved = item.kind === 'order' || item.kind === 'match';
  return item.options.map((option) => {
    const { id, text, correct, explanation, misconception, says, match, mixed } = option;
    const line = lineOfOption(item, option);
    return {
      id,
      text,
      ...(isSolved ? {} : { correct: correct === true }),
      explanation,
      ...(misconception === undefined ? {} : { misconception }),
      ...(says === undefined ? {} : { says }),
      ...(match === undefined ? {} : { match }),
      ...(mixed === undefined ? {} : { mixed }),
      ...(line === undefined ? {} : { line }),
    };
  });
}

/** The same with the numbers that its options are shown with. */
export function shownJson(item: Item): Record<string, unknown> {
  const shown = {
    ...(item.kind === 'match'
      ? { partners: presentedPartners(item).map(({ match }, place) => ({ number: place + 1, text: match })) }
      : {}),
    ...(item.kind === 'command' || item.kind === 'mistake' || item.kind === 'match'
      ? {}
      : { shown: presented(item).map(({ id }) => id) }),
  };
  return { ...itemJson(item), ...shown };
}

/** What an answer was worth, with the explanations that go with it. */
export function gradeJson(item: Item, grade: Grade, given: readonly string[]): Record<string, unknown> {
  const { right, chosen, revealed, typed, line, pairs } = grade;
  return {
    id: item.id,
    right,
    given,
    answer: rightAnswer(item),
    chosen: chosen.map(({ id, text, explanation }) => ({ id, text, explanation })),
    ...(pairs
      ? {
          pairs: pairs.map(({ left, right: partner, mixed }) => ({
            left: left.text,
            right: partner.match,
            isRight: left === partner,
            explanation: mixed?.explanation ?? left.explanation,
          })),
        }
      : {}),
    ...(line === undefined ? {} : { line }),
    ...(typed ? { typed: typedJson(typed) } : {}),
    misconceptions: revealed,
    explanation: item.explanation,
    ...(item.contrast === undefined ? {} : { contrast: item.contrast }),
    lesson: item.lesson,
  };
}

function typedJson(typed: NonNullable<Grade['typed']>): Record<string, unknown> {
  const { kind, line } = typed;
  switch (typed.kind) {
    case 'differs':
      return { kind, line, says: typed.says };
    case 'refused':
      return { kind, line, by: typed.by, message: typed.message, hint: typed.hint, position: typed.position };
    default:
      return { kind, line, option: typed.option.id };
  }
}

import { type Item, type ItemKind, misconceptionsOf } from '../quiz/item.ts';
import type { Finding } from './finding.ts';
import type { ContentText } from './load-content.ts';

/** What each lesson gives to the bank, on average, at the least: 190 questions of nineteen lessons. */
const leastOfLesson = 10;
/** By how many questions, of how many kinds, each misconception is asked. */
const leastOfMisconception = 3;

/** Every question there is: those of the lessons, and those beside them. */
export function itemsOf(content: ContentText): Item[] {
  return [
    ...content.lessons.flatMap((lesson) => lesson.steps.flatMap((step) => step.ask ?? [])),
    ...content.quizzes.flatMap((quiz) => quiz.items),
  ];
}

/**
 * What the bank of questions lacks as a whole. Each finding stands in a file that is not one of a lesson,
 * so that who writes the questions of one lesson hears of these only.
 */
export function lintBank(content: ContentText): Finding[] {
  const items = itemsOf(content);
  return [
    ...lintPresence(content),
    ...lintSize(items, content),
    ...lintMisconceptions(items, content),
    ...lintFalseFriends(items, content),
  ];
}

function lintPresence({ lessons, quizzes }: ContentText): Finding[] {
  return lessons
    .filter(({ front }) => !quizzes.some((quiz) => quiz.lesson === front.id))
    .map(({ file }) => ({ file: file.replace('lesson.md', 'quiz.yaml'), line: 1, message: 'is missing' }));
}

function lintSize(items: readonly Item[], { lessons }: ContentText): Finding[] {
  const find = (message: string): Finding => ({ file: 'course.yaml', line: 1, message });
  const least = leastOfLesson * lessons.length;
  const counts = new Map<ItemKind, number>();
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [
    ...(items.length < least
      ? [find(`the bank has ${items.length} questions; ${lessons.length} lessons need ${least}`)]
      : []),
    ...[...counts]
      .filter(([, count]) => count * 3 > items.length)
      .map(([kind, count]) =>
        find(`${count} of ${items.length} questions are of kind \`${kind}\`: no kind is more than a third`),
      ),
  ];
}

function lintMisconceptions(items: readonly Item[], { misconceptions }: ContentText): Finding[] {
  return misconceptions.value.flatMap(({ id }, place): Finding[] => {
    const asking = items.filter((item) => misconceptionsOf(item).includes(id));
    const kinds = new Set(asking.map((item) => item.kind));
    if (kinds.size >= leastOfMisconception) return [];
    return [
      {
        file: 'misconceptions.yaml',
        line: misconceptions.lineOf([place]),
        message: `${id}: ${asking.length} questions of ${kinds.size} kinds reveal it; it needs ${leastOfMisconception} of ${leastOfMisconception} kinds`,
      },
    ];
  });
}

function lintFalseFriends(items: readonly Item[], { mapping }: ContentText): Finding[] {
  const asked = new Set(items.flatMap((item) => item.rows ?? []));
  return mapping.flatMap((rows) =>
    rows.value.flatMap(({ command, grade }, place) =>
      grade === 'false-friend' && !asked.has(command)
        ? [
            {
              file: rows.file,
              line: rows.lineOf([place]),
              message: `${command}: it is a false friend, so it needs a question with \`rows: [${command}]\``,
            },
          ]
        : [],
    ),
  );
}

import { type Item, misconceptionsOf } from '../quiz/item.ts';
import type { Finding } from './finding.ts';
import { lintItem } from './lint-item.ts';
import { lintWidth } from './lint-lesson.ts';
import { lintProse } from './lint-prose.ts';
import { unknownSources } from './lint-sources.ts';
import type { ContentText } from './load-content.ts';
import type { QuizText } from './read-quiz.ts';
import { textsOf } from './step-texts.ts';

/** What is wrong with the questions of one quiz.yaml: each by itself, and what it refers to. */
export function lintQuiz(quiz: QuizText, content: ContentText): Finding[] {
  const lesson = content.lessons.find((each) => each.front.id === quiz.lesson);
  if (!lesson) return [{ file: quiz.file, line: 1, message: `there is no lesson "${quiz.lesson}"` }];
  const taken = [
    ...lesson.steps.flatMap((step) => [
      ...(step.ask ? [step.ask.id] : []),
      ...(step.task ? [step.task.id] : []),
    ]),
    ...quiz.items.map((item) => item.id),
  ];
  return quiz.items.flatMap((item) => {
    const isTwice = taken.filter((id) => id === item.id).length > 1;
    return [
      ...(isTwice ? ['the id is used twice, here or in the lesson'] : []),
      ...lintItem(item),
      ...textsOf(item).flatMap(lintProse),
      ...lintWidth(item.listing?.text.split('\n') ?? []),
      ...deadReferences(item, content),
    ].map(
      (message): Finding => ({
        file: quiz.file,
        line: quiz.lineOf(item),
        message: `${item.id}: ${message}`,
      }),
    );
  });
}

function deadReferences(item: Item, content: ContentText): string[] {
  const misconceptions = new Set(content.misconceptions.value.map((each) => each.id));
  const commands = new Set(content.mapping.flatMap((rows) => rows.value).map((row) => row.command));
  return [
    ...misconceptionsOf(item)
      .filter((id) => !misconceptions.has(id))
      .map((id) => `there is no misconception "${id}" in lessons/misconceptions.yaml`),
    ...(item.rows ?? [])
      .filter((command) => !commands.has(command))
      .map((command) => `lessons/mapping/ has no row "${command}"; its long name is needed`),
    ...unknownSources(item.sources, content),
  ];
}

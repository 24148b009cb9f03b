import type { Item } from '../quiz/item.ts';
import type { Finding } from './finding.ts';
import { quizSchema } from './item-schema.ts';
import { itemOf } from './written-item.ts';
import { readYaml } from './yaml-source.ts';

/** The questions that stand beside a lesson, as they were written. */
export interface QuizText {
  readonly file: string;
  /** Id of the lesson. */
  readonly lesson: string;
  readonly items: readonly Item[];
  /** The line a question begins at, by its place. */
  readonly lines: readonly number[];
}

/**
 * Reads one quiz.yaml.
 *
 * @param file its path below `lessons/`; the folder ends in the id of the lesson
 */
export function readQuiz(text: string, file: string): { quiz?: QuizText; findings: Finding[] } {
  const read = readYaml(text, quizSchema, file);
  if (Array.isArray(read)) return { findings: read };
  const lesson = /^(?:\d+-)?([^/]*)\//.exec(file)?.[1] ?? '';
  const items = read.value.map((written) => itemOf(lesson, written));
  return {
    quiz: { file, lesson, items, lines: items.map((_, place) => read.lineOf([place])) },
    findings: [],
  };
}

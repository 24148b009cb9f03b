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
  /** The line that each question begins at. */
  readonly lineOf: (item: Item) => number;
}

/**
 * Reads one quiz.yaml.
 *
 * @param file its path below `lessons/`; the folder ends in the id of the lesson
 */
export function readQuiz(text: string, file: string): { quiz?: QuizText; findings: Finding[] } {
  const read = readYaml(text, quizSchema, file);
  if (Array.isArray(read)) return { findings: read };
  const [folder = ''] = file.split('/');
  const lesson = folder.replace(/^\d+-/, '');
  const items = read.value.map((written) => itemOf(lesson, written));
  return {
    quiz: { file, lesson, items, lineOf: (item) => read.lineOf([items.indexOf(item)]) },
    findings: [],
  };
}

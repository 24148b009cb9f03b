import type { Finding } from './finding.ts';
import { lintBank } from './lint-bank.ts';
import { lintLabs } from './lint-labs.ts';
import { lintLesson } from './lint-lesson.ts';
import { lintQuiz } from './lint-quiz.ts';
import { lintReferences } from './lint-references.ts';
import { lintSources } from './lint-sources.ts';
import { type ContentText, loadContent } from './load-content.ts';

/** Reads a lessons folder and says all that is wrong with it, file by file. */
export function lintContent(folder: string): { content: ContentText; findings: Finding[] } {
  const { content, findings, isWhole, isBankWhole } = loadContent(folder);
  // Where a file could not be read, everything that refers to it would seem dead, and what it holds missing.
  const references = isWhole
    ? [
        ...lintReferences(content),
        ...content.quizzes.flatMap((quiz) => lintQuiz(quiz, content)),
        ...lintLabs(content),
      ]
    : [];
  const isRead = isWhole && isBankWhole && content.lessons.every((lesson) => lesson.isWhole);
  const ofAll = isRead ? [...lintSources(content), ...lintBank(content)] : [];
  const all = [...findings, ...content.lessons.flatMap(lintLesson), ...references, ...ofAll];
  return {
    content,
    findings: all.sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line),
  };
}

import type { Finding } from './finding.ts';
import { lintLesson } from './lint-lesson.ts';
import { lintReferences } from './lint-references.ts';
import { type ContentText, loadContent } from './load-content.ts';

/** Reads a lessons folder and says all that is wrong with it, file by file. */
export function lintContent(folder: string): { content: ContentText; findings: Finding[] } {
  const { content, findings, isWhole } = loadContent(folder);
  // Where a file could not be read, everything that refers to it would seem dead.
  const references = isWhole ? lintReferences(content) : [];
  const all = [...findings, ...content.lessons.flatMap(lintLesson), ...references];
  return {
    content,
    findings: all.sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line),
  };
}

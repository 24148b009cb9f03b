import { type Progress, progressVersion } from './progress.ts';

/** Thrown when a text is no record of progress. */
export class UnreadableProgress extends Error {
  override readonly name = 'UnreadableProgress';
}

/** Thrown when a record was written by a newer program. */
export class NewerProgress extends Error {
  override readonly name = 'NewerProgress';
}

/** The text of the file: JSON that a person can read, one lesson and one answer a line. */
export function writeProgress(progress: Progress): string {
  const { version, lessons, answers, ...others } = progress;
  const rest = Object.entries(others).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  const lessonLines = Object.entries(lessons).map(
    ([id, each]) => `    ${JSON.stringify(id)}: ${JSON.stringify(each)}`,
  );
  const answerLines = answers.map((each) => `    ${JSON.stringify(each)}`);
  return (
    `{\n  "version": ${version},\n${rest.join('')}` +
    `  "lessons": {${block(lessonLines)}},\n  "answers": [${block(answerLines)}]\n}\n`
  );
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `;
}

/**
 * Reads the text of a file or of an export.
 *
 * @throws NewerProgress for a record of a newer program
 * @throws UnreadableProgress for anything else that is no record
 */
export function readProgress(text: string): Progress {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UnreadableProgress((error as Error).message);
  }
  if (!isRecord(value) || typeof value.version !== 'number')
    throw new UnreadableProgress('it has no version');
  if (value.version > progressVersion) throw new NewerProgress(`it is of version ${value.version}`);
  if (value.version !== progressVersion)
    throw new UnreadableProgress(`there never was a version ${value.version}`);
  if (!isRecord(value.lessons) || !Object.values(value.lessons).every(isLesson)) {
    throw new UnreadableProgress('its lessons are not what they should be');
  }
  if (value.labs !== undefined && !(isRecord(value.labs) && Object.values(value.labs).every(isLab))) {
    throw new UnreadableProgress('its labs are not what they should be');
  }
  if (!Array.isArray(value.answers) || !value.answers.every(isAnswer)) {
    throw new UnreadableProgress('its answers are not what they should be');
  }
  return value as unknown as Progress;
}

function isLesson(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return (
    typeof value.step === 'string' &&
    isInstant(value.at) &&
    (value.done === undefined || isInstant(value.done))
  );
}

function isLab(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return [value.done, value.skipped].every((each) => each === undefined || isInstant(each));
}

function isAnswer(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return (
    typeof value.item === 'string' &&
    isInstant(value.at) &&
    isTexts(value.given) &&
    typeof value.right === 'boolean' &&
    isTexts(value.revealed)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** As `toISOString` writes it, and no other way: merging compares instants as texts. */
function isInstant(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

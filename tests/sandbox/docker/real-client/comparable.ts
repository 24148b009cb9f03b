import type { Outcome } from '../scenario.ts';

/** How long ago something was: a second passes while the client starts. */
const ages =
  /\b(?:Less than a second|About an? (?:minute|hour)|\d+ (?:second|minute|hour|day|week|month|year)s?)\b/;

/** What a line printed, so that the time at which it was asked does not matter. */
export function comparable({ stdout, stderr, code }: Outcome): Outcome {
  const hasAge = ages.test(stdout);
  return { stdout: hasAge ? withoutAges(stdout) : stdout, stderr, code };
}

/** Columns are as wide as the longest age. */
function withoutAges(text: string): string {
  return text.replace(new RegExp(ages, 'g'), '<age>').replace(/(?<=\S) {2,}/g, '  ');
}

import { caught } from '../../../thrown.ts';
import { compiledExpression, ExpressionError } from '../text/regular-expression.ts';
import { type AwkExpression, AwkProblem } from './awk-syntax.ts';
import type { AwkValue } from './awk-values.ts';

/** Whether an expression is a text, which is compared as one. */
export function isText({ kind, ...rest }: AwkExpression): boolean {
  return kind === 'text' || (kind === 'binary' && 'operator' in rest && rest.operator === '');
}

/** Whether a regular expression fits a text. @throws AwkProblem where it is none */
export function fits(source: string, text: string, isBusybox: boolean): boolean {
  try {
    return compiledExpression(source, true, '', 'awk').test(text.slice(0, 100_000));
  } catch (thrown) {
    const { message } = caught(thrown, ExpressionError);
    const isOpen = message.startsWith('Unmatched (');
    throw new AwkProblem(
      isBusybox || !isOpen
        ? `bad regex '${source}': ${message}`
        : `line 1: regular expression compile failed (missing ')')\n${source}`,
    );
  }
}

/** What is said of a field whose number is below 0. */
export function negativeField(
  index: number,
  { FILENAME = '', FNR = 0, NR }: Readonly<Record<string, AwkValue>>,
  isBusybox: boolean,
): AwkProblem {
  if (isBusybox) return new AwkProblem('Access to negative field');
  return new AwkProblem(
    `run time error: negative field index $${index}\n\tFILENAME="${FILENAME}" FNR=${FNR} NR=${NR}`,
  );
}

/** Some fields with another value in one of them, and as many empty ones before it as are missing. */
export function withField(fields: readonly string[], index: number, value: string): string[] {
  if (index > 10_000) throw new AwkProblem('field index too large');
  return Array.from({ length: Math.max(fields.length, index) }, (_, place) =>
    place === index - 1 ? value : (fields[place] ?? ''),
  );
}

export const largestRandom = 2_147_483_647;

/** The number that follows another (the generator of Park and Miller). */
export function nextRandom(seed: number): number {
  return (seed * 48_271 + 11) % largestRandom;
}

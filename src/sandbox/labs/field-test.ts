import { compareQuantities } from '../../kubernetes/quantity.ts';
import { findResults } from '../kubectl/printing/jsonpath.ts';
import { parseTemplate } from '../kubectl/printing/jsonpath-parse.ts';
import type { FieldTest } from './lab.ts';

/**
 * Looks at a field of an object.
 *
 * @returns what is there instead; undefined when it is as it should be
 * @throws TemplateError when the path is none
 */
export function otherThan(test: FieldTest, object: unknown): string | undefined {
  const values = valuesAt(test.at, object);
  if (fits(test, values)) return undefined;
  const field = test.at.replace(/^\./, '');
  if (values.length === 0) return `\`${field}\` is not set`;
  // What is in it is too much to be shown.
  if (values.some((value) => typeof value === 'object')) return `nothing of the kind is in \`${field}\``;
  return `\`${field}\` is ${listed(values)}`;
}

/** What a path leads to. @throws TemplateError when it is none */
function valuesAt(path: string, object: unknown): readonly unknown[] {
  const found = findResults(parseTemplate(`{.${path.replace(/^\./, '')}}`), object, true).flat();
  return found.filter((each) => each !== undefined && each !== null);
}

function fits({ is, least, most, matches, not, exists }: FieldTest, values: readonly unknown[]): boolean {
  if (exists !== undefined && values.length > 0 !== exists) return false;
  if (not !== undefined && values.some((value) => value === not)) return false;
  const pattern = matches === undefined ? undefined : new RegExp(matches);
  const tests: ((value: unknown) => boolean)[] = [
    ...(is === undefined ? [] : [(value: unknown) => value === is || String(value) === String(is)]),
    ...(least === undefined ? [] : [(value: unknown) => isAtLeast(value, least)]),
    ...(most === undefined ? [] : [(value: unknown) => isAtLeast(most, value)]),
    ...(pattern === undefined ? [] : [(value: unknown) => pattern.test(textOf(value))]),
  ];
  return tests.length === 0 || values.some((value) => tests.every((test) => test(value)));
}

function isAtLeast(value: unknown, least: unknown): boolean {
  const order = compareQuantities(String(value), String(least));
  return order !== undefined && order >= 0;
}

function listed(values: readonly unknown[]): string {
  return [...new Set(values.map((value) => shortened(textOf(value))))].join(', ');
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A text that fits into a line. */
export function shortened(text: string, most = 90): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

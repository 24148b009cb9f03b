import { printfText } from '../../tools/printf.ts';
import { generalNumber } from '../../tools/printf-numbers.ts';
import { posixExpression } from '../text/regular-expression.ts';
import { AwkProblem } from './awk-syntax.ts';

/** A text or a number. */
export type AwkValue = string | number;

/** The fields of a line. */
export function splitFields(text: string, separator: string): string[] {
  if (separator === ' ') return text.split(/\s+/).filter(Boolean);
  if (text === '') return [];
  if (separator === '') return [...text];
  if (separator.length === 1) return text.split(separator);
  return text.split(posixExpression(separator, true, '', 'awk') ?? separator);
}

/** A value as a number: what its text begins with. */
export function numeric(value: AwkValue): number {
  if (typeof value === 'number') return value;
  const hex = /^\s*([-+]?)(0[xX][\da-fA-F]+)/.exec(value);
  if (hex) return (hex[1] === '-' ? -1 : 1) * Number(hex[2]);
  return Number(/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
}

/**
 * A number as text: whole ones with all their digits, others by a format such as `%.6g`.
 *
 * @param wholeBelow up to where a number counts as a whole one: in mawk it has to fit into 32 bits
 */
export function numberText(value: number, format: string, wholeBelow = 2 ** 63): string {
  if (Number.isInteger(value) && Math.abs(value) < wholeBelow) return `${value === 0 ? 0 : BigInt(value)}`;
  const [, places = '6', kind = 'g'] = /^%\.?(\d*)([gfd])$/.exec(format) ?? [];
  // What is no number has its sign bit set where a processor of x86 makes it.
  if (Number.isNaN(value)) return '-nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (kind === 'd') return `${Math.trunc(value)}`;
  return kind === 'f' ? value.toFixed(Number(places)) : generalNumber(value, Number(places));
}

/** Whether a text is a number as a whole. */
export function isNumeric(text: string): boolean {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text);
}

/** How values are compared. */
export const comparisons = ['<', '<=', '==', '!=', '>', '>='] as const;
type Comparison = (typeof comparisons)[number];

/** Compares as numbers when both are; what was never assigned is both. @param asText whether one of them is a text of the program's own */
export function compare(
  operator: Comparison,
  left: AwkValue | undefined,
  right: AwkValue | undefined,
  asText = false,
): boolean {
  const isNumber = (value = '0' as AwkValue) => typeof value === 'number' || isNumeric(value);
  const areNumbers = !asText && isNumber(left) && isNumber(right);
  const order = areNumbers
    ? numeric(left ?? 0) - numeric(right ?? 0)
    : orderOf(`${left ?? ''}`, `${right ?? ''}`);
  return {
    '<': order < 0,
    '<=': order <= 0,
    '==': order === 0,
    '!=': order !== 0,
    '>': order > 0,
    '>=': order >= 0,
  }[operator];
}

function orderOf(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** @throws AwkProblem for a division by zero, where that is none of the numbers that there are */
export function arithmetic(operator: string, left: number, right: number, isBusybox: boolean): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '^':
      return left ** right;
    default:
      if (right === 0 && isBusybox) throw new AwkProblem('Division by zero');
      return operator === '/' ? left / right : left % right;
  }
}

/** What `printf` and `sprintf` make of a format: numbers stay numbers, and a number for `%c` is a character's. */
export function formatted(format: string, values: readonly AwkValue[]): string {
  // A star takes a value too: how wide the next one is.
  const kinds = [...format.matchAll(/%[-+ 0#]*(\*|\d*)(?:\.(\*|\d*))?([a-zA-Z%])/g)].flatMap(
    ([, width, precision, kind]) => [...[width, precision].filter((each) => each === '*'), kind],
  );
  const wanted = kinds.filter((kind) => kind !== '%');
  const texts = wanted.slice(0, values.length).map((kind = '', index) => {
    const value = values[index] ?? '';
    const number = numeric(value);
    if (kind === 'c') return typeof value === 'number' ? String.fromCharCode(value & 0xff) : value;
    if (/[diouxX*]/.test(kind)) return `${BigInt(Number.isFinite(number) ? Math.trunc(number) : 0)}`;
    if (/[eEfFgG]/.test(kind)) return `${number}`;
    return typeof value === 'string' ? value : numberText(value, '%.6g');
  });
  return printfText(format, texts, 'gnu').text;
}

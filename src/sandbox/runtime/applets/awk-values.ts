import { generalNumber, printfText } from '../tools/printf.ts';
import { AwkProblem } from './awk-syntax.ts';
import { posixExpression } from './regular-expression.ts';

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
  return Number(/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
}

/** A number as text: whole ones with all their digits, others by a format such as `%.6g`. */
export function numberText(value: number, format: string): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return `${value === 0 ? 0 : BigInt(value)}`;
  const [, places = '6', kind = 'g'] = /^%\.?(\d*)([gfd])$/.exec(format) ?? [];
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (kind === 'd') return `${Math.trunc(value)}`;
  return kind === 'f' ? value.toFixed(Number(places)) : generalNumber(value, Number(places));
}

/** Whether a text is a number as a whole. */
export function isNumeric(text: string): boolean {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text);
}

/** Compares as numbers when both are. @param asText whether one of them is a text of the program's own */
export function compare(operator: string, left: AwkValue, right: AwkValue, asText = false): boolean {
  const bothNumbers =
    !asText &&
    (typeof left === 'number' || isNumeric(left)) &&
    (typeof right === 'number' || isNumeric(right));
  const order = bothNumbers
    ? numeric(left) - numeric(right)
    : `${left}` < `${right}`
      ? -1
      : `${left}` > `${right}`
        ? 1
        : 0;
  return (
    {
      '<': order < 0,
      '<=': order <= 0,
      '==': order === 0,
      '!=': order !== 0,
      '>': order > 0,
      '>=': order >= 0,
    }[operator] ?? false
  );
}

/** @throws AwkProblem for a division by zero */
export function arithmetic(operator: string, left: number, right: number): number {
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
      if (right === 0) throw new AwkProblem('Division by zero');
      return operator === '/' ? left / right : left % right;
  }
}

/** What `printf` and `sprintf` make of a format: numbers stay numbers, and a number for `%c` is a character's. */
export function formatted(format: string, values: readonly AwkValue[]): string {
  const kinds = [...format.matchAll(/%[-+ 0#]*\d*(?:\.\d*)?([a-zA-Z%])/g)].map(([, kind]) => kind);
  const wanted = kinds.filter((kind) => kind !== '%');
  const texts = values.slice(0, wanted.length).map((value, index) => {
    const kind = wanted[index] ?? '';
    if (kind === 'c') return typeof value === 'number' ? String.fromCharCode(value & 0xff) : value;
    if (/[diouxX]/.test(kind))
      return `${BigInt(Math.trunc(Number.isFinite(numeric(value)) ? numeric(value) : 0))}`;
    if (/[eEfFgG]/.test(kind)) return `${numeric(value)}`;
    return typeof value === 'string' ? value : numberText(value, '%.6g');
  });
  return printfText(format, texts).text;
}

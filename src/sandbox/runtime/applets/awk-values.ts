import { AwkProblem } from './awk-syntax.ts';
import { posixExpression } from './regular-expression.ts';

/** A text or a number. */
export type AwkValue = string | number;

/** The fields of a line. */
export function splitFields(text: string, separator: string): string[] {
  if (separator === ' ') return text.split(/\s+/).filter(Boolean);
  if (text === '') return [];
  if (separator.length === 1) return text.split(separator);
  return text.split(posixExpression(separator, true, '') ?? separator);
}

/** A value as a number: what its text begins with. */
export function numeric(value: AwkValue): number {
  if (typeof value === 'number') return value;
  return Number(/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
}

/** Whether a text is a number as a whole. */
export function isNumeric(text: string): boolean {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text);
}

/** Compares as numbers when both are. */
export function compare(operator: string, left: AwkValue, right: AwkValue): boolean {
  const bothNumbers =
    (typeof left === 'number' || isNumeric(left)) && (typeof right === 'number' || isNumeric(right));
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
      if (right === 0) throw new AwkProblem('division by zero');
      return operator === '/' ? left / right : left % right;
  }
}

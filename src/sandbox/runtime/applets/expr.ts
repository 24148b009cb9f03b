import type { Program } from '../program.ts';
import { literal } from '../text/glob.ts';
import { tool } from './applet.ts';
import { complaint, UsageError } from './options.ts';
import { posixExpression } from './regular-expression.ts';

/** expr */
export const expr: Program = tool((call) => {
  const words = call.args;
  let place = 0;
  const refuse = (): never => {
    const rest = words[place];
    const what =
      rest === undefined ? `missing argument after '${words.at(-1)}'` : `unexpected argument '${rest}'`;
    throw new UsageError(call.isBusybox ? 'expr: syntax error\n' : `expr: syntax error: ${what}\n`, 2);
  };
  const number = (text: string): bigint => {
    if (!/^-?\d+$/.test(text)) throw new UsageError('expr: non-integer argument\n', 2);
    return BigInt(text);
  };
  const levels: readonly (readonly string[])[] = [
    ['|'],
    ['&'],
    ['=', '==', '!=', '<', '<=', '>', '>='],
    ['+', '-'],
    ['*', '/', '%'],
    [':'],
  ];
  const apply = (operator: string, left: string, right: string): string => {
    const bothNumbers = /^-?\d+$/.test(left) && /^-?\d+$/.test(right);
    const order = bothNumbers
      ? BigInt(left) < BigInt(right)
        ? -1
        : BigInt(left) > BigInt(right)
          ? 1
          : 0
      : left < right
        ? -1
        : left > right
          ? 1
          : 0;
    const isTrue = (text: string) => text !== '' && text !== '0';
    switch (operator) {
      case '|':
        return isTrue(left) ? left : isTrue(right) ? right : '0';
      case '&':
        return isTrue(left) && isTrue(right) ? left : '0';
      case '=':
      case '==':
        return order === 0 ? '1' : '0';
      case '!=':
        return order !== 0 ? '1' : '0';
      case '<':
        return order < 0 ? '1' : '0';
      case '<=':
        return order <= 0 ? '1' : '0';
      case '>':
        return order > 0 ? '1' : '0';
      case '>=':
        return order >= 0 ? '1' : '0';
      case '+':
        return `${number(left) + number(right)}`;
      case '-':
        return `${number(left) - number(right)}`;
      case '*':
        return `${number(left) * number(right)}`;
      case ':': {
        const match = new RegExp(`^(?:${posixExpression(right, false, '')?.source ?? literal(right)})`).exec(
          left,
        );
        return match?.[1] ?? (/\\\(/.test(right) ? '' : `${match?.[0].length ?? 0}`);
      }
      default:
        if (number(right) === 0n) throw new UsageError('expr: division by zero\n', 2);
        return `${operator === '/' ? number(left) / number(right) : number(left) % number(right)}`;
    }
  };
  const read = (level: number): string => {
    const operators = levels[level];
    if (!operators) {
      const word = words[place] ?? refuse();
      place += 1;
      if (word === 'length' && place < words.length) return `${[...read(levels.length)].length}`;
      if (word !== '(') return word;
      const value = read(0);
      if (words[place] !== ')') refuse();
      place += 1;
      return value;
    }
    let left = read(level + 1);
    while (operators.includes(words[place] ?? '')) {
      const operator = words[place] ?? '';
      place += 1;
      left = apply(operator, left, read(level + 1));
    }
    return left;
  };
  if (words.length === 0) throw new UsageError(complaint(call, 'missing operand'), 2);
  const value = read(0);
  if (place < words.length) refuse();
  call.out(`${value}\n`);
  return value === '' || value === '0' ? 1 : 0;
});

import { caught } from '../../thrown.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { tool } from './applet.ts';
import { complaint, UsageError } from './options.ts';
import { compiledExpression, ExpressionError } from './text/regular-expression.ts';

/** expr */
export const expr: Program = tool((call) => {
  const words = call.args[0] === '--' && !call.isBusybox ? call.args.slice(1) : call.args;
  let place = 0;
  const refuse = (): never => {
    const rest = words[place];
    const what =
      rest === undefined ? `missing argument after '${words.at(-1)}'` : `unexpected argument '${rest}'`;
    throw new UsageError(call.isBusybox ? 'expr: syntax error\n' : `expr: syntax error: ${what}\n`, 2);
  };
  const number = (text: string): bigint => {
    if (!/^-?\d+$/.test(text))
      throw new UsageError(`expr: non-${call.isBusybox ? 'numeric' : 'integer'} argument\n`, 2);
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
        return isTrue(left) ? left : isTrue(right) || call.isBusybox ? right : '0';
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
      case ':':
        return matched(call, left, right);
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
      const keyword = place < words.length || call.isBusybox ? word : '';
      if (word === 'length' && (place >= words.length || keyword))
        return `${[...read(levels.length)].length}`;
      if (keyword === 'match') return matched(call, read(levels.length), read(levels.length));
      if (keyword === 'index') {
        const text = read(levels.length);
        const letters = read(levels.length);
        return `${[...text].findIndex((letter) => letters.includes(letter)) + 1}`;
      }
      if (keyword === 'substr') {
        const text = read(levels.length);
        const [start, length] = [Number(read(levels.length)), Number(read(levels.length))];
        return start > 0 && length > 0 ? text.slice(start - 1, start - 1 + length) : '';
      }
      // In GNU a plus before a word says that it is no more than that.
      if (word === '+' && !call.isBusybox) {
        place += 1;
        return words[place - 1] ?? refuse();
      }
      if (word !== '(') return word;
      const value = read(0);
      if (words[place] === undefined && !call.isBusybox)
        throw new UsageError(`expr: syntax error: expecting ')' after '${words.at(-1)}'\n`, 2);
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
  if (words.length === 0) throw new UsageError(complaint(call, 'missing operand', 'too few arguments'), 2);
  const value = read(0);
  if (place < words.length) refuse();
  call.out(`${value}\n`);
  return value === '' || value === '0' ? 1 : 0;
});

/** What fits at the beginning of a text: its group where the expression has one, else how long it is. */
function matched(call: ProcessCall, text: string, pattern: string): string {
  try {
    const { source } = compiledExpression(pattern, false, '');
    const match = new RegExp(`^(?:${source})`).exec(text);
    return match?.[1] ?? (/\\\(/.test(pattern) ? '' : `${match?.[0].length ?? 0}`);
  } catch (thrown) {
    const error = caught(thrown, ExpressionError);
    throw new UsageError(`expr: ${call.isBusybox ? `bad regex '${pattern}': ` : ''}${error.message}\n`, 2);
  }
}

import { type AwkExpression, AwkProblem } from './awk-syntax.ts';
import { type AwkValue, formatted, splitFields } from './awk-values.ts';
import { posixExpression } from './regular-expression.ts';

/** What a function of awk needs of the program that calls it. */
export interface AwkCaller {
  value(expression: AwkExpression): AwkValue;
  /** A number from 0 up to 1. */
  random(): number;
  /** Where `random` goes on from. @returns the seed before */
  seed(value: number): number;
  text(expression: AwkExpression): string;
  number(expression: AwkExpression): number;
  variable(name: string): string;
  assign(target: AwkExpression, value: AwkValue): void;
  /** Gives an array all of its elements. */
  fill(array: string, values: Record<string, AwkValue>): void;
}

/** Functions that some awk has and this one has not. */
const elsewhere = [
  'system',
  'close',
  'fflush',
  'systime',
  'strftime',
  'mktime',
  'gensub',
  'asort',
  'and',
  'or',
  'xor',
  'lshift',
  'rshift',
  'compl',
];

/** The whole line. */
const line: AwkExpression = { kind: 'field', index: { kind: 'number', value: 0 } };

/** Calls one of awk's own functions. @throws AwkProblem for one that is not simulated */
export function callFunction(name: string, args: readonly AwkExpression[], caller: AwkCaller): AwkValue {
  const text = (place: number) => (args[place] ? caller.text(args[place]) : '');
  const number = (place: number) => (args[place] ? caller.number(args[place]) : 0);
  const [first] = args;
  switch (name) {
    case 'length':
      return args.length === 0 ? caller.text(line).length : text(0).length;
    case 'substr': {
      const start = Math.max(Math.trunc(number(1)), 1) - 1;
      const end = args.length > 2 ? start + Math.trunc(number(2)) : undefined;
      return text(0).slice(start, end === undefined ? undefined : Math.max(end, start));
    }
    case 'index':
      return text(0).indexOf(text(1)) + 1;
    case 'toupper':
      return text(0).toUpperCase();
    case 'tolower':
      return text(0).toLowerCase();
    case 'int':
      return Math.trunc(number(0));
    case 'sqrt':
      return Math.sqrt(number(0));
    case 'exp':
      return Math.exp(number(0));
    case 'log':
      return Math.log(number(0));
    case 'sin':
      return Math.sin(number(0));
    case 'cos':
      return Math.cos(number(0));
    case 'atan2':
      return Math.atan2(number(0), number(1));
    case 'rand':
      return caller.random();
    case 'srand':
      return caller.seed(args.length === 0 ? 0 : number(0));
    case 'sprintf':
      return formatted(
        text(0),
        args.slice(1).map((each) => caller.value(each)),
      );
    case 'split': {
      const array = args[1]?.kind === 'variable' ? args[1].name : '';
      const separator =
        args[2]?.kind === 'pattern' ? args[2].source : args[2] ? text(2) : caller.variable('FS');
      const parts = splitFields(text(0), separator);
      caller.fill(array, Object.fromEntries(parts.map((part, index) => [`${index + 1}`, part])));
      return parts.length;
    }
    case 'sub':
    case 'gsub': {
      const source = first?.kind === 'pattern' ? first.source : text(0);
      const target: AwkExpression = args[2] ?? line;
      const expression = posixExpression(source, true, name === 'gsub' ? 'g' : '', 'awk');
      let count = 0;
      const next = expression
        ? caller.text(target).replace(expression, (match) => {
            count += 1;
            return text(1).replace(/\\&|&/g, (each) => (each === '&' ? match : '&'));
          })
        : caller.text(target);
      if (count > 0) caller.assign(target, next);
      return count;
    }
    case 'match': {
      const source = args[1]?.kind === 'pattern' ? args[1].source : text(1);
      const found = posixExpression(source, true, '', 'awk')?.exec(text(0));
      const start = found ? found.index + 1 : 0;
      caller.assign({ kind: 'variable', name: 'RSTART' }, start);
      caller.assign({ kind: 'variable', name: 'RLENGTH' }, found ? found[0].length : -1);
      return start;
    }
    default:
      if (elsewhere.includes(name)) throw new AwkProblem(`the function ${name} is not simulated`);
      throw new AwkProblem('Call to undefined function');
  }
}

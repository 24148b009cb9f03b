import { formatDate } from '../date.ts';
import { posixExpression } from '../text/regular-expression.ts';
import { type AwkExpression, AwkProblem } from './awk-syntax.ts';
import { type AwkValue, formatted, splitFields } from './awk-values.ts';

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
  readonly isBusybox: boolean;
  readonly now: number;
  /** Begins a file anew where it is used again. @returns 0, or -1 where it was not open */
  close(file: string): number;
  assign(target: AwkExpression, value: AwkValue): void;
  /** Gives an array all of its elements. */
  fill(array: string, values: Record<string, AwkValue>): void;
}

/** Functions that mawk and busybox have, and how many arguments they take at most. */
export const ownFunctions: Readonly<Record<string, number>> = {
  atan2: 2,
  close: 2,
  cos: 1,
  exp: 1,
  fflush: 1,
  gsub: 3,
  index: 2,
  int: 1,
  length: 1,
  log: 1,
  match: 2,
  mktime: 1,
  rand: 0,
  sin: 1,
  split: 3,
  sprintf: 100,
  sqrt: 1,
  srand: 1,
  strftime: 3,
  sub: 3,
  substr: 3,
  system: 1,
  systime: 0,
  tolower: 1,
  toupper: 1,
};

/** Functions that only busybox has. */
const bits: Readonly<Record<string, (one: number, other: number) => number>> = {
  and: (one, other) => one & other,
  or: (one, other) => one | other,
  xor: (one, other) => one ^ other,
  lshift: (one, other) => one << other,
  rshift: (one, other) => one >>> other,
  compl: (one) => ~one >>> 0,
};

/** Functions that are there, and not simulated. */
const elsewhere = ['system', 'mktime'];

/** The whole line. */
const line: AwkExpression = { kind: 'field', index: { kind: 'number', value: 0 } };
/** An argument that was left out. */
const nothing: AwkExpression = { kind: 'text', value: '' };

/** Calls one of awk's own functions. @throws AwkProblem for one that is not simulated */
export function callFunction(name: string, args: readonly AwkExpression[], caller: AwkCaller): AwkValue {
  const [first = nothing, second = nothing, third] = args;
  const text = (place: number) => caller.text(args[place] ?? nothing);
  const number = (place: number) => caller.number(args[place] ?? nothing);
  /** Where a regular expression is wanted, a text is one too. */
  const source = (each: AwkExpression) => (each.kind === 'pattern' ? each.source : caller.text(each));
  if (args.length > (ownFunctions[name] ?? 100)) throw new AwkProblem('Too many arguments');
  const bitwise = caller.isBusybox && Object.hasOwn(bits, name) ? bits[name] : undefined;
  if (bitwise) return bitwise(number(0), number(1));
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
      const array = second.kind === 'variable' ? second.name : '';
      const separator = third ? source(third) : caller.variable('FS');
      const parts = splitFields(text(0), separator);
      caller.fill(array, Object.fromEntries(parts.map((part, index) => [`${index + 1}`, part])));
      return parts.length;
    }
    case 'sub':
    case 'gsub': {
      const target = third ?? line;
      const expression = posixExpression(source(first), true, name === 'gsub' ? 'g' : '', 'awk');
      if (!expression) return 0;
      let count = 0;
      const next = caller.text(target).replace(expression, (match) => {
        count += 1;
        return text(1).replace(/\\&|&/g, (each) => (each === '&' ? match : '&'));
      });
      if (count > 0) caller.assign(target, next);
      return count;
    }
    case 'gensub':
      return caller.isBusybox ? gensub(source(first), text(1), text(2), caller.text(args[3] ?? line)) : 0;
    case 'close':
      return caller.close(text(0));
    case 'fflush':
      return 0;
    case 'systime':
      return Math.floor(caller.now / 1000);
    case 'strftime': {
      const at = args.length > 1 ? number(1) * 1000 : caller.now;
      return formatDate(at, args.length > 0 ? text(0) : '%c', caller.isBusybox);
    }
    case 'match': {
      const found = posixExpression(source(second), true, '', 'awk')?.exec(text(0));
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

/** gensub: as `gsub`, for one match or all of them, with the groups of the match; gives the text. */
function gensub(source: string, replacement: string, which: string, text: string): string {
  const expression = posixExpression(source, true, 'g', 'awk');
  if (!expression) return text;
  let count = 0;
  return text.replace(expression, (match, ...groups) => {
    count += 1;
    if (!/^[gG]/.test(which) && count !== Number(which)) return match;
    return replacement.replace(/\\(\d)|\\&|&/g, (each, digit?: string) =>
      digit === undefined
        ? each === '&'
          ? match
          : '&'
        : digit === '0'
          ? match
          : `${groups[Number(digit) - 1]}`,
    );
  });
}

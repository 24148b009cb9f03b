import { FileError } from '../files/file-error.ts';
import type { ProcessFiles } from '../files/process-files.ts';
import type { Flavour } from '../shell/syntax.ts';
import { sizeOf } from '../volume.ts';

/** What `test` cannot evaluate; the message is what it says. */
export class TestError extends Error {
  override readonly name = 'TestError';
}

const unary = new Set([
  '-b',
  '-c',
  '-d',
  '-e',
  '-f',
  '-g',
  '-G',
  '-h',
  '-k',
  '-L',
  '-n',
  '-O',
  '-p',
  '-r',
  '-s',
  '-S',
  '-t',
  '-u',
  '-v',
  '-w',
  '-x',
  '-z',
]);
const binary = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
]);

/**
 * Evaluates what stands behind `test` or between brackets.
 *
 * @throws TestError with the words of the shell it is in
 */
export function evaluateTest(
  words: readonly string[],
  files: ProcessFiles,
  isTerminal: (fd: number) => boolean,
  flavour: Flavour,
): boolean {
  let place = 0;
  const peek = (ahead = 0) => words[place + ahead];
  const or = (): boolean => {
    let value = and();
    while (peek() === '-o') {
      place += 1;
      const right = and();
      value = value || right;
    }
    return value;
  };
  const and = (): boolean => {
    let value = not();
    while (peek() === '-a') {
      place += 1;
      const right = not();
      value = value && right;
    }
    return value;
  };
  const not = (): boolean => {
    if (peek() === '!' && words.length - place > 1 && !(words.length === 3 && binary.has(words[1] ?? ''))) {
      place += 1;
      return !not();
    }
    if (peek() === '(' && words.length - place > 2 && !binary.has(peek(1) ?? '')) {
      place += 1;
      const value = or();
      if (peek() !== ')') throw new TestError('closing paren expected');
      place += 1;
      return value;
    }
    return one();
  };
  const one = (): boolean => {
    const first = peek();
    if (first === undefined) throw new TestError('argument expected');
    const operator = peek(1) ?? '';
    if (binary.has(operator)) {
      const right = peek(2);
      if (right === undefined) throw new TestError(missing(first, operator, flavour));
      place += 3;
      return compare(first, operator, right, files, flavour);
    }
    if (unary.has(first) && peek(1) !== undefined) {
      const operand = peek(1) ?? '';
      place += 2;
      return check(first, operand, files, isTerminal);
    }
    place += 1;
    return first !== '';
  };
  if (words.length === 0) return false;
  if (words.length === 1) return words[0] !== '';
  const value = or();
  if (place < words.length) throw new TestError(tooMuch(words[place] ?? '', words, flavour));
  return value;
}

function missing(first: string, operator: string, flavour: Flavour): string {
  return flavour === 'bash' ? `${first}: unary operator expected` : `${operator}: argument expected`;
}

function tooMuch(word: string, words: readonly string[], flavour: Flavour): string {
  if (flavour === 'bash')
    return words.length === 2 ? `${words[0]}: unary operator expected` : 'too many arguments';
  if (flavour === 'dash') return `${words.length === 2 ? words[0] : word}: unexpected operator`;
  return `${word}: unknown operand`;
}

function compare(
  left: string,
  operator: string,
  right: string,
  files: ProcessFiles,
  flavour: Flavour,
): boolean {
  const number = (text: string): bigint => {
    if (/^\s*[-+]?\d+\s*$/.test(text)) return BigInt(text.trim().replace(/^\+/, ''));
    throw new TestError(
      flavour === 'bash'
        ? `${text}: integer expression expected`
        : flavour === 'dash'
          ? `Illegal number: ${text}`
          : `${text}: bad number`,
    );
  };
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-eq':
      return number(left) === number(right);
    case '-ne':
      return number(left) !== number(right);
    case '-lt':
      return number(left) < number(right);
    case '-le':
      return number(left) <= number(right);
    case '-gt':
      return number(left) > number(right);
    case '-ge':
      return number(left) >= number(right);
    case '-nt':
    case '-ot': {
      const [newer, older] = operator === '-nt' ? [left, right] : [right, left];
      const [one, other] = [files.look(newer), files.look(older)];
      // Only bash says of a file that it is newer than one that is not there.
      if (!one || (!other && flavour !== 'bash')) return false;
      return one.at > (other?.at ?? Number.NEGATIVE_INFINITY);
    }
    default:
      return realPath(left, files) === realPath(right, files);
  }
}

function check(
  operator: string,
  operand: string,
  files: ProcessFiles,
  isTerminal: (fd: number) => boolean,
): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return isTerminal(Number(operand));
  if (operator === '-v') return false;
  const node = files.look(operand, operator !== '-h' && operator !== '-L');
  if (!node) return false;
  switch (operator) {
    case '-e':
      return true;
    case '-f':
      return node.kind === 'file' && !operand.startsWith('/dev/');
    case '-d':
      return node.kind === 'folder';
    case '-h':
    case '-L':
      return node.kind === 'link';
    case '-s':
      return sizeOf(node) > 0;
    case '-r':
      return files.mayUse(node, 4);
    case '-w':
      return files.mayUse(node, 2) && isWritable(operand, files);
    case '-x':
      return files.mayUse(node, 1);
    case '-c':
      return operand.startsWith('/dev/');
    case '-O':
    case '-G':
      return true;
    case '-u':
      return node.kind !== 'link' && (node.mode & 0o4000) !== 0;
    case '-g':
      return node.kind !== 'link' && (node.mode & 0o2000) !== 0;
    case '-k':
      return node.kind !== 'link' && (node.mode & 0o1000) !== 0;
    default:
      return false;
  }
}

function isWritable(path: string, files: ProcessFiles): boolean {
  try {
    files.demandWritable(files.realPath(path));
    return true;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

function realPath(path: string, files: ProcessFiles): string | undefined {
  return files.look(path) && files.realPath(path);
}

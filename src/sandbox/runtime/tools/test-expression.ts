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

/** Whose test it is: a shell's, or that of GNU coreutils. */
type Dialect = Flavour | 'gnu';

/** What a test looks at. */
export interface Surroundings {
  readonly files: ProcessFiles;
  isTerminal(fd: number): boolean;
  /** Whether a variable is set, for `-v`. */
  isSet(name: string): boolean;
}

/**
 * Evaluates what stands behind `test` or between brackets.
 *
 * @throws TestError with the words of the shell it is in
 */
export function evaluateTest(words: readonly string[], around: Surroundings, dialect: Dialect): boolean {
  const [first = '', second = '', third = ''] = words;
  if (words.length === 0) return false;
  if (words.length === 1) return first !== '';
  // With few words bash and GNU go by their number (POSIX, test): what the second one is says what it means.
  if (dialect === 'bash' || dialect === 'gnu') {
    if (words.length === 2 && first !== '!' && !isUnary(first, dialect))
      throw new TestError(
        dialect === 'bash' ? `${first}: unary operator expected` : `missing argument after '${second}'`,
      );
    const isThree = words.length === 3 && !(first === '(' && third === ')');
    if (isThree && !binary.has(second) && !['-a', '-o'].includes(second)) {
      if (first === '!') return !evaluateTest(words.slice(1), around, dialect);
      throw new TestError(
        dialect === 'bash' ? `${second}: binary operator expected` : `'${second}': binary operator expected`,
      );
    }
  }
  return new TestReader(words, around, dialect).value();
}

/** Reads an expression from left to right, as the shells do where the number of words does not say what it is. */
class TestReader {
  readonly #words: readonly string[];
  readonly #around: Surroundings;
  readonly #dialect: Dialect;
  #place = 0;

  constructor(words: readonly string[], around: Surroundings, dialect: Dialect) {
    this.#words = words;
    this.#around = around;
    this.#dialect = dialect;
  }

  value(): boolean {
    const value = this.#or();
    const word = this.#words[this.#place];
    if (word === undefined) return value;
    if (this.#dialect === 'dash') throw new TestError(`${this.#words[this.#place - 1]}: unexpected operator`);
    throw new TestError(this.#dialect === 'ash' ? `${word}: unknown operand` : 'too many arguments');
  }

  get #left(): number {
    return this.#words.length - this.#place;
  }

  #peek(ahead = 0): string {
    return this.#words[this.#place + ahead] ?? '';
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#peek() === '-o') {
      this.#place += 1;
      const right = this.#and();
      value = value || right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#peek() === '-a') {
      this.#place += 1;
      const right = this.#not();
      value = value && right;
    }
    return value;
  }

  #not(): boolean {
    const isBinary = binary.has(this.#peek(1));
    if (this.#peek() === '!' && this.#left > 1 && !(this.#words.length === 3 && isBinary)) {
      this.#place += 1;
      return !this.#not();
    }
    if (this.#peek() === '(' && this.#left > 2 && !isBinary) {
      this.#place += 1;
      const value = this.#or();
      if (this.#peek() !== ')') throw new TestError('closing paren expected');
      this.#place += 1;
      return value;
    }
    return this.#one();
  }

  #one(): boolean {
    const [first, operator] = [this.#peek(), this.#peek(1)];
    if (this.#left === 0) {
      if (this.#dialect === 'dash') return false;
      throw new TestError('argument expected');
    }
    if (binary.has(operator)) {
      if (this.#left < 3) throw new TestError(`${operator}: argument expected`);
      const right = this.#peek(2);
      this.#place += 3;
      return compare(first, operator, right, this.#around.files, this.#dialect);
    }
    if (isUnary(first, this.#dialect) && this.#left > 1) {
      this.#place += 2;
      return check(first, operator, this.#around);
    }
    this.#place += 1;
    return first !== '';
  }
}

/** Only bash can ask whether a variable is set. */
function isUnary(word: string, dialect: Dialect): boolean {
  return unary.has(word) && (word !== '-v' || dialect === 'bash');
}

function compare(
  left: string,
  operator: string,
  right: string,
  files: ProcessFiles,
  dialect: Dialect,
): boolean {
  const number = (text: string): bigint => {
    if (/^\s*[-+]?\d+\s*$/.test(text)) return BigInt(text.trim().replace(/^\+/, ''));
    const words = {
      ash: text === '' ? 'bad number' : `${text}: bad number`,
      bash: `${text}: integer expression expected`,
      dash: `Illegal number: ${text}`,
      gnu: `invalid integer '${text}'`,
    };
    throw new TestError(words[dialect]);
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
      if (!one || (!other && dialect !== 'bash')) return false;
      return one.at > (other?.at ?? Number.NEGATIVE_INFINITY);
    }
    default:
      return realPath(left, files) === realPath(right, files);
  }
}

function check(operator: string, operand: string, { files, isTerminal, isSet }: Surroundings): boolean {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') return isTerminal(Number(operand));
  if (operator === '-v') return isSet(operand);
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

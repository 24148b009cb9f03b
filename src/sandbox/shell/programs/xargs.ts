import { complain, readInput, type Steps } from '../../effects.ts';
import type { ShellContext } from '../shell-context.ts';

/** As many words as a command line takes at once. */
const mostWords = 5000;

/** Options of GNU xargs that take a value, and those that take none. */
const valued = 'nILPsEd';
const plain = 'rt0px';

const longNames: Readonly<Record<string, string>> = {
  '--no-run-if-empty': '-r',
  '--null': '-0',
  '--verbose': '-t',
  '--max-args': '-n',
  '--max-lines': '-L',
  '--max-procs': '-P',
  '--replace': '-I',
  '--delimiter': '-d',
};

/** `xargs`: runs a command with words that come in; several at once run one after another. */
export function* xargs(words: readonly string[], context: ShellContext): Steps<number> {
  const rest = words.slice(1);
  const options = new Map<string, string>();
  for (let word = rest[0]; word !== undefined && /^-./.test(word); word = rest[0]) {
    rest.shift();
    if (word === '--') break;
    const [long = '', ...joined] = word.split('=');
    const short = (longNames[long] ?? word) + joined.join('=');
    const letter = short.charAt(1);
    if (!(valued + plain).includes(letter)) {
      yield* complain(`xargs: invalid option -- '${letter}'\nTry 'xargs --help' for more information.\n`);
      return 1;
    }
    options.set(letter, valued.includes(letter) ? short.slice(2) || (rest.shift() ?? '') : '');
  }
  const command = rest.length > 0 ? rest : ['echo'];
  let code = 0;
  for (const line of linesFor(command, yield* readInput(), options)) {
    if (options.has('t')) yield* complain(`${line.join(' ')}\n`);
    const each = yield* runProgram(line, context, () => `xargs: ${line[0]}: No such file or directory\n`);
    if (each === 127) return 127;
    if (each === 255) {
      yield* complain(`xargs: ${line[0]}: exited with status 255; aborting\n`);
      return 124;
    }
    if (each !== 0) code = 123;
  }
  return code;
}

/** The commands that are run. */
function linesFor(
  command: readonly string[],
  text: string,
  options: ReadonlyMap<string, string>,
): readonly (readonly string[])[] {
  const delimiter = options.has('0') ? '\0' : options.get('d')?.replace('\\n', '\n');
  const marker = options.get('I');
  if (marker !== undefined) {
    const items =
      delimiter === undefined
        ? nonEmpty(text.split('\n').map((line) => line.trim()))
        : between(text, delimiter);
    return items.map((item) => command.map((word) => word.replaceAll(marker, item)));
  }
  const perLine = Number(options.get('L')) || undefined;
  // Of lines that are counted, the words of so many go together.
  const groups = perLine === undefined ? undefined : nonEmpty(text.split('\n')).map(itemsOf);
  if (perLine !== undefined && groups) {
    return inParts(groups, perLine).map((part) => [...command, ...part.flat()]);
  }
  const items = delimiter === undefined ? itemsOf(text) : between(text, delimiter);
  if (items.length === 0) return options.has('r') ? [] : [command];
  return inParts(items, Number(options.get('n')) || mostWords).map((part) => [...command, ...part]);
}

function inParts<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

function nonEmpty(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.trim() !== '');
}

/** What stands between delimiters; behind the last one there need be nothing. */
function between(text: string, delimiter: string): readonly string[] {
  const items = text.split(delimiter);
  return items.at(-1) === '' ? items.slice(0, -1) : items;
}

/** Words apart by blanks; quotes hold some together. */
function itemsOf(text: string): string[] {
  const items = text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/g) ?? [];
  return items.map((item) => item.replace(/(["'])(.*?)\1|\\(.)/g, '$2$3'));
}

/** Runs a program by its name. @param missing what is said where there is none */
export function* runProgram(
  words: readonly string[],
  context: ShellContext,
  missing: () => string,
): Steps<number> {
  const [name = ''] = words;
  const program = context.program(name);
  if (program) return yield* program(words);
  // Words of the shell that are files as well.
  if (name === 'true' || name === 'false') return name === 'true' ? 0 : 1;
  yield* complain(missing());
  return 127;
}

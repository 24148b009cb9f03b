import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { baseOf, join } from '../../files/paths.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { globPattern, literal } from '../../text/glob.ts';
import { filter } from '../applet.ts';
import { misuse, nameOf, type Options, readOptions, UsageError } from '../options.ts';
import { compiledExpression, ExpressionError } from './regular-expression.ts';

interface GrepState {
  readonly options: Options;
  readonly patterns: readonly string[];
  readonly found: number;
  readonly number: number;
  /** Bytes before the line. */
  readonly offset: number;
  readonly any: boolean;
  readonly after: number;
  readonly before: readonly string[];
  /** The line that was printed last. */
  readonly shown: number;
  readonly isNamed: boolean;
}

const busyboxLetters = 'EFivnclLqosrRwxhHe:f:m:A:B:C:aI';
const gnuLetters = `${busyboxLetters}GPybU`;
const long = {
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'ignore-case': 'i',
  'invert-match': 'v',
  'line-number': 'n',
  'files-with-matches': 'l',
  count: 'c',
  quiet: 'q',
  silent: 'q',
  'only-matching': 'o',
  recursive: 'r',
  regexp: 'e',
  file: 'f',
  'word-regexp': 'w',
  'line-regexp': 'x',
  'no-filename': 'h',
  'with-filename': 'H',
  'no-messages': 's',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  'max-count': 'm',
  include: 'N',
  exclude: 'X',
  color: 'a',
};

/** grep, egrep and fgrep */
export const grep: Program = filter<GrepState>({
  begin(call) {
    const options = optionsOf(call);
    const { flags, lists, values } = options;
    const given = lists.e || lists.f;
    const rest = given ? options.rest : options.rest.slice(1);
    if (!given && options.rest.length === 0)
      throw call.isBusybox
        ? misuse(call, '')
        : new UsageError(
            "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
            2,
          );
    const texts = [...(lists.e ?? []), ...(lists.f ?? []).map((file) => patternFile(call, file))];
    const patterns = (given ? texts : options.rest.slice(0, 1)).flatMap((text) => text.split('\n'));
    for (const letter of 'ABCm') demandNumber(call, letter, values[letter]);
    patternOf(call, options, patterns);
    if (passesOverStart(call, flags)) for (const text of patterns) warnOfStart(call, text);
    const isDeep = flags.r !== undefined || flags.R !== undefined;
    const roots = rest.length > 0 || call.isBusybox ? rest : ['.'];
    const files = isDeep
      ? roots.flatMap((path) =>
          walk(call, options, path, rest.length === 0 ? 'hidden' : 'shown').filter(
            (found) => found === path || isWanted(found, lists),
          ),
        )
      : rest;
    const isNamed =
      flags.H !== undefined || (flags.h === undefined && ((isDeep && rest.length > 0) || files.length > 1));
    return {
      own: {
        options,
        patterns,
        found: 0,
        number: 0,
        offset: 0,
        any: false,
        after: 0,
        before: [],
        shown: 0,
        isNamed,
      },
      files: isDeep && rest.length > 0 && files.length === 0 ? ['/dev/null'] : files,
    };
  },
  line(call, own, whole, file) {
    const { options } = own;
    const { flags, values } = options;
    if (Number(values.m ?? own.found + 1) <= own.found && own.after === 0) return 'stop';
    const expression = patternOf(call, options, own.patterns);
    const line = whole.replace(/\n$/, '');
    const number = own.number + 1;
    const fits =
      Number(values.m ?? own.found + 1) > own.found &&
      expression.test(line.slice(0, 100_000)) !== (flags.v !== undefined);
    const context = Number(values.C ?? 0);
    const [before, after] = [Number(values.B ?? context), Number(values.A ?? context)];
    const print = (text: string, at: number, sign: string, place = 0) => {
      const name = own.isNamed ? `${file === '-' ? '(standard input)' : file}${sign}` : '';
      const offset = flags.b ? `${own.offset + place}${sign}` : '';
      call.out(`${name}${flags.n ? `${at}${sign}` : ''}${offset}${text}\n`);
    };
    const isSilent = flags.q || flags.c || flags.l || flags.L;
    const next = { ...own, number, offset: own.offset + whole.length };
    if (!fits) {
      if (own.after > 0) {
        if (!isSilent) print(line, number, '-');
        return { ...next, after: own.after - 1, shown: number, before: [] };
      }
      return { ...next, before: before > 0 ? [...own.before, line].slice(-before) : [] };
    }
    if (flags.q) return call.end(0);
    if (!isSilent) {
      const first = number - own.before.length;
      if (before + after > 0 && own.shown > 0 && first > own.shown + 1) call.out('--\n');
      for (const [index, text] of own.before.entries()) print(text, first + index, '-');
      if (flags.o === undefined) print(line, number, ':');
      else if (!flags.v)
        for (const match of line.matchAll(new RegExp(expression.source, `${expression.flags}g`)))
          if (match[0] !== '') print(match[0], number, ':', match.index);
    }
    return { ...next, found: own.found + 1, any: true, after, shown: number, before: [] };
  },
  endOfFile(call, own, file) {
    const { flags } = own.options;
    const name = file === '-' ? '(standard input)' : file;
    if (flags.c) call.out(`${own.isNamed ? `${name}:` : ''}${own.found}\n`);
    if (flags.l ? own.found > 0 : flags.L && own.found === 0) call.out(`${name}\n`);
    return { ...own, found: 0, number: 0, offset: 0, before: [], after: 0, shown: 0 };
  },
  end: (_, own, failed) => (failed ? 2 : own.any ? 0 : 1),
  takesFolders: (call) => call.isBusybox,
  unreadable: (call, file, error) =>
    optionsOf(call).flags.s ? '' : `${nameOf(call)}: ${file}: ${error.message}\n`,
});

function optionsOf(call: ProcessCall): Options {
  return readOptions(call, call.isBusybox ? busyboxLetters : `${gnuLetters}N:X:`, long, (word) =>
    /^--colou?r(=|$)/.test(word)
      ? '--color'
      : /^-\d+$/.test(word) && !call.isBusybox
        ? word.replace('-', '-C')
        : word,
  );
}

function demandNumber(call: ProcessCall, letter: string, value: string | undefined): void {
  if (value === undefined || /^\d+$/.test(value)) return;
  const gnu = letter === 'm' ? 'invalid max count' : `${value}: invalid context length argument`;
  throw new UsageError(`grep: ${call.isBusybox ? `invalid number '${value}'` : gnu}\n`, 2);
}

/** The patterns that a file has, one a line. */
function patternFile(call: ProcessCall, file: string): string {
  try {
    return call.files.read(file).replace(/\n$/, '');
  } catch (thrown) {
    const error = caught(thrown, FileError);
    throw new UsageError(`${nameOf(call)}: ${file}: ${error.message}\n`, 2);
  }
}

const expressions = new Map<string, RegExp>();
/** More characters than anybody looks for. */
const longest = 20_000;

/** @throws UsageError when it is no regular expression */
function patternOf(call: ProcessCall, { flags }: Options, texts: readonly string[]): RegExp {
  const name = nameOf(call);
  const isFixed = flags.F !== undefined || name === 'fgrep';
  const isExtended = flags.E !== undefined || flags.P !== undefined || name === 'egrep';
  const ignoresCase = flags.i !== undefined || flags.y !== undefined;
  const key = JSON.stringify([texts, isFixed, isExtended, ignoresCase, flags.P, flags.w, flags.x]);
  const known = expressions.get(key);
  if (known) return known;
  // A regular expression cannot be as long as one likes.
  if (texts.some(({ length }) => length > longest))
    throw new UsageError('grep: regular expression is too large\n', 2);
  const sources = texts.map((text) => {
    if (text === '') return '';
    try {
      if (isFixed) return literal(text);
      if (flags.P) return new RegExp(text).source;
      const plain = passesOverStart(call, flags) ? text.replace(atStart, '') : text;
      return compiledExpression(plain, isExtended, '').source;
    } catch (error) {
      const why = error instanceof SyntaxError ? 'invalid pattern' : caught(error, ExpressionError).message;
      throw new UsageError(call.isBusybox ? `grep: bad regex '${text}': ${why}\n` : `grep: ${why}\n`, 2);
    }
  });
  const joined = sources.map((source) => `(?:${source})`).join('|');
  const whole = flags.x ? `^(?:${joined})$` : flags.w ? `(?<!\\w)(?:${joined})(?!\\w)` : joined;
  const expression = new RegExp(whole, ignoresCase ? 'i' : '');
  if (expressions.size > 100) expressions.clear();
  expressions.set(key, expression);
  return expression;
}

/** Whether what has nothing to repeat is passed over: in extended expressions of GNU, which says so. */
function passesOverStart(call: ProcessCall, { E, F, P }: Options['flags']): boolean {
  return !call.isBusybox && !F && !P && (E !== undefined || nameOf(call) === 'egrep');
}

/** What has nothing to repeat. */
const atStart = /^(?:[*+?]|\{\d*,?\d*\})/;

function warnOfStart(call: ProcessCall, text: string): void {
  const found = atStart.exec(text)?.[0];
  if (found === undefined) return;
  call.err(`grep: warning: ${found.startsWith('{') ? '{...}' : found} at start of expression\n`);
}

/** Whether `--include` and `--exclude` leave a file in. */
function isWanted(path: string, { N: include, X: exclude }: Options['lists']): boolean {
  const fits = (patterns: readonly string[]) =>
    patterns.some((pattern) => globPattern(pattern).test(baseOf(path)));
  return (include === undefined || fits(include)) && !(exclude !== undefined && fits(exclude));
}

/** The files below a folder, itself when it is a file. Links in it are followed with `-R`, and by busybox to files. */
function walk(
  call: ProcessCall,
  options: Options,
  path: string,
  start: 'hidden' | 'shown',
  depth = 0,
): readonly string[] {
  const { files } = call;
  const follows = depth === 0 || options.flags.R !== undefined;
  const node = files.look(path, follows);
  if (node?.kind === 'link' && !call.isBusybox) return [];
  const target = files.look(path);
  if (!target && depth > 0) {
    if (!options.flags.s) call.err(`${nameOf(call)}: ${path}: No such file or directory\n`);
    return [];
  }
  if (node?.kind !== 'folder') return target?.kind === 'folder' ? [] : [path];
  if (depth > 40) return [];
  try {
    return files
      .list(path)
      .flatMap((name) =>
        walk(call, options, start === 'hidden' && depth === 0 ? name : join(path, name), start, depth + 1),
      );
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

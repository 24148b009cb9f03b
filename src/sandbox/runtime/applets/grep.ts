import { FileError } from '../files/file-error.ts';
import { join } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { literal } from '../text/glob.ts';
import { filter } from './applet.ts';
import { nameOf, type Options, readOptions, UsageError } from './options.ts';
import { posixExpression } from './regular-expression.ts';

interface GrepState {
  readonly found: number;
  readonly number: number;
  readonly any: boolean;
  readonly after: number;
  readonly before: readonly string[];
  readonly isNamed: boolean;
}

const letters = 'EFGPivnclLqosrRwxhHe:f:m:A:B:C:zaI';
const long = {
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'ignore-case': 'i',
  'invert-match': 'v',
  'line-number': 'n',
  count: 'c',
  quiet: 'q',
  silent: 'q',
  'only-matching': 'o',
  recursive: 'r',
  'word-regexp': 'w',
  'max-count': 'm',
  color: 'a',
};

/** grep, egrep and fgrep */
export const grep: Program = filter<GrepState>({
  begin(call) {
    const options = readOptions(call, letters, long);
    const rest = options.lists.e ? options.rest : options.rest.slice(1);
    if (!options.lists.e && options.rest.length === 0) {
      throw new UsageError(
        call.isBusybox
          ? 'Usage: grep [OPTIONS] PATTERN [FILE]...\n'
          : "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
        2,
      );
    }
    patternOf(call, options);
    const isDeep = options.flags.r !== undefined || options.flags.R !== undefined;
    const files = isDeep ? (rest.length > 0 ? rest : ['.']).flatMap((path) => walk(call, path)) : rest;
    const isNamed =
      options.flags.H !== undefined || (options.flags.h === undefined && (isDeep || files.length > 1));
    return {
      own: { found: 0, number: 0, any: false, after: 0, before: [], isNamed },
      files: isDeep && files.length === 0 ? ['/dev/null'] : files,
    };
  },
  line(call, own, whole, file) {
    const options = readOptions(call, letters, long);
    const { flags, values } = options;
    const expression = patternOf(call, options);
    const line = whole.replace(/\n$/, '');
    const number = own.number + 1;
    const fits = expression.test(line.slice(0, 100_000)) !== (flags.v !== undefined);
    const context = Number(values.C ?? 0);
    const [before, after] = [Number(values.B ?? context), Number(values.A ?? context)];
    const print = (text: string, at: number, sign: string) => {
      const name = own.isNamed ? `${file === '-' ? '(standard input)' : file}${sign}` : '';
      call.out(`${name}${flags.n ? `${at}${sign}` : ''}${text}\n`);
    };
    const isSilent = flags.q || flags.c || flags.l || flags.L;
    if (!fits) {
      if (own.after > 0 && !isSilent) print(line, number, '-');
      const kept = before > 0 ? [...own.before, line].slice(-before) : [];
      return { ...own, number, after: Math.max(own.after - 1, 0), before: own.after > 0 ? [] : kept };
    }
    if (!isSilent) {
      for (const [index, text] of own.before.entries()) print(text, number - own.before.length + index, '-');
      if (flags.o && !flags.v) {
        for (const [part] of line.matchAll(new RegExp(expression.source, `${expression.flags}g`)))
          if (part !== '') print(part, number, ':');
      } else print(line, number, ':');
    }
    const found = own.found + 1;
    const next = { ...own, found, number, any: true, after, before: [] };
    return next;
  },
  endOfFile(call, own, file) {
    const { flags } = readOptions(call, letters, long);
    const name = file === '-' ? '(standard input)' : file;
    if (flags.l && own.found > 0) call.out(`${name}\n`);
    else if (flags.L && own.found === 0) call.out(`${name}\n`);
    else if (flags.c) call.out(`${own.isNamed ? `${name}:` : ''}${own.found}\n`);
    return { ...own, found: 0, number: 0, before: [], after: 0 };
  },
  end: (_, own, failed) => (failed ? 2 : own.any ? 0 : 1),
  unreadable: (call, file, error) => `${nameOf(call)}: ${file}: ${error.message}\n`,
});

const patterns = new Map<string, RegExp>();
/** More characters than anybody looks for. */
const longest = 20_000;

/** @throws UsageError when it is no regular expression */
function patternOf(call: ProcessCall, { flags, lists, rest }: Options): RegExp {
  const name = nameOf(call);
  const texts = (lists.e ?? [rest[0] ?? '']).flatMap((text) => text.split('\n'));
  const isFixed = flags.F !== undefined || name === 'fgrep';
  const isExtended = flags.E !== undefined || flags.P !== undefined || name === 'egrep';
  const key = JSON.stringify([texts, isFixed, isExtended, flags.i, flags.w, flags.x]);
  const known = patterns.get(key);
  if (known) return known;
  // A regular expression cannot be as long as one likes.
  if (texts.some(({ length }) => length > longest))
    throw new UsageError('grep: regular expression is too large\n', 2);
  const sources = texts.map((text) => {
    const expression = isFixed ? new RegExp(literal(text)) : posixExpression(text, isExtended, '');
    if (!expression)
      throw new UsageError(
        call.isBusybox ? `grep: bad regex '${text}': Unmatched ( or \\(\n` : `grep: Unmatched ( or \\(\n`,
        2,
      );
    return text === '' ? '' : expression.source;
  });
  const joined = sources.map((source) => `(?:${source})`).join('|');
  const whole = flags.x ? `^(?:${joined})$` : flags.w ? `(?<!\\w)(?:${joined})(?!\\w)` : joined;
  const expression = new RegExp(whole, flags.i ? 'i' : '');
  if (patterns.size > 100) patterns.clear();
  patterns.set(key, expression);
  return expression;
}

/** The files below a folder, itself when it is a file. */
function walk(call: ProcessCall, path: string, depth = 0): readonly string[] {
  const node = call.files.look(path, depth === 0);
  if (node?.kind !== 'folder') return node?.kind === 'link' ? [] : [path];
  if (depth > 40) return [];
  try {
    return call.files.list(path).flatMap((name) => walk(call, join(path, name), depth + 1));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

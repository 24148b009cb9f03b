import { complain, print, readFile, readInput, type Steps } from '../effects.ts';
import type { Program } from './evaluate.ts';

/** Programs that read lines and let some of them through, with the options people use. */
export const filters: Readonly<Record<string, Program>> = { cat, grep, wc, head, tail, sort, uniq };

interface Given {
  readonly options: ReadonlyMap<string, string>;
  readonly files: readonly string[];
}

/**
 * Reads `-n 5`, `-n5`, `-5` and clusters such as `-vi`.
 *
 * @param valued letters that take a value
 * @returns a complaint where an option is not known
 */
function readOptions(words: readonly string[], letters: string, valued = ''): Given | string {
  const options = new Map<string, string>();
  const files: string[] = [];
  for (let place = 1; place < words.length; place++) {
    const word = words[place] ?? '';
    if (!/^-./.test(word)) {
      files.push(word);
      continue;
    }
    if (/^-\d+$/.test(word) && valued.includes('n')) {
      options.set('n', word.slice(1));
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] ?? '';
      if (valued.includes(letter)) {
        options.set(letter, word.slice(at + 1) || (words[++place] ?? ''));
        break;
      }
      if (!letters.includes(letter)) return `${words[0]}: unrecognized option: ${letter}`;
      options.set(letter, '');
    }
  }
  return { options, files };
}

function* refuse(complaint: string): Steps<number> {
  yield* complain(`${complaint}\n`);
  return 2;
}

/** The text of the files, or of what is piped in. @returns undefined after a complaint */
function* textOf(name: string, files: readonly string[]): Steps<string | undefined> {
  if (files.length === 0) return yield* readInput();
  let text = '';
  for (const file of files) {
    const each = file === '-' ? yield* readInput() : yield* readFile(file);
    if (each === undefined) {
      yield* complain(`${name}: ${file}: No such file or directory\n`);
      return undefined;
    }
    text += each;
  }
  return text;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

function* cat(words: readonly string[]): Steps<number> {
  const text = yield* textOf('cat', words.slice(1));
  if (text === undefined) return 1;
  yield* print(text);
  return 0;
}

function* grep(words: readonly string[]): Steps<number> {
  const given = readOptions(words, 'icvnEFowq', 'eABC');
  if (typeof given === 'string') return yield* refuse(given);
  const { options } = given;
  const [pattern, ...files] = options.has('e') ? [options.get('e') ?? '', ...given.files] : given.files;
  if (pattern === undefined) return yield* refuse('usage: grep [-icvnEFowq] [-A N] [-B N] PATTERN [FILE...]');
  const expression = expressionOf(pattern, options);
  if (!expression) return yield* refuse(`grep: ${pattern}: not a regular expression that is understood here`);
  const text = yield* textOf('grep', files);
  if (text === undefined) return 2;
  const lines = linesOf(text);
  const hits = lines.flatMap((line, place) => (expression.test(line) !== options.has('v') ? [place] : []));
  if (!options.has('q')) yield* print(grepped(lines, hits, expression, options));
  return hits.length > 0 ? 0 : 1;
}

function expressionOf(pattern: string, options: ReadonlyMap<string, string>): RegExp | undefined {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // In a basic expression these are themselves, and special behind a backslash.
  const basic = pattern.replace(
    /\\([+?|(){}])|([+?|(){}])/g,
    (_, special, literal) => special ?? `\\${literal}`,
  );
  const source = options.has('F') ? escaped : options.has('E') ? pattern : basic;
  try {
    return new RegExp(options.has('w') ? `\\b(?:${source})\\b` : source, options.has('i') ? 'i' : '');
  } catch {
    return undefined;
  }
}

function grepped(
  lines: readonly string[],
  hits: readonly number[],
  expression: RegExp,
  options: ReadonlyMap<string, string>,
): string {
  if (options.has('c')) return `${hits.length}\n`;
  const around = (letter: string): number => Number(options.get(letter) ?? options.get('C') ?? 0) || 0;
  const [before, after] = [around('B'), around('A')];
  const shown = lines.flatMap((_, place) =>
    hits.some((hit) => place >= hit - before && place <= hit + after) ? [place] : [],
  );
  return whole(
    shown.flatMap((place) => {
      const line = lines[place] ?? '';
      const number = options.has('n') ? `${place + 1}${hits.includes(place) ? ':' : '-'}` : '';
      if (!options.has('o')) return [number + line];
      return [...line.matchAll(new RegExp(expression.source, `${expression.flags}g`))].map(
        ([found]) => number + found,
      );
    }),
  );
}

function* wc(words: readonly string[]): Steps<number> {
  const given = readOptions(words, 'lwcm');
  if (typeof given === 'string') return yield* refuse(given);
  const { options, files } = given;
  const text = yield* textOf('wc', files);
  if (text === undefined) return 1;
  const counts: [string, number][] = [
    ['l', text.split('\n').length - 1],
    ['w', text.split(/\s+/).filter(Boolean).length],
    ['c', text.length],
  ];
  const wanted = counts.filter(
    ([letter]) => options.size === 0 || options.has(letter) || (letter === 'c' && options.has('m')),
  );
  const numbers = wanted
    .map(([, count]) => (wanted.length === 1 ? `${count}` : `${count}`.padStart(7)))
    .join(' ');
  yield* print(`${numbers}${files[0] === undefined ? '' : ` ${files[0]}`}\n`);
  return 0;
}

function* head(words: readonly string[]): Steps<number> {
  return yield* some(words, (lines, count) => lines.slice(0, count));
}

function* tail(words: readonly string[]): Steps<number> {
  return yield* some(words, (lines, count, isFrom) =>
    isFrom ? lines.slice(count - 1) : lines.slice(-count || lines.length),
  );
}

function* some(
  words: readonly string[],
  choose: (lines: readonly string[], count: number, isFrom: boolean) => readonly string[],
): Steps<number> {
  const name = words[0] ?? '';
  const given = readOptions(words, '', 'n');
  if (typeof given === 'string') return yield* refuse(given);
  const wanted = given.options.get('n') ?? '10';
  if (!/^[-+]?\d+$/.test(wanted)) return yield* refuse(`${name}: invalid number '${wanted}'`);
  const text = yield* textOf(name, given.files);
  if (text === undefined) return 1;
  yield* print(whole(choose(linesOf(text), Number(wanted), wanted.startsWith('+'))));
  return 0;
}

function* sort(words: readonly string[]): Steps<number> {
  const given = readOptions(words, 'rnu', 'k');
  if (typeof given === 'string') return yield* refuse(given);
  const { options, files } = given;
  const text = yield* textOf('sort', files);
  if (text === undefined) return 1;
  const column = Number.parseInt(options.get('k') ?? '0', 10);
  const key = (line: string): string => (column > 0 ? (line.trim().split(/\s+/)[column - 1] ?? '') : line);
  const compare = (one: string, other: string): number => {
    const [a, b] = [key(one), key(other)];
    const order = options.has('n')
      ? Number.parseFloat(a || '0') - Number.parseFloat(b || '0')
      : a < b
        ? -1
        : a > b
          ? 1
          : 0;
    return options.has('r') ? -order : order;
  };
  const sorted = linesOf(text).sort(compare);
  yield* print(whole(options.has('u') ? [...new Set(sorted)] : sorted));
  return 0;
}

function* uniq(words: readonly string[]): Steps<number> {
  const given = readOptions(words, 'c');
  if (typeof given === 'string') return yield* refuse(given);
  const text = yield* textOf('uniq', given.files);
  if (text === undefined) return 1;
  const runs: { line: string; count: number }[] = [];
  for (const line of linesOf(text)) {
    const last = runs.at(-1);
    if (last?.line === line) last.count += 1;
    else runs.push({ line, count: 1 });
  }
  yield* print(
    whole(
      runs.map(({ line, count }) => (given.options.has('c') ? `${`${count}`.padStart(7)} ${line}` : line)),
    ),
  );
  return 0;
}

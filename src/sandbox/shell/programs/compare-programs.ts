import { complain, lookAt, now, print, readFile, readInput, type Steps } from '../../effects.ts';
import { unifiedDiff } from '../../kubectl/looking/diff-text.ts';
import type { Laptop } from '../laptop/laptop.ts';
import type { Program } from '../shell-context.ts';

/** Programs that show how files differ, and what is in which folder. */
export function comparePrograms(laptop: Laptop): Readonly<Record<string, Program>> {
  return { diff, tree: (words) => tree(words, laptop) };
}

function* diff(words: readonly string[]): Steps<number> {
  const options = words.slice(1).filter((word) => /^-./.test(word));
  const [from, to, third] = words.slice(1).filter((word) => !/^-./.test(word));
  const wrong = options.find((option) => !['-u', '-q', '-N'].includes(option));
  if (wrong !== undefined) {
    yield* complain(`diff: unrecognized option '${wrong}'; this one has -u, -q and -N\n`);
    return 2;
  }
  if (from === undefined || to === undefined || third !== undefined) {
    const why =
      third === undefined ? `missing operand after '${from ?? 'diff'}'` : `extra operand '${third}'`;
    yield* complain(`diff: ${why}\ndiff: Try 'diff --help' for more information.\n`);
    return 2;
  }
  const missing = options.includes('-N') ? '' : undefined;
  const before = (yield* contents(from)) ?? missing;
  const after = (yield* contents(to)) ?? missing;
  for (const [file, text] of [
    [from, before],
    [to, after],
  ]) {
    if (text === undefined) yield* complain(`diff: ${file}: No such file or directory\n`);
  }
  if (before === undefined || after === undefined) return 2;
  if (before === after) return 0;
  const unified = unifiedDiff(withEnds(before), withEnds(after));
  const isUnified = options.includes('-u');
  if (options.includes('-q')) yield* print(`Files ${from} and ${to} differ\n`);
  else {
    const head = isUnified ? `--- ${yield* stamped(from)}\n+++ ${yield* stamped(to)}\n` : '';
    const text = isUnified ? unified : plainDiff(unified);
    yield* print(`${head}${text.replaceAll(openEnd, '\n\\ No newline at end of file\n')}`);
  }
  return 1;
}

function* contents(file: string): Steps<string | undefined> {
  return file === '-' ? yield* readInput() : yield* readFile(file);
}

/** Stands at the end of a last line that has none. */
const openEnd = '\0\n';

/** A line without an end differs from the same one with it. */
function withEnds(text: string): string {
  return text === '' || text.endsWith('\n') ? text : text + openEnd;
}

/** The name of a file with the time at which it was written. */
function* stamped(file: string): Steps<string> {
  const at = (yield* lookAt(file))?.at ?? (yield* now());
  return `${file}\t${new Date(at).toISOString().replace('T', ' ').replace('Z', '000000 +0000')}`;
}

/** A unified difference as `diff` writes it without options (POSIX, diff, default output format). */
function plainDiff(unified: string): string {
  let [old, next] = [0, 0];
  let gone: string[] = [];
  let come: string[] = [];
  const parts: string[] = [];
  const flush = (): void => {
    if (gone.length + come.length === 0) return;
    const range = (end: number, count: number): string =>
      count > 1 ? `${end - count + 1},${end}` : `${end}`;
    const kind = gone.length === 0 ? 'a' : come.length === 0 ? 'd' : 'c';
    parts.push(`${range(old, gone.length)}${kind}${range(next, come.length)}\n`);
    parts.push(gone.map((line) => `< ${line}\n`).join(''), kind === 'c' ? '---\n' : '');
    parts.push(come.map((line) => `> ${line}\n`).join(''));
    [gone, come] = [[], []];
  };
  for (const line of unified.replace(/\n$/, '').split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$/.exec(line);
    if (head) {
      flush();
      old = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      next = Number(head[3]) - (head[4] === '0' ? 0 : 1);
    } else if (line.startsWith('-')) {
      if (come.length > 0) flush();
      gone.push(line.slice(1));
      old += 1;
    } else if (line.startsWith('+')) {
      come.push(line.slice(1));
      next += 1;
    } else {
      flush();
      old += 1;
      next += 1;
    }
  }
  flush();
  return parts.join('');
}

function* tree(words: readonly string[], laptop: Laptop): Steps<number> {
  const [start = '.'] = words.slice(1).filter((word) => !word.startsWith('-'));
  const shows = (name: string): boolean => words.includes('-a') || !name.startsWith('.');
  if (!laptop.isFolder(start)) {
    yield* print(`${start}  [error opening dir]\n\n0 directories, 0 files\n`);
    return 2;
  }
  const lines = [start];
  const count = { folders: 0, files: 0 };
  const walk = (folder: string, before: string): void => {
    const names = (laptop.list(folder) ?? []).filter(shows);
    for (const [place, name] of names.entries()) {
      const path = `${folder}/${name}`;
      const isLast = place === names.length - 1;
      lines.push(`${before}${isLast ? '└── ' : '├── '}${name}`);
      if (!laptop.isFolder(path)) count.files += 1;
      else {
        count.folders += 1;
        walk(path, `${before}${isLast ? '    ' : '│   '}`);
      }
    }
  };
  walk(start, '');
  const folders = `${count.folders} director${count.folders === 1 ? 'y' : 'ies'}`;
  yield* print(`${lines.join('\n')}\n\n${folders}, ${count.files} file${count.files === 1 ? '' : 's'}\n`);
  return 0;
}

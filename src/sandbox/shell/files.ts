import { complain, print, type Steps } from '../effects.ts';
import type { Program } from './evaluate.ts';
import { FileFailure, type Laptop } from './laptop.ts';

/** Programs that look at the learner's files and change them. */
export function filePrograms(laptop: Laptop): Readonly<Record<string, Program>> {
  return {
    pwd: function* () {
      yield* print(`${laptop.directory}\n`);
      return 0;
    },
    cd: (words) => tried(words, () => laptop.enter(words[1] ?? '~')),
    mkdir: (words) => each(words, (path) => laptop.makeFolder(path)),
    touch: (words) => each(words, (path) => laptop.write(path, laptop.read(path) ?? '')),
    rm: (words) => each(words, (path) => remove(laptop, path, words)),
    ls: (words) => list(laptop, words),
  };
}

function* tried(words: readonly string[], act: () => void): Steps<number> {
  try {
    act();
    return 0;
  } catch (error) {
    if (!(error instanceof FileFailure)) throw error;
    yield* complain(`${words[0]}: ${words.at(-1)}: ${error.message}\n`);
    return 1;
  }
}

function* each(words: readonly string[], act: (path: string) => void): Steps<number> {
  const paths = words.slice(1).filter((word) => !word.startsWith('-'));
  if (paths.length === 0) {
    yield* complain(`${words[0]}: missing operand\n`);
    return 1;
  }
  let code = 0;
  for (const path of paths) code = (yield* tried([words[0] ?? '', path], () => act(path))) || code;
  return code;
}

function remove(laptop: Laptop, path: string, words: readonly string[]): void {
  const options = words.filter((word) => word.startsWith('-')).join('');
  const isThere = laptop.isFolder(path) || laptop.read(path) !== undefined;
  if (isThere || !options.includes('f')) laptop.remove(path, /[rR]/.test(options));
}

function* list(laptop: Laptop, words: readonly string[]): Steps<number> {
  const paths = words.slice(1).filter((word) => !word.startsWith('-'));
  let code = 0;
  for (const path of paths.length > 0 ? paths : ['.']) {
    const names = laptop.list(path);
    if (names) yield* print([...names.filter((name) => !name.startsWith('.')), ''].join('\n'));
    else if (laptop.read(path) !== undefined) yield* print(`${path}\n`);
    else {
      yield* complain(`ls: ${path}: No such file or directory\n`);
      code = 1;
    }
  }
  return code;
}

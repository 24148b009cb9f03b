import { complain, print, type Steps } from '../effects.ts';
import { FileFailure, type Laptop } from './laptop/laptop.ts';
import type { Program } from './shell-context.ts';

/** Programs that go about in the learner's folders. */
export function filePrograms(laptop: Laptop): Readonly<Record<string, Program>> {
  return { cd: (words) => enter(words, laptop) };
}

function* enter(words: readonly string[], laptop: Laptop): Steps<number> {
  const operands = words.slice(1).filter((word) => !/^-[PLe@-]+$/.test(word));
  const { HOME = '~', OLDPWD } = laptop.variables();
  const [path = HOME] = operands;
  const target = path === '-' ? OLDPWD : path;
  if (operands.length > 1 || target === undefined) {
    yield* complain(`sh: cd: ${target === undefined ? 'OLDPWD not set' : 'too many arguments'}\n`);
    return 1;
  }
  const before = laptop.directory;
  try {
    laptop.enter(target);
    if (path === '-') yield* print(`${laptop.directory}\n`);
    laptop.setVariable('OLDPWD', before);
    return 0;
  } catch (error) {
    if (!(error instanceof FileFailure)) throw error;
    yield* complain(`sh: cd: ${target}: ${error.message}\n`);
    return 1;
  }
}

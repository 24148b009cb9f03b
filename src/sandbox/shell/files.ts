import { complain, print, type Steps } from '../effects.ts';
import { FileFailure, type Laptop } from './laptop.ts';
import type { Program } from './shell-context.ts';

/** Programs that go about in the learner's folders. */
export function filePrograms(laptop: Laptop): Readonly<Record<string, Program>> {
  return { cd: (words) => enter(words, laptop) };
}

function* enter(words: readonly string[], laptop: Laptop): Steps<number> {
  const [, path = '~'] = words;
  const before = laptop.directory;
  try {
    if (path !== '-') laptop.enter(path);
    else {
      const last = laptop.variables().OLDPWD;
      if (last === undefined) {
        yield* complain('sh: cd: OLDPWD not set\n');
        return 1;
      }
      laptop.enter(last);
      yield* print(`${laptop.directory}\n`);
    }
    laptop.setVariable('OLDPWD', before);
    return 0;
  } catch (error) {
    if (!(error instanceof FileFailure)) throw error;
    yield* complain(`sh: cd: ${path}: ${error.message}\n`);
    return 1;
  }
}

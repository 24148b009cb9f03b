import { complain, print, type Steps } from '../../effects.ts';
import { pathOf } from '../builtins/name-builtins.ts';
import { letPass } from '../line/let-pass.ts';
import type { Program, ShellContext } from '../shell-context.ts';
import { environmentPrograms } from './environment-programs.ts';
import { xargs } from './xargs.ts';

/** The small programs of every shell that are no tools of the container images. */
export function simplePrograms(context: ShellContext): Readonly<Record<string, Program>> {
  return {
    ...environmentPrograms(context),
    sleep,
    which: (words) => which(words, context),
    xargs: (words) => xargs(words, context),
  };
}

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

function* sleep(words: readonly string[]): Steps<number> {
  if (words.length < 2) {
    yield* complain("sleep: missing operand\nTry 'sleep --help' for more information.\n");
    return 1;
  }
  let milliseconds = 0;
  for (const word of words.slice(1)) {
    const { number, unit = 's' } = /^(?<number>\d+\.?\d*|\.\d+)(?<unit>[smhd])?$/.exec(word)?.groups ?? {};
    if (number === undefined) {
      yield* complain(`sleep: invalid time interval '${word}'\nTry 'sleep --help' for more information.\n`);
      return 1;
    }
    milliseconds += Number(number) * seconds[unit as keyof typeof seconds] * 1000;
  }
  yield* letPass(milliseconds);
  return 0;
}

function* which(words: readonly string[], context: ShellContext): Steps<number> {
  const names = words.slice(1).filter((word) => !word.startsWith('-'));
  let code = names.length === 0 ? 1 : 0;
  for (const name of names) {
    const path = pathOf(name, context.program(name) !== undefined);
    if (path === undefined) code = 1;
    else yield* print(`${path}\n`);
  }
  return code;
}

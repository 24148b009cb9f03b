import { complain, pause, print, type Steps, terminal } from '../effects.ts';
import type { Program, ShellContext } from './shell-context.ts';

/** Goes to the top of a terminal, and clears it. */
const clear = '\x1b[H\x1b[2J';

/** `watch`, and words that only stand before a command. */
export function runnerPrograms(context: ShellContext): Readonly<Record<string, Program>> {
  return {
    watch: (words) => watch(words, context),
    sudo: (words) => bare(words, context),
    time: (words) => bare(words, context),
  };
}

function* watch(words: readonly string[], context: ShellContext): Steps<number> {
  let place = 1;
  let seconds = 2;
  for (; /^-/.test(words[place] ?? ''); place++) {
    const [, value] = /^-n(.*)$/.exec(words[place] ?? '') ?? [];
    if (value !== undefined) seconds = Number(value || words[++place]) || seconds;
  }
  const command = words.slice(place).flatMap((word) => word.split(/\s+/));
  const program = context.program(command[0] ?? '');
  if (!program || command[0] === 'watch') {
    yield* complain(
      command[0] ? `sh: ${command[0]}: command not found\n` : 'usage: watch [-n SECONDS] COMMAND\n',
    );
    return command[0] ? 127 : 1;
  }
  if (!(yield* terminal()).isTerminal) {
    yield* complain('watch: there is no terminal to watch on; kubectl get has --watch\n');
    return 1;
  }
  for (;;) {
    yield* print(`${clear}Every ${seconds.toFixed(1)}s: ${command.join(' ')}   (Ctrl-C ends it)\n\n`);
    yield* program(command);
    yield* pause(seconds * 1000);
  }
}

/** The learner may do everything here: `sudo` changes nothing. */
function* bare(words: readonly string[], context: ShellContext): Steps<number> {
  const command = words.slice(1);
  const program = context.program(command[0] ?? '');
  if (program) return yield* program(command);
  yield* complain(
    command[0] ? `${words[0]}: ${command[0]}: command not found\n` : `usage: ${words[0]} COMMAND\n`,
  );
  return 1;
}

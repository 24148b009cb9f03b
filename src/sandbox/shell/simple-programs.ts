import { complain, now, pause, print, type Steps } from '../effects.ts';
import { type Program, type ShellContext, ShellExit } from './evaluate.ts';
import { helpText } from './help-text.ts';

/** The small programs of every shell. */
export function simplePrograms(
  context: ShellContext,
  commands: () => readonly string[],
): Readonly<Record<string, Program>> {
  return {
    echo,
    sleep,
    exit,
    docker,
    true: () => ends(0),
    false: () => ends(1),
    env: () => env(context),
    export: (words) => exportVariables(words, context),
    date,
    help: () => help(commands()),
  };
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* ends(code: number): Steps<number> {
  return code;
}

function* echo(words: readonly string[]): Steps<number> {
  const isBare = words[1] === '-n';
  yield* print(words.slice(isBare ? 2 : 1).join(' ') + (isBare ? '' : '\n'));
  return 0;
}

function* env(context: ShellContext): Steps<number> {
  const lines = Object.entries(context.variables()).map(([name, value]) => `${name}=${value}\n`);
  yield* print(lines.join(''));
  return 0;
}

function* exportVariables(words: readonly string[], context: ShellContext): Steps<number> {
  for (const word of words.slice(1)) {
    const [name = '', ...value] = word.split('=');
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      yield* complain(`sh: export: ${word}: bad variable name\n`);
      return 2;
    }
    if (value.length > 0) context.setVariable(name, value.join('='));
  }
  return 0;
}

const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

function* sleep(words: readonly string[]): Steps<number> {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(words[1] ?? '') ?? [];
  if (number === '') {
    yield* complain(`sleep: invalid number '${words[1] ?? ''}'\n`);
    return 1;
  }
  const end = (yield* now()) + Number(number) * (seconds[unit] ?? 1) * 1000;
  for (let left = end - (yield* now()); left > 0; left = end - (yield* now())) yield* pause(left);
  return 0;
}

function* date(): Steps<number> {
  yield* print(`${new Date(yield* now()).toUTCString()}\n`);
  return 0;
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* exit(words: readonly string[]): Steps<number> {
  throw new ShellExit(Number(words[1] ?? 0) & 255);
}

function* help(commands: readonly string[]): Steps<number> {
  yield* print(helpText(commands));
  return 0;
}

function* docker(words: readonly string[]): Steps<number> {
  const line = words.slice(0, 3).join(' ');
  yield* complain(
    `sh: docker: command not found\n→ There is a cluster here and no Docker. The counterpart, in a\n  terminal of yours: k8s-docker-tutor map ${line} …\n`,
  );
  return 127;
}

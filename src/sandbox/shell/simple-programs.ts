import { complain, now, pause, print, type Steps } from '../effects.ts';
import type { Program, ShellContext } from './shell-context.ts';

/** The small programs of every shell that are no tools of the container images. */
export function simplePrograms(context: ShellContext): Readonly<Record<string, Program>> {
  return {
    env: (words) => env(words, context),
    printenv: (words) => printenv(words, context),
    sleep,
    which: (words) => which(words, context),
    whoami: () => said('you'),
    id: () => said('uid=1000(you) gid=1000(you) groups=1000(you),999(docker)'),
    hostname: () => said('laptop'),
    uname: (words) => said(words[1] === '-a' ? 'Linux laptop 6.8.0 x86_64 GNU/Linux' : 'Linux'),
    xargs: (words) => xargs(words, context),
  };
}

function* said(text: string): Steps<number> {
  yield* print(`${text}\n`);
  return 0;
}

function* env(words: readonly string[], context: ShellContext): Steps<number> {
  const command = words.slice(1).findIndex((word) => !/^\w+=/.test(word));
  const values = words.slice(1, command < 0 ? undefined : command + 1).map((word) => word.split('='));
  const before = context.own;
  try {
    for (const [name = '', ...value] of values) context.setVariable(name, value.join('='));
    if (command >= 0) return yield* run(words.slice(command + 1), context, 'env');
    const lines = Object.entries(context.variables()).map(([name, value]) => `${name}=${value}\n`);
    yield* print(lines.join(''));
    return 0;
  } finally {
    if (values.length > 0) context.own = { ...context.own, variables: before.variables };
  }
}

function* printenv(words: readonly string[], context: ShellContext): Steps<number> {
  const [, name] = words;
  if (name === undefined) return yield* env(['env'], context);
  const value = context.variables()[name];
  if (value === undefined) return 1;
  return yield* said(value);
}

const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

function* sleep(words: readonly string[]): Steps<number> {
  if (words.length < 2) {
    yield* complain("sleep: missing operand\nTry 'sleep --help' for more information.\n");
    return 1;
  }
  let milliseconds = 0;
  for (const word of words.slice(1)) {
    const [, number, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(word) ?? [];
    if (number === undefined) {
      yield* complain(`sleep: invalid time interval '${word}'\nTry 'sleep --help' for more information.\n`);
      return 1;
    }
    milliseconds += Number(number) * (seconds[unit] ?? 1) * 1000;
  }
  const end = (yield* now()) + milliseconds;
  for (let left = end - (yield* now()); left > 0; left = end - (yield* now())) yield* pause(left);
  return 0;
}

function* which(words: readonly string[], context: ShellContext): Steps<number> {
  let code = 0;
  for (const name of words.slice(1)) {
    if (context.program(name)) yield* print(`/usr/bin/${name}\n`);
    else code = 1;
  }
  return code;
}

function* run(words: readonly string[], context: ShellContext, from: string): Steps<number> {
  const program = context.program(words[0] ?? '');
  if (program) return yield* program(words);
  yield* complain(`${from}: ${words[0]}: No such file or directory\n`);
  return 127;
}

/** As many words as a command line takes at once. */
const mostWords = 5000;

function* xargs(words: readonly string[], context: ShellContext): Steps<number> {
  const options = new Map<string, string>();
  let place = 1;
  for (; /^-./.test(words[place] ?? ''); place++) {
    const [, letter = '', value = ''] = /^-([nIrtLP0])(.*)$/.exec(words[place] ?? '') ?? [];
    if (letter === '') {
      yield* complain(`xargs: invalid option -- '${words[place]?.slice(1, 2)}'\n`);
      return 1;
    }
    options.set(letter, 'nILP'.includes(letter) && value === '' ? (words[++place] ?? '') : value);
  }
  const command = words.length > place ? words.slice(place) : ['echo'];
  const text = (yield { kind: 'read-input' }) as string;
  const marker = options.get('I');
  const items =
    marker === undefined
      ? itemsOf(text)
      : text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean);
  const size = Number(options.get('n') ?? options.get('L') ?? mostWords) || mostWords;
  const lines: string[][] = [];
  if (marker !== undefined) {
    for (const item of items) lines.push(command.map((word) => word.replaceAll(marker, item)));
  } else {
    for (let at = 0; at < items.length; at += size) lines.push([...command, ...items.slice(at, at + size)]);
    if (items.length === 0 && !options.has('r')) lines.push([...command]);
  }
  let code = 0;
  for (const line of lines) {
    if (options.has('t')) yield* complain(`${line.join(' ')}\n`);
    const each = yield* run(line, context, 'xargs');
    if (each === 127) return 127;
    if (each !== 0) code = 123;
  }
  return code;
}

/** Words apart by blanks; quotes hold some together. */
function itemsOf(text: string): string[] {
  return (text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/g) ?? []).map((item) =>
    item.replace(
      /"([^"\n]*)"|'([^'\n]*)'|\\(.)/g,
      (_, double, single, escaped) => double ?? single ?? escaped,
    ),
  );
}

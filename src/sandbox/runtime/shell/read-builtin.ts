import type { Outcome } from '../program.ts';
import type { ShellMachine } from './machine.ts';
import type { Waiting } from './shell-state.ts';
import { assign } from './variables.ts';

/** Goes on with the builtin `read`: a line, into variables. */
export function finishRead(machine: ShellMachine, waiting: Waiting & { kind: 'read' }): Outcome | undefined {
  const { call, state } = machine;
  const options = readOptions(waiting.args);
  let { text } = waiting;
  for (;;) {
    const limit = options.count;
    if (limit !== undefined && text.length >= limit) {
      give(machine, text.slice(0, limit), options, waiting.separators);
      return end(machine, 0);
    }
    const line = call.readLine(options.fd);
    if (line === undefined) {
      if (waiting.until !== undefined && waiting.until <= call.now) return end(machine, 142);
      state.waiting = { ...waiting, text };
      return waiting.until === undefined ? 'waits' : { until: waiting.until };
    }
    text += line ?? '';
    const stop = options.until === undefined ? -1 : text.indexOf(options.until);
    if (stop >= 0) {
      give(machine, text.slice(0, stop), options, waiting.separators);
      return end(machine, 0);
    }
    if (line !== null && (options.until !== undefined || (limit !== undefined && text.length >= limit)))
      continue;
    const continues = !options.isRaw && /(^|[^\\])(\\\\)*\\\n$/.test(text);
    if (line !== null && continues) {
      text = text.slice(0, -2);
      continue;
    }
    if (line !== null && !line.endsWith('\n')) continue;
    give(machine, text.replace(/\n$/, ''), options, waiting.separators);
    return end(machine, line === null ? 1 : 0);
  }
}

interface ReadOptions {
  readonly names: readonly string[];
  readonly isRaw: boolean;
  readonly fd: number;
  readonly prompt?: string;
  readonly timeout?: number;
  /** So many characters at most. */
  readonly count?: number;
  /** What ends it in place of the end of a line. */
  readonly until?: string;
}

/** What `read -r -t 3 name` asks for. */
export function readOptions(args: readonly string[]): ReadOptions {
  const names: string[] = [];
  const found: {
    isRaw: boolean;
    fd: number;
    prompt?: string;
    timeout?: number;
    count?: number;
    until?: string;
  } = { isRaw: false, fd: 0 };
  for (let place = 0; place < args.length; place++) {
    const word = args[place] ?? '';
    if (!word.startsWith('-') || names.length > 0) {
      names.push(word);
      continue;
    }
    if (word.includes('r')) found.isRaw = true;
    const letter = word.at(-1) ?? '';
    if ('ptundN'.includes(letter)) {
      const value = args[++place] ?? '';
      if (letter === 'p') found.prompt = value;
      if (letter === 't') found.timeout = Number(value) || 0;
      if (letter === 'n' || letter === 'N') found.count = Number(value) || 0;
      if (letter === 'd') found.until = value.charAt(0);
      if (letter === 'u') found.fd = Number(value) || 0;
    }
  }
  return { names: names.length > 0 ? names : ['REPLY'], ...found };
}

function give(machine: ShellMachine, line: string, { names, isRaw }: ReadOptions, separators: string): void {
  const plain = isRaw ? line : line.replace(/\\(.)/g, '$1');
  const blanks = [...separators].filter((each) => /\s/.test(each));
  const isBlank = (each: string | undefined) => each !== undefined && blanks.includes(each);
  let rest = plain;
  const trim = () => {
    while (isBlank(rest[0])) rest = rest.slice(1);
  };
  trim();
  for (const name of names.slice(0, -1)) {
    const place = [...rest].findIndex((each) => separators.includes(each));
    const field = place < 0 ? rest : rest.slice(0, place);
    rest = place < 0 ? '' : rest.slice(place);
    trim();
    if (rest !== '' && separators.includes(rest[0] ?? '') && place >= 0) {
      rest = rest.slice(1);
      trim();
    }
    assign(machine, name, field);
  }
  while (isBlank(rest.at(-1))) rest = rest.slice(0, -1);
  // One separator at the end belongs to the last field, and not to what is in it.
  if (names.length > 1 && rest.length > 1) {
    const inner = rest.slice(0, -1);
    const isOnly =
      separators.includes(rest.at(-1) ?? '') && ![...inner].some((each) => separators.includes(each));
    if (isOnly) rest = inner;
  }
  assign(machine, names.at(-1) ?? 'REPLY', rest);
}

function end(machine: ShellMachine, status: number): undefined {
  const { state } = machine;
  delete (state as { waiting?: unknown }).waiting;
  state.status = status;
  machine.restoreTo(state.saved.length - (state.restores ? 1 : 0));
  state.restores = false;
  return undefined;
}

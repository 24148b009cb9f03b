import { complain, type Effect, type Steps, type Terminal } from '../../effects.ts';
import type { Redirect } from '../../runtime/shell/syntax.ts';
import { asked, through } from '../../through.ts';
import { InputBuffer } from './input-buffer.ts';

/** Where something that is written goes. */
type Sink = 'stdout' | 'stderr' | 'nowhere' | FileSink;

/** Where a command reads and writes instead of where the one around it does. */
export interface Opened {
  readonly input: InputBuffer | undefined;
  /** Runs steps that write there. */
  bend(steps: Steps<number>, name: string): Steps<number>;
}

/**
 * Opens what redirections name.
 *
 * @param textOf expands the word behind a sign
 * @returns undefined where that fails, which has been said then
 */
export function* openAll(
  redirects: readonly Redirect[],
  textOf: (redirect: Redirect) => Steps<string>,
): Steps<Opened | undefined> {
  let input: InputBuffer | undefined;
  const sinks: [Sink, Sink] = ['stdout', 'stderr'];
  for (const redirect of redirects) {
    const { fd, operator } = redirect;
    const text = yield* textOf(redirect);
    if (fd > 2 || (fd === 0) !== (operator.startsWith('<') && operator !== '<&')) {
      if (operator === '<&' && fd === 0 && text === '-') input = new InputBuffer('', true);
      else {
        yield* complain(`sh: ${fd}: this shell redirects 0, 1 and 2 only\n`);
        return undefined;
      }
    } else if (operator === '<<') input = new InputBuffer(text, true);
    else if (operator === '<') {
      const found = yield* readAll(text);
      if (found === undefined) return undefined;
      input = new InputBuffer(found, true);
    } else if (operator === '>&' && /^(\d+|-)$/.test(text)) {
      const from = text === '-' ? 'nowhere' : sinks[Number(text) - 1];
      if (from === undefined) {
        yield* complain(`sh: ${text}: Bad file descriptor\n`);
        return undefined;
      }
      sinks[fd - 1] = from;
    } else {
      const sink = yield* openSink(text, operator === '>>', sinks);
      if (sink === undefined) return undefined;
      if (operator === '&>' || operator === '>&') sinks.fill(sink);
      else sinks[fd - 1] = sink;
    }
  }
  return { input, bend: (steps, name) => bent(steps, sinks, name) };
}

function* readAll(path: string): Steps<string | undefined> {
  if (path === '/dev/null') return '';
  const text = (yield { kind: 'read-file', path }) as string | undefined;
  if (text !== undefined) return text;
  const isFolder = (yield { kind: 'list-folder', path }) !== undefined;
  yield* complain(`sh: ${path}: ${isFolder ? 'Is a directory' : 'No such file or directory'}\n`);
  return undefined;
}

function* openSink(path: string, appends: boolean, sinks: readonly Sink[]): Steps<Sink | undefined> {
  if (path === '/dev/null') return 'nowhere';
  if (path === '/dev/stdout' || path === '/dev/stderr') return sinks[path === '/dev/stdout' ? 0 : 1];
  const before = appends ? ((yield { kind: 'read-file', path }) as string | undefined) : undefined;
  const refused = (yield { kind: 'write-file', path, text: before ?? '' }) as string | undefined;
  if (refused === undefined) return new FileSink(path);
  yield* complain(`sh: ${path}: ${refused}\n`);
  return undefined;
}

function* bent(steps: Steps<number>, sinks: readonly [Sink, Sink], name: string): Steps<number> {
  const files = sinks.filter((sink) => typeof sink === 'object');
  if (sinks[0] === 'stdout' && sinks[1] === 'stderr') return yield* steps;
  let code: number | undefined;
  try {
    code = yield* through(steps, (effect) => answer(effect, sinks, files));
  } finally {
    // What was written up to Ctrl-C stays.
    for (const file of new Set(files)) yield* file.flush();
  }
  const refused = files.find((file) => file.refused !== undefined)?.refused;
  if (refused === undefined) return code;
  yield* complain(`${name}: write error: ${refused}\n`);
  return code === 0 ? 1 : code;
}

function answer(
  effect: Effect,
  [output, errors]: readonly [Sink, Sink],
  files: readonly FileSink[],
): Steps<unknown> | { readonly heard: unknown } {
  if (effect.kind === 'pause') return flushed(effect, files);
  if (effect.kind === 'terminal' && output !== 'stdout') return terminalOfInput(effect);
  if (effect.kind !== 'write') return asked(effect);
  const sink = effect.to === 'stdout' ? output : errors;
  if (sink === 'nowhere') return { heard: undefined };
  return typeof sink === 'string' ? asked({ ...effect, to: sink }) : sink.write(effect.text);
}

/** What is written elsewhere has no terminal; what is typed may still come from one. */
function* terminalOfInput(effect: Effect): Steps<unknown> {
  const { isTerminal, isInputTerminal = isTerminal } = (yield effect) as Terminal;
  return { isTerminal: false, isInputTerminal };
}

/** While a command waits, what it has written can be read. */
function* flushed(effect: Effect, files: readonly FileSink[]): Steps<unknown> {
  for (const file of new Set(files)) yield* file.flush();
  return yield effect;
}

/** A file is not written for every word that goes into it. */
const piece = 64 * 1024;

class FileSink {
  refused: string | undefined;
  readonly #path: string;
  #pending = '';

  constructor(path: string) {
    this.#path = path;
  }

  *write(text: string): Steps<void> {
    this.#pending += text;
    if (this.#pending.length > piece) yield* this.flush();
  }

  *flush(): Steps<void> {
    const text = this.#pending;
    if (text === '' || this.refused !== undefined) return;
    this.#pending = '';
    const before = ((yield { kind: 'read-file', path: this.#path }) as string | undefined) ?? '';
    this.refused = (yield { kind: 'write-file', path: this.#path, text: before + text }) as
      | string
      | undefined;
  }
}

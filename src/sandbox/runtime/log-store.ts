import type { Store } from '../store.ts';
import type { LogLine } from './container-runtime.ts';
import { type LogRecord, tables } from './records.ts';

/** Lines stand in blocks of so many, so that a new one copies few. */
const linesPerBlock = 128;
/** Older lines of a log go when it is larger, as the kubelet rotates it (containerLogMaxSize). */
const mostBytes = 10 * 2 ** 20;
/** A single piece of output is cut into lines of at most this, as containerd cuts them. */
const longestLine = 16 * 1024;

const empty: LogRecord = { first: 0, next: 0, bytes: 0, lines: [] };

/** What followed the last time from some state of a log: thousands of an image say the same when they start. */
const following = new WeakMap<LogRecord, LogLine & { readonly after: LogRecord }>();

/** What processes wrote, in the order in which they did. */
export class LogStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Writes behind what is in a log. */
  write(key: string, stream: 'stdout' | 'stderr', text: string): void {
    if (text === '') return;
    const log = this.#read(key);
    const { now } = this.#store;
    const shared = following.get(log);
    if (shared?.stream === stream && shared.at === now && shared.text === text) {
      this.#store.write(tables.logs, key, shared.after);
      return;
    }
    const piece: LogLine = { at: now, stream, text };
    const lines = [...log.lines, piece];
    const bytes = log.bytes + text.length;
    if (lines.length < linesPerBlock) {
      const after = { ...log, bytes, lines };
      following.set(log, { ...piece, after });
      this.#store.write(tables.logs, key, after);
      return;
    }
    this.#store.write(tables.logBlocks, `${key}/${log.next}`, lines);
    this.#store.write(tables.logs, key, this.#trim(key, { ...log, next: log.next + 1, bytes, lines: [] }));
  }

  /**
   * The lines of a log, whole ones put together from their pieces; the last may still have no end.
   *
   * @param after where to begin: what `end` said before
   */
  read(key: string, after = 0): readonly LogLine[] {
    const found: LogLine[] = [];
    const unfinished: { stdout?: LogLine; stderr?: LogLine } = {};
    for (const piece of this.#pieces(key, after)) {
      for (const text of cut(piece.text)) {
        const before = unfinished[piece.stream];
        const line = { at: piece.at, stream: piece.stream, text: (before?.text ?? '') + text };
        if (text.endsWith('\n') || line.text.length >= longestLine) {
          delete unfinished[piece.stream];
          found.push(line);
        } else unfinished[piece.stream] = line;
      }
    }
    const rest = [unfinished.stdout, unfinished.stderr].filter((line) => line !== undefined);
    return [...found, ...rest.sort((one, other) => one.at - other.at)];
  }

  /** The pieces of a log as they were written, from a place on. */
  pieces(key: string, after = 0): readonly LogLine[] {
    return this.#pieces(key, after);
  }

  /** The place behind the last piece of a log: to read on from. */
  end(key: string): number {
    const { next, lines } = this.#read(key);
    return next * linesPerBlock + lines.length;
  }

  /** Takes up a log from where it was, so that nothing of it stays. */
  remove(key: string): void {
    const { first, next } = this.#read(key);
    for (let block = first; block < next; block++) this.#store.delete(tables.logBlocks, `${key}/${block}`);
    this.#store.delete(tables.logs, key);
  }

  #read(key: string): LogRecord {
    return (this.#store.read(tables.logs, key) ?? empty) as LogRecord;
  }

  #pieces(key: string, after: number): LogLine[] {
    const { first, next, lines } = this.#read(key);
    const found: LogLine[] = [];
    for (let block = Math.max(first, Math.floor(after / linesPerBlock)); block < next; block++) {
      const pieces = this.#store.read(tables.logBlocks, `${key}/${block}`) as readonly LogLine[];
      for (const piece of pieces.slice(Math.max(0, after - block * linesPerBlock))) found.push(piece);
    }
    for (const piece of lines.slice(Math.max(0, after - next * linesPerBlock))) found.push(piece);
    return found;
  }

  #trim(key: string, log: LogRecord): LogRecord {
    let { first, bytes } = log;
    while (bytes > mostBytes && first < log.next - 1) {
      const name = `${key}/${first}`;
      const block = this.#store.read(tables.logBlocks, name) as readonly LogLine[];
      bytes -= block.reduce((sum, { text }) => sum + text.length, 0);
      this.#store.delete(tables.logBlocks, name);
      first += 1;
    }
    return { ...log, first, bytes };
  }
}

/** A text in its lines, each with its end. */
function cut(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

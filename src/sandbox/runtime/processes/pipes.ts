import type { Store } from '../../store.ts';
import type { LogStore } from '../log-store.ts';
import { type ContainerRecord, keyOn, type PipeRecord, tables } from '../records.ts';
import { processesIn } from './visible-processes.ts';

/** What a terminal does with keys instead of handing them on. */
const keys = { interrupt: '\x03', end: '\x04', erase: '\x7f', backspace: '\b' } as const;

/** More than this in a pipe has to wait. */
const pipeBytes = 64 * 1024;

/** What becomes of typed text besides what is read. */
export type Typed = 'interrupt' | 'end' | undefined;

/** Pipes between processes, and typed input. Whether a pipe has a reader or a writer is seen from who has it open. */
export class Pipes {
  readonly #store: Store;
  readonly #logs: LogStore;

  constructor(store: Store, logs: LogStore) {
    this.#store = store;
    this.#logs = logs;
  }

  /** Makes a pipe. @returns its id */
  make(container: ContainerRecord, pipe: PipeRecord = { text: '', isTyped: false }): string {
    const key = keyOn(container.host, container.id);
    const number = (this.#store.read(tables.counters, `pipe ${key}`) as number | undefined) ?? 0;
    this.#store.write(tables.counters, `pipe ${key}`, number + 1);
    const id = `${key}:${number}`;
    this.#store.write(tables.pipes, id, pipe);
    return id;
  }

  /** @returns false when nobody reads */
  write(container: ContainerRecord, id: string, text: string): boolean {
    const pipe = this.#read(id);
    if (!pipe || !this.#isOpen(container, id, 'read')) return false;
    this.#store.write(tables.pipes, id, { ...pipe, text: pipe.text + text });
    return true;
  }

  /**
   * @param length how much of what is there is wanted
   * @returns null at the end, undefined when nothing is there so far
   */
  read(container: ContainerRecord, id: string, length: (text: string) => number): string | null | undefined {
    const pipe = this.#read(id);
    if (!pipe) return null;
    const wanted = pipe.text === '' ? 0 : length(pipe.text);
    if (wanted === 0) return this.isAtEnd(container, id) ? null : undefined;
    this.#store.write(tables.pipes, id, { ...pipe, text: pipe.text.slice(wanted) });
    return pipe.text.slice(0, wanted);
  }

  /** Whether nothing more can come, although there may be something to read. */
  isAtEnd(container: ContainerRecord, id: string): boolean {
    const pipe = this.#read(id);
    return !pipe || (!pipe.isTyped && !this.#isOpen(container, id, 'write'));
  }

  /** Whether more fits into it now. */
  hasRoom(id: string): boolean {
    const pipe = this.#read(id);
    return !pipe || pipe.text.length < pipeBytes;
  }

  isTerminal(id: string): boolean {
    return this.#read(id)?.terminal !== undefined;
  }

  /** Types into a pipe that a process outside holds; a terminal shows it, and lets lines be mended. */
  type(id: string, text: string): Typed {
    const pipe = this.#read(id);
    if (!pipe?.isTyped) return undefined;
    if (!pipe.terminal) {
      this.#store.write(tables.pipes, id, { ...pipe, text: pipe.text + text });
      return undefined;
    }
    let { line, log } = pipe.terminal;
    let ready = pipe.text;
    let shown = '';
    let typed: Typed;
    for (const key of text) {
      if (key === keys.interrupt) {
        shown += '^C\r\n';
        line = '';
        typed = 'interrupt';
      } else if (key === keys.end) {
        if (line === '') typed = 'end';
        else [ready, line] = [ready + line, ''];
      } else if (key === keys.erase || key === keys.backspace) {
        if (line !== '') shown += '\b \b';
        line = line.slice(0, -1);
      } else if (key === '\r' || key === '\n') {
        shown += '\r\n';
        [ready, line] = [`${ready}${line}\n`, ''];
      } else {
        shown += key;
        line += key;
      }
    }
    if (shown !== '') this.#logs.write(log, 'stdout', shown);
    const isTyped = typed !== 'end';
    this.#store.write(tables.pipes, id, { ...pipe, isTyped, text: ready, terminal: { line, log } });
    return typed;
  }

  /** Nobody types any more. */
  close(id: string): void {
    const pipe = this.#read(id);
    if (pipe?.isTyped) this.#store.write(tables.pipes, id, { ...pipe, isTyped: false });
  }

  /** Forgets pipes that no process has open. */
  sweep(container: ContainerRecord, ids: Iterable<string>): void {
    for (const id of ids) {
      const isUsed = this.#isOpen(container, id, 'read') || this.#isOpen(container, id, 'write');
      if (!isUsed) this.#store.delete(tables.pipes, id);
    }
  }

  #read(id: string): PipeRecord | undefined {
    return this.#store.read(tables.pipes, id) as PipeRecord | undefined;
  }

  #isOpen(container: ContainerRecord, id: string, end: 'read' | 'write'): boolean {
    return processesIn(this.#store, keyOn(container.host, container.id)).some(({ fds }) =>
      Object.values(fds).some((fd) => fd.kind === 'pipe' && fd.id === id && fd.end === end),
    );
  }
}

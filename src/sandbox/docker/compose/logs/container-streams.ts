import type { Steps } from '../../../effects.ts';
import type { OutputStream } from '../../../host/engine/request.ts';
import type { LogPrinter } from './log-printer.ts';

interface Followed {
  readonly name: string;
  readonly stream: OutputStream;
  /** Where logs are read, all goes to standard output, and a last line without an end is not shown. */
  readonly isAttached: boolean;
}

/** The outputs of several containers that are shown as they come. */
export class ContainerStreams {
  readonly #printer: LogPrinter;
  #followed: readonly Followed[] = [];

  constructor(printer: LogPrinter) {
    this.#printer = printer;
  }

  get isEmpty(): boolean {
    return this.#followed.length === 0;
  }

  add(followed: Followed): void {
    this.#followed = [...this.#followed, followed];
  }

  /** Shows what has come since the last time, and lets go of those that have ended. */
  *show(): Steps<void> {
    const left: Followed[] = [];
    for (const each of this.#followed) {
      for (const { stream, text } of each.stream.next())
        yield* this.#printer.write(each.name, text, each.isAttached ? stream : 'stdout');
      if (!each.stream.ended) {
        left.push(each);
        continue;
      }
      if (each.isAttached) yield* this.#printer.flush(each.name);
      each.stream.close();
    }
    this.#followed = left;
  }

  close(): void {
    for (const { stream } of this.#followed) stream.close();
    this.#followed = [];
  }
}

import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';

const fresh = Sandbox.fresh({ now: Date.UTC(2026, 10, 20, 12), seed: 7 }).snapshot();

/** What a line came to. */
export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** Somebody who types into a shell beside a cluster of three nodes. */
export class NodeVisitor {
  readonly shell: Shell;
  #out = '';
  #err = '';
  readonly #write = (to: 'stdout' | 'stderr', text: string): void => {
    if (to === 'stdout') this.#out += text;
    else this.#err += text;
  };

  /** @param lines that are run first */
  constructor(...lines: readonly string[]) {
    this.shell = new Shell(new Sandbox(fresh), this.#write);
    for (const line of lines) this.type(line);
  }

  type(line: string): Outcome {
    this.#out = '';
    this.#err = '';
    const status = runToEnd(this.shell.run(line), this.shell, { write: this.#write, input: () => '' });
    return { out: this.#out, err: this.#err, status };
  }

  /** Types a line and gives what it printed. */
  out(line: string): string {
    return this.type(line).out;
  }
}

import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';
import type { Program } from '../../../src/sandbox/shell/shell-context.ts';
import type { World } from '../../../src/sandbox/world.ts';

const fresh = Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1, nodes: 2 }).snapshot();

/** What a line came to. */
export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** Somebody who types into a shell of a world of their own. */
export class ShellVisitor {
  readonly shell: Shell;
  #out = '';
  #err = '';
  readonly #write = (to: 'stdout' | 'stderr', text: string): void => {
    if (to === 'stdout') this.#out += text;
    else this.#err += text;
  };

  /** @param more programs beside those of the sandbox */
  constructor(more: Readonly<Record<string, Program>> = {}, world: World = fresh) {
    this.shell = new Shell(new Sandbox(world), this.#write, undefined, more);
  }

  /** What the last line has printed up to now. */
  get said(): Omit<Outcome, 'status'> {
    return { out: this.#out, err: this.#err };
  }

  /** @param input what is piped in */
  type(line: string, input = ''): Outcome {
    this.#out = '';
    this.#err = '';
    let rest = input;
    const status = runToEnd(this.shell.run(line), this.shell, {
      write: this.#write,
      input: () => {
        const text = rest;
        rest = '';
        return text;
      },
    });
    return { out: this.#out, err: this.#err, status };
  }
}

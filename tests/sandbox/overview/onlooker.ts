import type { Overview } from '../../../src/sandbox/overview/overview.ts';
import { showProgram } from '../../../src/sandbox/overview/show-program.ts';
import type { Account } from '../../../src/sandbox/overview/why/account.ts';
import { whyProgram } from '../../../src/sandbox/overview/why-program.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';

const fresh = Sandbox.fresh({ now: Date.UTC(2026, 10, 20, 12), seed: 7 }).snapshot();

/** Somebody who looks at a world with `show` and `why`; what these found is kept as data. */
export class Onlooker {
  readonly shell: Shell;
  overviews: Overview[] = [];
  accounts: Account[] = [];
  out = '';
  err = '';
  readonly #write = (to: 'stdout' | 'stderr', text: string): void => {
    if (to === 'stdout') this.out += text;
    else this.err += text;
  };

  /** @param lines that are run first */
  constructor(...lines: readonly string[]) {
    const sandbox = new Sandbox(fresh);
    const kept = (overview: Overview): string => {
      this.overviews.push(overview);
      return 'drawn\n';
    };
    this.shell = new Shell(sandbox, this.#write, undefined, {
      show: showProgram(sandbox, () => ({
        redraws: true,
        drawn: kept,
        screenful: kept,
        difference: ({ what, before, after }) => `${what}: ${before} > ${after}`,
      })),
      why: whyProgram(
        sandbox,
        () => this.shell.namespace(),
        () => (account) => {
          this.accounts.push(account);
          return 'told\n';
        },
      ),
    });
    for (const line of lines) this.type(line);
  }

  /** @returns the exit code */
  type(line: string): number {
    this.out = '';
    this.err = '';
    return runToEnd(this.shell.run(line), this.shell, { write: this.#write, input: () => '' });
  }

  show(words = ''): Overview {
    this.type(`show ${words}`);
    const found = this.overviews.at(-1);
    if (!found) throw new Error(this.err);
    return found;
  }

  why(words = ''): Account {
    this.type(`why ${words}`);
    const found = this.accounts.at(-1);
    if (!found) throw new Error(this.err);
    return found;
  }

  /** What `why` says of one thing that does not go on. */
  because(words: string): string {
    return this.why(words)
      .findings.map(({ about, because }) => `${about}: ${because.join(' ')}`)
      .join('\n');
  }
}

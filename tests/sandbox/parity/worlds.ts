import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { prepareFor } from '../../../src/sandbox/shell/prepare.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { worldWith } from './placed-objects.ts';
import type { Scenario } from './scenario.ts';

await prepareFor('kubectl explain');

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** When worlds begin, in milliseconds since 1970. */
const begin = Date.parse('2026-01-05T09:00:00Z');

/**
 * The world after some lines.
 *
 * @throws Error when one of the lines fails: a setup is to work
 */
export function worldAfter(lines: readonly string[]): World {
  const sandbox = Sandbox.fresh({ now: begin, nodes: 3, seed: 1 });
  for (const line of lines) {
    const outcome = runOurs(sandbox, line);
    if (outcome.code !== 0) throw new Error(`${line}\nended with ${outcome.code}: ${outcome.stderr}`);
    sandbox.advance(3000);
  }
  return sandbox.snapshot();
}

/** The world that the lines of a scenario begin in. @throws Error when a line of its setup fails */
export function worldOf({ setup, placed = [] }: Scenario): World {
  return worldWith(worldAfter(setup), placed);
}

/**
 * Runs a line with the built-in kubectl.
 *
 * @param late by how many milliseconds kubectl's clock is ahead of the cluster's
 */
export function runOurs(sandbox: Sandbox, line: string, late = 0): Outcome {
  const outcome = { stdout: '', stderr: '', code: 0 };
  const write = (to: 'stdout' | 'stderr', text: string): void => {
    outcome[to] += text;
  };
  const shell = new LateShell(sandbox, write, late);
  outcome.code = runToEnd(shell.run(line), shell, { write, input: () => '' });
  shell.close();
  return outcome;
}

/** A shell on a machine whose clock is ahead. */
class LateShell extends Shell {
  readonly #late: number;

  constructor(sandbox: Sandbox, write: ConstructorParameters<typeof Shell>[1], late: number) {
    super(sandbox, write);
    this.#late = late;
  }

  override get now(): number {
    return super.now + this.#late;
  }
}

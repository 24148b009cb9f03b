import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';
import type { Outcome } from './scenario.ts';

/** When worlds begin, in milliseconds since 1970. */
const begin = Date.parse('2026-05-04T09:00:00Z');

/** A learner's machine with Docker on it, as it is at first. */
export function newSandbox(): Sandbox {
  return Sandbox.fresh({ now: begin, nodes: 1, seed: 1 });
}

/** Runs a line in the learner's shell. */
export function runOurs(sandbox: Sandbox, line: string): Outcome {
  const outcome = { stdout: '', stderr: '', code: 0 };
  const write = (to: 'stdout' | 'stderr', text: string): void => {
    outcome[to] += text;
  };
  const shell = new Shell(sandbox, write);
  outcome.code = runToEnd(shell.run(line), shell, { write, input: () => '' });
  shell.close();
  return outcome;
}

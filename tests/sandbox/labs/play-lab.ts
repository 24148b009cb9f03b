import type { LabText } from '../../../src/content/read-lab.ts';
import { checkGoal, isReached } from '../../../src/sandbox/labs/goal.ts';
import type { Lab, Seen } from '../../../src/sandbox/labs/lab.ts';
import { type LabStart, startLab } from '../../../src/sandbox/labs/lab-start.ts';
import { linesOfScript } from '../../../src/sandbox/shell/line/script-lines.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';

const now = Date.UTC(2026, 0, 15, 9);

/** Where a lab ended, and what was printed on the way. */
export interface Played {
  readonly seen: readonly Seen[];
  readonly transcript: string;
  /** Lines that ended with an error. */
  readonly failed: readonly string[];
}

/**
 * By labs: what comes close, works, or looks right, and is not what was asked for. A script, and the condition that
 * says so.
 */
export type WrongWays = Readonly<Record<string, readonly (readonly [script: string, fails: string])[]>>;

/** A lab as it begins in the tests. */
export function begun(lab: Lab, seed = 1): LabStart {
  return startLab(lab, { now, seed });
}

/** Plays a script in a lab, and looks at the goal once it is reached, or two minutes later. */
export function play({ lab }: LabText, script: string, seed = 1): Played {
  const { sandbox } = begun(lab, seed);
  let transcript = '';
  const failed: string[] = [];
  const write = (_: string, text: string): void => {
    transcript += text;
  };
  const shell = new Shell(sandbox, write);
  for (const line of linesOfScript(script)) {
    transcript += `$ ${line}\n`;
    const code = runToEnd(shell.run(line), shell, { write, input: () => '' });
    if (code !== 0) failed.push(line);
    shell.advance(3000);
  }
  let seen = checkGoal(lab.goal, sandbox);
  for (let waited = 0; waited < 120_000 && !isReached(seen); waited += 20_000) {
    shell.advance(20_000);
    seen = checkGoal(lab.goal, sandbox);
  }
  shell.close();
  return { seen, transcript, failed };
}

/** What is not as it should be: a condition and what is there instead. */
export function failing(seen: readonly Seen[]): string[] {
  return seen.flatMap(({ says, fulfilled, instead }) => (fulfilled ? [] : [`${says}: ${instead}`]));
}

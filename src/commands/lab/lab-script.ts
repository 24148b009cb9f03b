import process from 'node:process';
import type { PublishedLab } from '../../content/content.ts';
import { exitCode } from '../../errors.ts';
import { isReached } from '../../sandbox/labs/goal.ts';
import type { Seen } from '../../sandbox/labs/lab.ts';
import type { LabShell } from '../../sandbox/labs/lab-shell.ts';
import { ShellExit } from '../../sandbox/shell/line/control-flow.ts';
import { linesOfScript } from '../../sandbox/shell/line/script-lines.ts';
import { runToEnd } from '../../sandbox/shell/run-to-end.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawChecked, drawDebrief } from '../../terminal/views/lab-view.ts';
import { readScript, scriptWriter, typing } from '../sandbox/sandbox-script.ts';
import { SandboxTools } from '../sandbox/sandbox-tools.ts';
import { withoutOthers } from '../sandbox/sandbox-world.ts';
import type { Session } from '../session.ts';
import { openLab, placeOfLab } from './lab-world.ts';

/** So long what was asked for may take to come true when the script is over, in milliseconds of the world. */
const patience = 120_000;
const step = 5000;

/**
 * Runs a script on standard input in a lab, then looks at the goal. The exit code is 0 when it is reached
 * without the solution having been shown, and 1 when it is not.
 */
export async function runLabScript(session: Session, lab: PublishedLab, isFresh: boolean): Promise<void> {
  const text = readScript();
  const tools = new SandboxTools(session);
  await tools.prepare(text);
  const place = placeOfLab(session, lab);
  withoutOthers(place, () => {
    const { kept, shell } = openLab(session, lab, place, isFresh, tools);
    try {
      runLines(session, shell, text);
      finish(session, shell, lab);
    } finally {
      shell.close();
      kept.save(shell.history);
    }
  });
}

function runLines(session: Session, shell: LabShell, text: string): void {
  const streams = { write: scriptWriter(session), input: () => '' };
  try {
    for (const line of linesOfScript(text)) {
      runToEnd(shell.run(line), shell, streams);
      shell.advance(typing);
    }
  } catch (error) {
    // `leave` and `exit` end the script, not the lab.
    if (!(error instanceof ShellExit)) throw error;
  }
}

function finish(session: Session, shell: LabShell, lab: PublishedLab): void {
  const style = styleFor(session.screen);
  const seen = lookUntilReached(shell);
  session.print(drawChecked(seen, style));
  if (isReached(seen)) session.print(drawDebrief(lab, shell.visit.skipped, style));
  process.exitCode = isReached(seen) && !shell.visit.skipped ? exitCode.done : exitCode.no;
}

function lookUntilReached(shell: LabShell): readonly Seen[] {
  let seen = shell.look();
  for (let waited = 0; waited < patience && !isReached(seen); waited += step) {
    shell.advance(step);
    seen = shell.look();
  }
  return seen;
}

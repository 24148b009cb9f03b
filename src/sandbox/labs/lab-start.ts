import { forgetLastLine } from '../overview/last-line.ts';
import { Sandbox } from '../sandbox.ts';
import { home, Laptop } from '../shell/laptop/laptop.ts';
import { linesOfScript } from '../shell/line/script-lines.ts';
import type { Lab } from './lab.ts';
import { runIn } from './trial.ts';

/** How long somebody who prepares a world takes from one line to the next, in milliseconds of it. */
const typing = 1000;

/** A world as a lab begins, and what did not work in making it. */
export interface LabStart {
  readonly sandbox: Sandbox;
  /** One for each line that ended with an error. */
  readonly failures: readonly string[];
}

/** Makes the world a lab begins in: a new one, the lab's files, its script. */
export function startLab(lab: Lab, { now, seed }: { now: number; seed: number }): LabStart {
  const sandbox = Sandbox.fresh({ now, seed });
  const laptop = new Laptop(sandbox.cluster.store);
  for (const [name, text] of Object.entries(lab.files)) {
    const path = `${home}/${name}`;
    laptop.makeFolder(path.slice(0, path.lastIndexOf('/')));
    laptop.write(path, text);
  }
  const failures: string[] = [];
  for (const line of linesOfScript(lab.start)) {
    const { code, stderr } = runIn(sandbox, line);
    if (code !== 0) failures.push(`${line}: ${stderr.trim()}`);
    sandbox.advance(typing);
  }
  // What has been prepared was not done by whoever comes.
  forgetLastLine(sandbox.cluster.store);
  return { sandbox, failures };
}

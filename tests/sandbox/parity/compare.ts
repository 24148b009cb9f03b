import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { shiftedWorld } from '../../../src/sandbox/shifted-world.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { askedOfNewer, asNewer, asOlder } from './older-kubectl.ts';
import type { KubectlVersion, RealKubectl } from './real-kubectl.ts';
import { type Outcome, runOurs } from './worlds.ts';

/** What the built-in kubectl and the real one made of a line. */
export interface Comparison {
  readonly ours: Outcome;
  readonly theirs: Outcome;
}

/**
 * Runs a line with both, in the same world.
 *
 * kubectl tells ages by the clock on the wall, so the world is moved to where that stands; and since nobody knows when
 * exactly the real one looked at it, ours is asked for each second in which it may have.
 *
 * @param version of the real one
 */
export async function compare(
  real: RealKubectl,
  version: KubectlVersion,
  world: World,
  line: string,
): Promise<Comparison> {
  const once = await compareOnce(real, version, world, line);
  // A second may have begun between two of the ages that were printed.
  return isSame(once.ours, once.theirs) ? once : compareOnce(real, version, world, line);
}

async function compareOnce(
  real: RealKubectl,
  version: KubectlVersion,
  world: World,
  line: string,
): Promise<Comparison> {
  const begin = Date.now();
  const present = shiftedWorld(world, 1000 * Math.floor((begin - world.now) / 1000));
  const theirs = asNewer(steady(await real.run(present, line)), line, version);
  const end = Date.now();
  const asked = askedOfNewer(line, version);
  const oursAt = (time: number): Outcome =>
    asOlder(steady(runOurs(new Sandbox(present), asked, time - present.now)), line, version);
  const first = oursAt(begin);
  if (isSame(first, theirs)) return { ours: first, theirs };
  for (let time = 1000 * Math.ceil(begin / 1000); time <= end; time += 1000) {
    const ours = oursAt(time);
    if (isSame(ours, theirs)) return { ours, theirs };
  }
  return { ours: first, theirs };
}

function isSame(one: Outcome, other: Outcome): boolean {
  return one.stdout === other.stdout && one.stderr === other.stderr && one.code === other.code;
}

/**
 * Without what is by chance, and another thing each time: the folders of `kubectl diff`, when they were made, and the
 * names that `kubectl debug` gives, and the server to the token of a Pod that has another name.
 */
function steady({ stdout, stderr, code }: Outcome): Outcome {
  return {
    code,
    stderr: stderr
      // Where Go keeps something is told where it prints a map of pointers.
      .replace(/(?<=\w):0x[0-9a-f]+\b/g, '')
      // Lines of a log have the time and the process.
      .replace(/^([WF]\d{4}) [\d:.]+ +\d+ /gm, '$1 '),
    stdout: stdout
      .replace(/\/tmp\/(LIVE|MERGED)-\d+\//g, '/tmp/$1-0/')
      .replace(/\b(node-debugger-[a-z]+-\d|debugger)-[a-z0-9]{5}\b/g, '$1-00000')
      .replace(/\bkube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-00000')
      .replace(/^((?:---|\+\+\+) \/tmp\/\S+)\t.*$/gm, '$1'),
  };
}

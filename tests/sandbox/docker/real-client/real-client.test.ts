import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { shiftedWorld } from '../../../../src/sandbox/shifted-world.ts';
import type { World } from '../../../../src/sandbox/world.ts';
import { newSandbox, runOurs } from '../run-ours.ts';
import { scenarios } from '../scenarios.ts';
import { clientDifferences, inWordsOf } from './client-differences.ts';
import { comparable } from './comparable.ts';
import { ours } from './our-docker.ts';
import { type Done, installedDocker, RealDocker } from './real-docker.ts';
import { comparableRequests } from './requests.ts';

const version = installedDocker();
const major = Number.parseInt(version ?? '', 10);
/** The versions that were compared; what others do otherwise nobody has looked at. */
const isKnown = major === 28 || major === 29;

/** Lines of one command, whose only program is docker. */
const plain = /^docker (?!(?:compose|build|buildx|builder)\b)[^|<>&;$`]*$/;
const compared = scenarios
  .map((scenario) => ({
    ...scenario,
    titled: scenario.lines.map((line, place) => ({ line, place })).filter(({ line }) => plain.test(line)),
  }))
  .filter(({ titled }) => titled.length > 0);

describe.skipIf(!isKnown)(
  `the built-in docker and the one installed here (${isKnown ? version : 'skipped, as there is none of version 28 or 29'})`,
  () => {
    let real: RealDocker;
    beforeAll(() => {
      real = new RealDocker();
    });
    afterAll(() => real.close());

    describe.concurrent.each(compared)('$name', ({ setup, lines, titled }) => {
      const worlds = worldsBefore(setup, lines);

      it.each(titled)('$line', { timeout: 60_000 }, async ({ line, place }) => {
        const world = present(worlds()[place] as World);
        const mine = inItsWords(ours(world, line), line);
        const theirs = await real.run(world, line);
        if (isCompared('output', line)) expect(comparable(mine)).toEqual(comparable(theirs));
        if (isCompared('requests', line)) {
          expect(comparableRequests(mine.requests)).toEqual(comparableRequests(theirs.requests));
        }
      });
    });
  },
);

function inItsWords(done: Done, line: string): Done {
  return { ...done, stderr: inWordsOf(major, line, done.stderr) };
}

function isCompared(what: 'output' | 'requests', line: string): boolean {
  return !clientDifferences.some(
    ({ line: lines, of, before = Number.POSITIVE_INFINITY }) =>
      lines.test(line) && major < before && (of === what || of === 'both'),
  );
}

/** The worlds that lines run in, made when the first is asked for. */
function worldsBefore(setup: readonly string[], lines: readonly string[]): () => readonly World[] {
  let made: World[] | undefined;
  return () => {
    if (made) return made;
    const sandbox = newSandbox();
    for (const line of setup) runOurs(sandbox, line);
    made = lines.map((line) => {
      const before = sandbox.snapshot();
      runOurs(sandbox, line);
      return before;
    });
    return made;
  };
}

/** A world as it would be now: the client tells ages by the clock on the wall. */
function present(world: World): World {
  return shiftedWorld(world, 1000 * Math.floor((Date.now() - world.now) / 1000));
}

it('at least 600 lines are compared, and no difference is listed of lines that there are not', () => {
  const lines = compared.flatMap(({ titled }) => titled.map(({ line }) => line));
  expect(lines.length).toBeGreaterThanOrEqual(600);
  const idle = clientDifferences.filter((each) => !lines.some((line) => each.line.test(line)));
  expect(idle).toEqual([]);
});

it('worlds can be looked at now', () => {
  const world = newSandbox().snapshot();
  expect(Math.abs(new Sandbox(present(world)).cluster.now - Date.now())).toBeLessThan(5000);
});

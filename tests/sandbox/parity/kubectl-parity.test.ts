import { afterAll, describe, expect, it } from 'vitest';
import type { World } from '../../../src/sandbox/world.ts';
import { compare } from './compare.ts';
import { installedKubectl, type KubectlVersion, RealKubectl } from './real-kubectl.ts';
import { scenarios } from './scenarios.ts';
import { worldOf } from './worlds.ts';

const version = installedKubectl();

/** Lines that two kubectls do not answer alike, and why that is right. */
const differsBecause: Readonly<Record<string, string>> = {
  'kubectl version': 'it says which build it is, and whether that is too old for the cluster',
  'kubectl version -o yaml': 'it says which build it is: of which commit, on which day, with which Go',
};

const asked = scenarios.filter(({ since = 0 }) => version && version.minor >= since);

describe.skipIf(version === undefined).concurrent.each(asked)(
  'the built-in kubectl and the one installed here (skipped where there is none): $name',
  (scenario) => {
    const { lines } = scenario;
    const real = new RealKubectl();
    afterAll(() => real.close());
    let world: World | undefined;
    const titled = lines
      .filter((line) => differsBecause[line] === undefined)
      .map((line) => ({ line, title: line.replaceAll(/\s*\n\s*/g, ' | ').slice(0, 160) }));

    it.each(titled)('$title', { timeout: 60_000 }, async ({ line }) => {
      world ??= worldOf(scenario);
      const { ours, theirs } = await compare(real, version as KubectlVersion, world, line);
      expect(ours).toEqual(theirs);
    });
  },
);

it('only lines that there are have a reason to differ', () => {
  expect(scenarios.flatMap(({ lines }) => lines)).toEqual(
    expect.arrayContaining(Object.keys(differsBecause)),
  );
});

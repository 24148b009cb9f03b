import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { scenarios } from './scenarios.ts';
import { type Outcome, runOurs, worldOf } from './worlds.ts';

// What the real kubectl was seen to print in kubectl-parity.test.ts, for where none is installed.

describe.each(scenarios)('the built-in kubectl: $name', (scenario) => {
  const { name, lines } = scenario;
  let built: World | undefined;

  // Some have hundreds of lines, each in a world of its own.
  it('prints what was recorded', { timeout: 120_000 }, async () => {
    built ??= worldOf(scenario);
    const text = lines.map((line) => transcript(line, runOurs(new Sandbox(built as World), line))).join('\n');
    await expect(text).toMatchFileSnapshot(`recorded/${name.replaceAll(' ', '-')}.txt`);
  });

  it('prints the same from a world that was saved and loaded', () => {
    const world = built ?? worldOf(scenario);
    const loaded = JSON.parse(JSON.stringify(world)) as World;
    for (const line of lines.slice(0, 12)) {
      expect(runOurs(new Sandbox(loaded), line)).toEqual(runOurs(new Sandbox(world), line));
    }
  });
});

it('at least 200 lines are compared', () => {
  expect(new Set(scenarios.flatMap(({ lines }) => lines)).size).toBeGreaterThanOrEqual(200);
});

function transcript(line: string, { stdout, stderr, code }: Outcome): string {
  const errors =
    stderr === ''
      ? ''
      : `${stderr
          .trimEnd()
          .split('\n')
          .map((each) => `! ${each}`)
          .join('\n')}\n`;
  return `$ ${line}\n${stdout}${errors}${code === 0 ? '' : `[${code}]\n`}`;
}

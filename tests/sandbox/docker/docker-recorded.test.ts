import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differsBecause } from './differences.ts';
import { normalised, transcript } from './normalise.ts';
import { newSandbox, runOurs } from './run-ours.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

// What a real engine printed (.scripts/record-docker-output.mjs), and what the simulated one prints.

describe.each(scenarios)('docker beside a recording: $name', (scenario) => {
  const recorded = recordedParts(scenario);
  let ours: readonly string[] | undefined;
  const lines = scenario.lines.map((line, place) => ({ line, place }));

  it.each(lines)('$line', ({ line, place }) => {
    ours ??= ourParts(scenario);
    if (differsBecause[line] === undefined) expect(ours[place]).toBe(recorded[place]);
    else expect(ours[place], 'it has a reason to differ and does not').not.toBe(recorded[place]);
  });
});

it('at least 600 lines are compared, nearly all of them without a difference', () => {
  const lines = scenarios.flatMap(({ lines }) => lines);
  expect(lines.length).toBeGreaterThanOrEqual(600);
  expect(lines).toEqual(expect.arrayContaining(Object.keys(differsBecause)));
  expect(Object.keys(differsBecause).length).toBeLessThan(lines.length / 20);
});

/** What was recorded of each line. */
function recordedParts({ name, lines }: Scenario): readonly string[] {
  const file = join(import.meta.dirname, 'recorded', `${name.replaceAll(' ', '-')}.txt`);
  let rest = readFileSync(file, 'utf8').replace(/^#.*\n\n/, '');
  return lines.map((line, place) => {
    const next = lines[place + 1];
    const end = next === undefined ? rest.length : rest.indexOf(`\n$ ${next}\n`, line.length) + 1;
    if (!rest.startsWith(`$ ${line}\n`) || end === 0) {
      throw new Error(`${file} is not of these lines: record it again\n${line}`);
    }
    const part = rest.slice(0, end);
    rest = rest.slice(end);
    return place < lines.length - 1 ? part.replace(/\n$/, '') : part;
  });
}

function ourParts({ setup, lines }: Scenario): readonly string[] {
  const sandbox = newSandbox();
  for (const line of setup) {
    const { code, stderr } = runOurs(sandbox, line);
    if (code !== 0) throw new Error(`${line}\nended with ${code}: ${stderr}`);
  }
  const outcomes = normalised(lines.map((line) => runOurs(sandbox, line)));
  return lines.map((line, place) => transcript(line, outcomes[place] as (typeof outcomes)[number]));
}

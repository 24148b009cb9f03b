import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { World } from '../../../src/sandbox/world.ts';
import { host, Lab } from './lone-container.ts';

/** Behind it a brace is no part of a template here. */
const dollar = '$';

/** Pieces that scripts are made of, so that what comes out is often nearly one. */
const pieces = fc.constantFrom(
  ...'if then else elif fi for in do done while until case esac ; ;; & && || | ( ) { } ! \n < > >> << <<X X $ ` " \' \\ # = [ ] [[ ]] * ? ~'.split(
    ' ',
  ),
  ' ',
  '\n',
  'echo a',
  'x=1',
  '$x',
  `${dollar}{x`,
  `${dollar}{x:-y}`,
  `${dollar}{x%%*}`,
  '$(echo a',
  '$(echo b)',
  '$((1+',
  '$((x++))',
  'f() {',
  'f',
  'true',
  'false',
  'sleep 1',
  'read y',
  'cat',
  'exit 3',
  'set -e',
  'trap "echo t" EXIT',
  'kill $$',
  'sed s/a/b/',
  'awk "{print $1}"',
  'grep -E "(a"',
  'xargs echo',
  'wait',
  'yes |',
  'head -1',
  'eval',
  'break',
  'return',
  'shift',
  'tr a-z A-Z',
  'seq 5',
  'printf %d%s',
  'while true; do :; done',
  'tail -f /dev/null',
);

const scripts = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

function ended(world: World): unknown {
  return JSON.parse(JSON.stringify(world));
}

describe('any text that a shell is given', () => {
  it.each([
    ['busybox:1.36', 'sh'],
    ['nginx:1.28', 'bash'],
    ['nginx:1.28', 'sh'],
  ])(
    'is run or refused, and never runs without bounds (%s %s)',
    (image, shell) => {
      fc.assert(
        fc.property(scripts, (script) => {
          const lab = new Lab();
          const id = lab.start(image, [shell, '-c', script], { memoryLimit: 64 * 2 ** 20 });
          lab.advance(20_000);
          const container = lab.runtime.container(host, id);
          expect(['running', 'exited']).toContain(container?.state);
          if (container?.state === 'exited') expect(container.exitCode).toBeGreaterThanOrEqual(0);
        }),
        { numRuns: 150 },
      );
    },
    60_000,
  );

  it('goes on after being saved and loaded in the middle as if nothing had been', () => {
    fc.assert(
      fc.property(scripts, fc.nat({ max: 3000 }), (script, when) => {
        const one = new Lab();
        const id = one.start('busybox:1.36', ['sh', '-c', script]);
        one.advance(when);
        const saved = JSON.parse(JSON.stringify(one.simulation.store.snapshot())) as World;
        one.advance(3000);
        const other = new Lab(saved);
        other.advance(3000);
        expect(other.runtime.container(host, id)).toEqual(one.runtime.container(host, id));
        expect(ended(other.simulation.store.snapshot())).toEqual(ended(one.simulation.store.snapshot()));
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('leaves an earlier state of the world as it was', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const lab = new Lab();
        lab.start('busybox:1.36', ['sh', '-c', script]);
        lab.advance(500);
        const before = lab.simulation.store.snapshot();
        const text = JSON.stringify(before);
        lab.advance(2500);
        expect(JSON.stringify(before)).toBe(text);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('a day of a loop', () => {
  it.each([
    ['that only counts', 'i=0; while true; do i=$((i+1)); done'],
    ['that writes', 'while true; do echo x; done'],
    ['that runs programs', 'while true; do ls / >/dev/null; done'],
    ['that pipes without end', 'yes | while read x; do :; done'],
  ])(
    '%s costs little',
    (_, script) => {
      const lab = new Lab();
      const id = lab.script(script);
      lab.advance(86_400_000);
      expect(lab.runtime.container(host, id)?.state).toBe('running');
    },
    30_000,
  );
});

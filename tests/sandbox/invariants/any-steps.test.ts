import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { brokenInvariants } from './invariants.ts';
import { step } from './steps.ts';

const start = worldAfter([
  'kubectl create deployment web --image=nginx:1.27 --replicas=3',
  'kubectl create deployment api --image=registry.example.com/shop/web:1.4 --replicas=2',
  'kubectl expose deployment web --port=80',
  'kubectl create namespace team',
  'kubectl create deployment web --image=nginx:1.28 -n team',
]);

/** To look further than the tests do: `FC_RUNS=1000 FC_SEED=7 npx vitest run …`. */
const numRuns = Number(process.env.FC_RUNS ?? 30);

/** Long enough for Pods to leave a node that is gone, for claims to be given up, for budgets to be counted. */
const rest = 30 * 60_000;

const daemonSet = `kubectl apply -f - <<'EOF'
{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"nginx:1.28"}]}}}}
EOF`;

function run(shell: Shell, line: string): number {
  const streams = { write: () => undefined, input: () => '' };
  return runToEnd(shell.run(line), shell, streams);
}

/** A world in which most lines find something to work on. */
function worldAfter(lines: readonly string[]): World {
  const shell = shellOf(Sandbox.fresh({ now: Date.parse('2026-11-20T09:00:00Z'), seed: 1 }).snapshot());
  for (const line of lines) expect(run(shell, line), line).toBe(0);
  shell.advance(30_000);
  return shell.sandbox.snapshot();
}

function shellOf(world: World): Shell {
  return new Shell(new Sandbox(world), () => undefined);
}

/** The world as a file would hold it. */
function saved(world: World): World {
  return JSON.parse(JSON.stringify(world)) as World;
}

describe('Whatever is done to a world', () => {
  it('it comes to rest with everything as it has to be', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (lines) => {
        const shell = shellOf(start);
        for (const line of lines) {
          const { revision } = shell.sandbox.snapshot();
          run(shell, line);
          if (!/^(undo|redo|reset)/.test(line)) {
            expect(shell.sandbox.snapshot().revision).toBeGreaterThanOrEqual(revision);
          }
        }
        shell.advance(rest);
        expect(brokenInvariants(shell.sandbox)).toEqual([]);
      }),
      {
        numRuns,
        examples: [
          [['kubectl delete namespace team --wait=false', 'node stop worker-2']],
          // Others wait for the pull of a Pod that is gone at once.
          [[daemonSet, 'kubectl delete pods -l app=api', 'kubectl delete pods -l app=web --force']],
        ],
      },
    );
  }, 120_000);

  it('it can be saved at any time, and goes on as if it had not been', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), fc.array(step, { maxLength: 4 }), (before, after) => {
        const shell = shellOf(start);
        for (const line of before) run(shell, line);
        const world = shell.sandbox.snapshot();
        const text = JSON.stringify(world);
        const loaded = shellOf(saved(world));
        expect(JSON.stringify(loaded.sandbox.snapshot()) === text).toBe(true);
        for (const line of after.filter((each) => !/^(undo|redo)/.test(each))) {
          run(shell, line);
          run(loaded, line);
        }
        shell.advance(90_000);
        loaded.advance(90_000);
        expect(saved(loaded.sandbox.snapshot())).toEqual(saved(shell.sandbox.snapshot()));
      }),
      { numRuns },
    );
  }, 120_000);

  it('it can be taken back, step by step, and done again', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (lines) => {
        const shell = shellOf(start);
        const befores: World[] = [];
        for (const line of lines.filter((each) => !/^(undo|redo|fast)/.test(each))) {
          const before = shell.sandbox.snapshot();
          const count = shell.history.length;
          run(shell, line);
          // What was only watched is no step.
          if (shell.history.length > count) befores.push(before);
        }
        const last = shell.sandbox.snapshot();
        for (const before of [...befores].reverse()) {
          expect(run(shell, 'undo')).toBe(0);
          expect(shell.sandbox.snapshot()).toEqual(before);
        }
        expect(run(shell, 'undo')).toBe(1);
        for (const [place] of befores.entries()) {
          expect(run(shell, 'redo')).toBe(0);
          // A line that changes nothing may have drawn a name in vain.
          const after = befores[place + 1] ?? last;
          expect({ ...shell.sandbox.snapshot(), random: 0 }).toEqual({ ...after, random: 0 });
        }
        // What was taken up again goes on as it would have.
        const other = shellOf(saved(shell.sandbox.snapshot()));
        shell.advance(60_000);
        other.advance(60_000);
        expect(saved(other.sandbox.snapshot())).toEqual(saved(shell.sandbox.snapshot()));
      }),
      // A line that has to be ended after a while is a step as well.
      { numRuns, examples: [[['node stop worker-1', 'kubectl delete deployment web --cascade=foreground']]] },
    );
  }, 120_000);
});

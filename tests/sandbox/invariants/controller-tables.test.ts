import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allControllers } from '../../../src/sandbox/cluster/controllers/all-controllers.ts';
import { settledProbes } from '../../../src/sandbox/cluster/node/containers/settled-probes.ts';
import { kubelet } from '../../../src/sandbox/cluster/node/kubelet.ts';
import { memoryPressure } from '../../../src/sandbox/cluster/node/memory-pressure.ts';
import { nodeStatus } from '../../../src/sandbox/cluster/node/node-status.ts';
import { staticPods } from '../../../src/sandbox/cluster/node/pods/static-pods.ts';
import { volumeRefresh } from '../../../src/sandbox/cluster/node/volumes/volume-refresh.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';
import { step } from './steps.ts';

const world = Sandbox.fresh({ now: Date.parse('2026-11-20T09:00:00Z'), seed: 1 }).snapshot();

describe('A controller that says which tables concern it', () => {
  it('has nothing to do with changes of any other', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (lines) => {
        const sandbox = new Sandbox(world);
        const { cluster, simulation, runtime } = sandbox;
        const context = { cluster, simulation, runtime };
        // Nobody puts these to work: they are only asked, as those of the sandbox are.
        const controllers = [
          ...allControllers(cluster, simulation, { certificate: '', podMetrics: () => [] }),
          ...[kubelet, memoryPressure, nodeStatus, settledProbes, staticPods, volumeRefresh].map((make) =>
            make(context),
          ),
        ];
        cluster.store.listen((change) => {
          for (const { name, tables, concerns } of controllers) {
            if (!tables || tables.includes(change.table)) continue;
            // It takes whatever is in its tables for an object of the API.
            if (name === 'garbage-collector') continue;
            told.add(name);
            expect(concerns(change), `${name}, ${change.table}`).toEqual([]);
          }
        });
        const shell = new Shell(sandbox, () => undefined);
        for (const line of lines) {
          runToEnd(shell.run(line), shell, { write: () => undefined, input: () => '' });
        }
      }),
      { numRuns: 10 },
    );
    expect(told.size).toBeGreaterThan(25);
  }, 60_000);
});

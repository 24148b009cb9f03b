import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { World } from '../../../../src/sandbox/world.ts';
import { TestCluster } from './test-cluster.ts';
import { claim, deployment, statefulSet, template } from './test-objects.ts';

// Whatever is asked for, in whatever order: in the end there is what was asked for, and nothing else.

type Step =
  | { readonly act: 'deploy'; readonly name: string; readonly replicas: number }
  | { readonly act: 'scale'; readonly name: string; readonly replicas: number }
  | { readonly act: 'image'; readonly name: string; readonly tag: number }
  | { readonly act: 'delete'; readonly name: string; readonly how: 'Background' | 'Foreground' }
  | { readonly act: 'kill'; readonly place: number }
  | { readonly act: 'set'; readonly name: string; readonly replicas: number }
  | { readonly act: 'wait'; readonly ms: number };

const name = fc.constantFrom('a', 'b');
const replicas = fc.integer({ min: 0, max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constant('deploy' as const), name, replicas }),
  fc.record({ act: fc.constant('scale' as const), name, replicas }),
  fc.record({ act: fc.constant('image' as const), name, tag: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    act: fc.constant('delete' as const),
    name,
    how: fc.constantFrom('Background' as const, 'Foreground' as const),
  }),
  fc.record({ act: fc.constant('kill' as const), place: fc.nat(20) }),
  fc.record({ act: fc.constant('set' as const), name, replicas: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 5000 }) }),
);

const volumeClaimTemplates = [{ ...claim('data'), metadata: { name: 'data' } }];

function act({ cluster, simulation }: TestCluster, each: Step): void {
  switch (each.act) {
    case 'deploy':
      if (!cluster.get('deployments.apps', 'default', each.name)) {
        cluster.create('deployments.apps', deployment(each.name, each.replicas));
      }
      return;
    case 'scale':
    case 'image': {
      const found = cluster.get('deployments.apps', 'default', each.name);
      if (!found?.spec || found.metadata.deletionTimestamp) return;
      const change =
        each.act === 'scale'
          ? { replicas: each.replicas }
          : { template: template(each.name, { containers: [{ name: 'web', image: `nginx:${each.tag}` }] }) };
      cluster.update('deployments.apps', { ...found, spec: { ...found.spec, ...change } });
      return;
    }
    case 'delete':
      if (cluster.get('deployments.apps', 'default', each.name)) {
        cluster.remove('deployments.apps', 'default', each.name, { propagation: each.how });
      }
      return;
    case 'kill': {
      const pods = cluster.list('pods', 'default');
      const pod = pods[each.place % Math.max(1, pods.length)];
      if (pod) cluster.remove('pods', 'default', pod.metadata.name);
      return;
    }
    case 'set': {
      const found = cluster.get('statefulsets.apps', 'default', `db-${each.name}`);
      if (!found?.spec) {
        cluster.create(
          'statefulsets.apps',
          statefulSet(`db-${each.name}`, each.replicas, { volumeClaimTemplates }),
        );
        return;
      }
      cluster.update('statefulsets.apps', { ...found, spec: { ...found.spec, replicas: each.replicas } });
      return;
    }
    default:
      simulation.advance(each.ms);
  }
}

function demandPeace({ cluster }: TestCluster): void {
  const pods = cluster.list('pods', 'default');
  for (const { metadata, spec, status } of cluster.list('deployments.apps')) {
    expect(metadata.deletionTimestamp).toBeUndefined();
    expect(status).toMatchObject({ observedGeneration: metadata.generation });
    expect(status?.replicas ?? 0).toBe(spec?.replicas);
    expect(status?.availableReplicas ?? 0).toBe(spec?.replicas);
    expect(status?.updatedReplicas ?? 0).toBe(spec?.replicas);
  }
  for (const { spec, status } of cluster.list('statefulsets.apps')) {
    expect([status?.replicas, status?.readyReplicas ?? 0]).toEqual([spec?.replicas, spec?.replicas]);
  }
  const owners = new Set(
    [...cluster.list('replicasets.apps'), ...cluster.list('statefulsets.apps')].map(
      ({ metadata }) => metadata.uid,
    ),
  );
  for (const { metadata, status } of pods) {
    expect(metadata.deletionTimestamp).toBeUndefined();
    expect(status?.phase).toBe('Running');
    expect(owners.has(metadata.ownerReferences?.[0]?.uid ?? '')).toBe(true);
  }
  const deployments = new Set(cluster.list('deployments.apps').map(({ metadata }) => metadata.uid));
  for (const { metadata } of cluster.list('replicasets.apps')) {
    expect(deployments.has(metadata.ownerReferences?.[0]?.uid ?? '')).toBe(true);
  }
  const bound = cluster.list('persistentvolumes').map(({ spec }) => spec?.claimRef?.uid);
  expect(new Set(bound).size).toBe(bound.length);
  for (const { metadata, spec, status } of cluster.list('persistentvolumeclaims')) {
    if (status?.phase !== 'Bound') continue;
    expect(cluster.get('persistentvolumes', undefined, spec?.volumeName ?? '')?.spec?.claimRef?.uid).toBe(
      metadata.uid,
    );
  }
}

it('comes to rest with what was asked for', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const test = new TestCluster();
      for (const each of steps) act(test, each);
      test.pass(400);
      demandPeace(test);
    }),
    { numRuns: 40 },
  );
}, 60_000);

it('goes on after it was saved and loaded as it would have', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 15 }),
      fc.array(step, { maxLength: 8 }),
      (before, after) => {
        const one = new TestCluster();
        for (const each of before) act(one, each);
        one.simulation.settle();
        const saved = JSON.stringify(one.store.snapshot());
        const other = new TestCluster({ world: JSON.parse(saved) as World });
        for (const each of after) {
          act(one, each);
          act(other, each);
        }
        one.pass(120);
        other.pass(120);
        expect(canonical(other.store.snapshot())).toBe(canonical(one.store.snapshot()));
      },
    ),
    { numRuns: 20 },
  );
}, 60_000);

it('does nothing more once it has come to rest', () => {
  const test = new TestCluster();
  test.cluster.create('deployments.apps', deployment('web', 3));
  test.cluster.create('statefulsets.apps', statefulSet('db', 2, { volumeClaimTemplates }));
  test.pass(60);
  const { revision } = test.store;
  test.pass(600);
  expect(test.store.revision).toBe(revision);
});

/** Tables that are empty are as good as tables that are not there. */
function canonical({ tables, ...world }: World): string {
  const full = Object.entries(tables).filter(([, entries]) => Object.keys(entries).length > 0);
  const sorted = full.map(([table, entries]) => [
    table,
    Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)),
  ]);
  return JSON.stringify([
    world,
    sorted.sort(([one], [other]) => ((one as string) < (other as string) ? -1 : 1)),
  ]);
}

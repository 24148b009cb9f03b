import { describe, expect, it } from 'vitest';
import type { Deployment, ReplicaSet } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { asking, deployment, template } from '../test-objects.ts';

const resource = 'deployments.apps';
const revision = 'deployment.kubernetes.io/revision';

function change(test: TestCluster, spec: Partial<NonNullable<Deployment['spec']>>): void {
  const found = test.cluster.get(resource, 'default', 'web');
  if (found) test.cluster.update(resource, { ...found, spec: { ...found.spec, ...spec } });
  test.simulation.settle();
}

/** The sizes of the ReplicaSets, the oldest first. */
function sizes(test: TestCluster): (number | undefined)[] {
  const sets = test.cluster.list('replicasets.apps', 'default');
  const number = ({ metadata }: ReplicaSet) => Number(metadata.annotations?.[revision]);
  return [...sets].sort((one, other) => number(one) - number(other)).map(({ spec }) => spec.replicas);
}

/** A template that never becomes ready, so that a rollout of it stops in the middle. */
const broken = (image: string) =>
  template('web', { containers: [{ name: 'web', image }] }, { 'never-ready': '' });

/** A Deployment in the middle of a rollout. */
function rollingOut(
  replicas: number,
  limits: { maxSurge: number | string; maxUnavailable: number | string },
): TestCluster {
  const test = new TestCluster();
  const strategy = { type: 'RollingUpdate', rollingUpdate: limits };
  test.cluster.create(resource, deployment('web', replicas, { strategy }));
  test.pass(5);
  change(test, { template: broken('nginx:new') });
  test.pass(5);
  return test;
}

// https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#proportional-scaling gives the first; the
// shares of the others are those of pkg/controller/deployment/util (`GetReplicaSetFraction`) of Kubernetes 1.36.3.
describe('a Deployment that is given another size in the middle of a rollout', () => {
  it.each<
    [
      what: string,
      from: number,
      limits: Parameters<typeof rollingOut>[1],
      to: number,
      before: number[],
      after: number[],
    ]
  >([
    [
      'shares what is added by how large its ReplicaSets are',
      10,
      { maxSurge: 3, maxUnavailable: 2 },
      15,
      [8, 5],
      [11, 7],
    ],
    ['shares what is taken away', 10, { maxSurge: 3, maxUnavailable: 2 }, 5, [8, 5], [5, 3]],
    ['takes all away', 4, { maxSurge: 1, maxUnavailable: 1 }, 0, [3, 2], [0, 0]],
    [
      'gives to the newest first where they are as large',
      4,
      { maxSurge: 2, maxUnavailable: 1 },
      5,
      [3, 3],
      [3, 4],
    ],
    [
      'takes from the oldest first where they are as large',
      4,
      { maxSurge: 2, maxUnavailable: 1 },
      3,
      [3, 3],
      [2, 3],
    ],
  ])('%s', (_, from, limits, to, before, after) => {
    const test = rollingOut(from, limits);
    expect(sizes(test)).toEqual(before);
    change(test, { paused: true, replicas: to });
    expect(sizes(test)).toEqual(after);
  });

  it('gives all to the new ones where they are enough already', () => {
    const test = rollingOut(3, { maxSurge: 1, maxUnavailable: 0 });
    const [old, next] = test.cluster.list('replicasets.apps', 'default');
    expect(sizes(test)).toEqual([3, 1]);
    // Somebody interferes: both are as large as is wanted, and the new ones have become available.
    change(test, { paused: true });
    for (const set of [old, next]) {
      const isNew = set?.metadata.annotations?.[revision] === '2';
      if (!set || !isNew) continue;
      const latest = test.cluster.update('replicasets.apps', { ...set, spec: { ...set.spec, replicas: 3 } });
      test.pass(3);
      for (const pod of test.pods().filter(({ metadata }) => metadata.annotations?.['never-ready'] === '')) {
        const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:05Z' }];
        test.cluster.updateStatus('pods', { ...pod, status: { ...pod.status, conditions } });
      }
      expect(latest.spec.replicas).toBe(3);
    }
    test.pass(3);
    change(test, { minReadySeconds: 1 });
    test.pass(3);
    expect(sizes(test)).toEqual([0, 3]);
  });

  it('gives all to the only one that has any, and to the newest where none has', () => {
    const test = new TestCluster();
    test.cluster.create(resource, deployment('web', 2));
    test.pass(3);
    change(test, { paused: true, replicas: 5 });
    expect(sizes(test)).toEqual([5]);
    change(test, { replicas: 0 });
    expect(sizes(test)).toEqual([0]);
    change(test, { replicas: 3 });
    expect(sizes(test)).toEqual([3]);
    change(test, { replicas: 0 });
    change(test, { template: broken('nginx:new') });
    change(test, { replicas: 2 });
    // The new template has no ReplicaSet while it pauses.
    expect(sizes(test)).toEqual([2]);
  });

  it('is no rollout where all are replaced at once', () => {
    const test = new TestCluster();
    test.cluster.create(resource, deployment('web', 2, { strategy: { type: 'Recreate' } }));
    test.pass(3);
    change(test, { template: broken('nginx:new') });
    test.simulation.settle();
    expect(sizes(test)).toEqual([0]);
    change(test, { replicas: 3 });
    test.pass(5);
    expect(sizes(test)).toEqual([0, 3]);
    expect(test.events('web')).toEqual([
      expect.stringMatching(/^ScalingReplicaSet: Scaled up replica set web-\w+ from 0 to 2$/),
      expect.stringMatching(/^ScalingReplicaSet: Scaled down replica set web-\w+ from 2 to 0$/),
      expect.stringMatching(/^ScalingReplicaSet: Scaled up replica set web-\w+ from 0 to 3$/),
    ]);
  });
});

describe('the ReplicaSet of a Deployment', () => {
  const conditions = (test: TestCluster) =>
    (test.cluster.get(resource, 'default', 'web')?.status?.conditions ?? []).map(
      ({ type, status, reason }) => `${type}=${status} ${reason}`,
    );

  // pkg/controller/deployment/sync.go, `getNewReplicaSet`
  it('that the API refuses is told of, and tried again', () => {
    const test = new TestCluster();
    const metadata = { name: 'none', namespace: 'default' };
    const hard = { 'count/replicasets.apps': '0' };
    test.cluster.create('resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { hard },
    });
    test.pass(1);
    test.cluster.create(resource, deployment('web', 1));
    test.pass(1);
    expect(test.events('web')[0]).toMatch(
      /^ReplicaSetCreateError: Failed to create new replica set "web-\w+": replicasets\.apps "web-\w+" is forbidden: exceeded quota: none/,
    );
    expect(conditions(test)).toEqual(['Progressing=False ReplicaSetCreateError']);
    test.cluster.remove('resourcequotas', 'default', 'none');
    test.pass(30);
    expect(conditions(test)).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
  });

  it('has another name where its own is taken by another template', () => {
    const test = new TestCluster();
    test.cluster.create(resource, deployment('web', 1));
    test.pass(2);
    const [first] = test.cluster.list('replicasets.apps', 'default');
    const taken = first?.metadata.name ?? '';
    test.cluster.remove(resource, 'default', 'web', { propagation: 'Background' });
    test.pass(5);
    const other = { app: 'other' };
    const metadata = { name: taken, namespace: 'default' };
    const spec = { replicas: 0, selector: { matchLabels: other }, template: template('other') };
    test.cluster.create('replicasets.apps', { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec });
    test.cluster.create(resource, deployment('web', 1));
    test.pass(5);
    expect(test.cluster.get(resource, 'default', 'web')?.status).toMatchObject({
      collisionCount: 1,
      readyReplicas: 1,
    });
    const names = test.cluster.list('replicasets.apps', 'default').map(({ metadata: { name } }) => name);
    expect(names).toHaveLength(2);
    expect(names).toContain(taken);
  });

  it('is found again by its template where its owner is new, and says nothing of progress where none is watched', () => {
    const test = new TestCluster();
    const unwatched = { progressDeadlineSeconds: 2_147_483_647 };
    test.cluster.create(resource, deployment('web', 1, unwatched));
    test.pass(5);
    expect(conditions(test)).toEqual(['Available=True MinimumReplicasAvailable']);
    change(test, { paused: true });
    expect(conditions(test)).toEqual(['Available=True MinimumReplicasAvailable']);
    test.cluster.remove(resource, 'default', 'web', { propagation: 'Orphan' });
    test.pass(2);
    test.cluster.create(resource, deployment('web', 1));
    test.simulation.settle();
    expect(test.cluster.list('replicasets.apps', 'default')).toHaveLength(1);
    expect(conditions(test)).toContain('Progressing=True NewReplicaSetAvailable');
  });

  it('is kept without end where the history has none', () => {
    const test = new TestCluster();
    test.cluster.create(resource, deployment('web', 1, { revisionHistoryLimit: 2_147_483_647 }));
    for (const image of ['nginx:1', 'nginx:2', 'nginx:3']) {
      test.pass(5);
      change(test, { template: template('web', { containers: [{ name: 'web', image }] }) });
    }
    test.pass(5);
    expect(sizes(test)).toEqual([0, 0, 0, 1]);
    change(test, { revisionHistoryLimit: 1 });
    test.pass(5);
    expect(sizes(test)).toEqual([0, 1]);
  });

  it('is too large for a moment when somebody scales it by hand', () => {
    const test = new TestCluster({ nodes: 1 });
    test.cluster.create(resource, deployment('web', 2, { template: template('web', asking({ cpu: '1m' })) }));
    test.pass(3);
    const [set] = test.cluster.list('replicasets.apps', 'default');
    if (set) test.cluster.update('replicasets.apps', { ...set, spec: { ...set.spec, replicas: 5 } });
    test.pass(3);
    expect(sizes(test)).toEqual([2]);
    expect(test.events('web').at(-1)).toMatch(
      /^ScalingReplicaSet: Scaled down replica set web-\w+ from 5 to 2$/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { ReplicaSet } from '../../../../src/kubernetes/api.ts';
import { ApiError } from '../../../../src/sandbox/cluster/api-error.ts';
import { TestCluster } from './test-cluster.ts';
import { pod, template } from './test-objects.ts';

function replicaSet(
  name: string,
  replicas: number,
  more: Partial<NonNullable<ReplicaSet['spec']>> = {},
): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, namespace: 'default' },
    spec: { replicas, selector: { matchLabels: { app: name } }, template: template(name), ...more },
    status: { replicas: 0 },
  };
}

function statusOf(test: TestCluster, name = 'web') {
  return test.cluster.get('replicasets.apps', 'default', name)?.status;
}

function scale(test: TestCluster, replicas: number): void {
  const set = test.cluster.get('replicasets.apps', 'default', 'web');
  if (!set?.spec) throw new Error('there is no ReplicaSet');
  test.cluster.update('replicasets.apps', { ...set, spec: { ...set.spec, replicas } });
}

/** Refuses Pods beyond a number, as a quota does. */
function withRoomFor(pods: number): TestCluster {
  return new TestCluster({
    admit: (resource, object, cluster) => {
      if (resource === 'pods' && cluster.list('pods').length >= pods) {
        throw new ApiError('Forbidden', `pods "${object.metadata.name}" is forbidden: exceeded quota: q`);
      }
      return object;
    },
  });
}

describe('a ReplicaSet', () => {
  it('makes its Pods, counts them, and tells of each', () => {
    const test = new TestCluster();
    test.cluster.create('replicasets.apps', replicaSet('web', 3));
    test.pass(2);
    const names = test.pods().map(({ metadata }) => metadata.name);
    expect(names).toHaveLength(3);
    expect(names.every((name) => /^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name))).toBe(true);
    expect(statusOf(test)).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
    expect(test.events('web').sort()).toEqual(names.map((name) => `SuccessfulCreate: Created pod: ${name}`));
  });

  it('replaces a Pod that is deleted at once, while that one is still ending', () => {
    const test = new TestCluster();
    test.cluster.create('replicasets.apps', replicaSet('web', 2));
    test.pass(2);
    const [first] = test.pods();
    test.cluster.remove('pods', 'default', first?.metadata.name ?? '');
    test.simulation.settle();
    expect(test.pods()).toHaveLength(3);
    expect(statusOf(test)).toMatchObject({ replicas: 2, readyReplicas: 1, terminatingReplicas: 1 });
    test.pass(3);
    expect(test.pods()).toHaveLength(2);
    expect(statusOf(test)).toMatchObject({ replicas: 2, readyReplicas: 2, terminatingReplicas: 0 });
  });

  it('deletes those first that are the least loss', () => {
    const test = new TestCluster({ nodes: 3 });
    test.cluster.create('replicasets.apps', replicaSet('web', 1));
    test.pass(60);
    const [old] = test.pods();
    scale(test, 3);
    test.pass(1);
    scale(test, 1);
    test.simulation.settle();
    const staying = test.pods().filter(({ metadata }) => !metadata.deletionTimestamp);
    expect(staying.map(({ metadata }) => metadata.uid)).toEqual([old?.metadata.uid]);
    expect(test.events('web').filter((each) => each.startsWith('SuccessfulDelete'))).toHaveLength(2);
  });

  it('keeps the Pod whose deletion is said to cost more', () => {
    const test = new TestCluster();
    test.cluster.create('replicasets.apps', replicaSet('web', 3));
    test.pass(5);
    const [, dear] = test.pods();
    if (!dear) throw new Error('there is no Pod');
    const annotations = { 'controller.kubernetes.io/pod-deletion-cost': '100' };
    test.cluster.update('pods', { ...dear, metadata: { ...dear.metadata, annotations } });
    scale(test, 1);
    test.pass(3);
    expect(test.pods().map(({ metadata }) => metadata.uid)).toEqual([dear.metadata.uid]);
  });

  it('adopts a Pod that fits and lets one go that fits no more', () => {
    const test = new TestCluster();
    test.cluster.create('pods', pod('stray', {}, { app: 'web' }));
    test.cluster.create('replicasets.apps', replicaSet('web', 1));
    test.pass(2);
    expect(test.pods().map(({ metadata }) => metadata.name)).toEqual(['stray']);
    const [stray] = test.pods();
    if (!stray) throw new Error('there is no Pod');
    test.cluster.update('pods', { ...stray, metadata: { ...stray.metadata, labels: { app: 'debug' } } });
    test.pass(2);
    expect(test.pods()).toHaveLength(2);
    expect(test.cluster.get('pods', 'default', 'stray')?.metadata.ownerReferences).toBeUndefined();
  });

  it('says why it cannot make a Pod, and tries again after pauses that grow', () => {
    const test = withRoomFor(2);
    test.cluster.create('replicasets.apps', replicaSet('web', 3));
    test.pass(1);
    const status = statusOf(test);
    expect(status).toMatchObject({ replicas: 2 });
    expect(status?.conditions).toMatchObject([
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' },
    ]);
    expect(status?.conditions?.[0]?.message).toMatch(/^pods "web-\w{5}" is forbidden: exceeded quota: q$/);
    const failures = test.events('web').filter((each) => each.startsWith('FailedCreate'));
    expect(failures[0]).toMatch(
      /^FailedCreate: Error creating: pods "web-\w{5}" is forbidden: exceeded quota: q$/,
    );
    // 5, 10, 20 … milliseconds: eight tries in the first second, and one for each change of the status.
    expect(failures.length).toBeGreaterThanOrEqual(8);
    expect(failures.length).toBeLessThanOrEqual(12);
    scale(test, 2);
    test.pass(1);
    expect(statusOf(test)?.conditions).toBeUndefined();
  });

  it('tells many failures as one, and then no more of them', () => {
    const test = withRoomFor(0);
    test.cluster.create('replicasets.apps', replicaSet('web', 1));
    test.pass(300);
    const events = test.cluster.list('events', 'default').filter(({ reason }) => reason === 'FailedCreate');
    expect(events).toHaveLength(10);
    const [combined] = events.filter(({ message }) =>
      message?.startsWith('(combined from similar events): '),
    );
    expect(combined?.count).toBeGreaterThan(5);
  });

  it('waits until Pods have been ready for long enough', () => {
    const test = new TestCluster();
    test.cluster.create('replicasets.apps', replicaSet('web', 1, { minReadySeconds: 10 }));
    test.pass(10);
    expect(statusOf(test)).toMatchObject({ readyReplicas: 1 });
    expect(statusOf(test)?.availableReplicas).toBeUndefined();
    test.pass(1);
    expect(statusOf(test)).toMatchObject({ availableReplicas: 1 });
  });

  it('makes thousands of Pods, five hundred at a time', () => {
    const test = new TestCluster({ nodes: 20 });
    test.cluster.create('replicasets.apps', replicaSet('web', 1200));
    test.pass(2);
    expect(statusOf(test)).toMatchObject({ replicas: 1200, readyReplicas: 1200 });
  });
});

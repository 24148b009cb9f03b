import { describe, expect, it } from 'vitest';
import { setNodePower } from '../../../../../src/sandbox/cluster/node/node-power.ts';
import { timestamp } from '../../../../../src/sandbox/cluster/object.ts';
import { TestCluster } from '../test-cluster.ts';
import { daemonSet, deployment, pod } from '../test-objects.ts';

function node(test: TestCluster, name = 'worker-1') {
  const found = test.cluster.get('nodes', undefined, name);
  if (!found) throw new Error(`there is no node ${name}`);
  return found;
}

function taints(test: TestCluster, name = 'worker-1'): string[] {
  return (node(test, name).spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`).sort();
}

/** What the kubelet does when its node is back. */
function powerUp(test: TestCluster, name = 'worker-1'): void {
  setNodePower(test.store, name, true);
  const found = node(test, name);
  const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: timestamp(test.cluster.now) }];
  test.cluster.updateStatus('nodes', { ...found, status: { ...found.status, conditions } });
}

function started(): TestCluster {
  const test = new TestCluster({ nodes: 3 });
  test.cluster.create('deployments.apps', deployment('web', 3));
  test.pass(10);
  setNodePower(test.store, 'worker-1', false);
  return test;
}

describe('a node that falls silent', () => {
  it('is believed to be well for fifty seconds', () => {
    const test = started();
    test.pass(49);
    expect(node(test).status?.conditions?.[0]?.status).toBe('True');
    test.pass(1);
    expect(node(test).status?.conditions).toMatchObject([
      {
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      },
      { type: 'MemoryPressure', status: 'Unknown', reason: 'NodeStatusNeverUpdated' },
      { type: 'DiskPressure', status: 'Unknown' },
      { type: 'PIDPressure', status: 'Unknown' },
    ]);
    expect(taints(test)).toEqual([
      'node.kubernetes.io/unreachable:NoExecute',
      'node.kubernetes.io/unreachable:NoSchedule',
    ]);
    expect(test.events('worker-1')).toContain('NodeNotReady: Node worker-1 status is now: NodeNotReady');
  });

  it('has Pods that are not ready then, and that stay five minutes more', () => {
    const test = started();
    const [lost] = test.pods().filter(({ spec }) => spec?.nodeName === 'worker-1');
    const name = lost?.metadata.name ?? '';
    test.pass(51);
    expect(test.events(name).at(-1)).toBe('NodeNotReady: Node is not ready');
    expect(test.cluster.get('deployments.apps', 'default', 'web')?.status?.readyReplicas).toBe(2);
    test.pass(298);
    expect(test.cluster.get('pods', 'default', name)?.metadata.deletionTimestamp).toBeUndefined();
    test.pass(1);
    const gone = test.cluster.get('pods', 'default', name);
    expect(gone?.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    });
    expect(test.events(name)).toContain(`TaintManagerEviction: Marking for deletion Pod default/${name}`);
    test.pass(5);
    expect(test.cluster.get('deployments.apps', 'default', 'web')?.status?.readyReplicas).toBe(3);
  });

  it('keeps its Pods when it comes back in time', () => {
    const test = started();
    const before = test.pods().map(({ metadata }) => metadata.uid);
    test.pass(100);
    powerUp(test);
    test.pass(1);
    expect(taints(test)).toEqual([]);
    test.pass(400);
    expect(test.pods().map(({ metadata }) => metadata.uid)).toEqual(before);
    const [pod] = test.pods().filter(({ spec }) => spec?.nodeName === 'worker-1');
    const key = `default/${pod?.metadata.name}`;
    expect(test.events(pod?.metadata.name ?? '')).toContain(
      `TaintManagerEviction: Cancelling deletion of Pod ${key}`,
    );
  });

  it('keeps its daemons', () => {
    const test = new TestCluster({ nodes: 3 });
    test.cluster.create('daemonsets.apps', daemonSet('agent'));
    test.pass(5);
    const before = test.pods().map(({ metadata }) => metadata.uid);
    setNodePower(test.store, 'worker-1', false);
    test.pass(600);
    expect(test.pods().map(({ metadata }) => metadata.uid)).toEqual(before);
  });

  it('is not alone to blame when all of them are silent: no Pod is sent away', () => {
    const test = started();
    for (const name of ['worker-2', 'worker-3']) setNodePower(test.store, name, false);
    test.pass(600);
    expect(taints(test, 'worker-3')).toEqual(['node.kubernetes.io/unreachable:NoSchedule']);
  });
});

describe('taints', () => {
  it('keep Pods away from a cordoned node', () => {
    const test = new TestCluster();
    const found = node(test);
    test.cluster.update('nodes', { ...found, spec: { ...found.spec, unschedulable: true } });
    test.pass(1);
    expect(taints(test)).toEqual(['node.kubernetes.io/unschedulable:NoSchedule']);
    const cordoned = node(test);
    const { unschedulable: _, ...spec } = cordoned.spec ?? {};
    test.cluster.update('nodes', { ...cordoned, spec });
    test.pass(1);
    expect(taints(test)).toEqual([]);
  });

  it.each([
    [[], 0],
    [[{ key: 'broken', operator: 'Exists', tolerationSeconds: 60 }], 60],
    [[{ key: 'broken', operator: 'Exists' }], undefined],
  ])('that do not let Pods stay: with %j one goes after %s seconds', (tolerations, seconds) => {
    const test = new TestCluster();
    test.cluster.create('pods', pod('web', { tolerations }));
    test.pass(3);
    const name = test.cluster.get('pods', 'default', 'web')?.spec?.nodeName ?? '';
    const found = node(test, name);
    const taint = { key: 'broken', effect: 'NoExecute' };
    test.cluster.update('nodes', { ...found, spec: { ...found.spec, taints: [taint] } });
    test.simulation.settle();
    const isGoing = () =>
      test.cluster.get('pods', 'default', 'web')?.metadata.deletionTimestamp !== undefined;
    if (seconds === undefined) {
      test.pass(1000);
      expect(isGoing()).toBe(false);
      return;
    }
    if (seconds > 0) {
      test.simulation.advance(seconds * 1000 - 1);
      expect(isGoing()).toBe(false);
      test.simulation.advance(1);
    }
    expect(isGoing()).toBe(true);
  });
});

describe('Pods whose node is gone', () => {
  it('are deleted a minute later', () => {
    const test = new TestCluster();
    test.cluster.create('deployments.apps', deployment('web', 4));
    test.pass(5);
    test.cluster.remove('nodes', undefined, 'worker-1');
    test.simulation.settle();
    expect(test.events('worker-1')).toEqual([
      'RegisteredNode: Node worker-1 event: Registered Node worker-1 in Controller',
      'RemovingNode: Node worker-1 event: Removing Node worker-1 from Controller',
    ]);
    test.pass(59);
    expect(test.pods().filter(({ spec }) => spec?.nodeName === 'worker-1')).not.toEqual([]);
    test.pass(5);
    expect(test.pods().every(({ spec }) => spec?.nodeName === 'worker-2')).toBe(true);
    expect(test.pods()).toHaveLength(4);
  });
});

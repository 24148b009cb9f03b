import { describe, expect, it } from 'vitest';
import type { NodeCondition, Taint } from '../../../../../src/kubernetes/api.ts';
import { setNodePower } from '../../../../../src/sandbox/cluster/node/node-power.ts';
import { TestCluster } from '../test-cluster.ts';
import { deployment, pod } from '../test-objects.ts';

function nodeOf(test: TestCluster, name: string) {
  const found = test.cluster.get('nodes', undefined, name);
  if (!found) throw new Error(`there is no node ${name}`);
  return found;
}

function taint(test: TestCluster, name: string, taints: readonly Taint[]): void {
  const found = nodeOf(test, name);
  test.cluster.update('nodes', { ...found, spec: { ...found.spec, taints } });
  test.simulation.settle();
}

function say(test: TestCluster, name: string, conditions: readonly NodeCondition[]): void {
  const found = nodeOf(test, name);
  test.cluster.updateStatus('nodes', { ...found, status: { ...found.status, conditions } });
  test.simulation.settle();
}

const get = (test: TestCluster, name: string) => test.cluster.get('pods', 'default', name);
const isGoing = (test: TestCluster, name: string) =>
  get(test, name)?.metadata.deletionTimestamp !== undefined;
const hard = (key: string): Taint => ({ key, effect: 'NoExecute' });
const bears = (key: string, tolerationSeconds?: number) => ({
  key,
  operator: 'Exists',
  ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
});

// pkg/controller/tainteviction/taint_eviction_test.go of Kubernetes 1.36.3
describe('a Pod on a node with taints', () => {
  it('that comes there goes at once, unless it bears them', () => {
    const test = new TestCluster({ nodes: 1 });
    taint(test, 'worker-1', [hard('broken')]);
    test.cluster.create('pods', pod('stays', { nodeName: 'worker-1', tolerations: [bears('broken')] }));
    test.cluster.create('pods', pod('goes', { nodeName: 'worker-1' }));
    test.simulation.settle();
    expect([isGoing(test, 'stays'), isGoing(test, 'goes')]).toEqual([false, true]);
    expect(test.events('goes')).toContain('TaintManagerEviction: Marking for deletion Pod default/goes');
  });

  it('stays as long as the most impatient of its tolerations says', () => {
    const test = new TestCluster({ nodes: 1 });
    const tolerations = [bears('a', 100), bears('b', 50), bears('c')];
    test.cluster.create('pods', pod('web', { nodeName: 'worker-1', tolerations }));
    test.pass(2);
    taint(test, 'worker-1', [hard('a')]);
    test.pass(10);
    taint(test, 'worker-1', [hard('a'), hard('b'), hard('c')]);
    // Its time has begun with the first.
    test.pass(39);
    expect(isGoing(test, 'web')).toBe(false);
    test.pass(1);
    expect(isGoing(test, 'web')).toBe(true);
  });

  it('has no more time than it had where a taint with more patience comes', () => {
    const test = new TestCluster({ nodes: 1 });
    test.cluster.create(
      'pods',
      pod('web', { nodeName: 'worker-1', tolerations: [bears('a', 30), bears('b', 900)] }),
    );
    test.pass(2);
    taint(test, 'worker-1', [hard('a')]);
    taint(test, 'worker-1', [hard('b')]);
    test.pass(30);
    expect(isGoing(test, 'web')).toBe(true);
  });

  it('is told nothing when its patience has no end in sight again, while a taint is left', () => {
    const test = new TestCluster({ nodes: 1 });
    test.cluster.create(
      'pods',
      pod('web', { nodeName: 'worker-1', tolerations: [bears('a', 30), bears('b')] }),
    );
    test.pass(2);
    taint(test, 'worker-1', [hard('a'), hard('b')]);
    taint(test, 'worker-1', [hard('b')]);
    test.pass(60);
    expect(isGoing(test, 'web')).toBe(false);
    expect(test.events('web').filter((each) => each.startsWith('Taint'))).toEqual([]);
  });

  it('is forgotten when it goes by itself, and so is the other of its name', () => {
    const test = new TestCluster({ nodes: 1 });
    const patient = { nodeName: 'worker-1', tolerations: [bears('a', 30)] };
    test.cluster.create('pods', pod('web', patient));
    test.pass(2);
    taint(test, 'worker-1', [hard('a')]);
    test.pass(10);
    test.cluster.remove('pods', 'default', 'web');
    test.pass(2);
    test.cluster.create('pods', pod('web', patient));
    test.pass(25);
    expect(isGoing(test, 'web')).toBe(false);
    test.pass(5);
    expect(isGoing(test, 'web')).toBe(true);
    expect(test.events('web').filter((each) => each.startsWith('Taint'))).toHaveLength(1);
  });
});

// pkg/controller/nodelifecycle/node_lifecycle_controller_test.go
describe('a node', () => {
  const condition = (type: string, status: string) => ({ type, status });
  const taints = (test: TestCluster) =>
    (nodeOf(test, 'worker-1').spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`).sort();

  it('has the taints that its conditions ask for, and no others of theirs', () => {
    const test = new TestCluster({ nodes: 3 });
    const ours = 'node.kubernetes.io/';
    taint(test, 'worker-1', [
      { key: 'own', effect: 'NoSchedule' },
      { key: `${ours}memory-pressure`, effect: 'NoSchedule' },
    ]);
    expect(taints(test)).toEqual(['own:NoSchedule']);
    const pressed = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'];
    say(test, 'worker-1', [condition('Ready', 'False'), ...pressed.map((type) => condition(type, 'True'))]);
    expect(taints(test)).toEqual([
      `${ours}disk-pressure:NoSchedule`,
      `${ours}memory-pressure:NoSchedule`,
      `${ours}network-unavailable:NoSchedule`,
      `${ours}not-ready:NoExecute`,
      `${ours}not-ready:NoSchedule`,
      `${ours}pid-pressure:NoSchedule`,
      'own:NoSchedule',
    ]);
    say(test, 'worker-1', [condition('Ready', 'Unknown')]);
    expect(taints(test)).toEqual([
      `${ours}unreachable:NoExecute`,
      `${ours}unreachable:NoSchedule`,
      'own:NoSchedule',
    ]);
    say(test, 'worker-1', [condition('Ready', 'True')]);
    expect(taints(test)).toEqual(['own:NoSchedule']);
  });

  it('of which nothing was ever heard is not known either', () => {
    const test = new TestCluster({ nodes: 1 });
    test.cluster.create('nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'mute' },
      spec: {},
      status: { conditions: [condition('DiskPressure', 'Unknown'), condition('Own', 'True')] },
    });
    setNodePower(test.store, 'mute', false);
    test.pass(50);
    expect(
      nodeOf(test, 'mute').status?.conditions?.map(({ type, status, reason }) => [type, status, reason]),
    ).toEqual([
      ['DiskPressure', 'Unknown', undefined],
      ['Own', 'True', undefined],
      ['Ready', 'Unknown', 'NodeStatusNeverUpdated'],
      ['MemoryPressure', 'Unknown', 'NodeStatusNeverUpdated'],
      ['PIDPressure', 'Unknown', 'NodeStatusNeverUpdated'],
    ]);
  });

  it('that is gone when it is time to look at it is no matter', () => {
    const test = new TestCluster({ nodes: 2 });
    setNodePower(test.store, 'worker-1', false);
    test.pass(10);
    test.cluster.remove('nodes', undefined, 'worker-1');
    test.pass(60);
    expect(test.events('worker-1').at(-1)).toBe(
      'RemovingNode: Node worker-1 event: Removing Node worker-1 from Controller',
    );
  });

  // `ReducedQPSFunc`: three of five are more than 55 of a hundred.
  it.each([
    [5, 2, true],
    [5, 3, false],
    [7, 3, true],
  ])('is emptied where of %i nodes %i are silent: %s', (all, silent, isEmptied) => {
    const test = new TestCluster({ nodes: all });
    for (let number = 1; number <= silent; number++) setNodePower(test.store, `worker-${number}`, false);
    test.pass(60);
    const last = nodeOf(test, `worker-${silent}`).spec.taints ?? [];
    expect(last.some(({ effect }) => effect === 'NoExecute')).toBe(isEmptied);
  });
});

// pkg/controller/podgc/gc_controller_test.go: `TestGCUnscheduledTerminating`, `TestGCOrphaned`,
// `TestGCTerminating`
describe('a Pod that nobody would see out', () => {
  it('because it never had a node has failed, and goes', () => {
    const test = new TestCluster({ nodes: 1 });
    const waiting = pod('waiting', { nodeSelector: { no: 'where' } });
    const finalizers = ['example.com/hold'];
    test.cluster.create('pods', { ...waiting, metadata: { ...waiting.metadata, finalizers } });
    test.pass(1);
    test.cluster.remove('pods', 'default', 'waiting');
    test.pass(1);
    expect(get(test, 'waiting')?.status?.phase).toBe('Failed');
    expect(get(test, 'waiting')?.status?.conditions?.map(({ type }) => type)).toEqual(['PodScheduled']);
    const held = get(test, 'waiting');
    if (held) test.cluster.update('pods', { ...held, metadata: { ...held.metadata, finalizers: [] } });
    test.pass(1);
    expect(get(test, 'waiting')).toBeUndefined();
  });

  it('because its node never was goes after a minute, and one that has ended as it is', () => {
    const test = new TestCluster({ nodes: 1 });
    for (const name of ['lost', 'ended', 'saved']) {
      const node = name === 'saved' ? 'late' : 'ghost';
      const finalizers = name === 'saved' ? [] : ['example.com/hold'];
      const made = pod(name, { nodeName: node });
      const kept = test.cluster.create('pods', { ...made, metadata: { ...made.metadata, finalizers } });
      const phase = name === 'ended' ? 'Succeeded' : 'Running';
      test.cluster.updateStatus('pods', { ...kept, status: { phase } });
    }
    test.pass(59);
    test.addNode('late');
    expect(isGoing(test, 'lost')).toBe(false);
    test.pass(2);
    expect(isGoing(test, 'lost')).toBe(true);
    expect(get(test, 'lost')?.status).toMatchObject({
      phase: 'Failed',
      conditions: [
        { type: 'DisruptionTarget', reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' },
      ],
    });
    expect(get(test, 'ended')?.status).toEqual({ phase: 'Succeeded' });
    expect(isGoing(test, 'saved')).toBe(false);
  });

  it('because somebody says that its node is out of service goes, and runs elsewhere', () => {
    const test = new TestCluster({ nodes: 2 });
    test.cluster.create('deployments.apps', deployment('web', 2));
    test.pass(5);
    setNodePower(test.store, 'worker-1', false);
    test.pass(60);
    taint(test, 'worker-1', [hard('node.kubernetes.io/out-of-service')]);
    const lost = test.pods().filter(({ spec }) => spec?.nodeName === 'worker-1');
    expect(lost.map(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([true]);
    test.pass(19);
    expect(get(test, lost[0]?.metadata.name ?? '')).toBeDefined();
    test.pass(5);
    expect(get(test, lost[0]?.metadata.name ?? '')).toBeUndefined();
    expect(test.pods().map(({ spec }) => spec?.nodeName)).toEqual(['worker-2', 'worker-2']);
  });

  it('stays where the taint is taken back in time, or the node is well', () => {
    const test = new TestCluster({ nodes: 2 });
    for (const node of ['worker-1', 'worker-2']) {
      const tolerations = [{ operator: 'Exists' }];
      test.cluster.create('pods', pod(`on-${node}`, { nodeName: node, tolerations }));
    }
    test.pass(3);
    setNodePower(test.store, 'worker-1', false);
    test.pass(60);
    const outOfService = hard('node.kubernetes.io/out-of-service');
    taint(test, 'worker-1', [outOfService]);
    taint(test, 'worker-2', [outOfService]);
    test.cluster.remove('pods', 'default', 'on-worker-1');
    test.pass(10);
    taint(test, 'worker-1', []);
    test.pass(60);
    expect([isGoing(test, 'on-worker-1'), isGoing(test, 'on-worker-2')]).toEqual([true, false]);
    taint(test, 'worker-1', [outOfService]);
    test.pass(20);
    expect(get(test, 'on-worker-1')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { asking, claim, pod, volume } from '../test-objects.ts';

const using = (...names: string[]): Partial<PodSpec> => ({
  volumes: names.map((claimName, place) => ({ name: `v${place}`, persistentVolumeClaim: { claimName } })),
});
const noHelp =
  ' no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
const noVictims =
  ' no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.';

function nodeOf(test: TestCluster, name: string): string | undefined {
  return test.cluster.get('pods', 'default', name)?.spec?.nodeName;
}

function told(test: TestCluster, name: string): string | undefined {
  return test.events(name).at(-1);
}

/** A cluster with a class of volumes that nobody provisions. */
function withLocalClass(): TestCluster {
  const test = new TestCluster();
  test.cluster.create('storageclasses.storage.k8s.io', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  return test;
}

function on(node: string) {
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }];
  return { required: { nodeSelectorTerms: [{ matchExpressions }] } };
}

// pkg/scheduler/framework/plugins/volumebinding/volume_binding_test.go of Kubernetes 1.36.3, with the words of the API
describe('a Pod whose claim', () => {
  it('is on its way out goes nowhere', () => {
    const test = new TestCluster();
    const made = claim('data');
    const finalizers = ['example.com/hold'];
    test.cluster.create('persistentvolumeclaims', { ...made, metadata: { ...made.metadata, finalizers } });
    test.cluster.remove('persistentvolumeclaims', 'default', 'data');
    test.cluster.create('pods', pod('web', using('data')));
    test.pass(1);
    expect(told(test, 'web')).toBe(
      'FailedScheduling: 0/2 nodes are available: persistentvolumeclaim "data" is being deleted. not found',
    );
  });

  it('is bound to a volume that is elsewhere goes there, or nowhere', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumes', volume('disk', { nodeAffinity: on('worker-2') }));
    test.pass(1);
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: '' }));
    test.cluster.create('pods', pod('web', using('data')));
    test.pass(2);
    expect(nodeOf(test, 'web')).toBe('worker-2');
    const node = test.cluster.get('nodes', undefined, 'worker-2');
    if (node) test.cluster.update('nodes', { ...node, spec: { unschedulable: true } });
    test.cluster.create('pods', pod('late', using('data')));
    test.pass(1);
    expect(told(test, 'late')).toBe(
      `FailedScheduling: 0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) were unschedulable.${noHelp}`,
    );
  });

  it('finds no volume of its class waits, and takes one that comes', () => {
    const test = withLocalClass();
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: 'local' }));
    test.cluster.create('pods', pod('web', using('data')));
    test.pass(1);
    expect(told(test, 'web')).toBe(
      `FailedScheduling: 0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.${noHelp}`,
    );
    test.cluster.create(
      'persistentvolumes',
      volume('disk', { storageClassName: 'local', nodeAffinity: on('worker-1') }),
    );
    test.pass(3);
    expect(nodeOf(test, 'web')).toBe('worker-1');
  });

  it('names two of one kind gets two volumes of one node', () => {
    const test = withLocalClass();
    for (const [name, node] of [
      ['a', 'worker-1'],
      ['b', 'worker-2'],
      ['c', 'worker-2'],
    ] as const) {
      test.cluster.create(
        'persistentvolumes',
        volume(name, { storageClassName: 'local', nodeAffinity: on(node) }),
      );
    }
    test.pass(1);
    for (const name of ['one', 'two']) {
      test.cluster.create('persistentvolumeclaims', claim(name, { storageClassName: 'local' }));
    }
    test.cluster.create('pods', pod('web', using('one', 'two', 'one')));
    test.pass(5);
    expect(nodeOf(test, 'web')).toBe('worker-2');
    const bound = test.cluster.list('persistentvolumeclaims').map(({ spec }) => spec.volumeName);
    expect(bound.sort()).toEqual(['b', 'c']);
  });

  it('only one Pod may use waits for that one', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumes', volume('disk', { accessModes: ['ReadWriteOncePod'] }));
    const alone = { storageClassName: '', accessModes: ['ReadWriteOncePod'] };
    test.cluster.create('persistentvolumeclaims', claim('data', alone));
    test.pass(1);
    test.cluster.create('pods', pod('other'));
    test.cluster.create('pods', pod('first', using('data')));
    test.pass(1);
    test.cluster.create('pods', pod('second', using('data')));
    test.pass(1);
    expect(told(test, 'second')).toBe(
      `FailedScheduling: 0/2 nodes are available: 2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod.${noVictims}`,
    );
    test.cluster.remove('pods', 'default', 'first');
    test.pass(3);
    expect(nodeOf(test, 'second')).toBeDefined();
  });
});

describe('a Pod that waits for its volume', () => {
  const waiting = (): TestCluster => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('data'));
    test.cluster.create('pods', pod('web', { ...using('data'), ...asking({ cpu: '3' }) }));
    test.pass(1);
    return test;
  };
  const failed = (why: string) =>
    `FailedScheduling: running PreBind plugin "VolumeBinding": binding volumes: ${why}`;
  const web = (test: TestCluster) => test.cluster.get('pods', 'default', 'web');

  it('says for which node, and has its room there', () => {
    const test = waiting();
    const node = web(test)?.status?.nominatedNodeName;
    expect(node).toMatch(/^worker-\d$/);
    for (const name of ['a', 'b']) test.cluster.create('pods', pod(name, asking({ cpu: '2' })));
    test.simulation.settle();
    const other = node === 'worker-1' ? 'worker-2' : 'worker-1';
    expect([nodeOf(test, 'a'), nodeOf(test, 'b')]).toEqual([other, other]);
    test.pass(5);
    expect(nodeOf(test, 'web')).toBe(node);
    expect(web(test)?.status).not.toHaveProperty('nominatedNodeName');
  });

  it('gives up where the claim is to be served elsewhere now', () => {
    const test = waiting();
    const found = test.cluster.get('persistentvolumeclaims', 'default', 'data');
    const annotations = { ...found?.metadata.annotations, 'volume.kubernetes.io/selected-node': 'other' };
    if (found)
      test.cluster.update('persistentvolumeclaims', {
        ...found,
        metadata: { ...found.metadata, annotations },
      });
    test.pass(1);
    expect(test.events('web')).toContain(failed('provisioning failed for PVC "data"'));
    const condition = web(test)?.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    expect(condition).toMatchObject({ status: 'False' });
  });

  it('gives up where the claim is gone', () => {
    const test = waiting();
    test.cluster.remove('persistentvolumeclaims', 'default', 'data');
    test.pass(2);
    expect(test.events('web')).toContainEqual(
      expect.stringMatching(
        /^FailedScheduling: running PreBind plugin "VolumeBinding": binding volumes: failed to check provisioning pvc: /,
      ),
    );
  });

  it('gives up after ten minutes', () => {
    const test = new TestCluster();
    test.cluster.create('storageclasses.storage.k8s.io', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'slow' },
      provisioner: 'example.com/nobody',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: 'slow' }));
    test.cluster.create('pods', pod('web', using('data')));
    test.pass(599);
    expect(test.events('web')).toEqual([]);
    test.pass(2);
    expect(test.events('web')).toEqual([failed('context deadline exceeded')]);
    const condition = web(test)?.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    expect(condition).toMatchObject({ status: 'False', reason: 'SchedulerError' });
    expect(web(test)?.status).not.toHaveProperty('nominatedNodeName');
  });

  it('is forgotten when it is deleted', () => {
    const test = waiting();
    test.cluster.remove('pods', 'default', 'web');
    test.pass(1);
    for (const name of ['a', 'b']) test.cluster.create('pods', pod(name, asking({ cpu: '4' })));
    test.simulation.settle();
    expect([nodeOf(test, 'a'), nodeOf(test, 'b')].sort()).toEqual(['worker-1', 'worker-2']);
  });
});

describe('what a node has room for', () => {
  it.each<[what: string, first: Partial<PodSpec>, second: Partial<PodSpec>, why: string]>([
    [
      'the disk of its containers',
      asking({ 'ephemeral-storage': '60Gi' }),
      asking({ 'ephemeral-storage': '60Gi' }),
      'Insufficient ephemeral-storage',
    ],
    [
      'devices',
      asking({ 'example.com/device': '2' }),
      asking({ 'example.com/device': '2' }),
      'Insufficient example.com/device',
    ],
    [
      'more devices than there are at all',
      asking({ 'example.com/device': '1' }),
      asking({ 'example.com/device': '4' }),
      'Insufficient example.com/device',
    ],
  ])('is %s', (what, first, second, why) => {
    const test = new TestCluster({ nodes: 1 });
    const node = test.cluster.get('nodes', undefined, 'worker-1');
    const allocatable = { ...node?.status?.allocatable, 'example.com/device': '3' };
    if (node) test.cluster.updateStatus('nodes', { ...node, status: { ...node.status, allocatable } });
    test.cluster.create('pods', pod('first', first));
    test.pass(2);
    test.cluster.create('pods', pod('second', second));
    test.pass(1);
    expect(nodeOf(test, 'first')).toBe('worker-1');
    const help = what.startsWith('more')
      ? '1 Preemption is not helpful for scheduling'
      : '1 No preemption victims found for incoming pod';
    expect(told(test, 'second')).toBe(
      `FailedScheduling: 0/1 nodes are available: 1 ${why}. no new claims to deallocate, preemption: 0/1 nodes are available: ${help}.`,
    );
  });

  // nodeports/node_ports_test.go
  it.each([
    ['127.0.0.1', '127.0.0.1', 'TCP', false],
    ['127.0.0.1', '10.0.0.1', 'TCP', true],
    ['0.0.0.0', '127.0.0.1', 'TCP', false],
    ['127.0.0.1', '', 'TCP', false],
    ['127.0.0.1', '127.0.0.1', 'UDP', true],
    ['', '', 'UDP', true],
  ])('is ports: beside %j a second of %j with %s fits: %s', (one, other, protocol, fits) => {
    const test = new TestCluster({ nodes: 1 });
    const withPort = (hostIP: string, of: string) => ({
      containers: [
        {
          name: 'web',
          ports: [{ containerPort: 80, hostPort: 8080, protocol: of, ...(hostIP ? { hostIP } : {}) }],
        },
      ],
    });
    test.cluster.create('pods', pod('first', withPort(one, 'TCP')));
    test.pass(1);
    test.cluster.create('pods', pod('second', withPort(other, protocol)));
    test.pass(1);
    expect(nodeOf(test, 'second') !== undefined).toBe(fits);
  });
});

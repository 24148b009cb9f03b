import { describe, expect, it } from 'vitest';
import type { PodSpec, Taint } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { asking, claim, deployment, pod, template, volume } from '../test-objects.ts';

/** A cluster like the one that everybody begins with: a control plane and two workers of two processors. */
function threeNodes(): TestCluster {
  const test = new TestCluster({ nodes: 0 });
  test.addNode('control-plane', { cpu: '2' });
  test.addNode('worker-1', { cpu: '2' });
  test.addNode('worker-2', { cpu: '2' });
  taint(test, 'control-plane', [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }]);
  test.simulation.settle();
  return test;
}

function taint(test: TestCluster, name: string, taints: readonly Taint[]): void {
  const node = test.cluster.get('nodes', undefined, name);
  if (!node) throw new Error(`there is no node ${name}`);
  test.cluster.update('nodes', { ...node, spec: { ...node.spec, taints } });
}

function label(test: TestCluster, name: string, labels: Record<string, string>): void {
  const node = test.cluster.get('nodes', undefined, name);
  if (!node) throw new Error(`there is no node ${name}`);
  const metadata = { ...node.metadata, labels: { ...node.metadata.labels, ...labels } };
  test.cluster.update('nodes', { ...node, metadata });
}

function nodeOf(test: TestCluster, name: string): string | undefined {
  return test.cluster.get('pods', 'default', name)?.spec?.nodeName;
}

function reasonOf(test: TestCluster, name: string): string | undefined {
  return test.cluster
    .get('pods', 'default', name)
    ?.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
}

const taintedAnd = (what: string, preemption: string) =>
  `0/3 nodes are available: 1 node(s) had untolerated taint(s), ${what}. no new claims to deallocate, preemption: 0/3 nodes are available: ${preemption}.`;
const noVictims =
  '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod';
const noHelp = '3 Preemption is not helpful for scheduling';

describe('a Pod that fits nowhere', () => {
  const cases: readonly (readonly [what: string, spec: Partial<PodSpec>, message: string])[] = [
    [
      'asks for more than a node has',
      asking({ memory: '900Gi' }),
      taintedAnd('2 Insufficient memory', noHelp),
    ],
    [
      'asks for more than is left',
      { ...asking({ cpu: '1500m' }) },
      taintedAnd('2 Insufficient cpu', noVictims),
    ],
    [
      'tolerates everything and asks for too much of two things',
      asking({ cpu: '100', memory: '900Gi' }, { tolerations: [{ operator: 'Exists' }] }),
      '0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    ],
    [
      'asks for something that no node has',
      asking({ 'nvidia.com/gpu': '1' }),
      taintedAnd('2 Insufficient nvidia.com/gpu', noHelp),
    ],
    [
      'selects a label that no node has',
      { nodeSelector: { disk: 'ssd' } },
      taintedAnd("2 node(s) didn't match Pod's node affinity/selector", noHelp),
    ],
    [
      'names a node that is not there',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['ghost'] }] },
              ],
            },
          },
        },
      },
      "0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    ],
    [
      'wants to be next to a Pod that is not there',
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { nobody: 'here' } } },
            ],
          },
        },
      },
      taintedAnd("2 node(s) didn't match pod affinity rules", noHelp),
    ],
    [
      'is to be spread over zones that there are not',
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { a: 'b' } },
          },
        ],
      },
      taintedAnd("2 node(s) didn't match pod topology spread constraints (missing required label)", noHelp),
    ],
    [
      'names a claim that is not there',
      { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'nope' } }] },
      '0/3 nodes are available: persistentvolumeclaim "nope" not found. not found',
    ],
    [
      'names a claim that waits for a volume',
      { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'unbound' } }] },
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    ],
  ];

  // The messages are those of a real cluster of Kubernetes 1.36.3.
  it.each(cases)('because it %s says why', (_, spec, message) => {
    const test = threeNodes();
    for (const name of ['filler-1', 'filler-2']) test.cluster.create('pods', pod(name, asking({ cpu: '1' })));
    test.pass(1);
    test.cluster.create('persistentvolumeclaims', claim('unbound', { storageClassName: '' }));
    test.cluster.create('pods', pod('late', spec));
    test.pass(1);
    expect(nodeOf(test, 'late')).toBeUndefined();
    expect(reasonOf(test, 'late')).toBe(message);
    expect(test.events('late')).toEqual([`FailedScheduling: ${message}`]);
    const [condition] = test.cluster.get('pods', 'default', 'late')?.status?.conditions ?? [];
    expect(condition).toMatchObject({ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' });
  });

  it('because its like is on every node says why', () => {
    const test = threeNodes();
    const affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'anti' } } },
        ],
      },
    };
    for (const name of ['a', 'b', 'c']) test.cluster.create('pods', pod(name, { affinity }, { app: 'anti' }));
    test.pass(2);
    expect([nodeOf(test, 'a'), nodeOf(test, 'b')].sort()).toEqual(['worker-1', 'worker-2']);
    expect(reasonOf(test, 'c')).toBe(taintedAnd("2 node(s) didn't match pod anti-affinity rules", noVictims));
    test.cluster.create('pods', pod('quiet', {}, { app: 'anti' }));
    test.pass(1);
    expect(reasonOf(test, 'quiet')).toBe(
      taintedAnd("2 node(s) didn't satisfy existing pods anti-affinity rules", noVictims),
    );
  });

  it('because its port is taken says why', () => {
    const test = threeNodes();
    const spec = {
      containers: [{ name: 'web', ports: [{ containerPort: 80, hostPort: 8080 }] }],
    };
    for (const name of ['a', 'b', 'c']) test.cluster.create('pods', pod(name, spec));
    test.pass(1);
    expect(reasonOf(test, 'c')).toBe(
      taintedAnd("2 node(s) didn't have free ports for the requested pod ports", noVictims),
    );
  });

  it('because the nodes are cordoned says why, and goes when one is not any more', () => {
    const test = threeNodes();
    for (const name of ['worker-1', 'worker-2']) {
      const node = test.cluster.get('nodes', undefined, name);
      if (node) test.cluster.update('nodes', { ...node, spec: { ...node.spec, unschedulable: true } });
    }
    test.cluster.create('pods', pod('web'));
    test.pass(1);
    expect(reasonOf(test, 'web')).toBe(taintedAnd('2 node(s) were unschedulable', noHelp));
    const node = test.cluster.get('nodes', undefined, 'worker-2');
    if (node) test.cluster.update('nodes', { ...node, spec: { taints: [] } });
    test.pass(1);
    expect(nodeOf(test, 'web')).toBe('worker-2');
    expect(test.events('web').at(-1)).toBe('Scheduled: Successfully assigned default/web to worker-2');
  });

  it('waits where there are no nodes at all', () => {
    const test = new TestCluster({ nodes: 0 });
    test.cluster.create('pods', pod('web'));
    test.pass(1);
    expect(test.events('web')).toEqual(['FailedScheduling: no nodes available to schedule pods']);
    test.addNode('worker-1');
    test.pass(1);
    expect(nodeOf(test, 'web')).toBe('worker-1');
  });

  it('is left alone when it has another scheduler or gates', () => {
    const test = threeNodes();
    test.cluster.create('pods', pod('other', { schedulerName: 'mine' }));
    test.cluster.create('pods', pod('gated', { schedulingGates: [{ name: 'example.com/wait' }] }));
    test.pass(600);
    expect([nodeOf(test, 'other'), nodeOf(test, 'gated')]).toEqual([undefined, undefined]);
    expect([...test.events('other'), ...test.events('gated')]).toEqual([]);
  });

  it('is tried again when room is given back, and after five minutes anyway', () => {
    const test = threeNodes();
    for (const name of ['a', 'b']) test.cluster.create('pods', pod(name, asking({ cpu: '2' })));
    test.cluster.create('pods', pod('late', asking({ cpu: '1' })));
    test.pass(10);
    expect(test.events('late')).toHaveLength(1);
    test.pass(300);
    expect(test.events('late')).toHaveLength(2);
    test.cluster.remove('pods', 'default', 'a');
    test.pass(2);
    expect(nodeOf(test, 'late')).toBeDefined();
  });
});

describe('a Pod that fits', () => {
  it('is told of, and keeps its generation', () => {
    const test = threeNodes();
    test.cluster.create('pods', pod('web'));
    test.pass(1);
    const found = test.cluster.get('pods', 'default', 'web');
    expect(found?.metadata.generation).toBe(1);
    expect(found?.status?.conditions?.find(({ type }) => type === 'PodScheduled')).toEqual({
      type: 'PodScheduled',
      status: 'True',
      lastTransitionTime: '2026-01-01T00:00:00Z',
      observedGeneration: 1,
    });
  });

  it('is spread with those of its owner', () => {
    const test = threeNodes();
    test.cluster.create('deployments.apps', deployment('web', 6));
    test.pass(2);
    const nodes = test.pods().map(({ spec }) => spec?.nodeName);
    expect(nodes.filter((each) => each === 'worker-1')).toHaveLength(3);
    expect(nodes.filter((each) => each === 'worker-2')).toHaveLength(3);
  });

  it('prefers the node that has more left', () => {
    const test = threeNodes();
    test.cluster.create('pods', pod('first', asking({ cpu: '1500m' })));
    test.pass(1);
    test.cluster.create('pods', pod('second'));
    test.pass(1);
    expect(nodeOf(test, 'second')).not.toBe(nodeOf(test, 'first'));
  });

  it('prefers the labels it says it prefers', () => {
    const test = threeNodes();
    label(test, 'worker-2', { disk: 'ssd' });
    const preference = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
    const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, preference }] };
    for (const name of ['a', 'b', 'c'])
      test.cluster.create('pods', pod(name, { affinity: { nodeAffinity: preferred } }));
    test.pass(1);
    expect(['a', 'b', 'c'].map((name) => nodeOf(test, name))).toEqual(['worker-2', 'worker-2', 'worker-2']);
  });

  it('counts what init containers and sidecars ask for', () => {
    const test = threeNodes();
    const requests = { cpu: '1500m' };
    const spec = {
      containers: [{ name: 'web', resources: { requests: { cpu: '300m' } } }],
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', resources: { requests: { cpu: '300m' } } },
        { name: 'setup', resources: { requests } },
      ],
    };
    test.cluster.create('pods', pod('fits', spec));
    // A sidecar runs beside the init containers after it: 300m + 1800m is more than there is.
    const [sidecar] = spec.initContainers;
    const setup = { name: 'setup', resources: { requests: { cpu: '1800m' } } };
    test.cluster.create(
      'pods',
      pod('does-not', { ...spec, initContainers: sidecar ? [sidecar, setup] : [] }),
    );
    test.pass(1);
    expect(nodeOf(test, 'fits')).toBeDefined();
    expect(reasonOf(test, 'does-not')).toContain('2 Insufficient cpu');
  });

  it('is one of no more than a node takes', () => {
    const test = new TestCluster({ nodes: 0 });
    test.addNode('small', { pods: '2' });
    for (const name of ['a', 'b', 'c']) test.cluster.create('pods', pod(name));
    test.pass(1);
    expect(reasonOf(test, 'c')).toMatch(/^0\/1 nodes are available: 1 Too many pods\. /);
  });

  it('keeps its distance over zones', () => {
    const test = new TestCluster({ nodes: 0 });
    for (const [name, zone] of [
      ['a', 'north'],
      ['b', 'north'],
      ['c', 'south'],
    ] as const) {
      test.addNode(name, { labels: { 'topology.kubernetes.io/zone': zone } });
    }
    const topologySpreadConstraints = [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'web' } },
      },
    ];
    test.cluster.create(
      'deployments.apps',
      deployment('web', 6, { template: template('web', { topologySpreadConstraints }) }),
    );
    test.pass(2);
    const south = test.pods().filter(({ spec }) => spec?.nodeName === 'c');
    expect(south).toHaveLength(3);
  });
});

describe('a Pod with a claim', () => {
  const using = (name: string): Partial<PodSpec> => ({
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }],
  });

  it('has its volume made for its node before it goes there', () => {
    const test = threeNodes();
    test.cluster.create('persistentvolumeclaims', claim('data'));
    test.cluster.create('pods', pod('db', using('data')));
    test.pass(2);
    expect(nodeOf(test, 'db')).toBeUndefined();
    test.pass(3);
    const node = nodeOf(test, 'db');
    expect(node).toMatch(/^worker-\d$/);
    const [made] = test.cluster.list('persistentvolumes');
    expect(made?.spec?.nodeAffinity?.required?.nodeSelectorTerms[0]?.matchExpressions?.[0]?.values).toEqual([
      node,
    ]);
    // And whoever uses the claim later goes where the volume is.
    for (const name of ['b', 'c', 'd']) test.cluster.create('pods', pod(name, using('data')));
    test.pass(1);
    expect(['b', 'c', 'd'].map((name) => nodeOf(test, name))).toEqual([node, node, node]);
  });

  it('takes a volume that is there, where it can be reached', () => {
    const test = threeNodes();
    const term = {
      matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['worker-2'] }],
    };
    const nodeAffinity = { required: { nodeSelectorTerms: [term] } };
    test.cluster.create('storageclasses.storage.k8s.io', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'local' },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
    test.cluster.create('persistentvolumes', volume('disk', { storageClassName: 'local', nodeAffinity }));
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: 'local' }));
    test.cluster.create('pods', pod('db', using('data')));
    test.pass(3);
    expect(nodeOf(test, 'db')).toBe('worker-2');
    expect(test.cluster.get('persistentvolumeclaims', 'default', 'data')?.spec?.volumeName).toBe('disk');
  });
});

describe('a Pod that is more important', () => {
  const withPriorities = (): TestCluster => {
    const test = threeNodes();
    for (const [name, preemptionPolicy] of [
      ['high', 'PreemptLowerPriority'],
      ['polite', 'Never'],
    ] as const) {
      test.cluster.create('priorityclasses.scheduling.k8s.io', {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name },
        value: 1000,
        preemptionPolicy,
      });
    }
    return test;
  };

  it('takes the room of one that is less, and gets it when that has ended', () => {
    const test = withPriorities();
    for (const name of ['low-1', 'low-2']) {
      test.cluster.create('pods', pod(name, asking({ cpu: '1500m' })));
    }
    test.pass(2);
    test.cluster.create('pods', pod('high', asking({ cpu: '1500m' }, { priorityClassName: 'high' })));
    test.simulation.settle();
    expect(test.events('high')).toEqual([
      'FailedScheduling: 0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.',
    ]);
    const nominated = test.cluster.get('pods', 'default', 'high')?.status?.nominatedNodeName;
    const [victim] = test.pods().filter(({ metadata }) => metadata.deletionTimestamp);
    expect(victim?.spec?.nodeName).toBe(nominated);
    const { uid } = test.cluster.get('pods', 'default', 'high')?.metadata ?? {};
    expect(test.events(victim?.metadata.name ?? '')).toContain(
      `Preempted: Preempted by pod ${uid} on node ${nominated}`,
    );
    test.pass(2);
    expect(nodeOf(test, 'high')).toBe(nominated);
    expect(test.cluster.get('pods', 'default', 'high')?.status?.nominatedNodeName).toBeUndefined();
  });

  it('takes nobody’s room when it says so', () => {
    const test = withPriorities();
    for (const name of ['low-1', 'low-2']) test.cluster.create('pods', pod(name, asking({ cpu: '1500m' })));
    test.pass(2);
    const polite = { priorityClassName: 'polite' };
    test.cluster.create('pods', pod('high', asking({ cpu: '1500m' }, polite)));
    test.pass(1);
    expect(reasonOf(test, 'high')).toBe(
      '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    );
    expect(test.pods()).toHaveLength(3);
  });
});

it('places the same Pods on the same nodes in the same world', () => {
  const placed = () => {
    const test = threeNodes();
    for (let number = 0; number < 20; number++) test.cluster.create('pods', pod(`p-${number}`));
    test.pass(1);
    return test.pods().map(({ spec }) => spec?.nodeName);
  };
  expect(placed()).toEqual(placed());
});

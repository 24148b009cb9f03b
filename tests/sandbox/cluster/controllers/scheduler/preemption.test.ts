import { describe, expect, it } from 'vitest';
import type { Pod, PodDisruptionBudget } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { asking, pod } from '../test-objects.ts';

type Labels = Record<string, string>;

/** A Pod that runs: where, how important it is, since when, and its labels. */
interface Running {
  readonly name: string;
  readonly node: string;
  readonly priority?: number;
  /** Minutes after the beginning of the hour; it has not started where none is given. */
  readonly since?: number;
  readonly cpu?: string;
  readonly labels?: Labels;
}

const classes = { high: 1000, mid: 100, low: 10, under: -10 };

/** Nodes of two processors each, with Pods that run there. */
function running(
  pods: readonly Running[],
  budgets: readonly Partial<PodDisruptionBudget>[] = [],
): TestCluster {
  const test = new TestCluster({ nodes: 0 });
  for (const node of new Set(pods.map(({ node: each }) => each))) test.addNode(node, { cpu: '2' });
  for (const [name, value] of Object.entries(classes)) {
    const kinds = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' } as const;
    test.cluster.create('priorityclasses.scheduling.k8s.io', { ...kinds, metadata: { name }, value });
  }
  for (const { name, node, priority, since, cpu = '2', labels = {} } of pods) {
    const [priorityClassName] = Object.entries(classes).find(([, value]) => value === priority) ?? [];
    const spec = asking({ cpu }, { nodeName: node, ...(priorityClassName ? { priorityClassName } : {}) });
    const made = test.cluster.create('pods', pod(name, spec, labels));
    const startTime = `2026-01-01T00:${`${since}`.padStart(2, '0')}:00Z`;
    const status = { phase: 'Running', ...(since === undefined ? {} : { startTime }) };
    test.cluster.updateStatus('pods', { ...made, status });
  }
  for (const [place, { metadata, spec, status }] of budgets.entries()) {
    const kinds = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' } as const;
    const made = { ...kinds, metadata: { name: `b${place}`, namespace: 'default', ...metadata } };
    const kept = test.cluster.create('poddisruptionbudgets.policy', { ...made, ...(spec ? { spec } : {}) });
    if (status) test.cluster.updateStatus('poddisruptionbudgets.policy', { ...kept, status });
  }
  return test;
}

function arrive(test: TestCluster, spec: Parameters<typeof asking>[1] = {}, cpu = '2'): void {
  test.cluster.create('pods', pod('new', asking({ cpu }, { priorityClassName: 'high', ...spec })));
  test.simulation.settle();
}

const find = (test: TestCluster, name: string): Pod | undefined => test.cluster.get('pods', 'default', name);

/** Which Pods were told to make room, by name. */
function evicted(test: TestCluster): string[] {
  return test
    .pods()
    .filter(({ metadata }) => metadata.deletionTimestamp !== undefined)
    .map(({ metadata }) => metadata.name);
}

const allowing = (disruptionsAllowed: number, disruptedPods = {}) => ({
  currentHealthy: 1,
  desiredHealthy: 1,
  disruptionsAllowed,
  expectedPods: 1,
  disruptedPods,
});

// pkg/scheduler/framework/plugins/defaultpreemption/default_preemption_test.go: `TestPickOneNodeForPreemption`
describe('the node where the least is lost', () => {
  it.each<[what: string, pods: readonly Running[], victims: string[]]>([
    [
      'is the one whose most important Pod is the least important',
      [
        { name: 'a', node: 'n1', priority: 100, since: 1 },
        { name: 'b', node: 'n2', priority: 10, since: 1 },
      ],
      ['b'],
    ],
    [
      'is then the one whose Pods together are the least important',
      [
        { name: 'a1', node: 'n1', priority: 100, since: 1, cpu: '1' },
        { name: 'a2', node: 'n1', priority: 10, since: 1, cpu: '1' },
        { name: 'b1', node: 'n2', priority: 100, since: 1, cpu: '1' },
        { name: 'b2', node: 'n2', priority: 0, since: 1, cpu: '1' },
      ],
      ['b1', 'b2'],
    ],
    [
      'has fewer of them, also where they are worth less than nothing',
      [
        { name: 'a1', node: 'n1', priority: -10, since: 1, cpu: '1' },
        { name: 'a2', node: 'n1', priority: -10, since: 1, cpu: '1' },
        { name: 'b', node: 'n2', priority: -10, since: 1 },
      ],
      ['b'],
    ],
    [
      'is the one whose most important Pods have run the shortest',
      [
        { name: 'a1', node: 'n1', priority: 100, since: 5, cpu: '1' },
        { name: 'a2', node: 'n1', priority: 10, since: 1, cpu: '1' },
        { name: 'b1', node: 'n2', priority: 100, since: 4, cpu: '1' },
        { name: 'b2', node: 'n2', priority: 10, since: 3, cpu: '1' },
      ],
      ['a1', 'a2'],
    ],
    [
      'is the one where they have not started',
      [
        { name: 'a', node: 'n1', since: 0 },
        { name: 'b', node: 'n2' },
      ],
      ['b'],
    ],
    [
      'is the first where all are alike',
      [
        { name: 'a', node: 'n1', since: 1 },
        { name: 'b', node: 'n2', since: 1 },
      ],
      ['a'],
    ],
  ])('%s', (_, pods, victims) => {
    const test = running(pods);
    test.pass(600);
    arrive(test);
    expect(evicted(test)).toEqual(victims);
    expect(find(test, 'new')?.status?.nominatedNodeName).toBe(find(test, victims[0] ?? '')?.spec?.nodeName);
    const { uid } = find(test, 'new')?.metadata ?? {};
    for (const name of victims) {
      const { nodeName } = find(test, name)?.spec ?? {};
      expect(test.events(name).at(-1)).toBe(`Preempted: Preempted by pod ${uid} on node ${nodeName}`);
      expect(find(test, name)?.status?.conditions?.at(-1)).toMatchObject({
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: 'default-scheduler: preempting to accommodate a higher priority pod',
      });
    }
  });
});

// The same file: `TestDryRunPreemption`
describe('of the Pods of a node', () => {
  it.each<[what: string, cpu: string, pods: readonly Running[], victims: string[]]>([
    [
      'no more go than have to',
      '1',
      [
        { name: 'low', node: 'n', priority: 10, since: 1, cpu: '1' },
        { name: 'mid', node: 'n', priority: 100, since: 1, cpu: '1' },
      ],
      ['low'],
    ],
    [
      'those that are as important stay longer, the longer they have run',
      '1',
      [
        { name: 'young', node: 'n', since: 9, cpu: '1' },
        { name: 'old', node: 'n', since: 1, cpu: '1' },
      ],
      ['young'],
    ],
    [
      'none goes that is as important as the new one',
      '1',
      [
        { name: 'equal', node: 'n', priority: 1000, since: 1, cpu: '1' },
        { name: 'low', node: 'n', priority: 10, since: 1, cpu: '1' },
      ],
      ['low'],
    ],
    [
      'none goes where it would not help',
      '2',
      [
        { name: 'equal', node: 'n', priority: 1000, since: 1, cpu: '1' },
        { name: 'low', node: 'n', priority: 10, since: 1, cpu: '1' },
      ],
      [],
    ],
  ])('%s', (_, cpu, pods, victims) => {
    const test = running(pods);
    arrive(test, {}, cpu);
    expect(evicted(test)).toEqual(victims);
  });

  it('says of nodes why it would not help', () => {
    const test = running([
      { name: 'equal', node: 'n1', priority: 1000, cpu: '1' },
      { name: 'low', node: 'n1', priority: 10, cpu: '1' },
      { name: 'alone', node: 'n2', priority: 1000 },
    ]);
    arrive(test);
    expect(test.events('new')).toEqual([
      'FailedScheduling: 0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 1 Insufficient cpu, 1 No preemption victims found for incoming pod.',
    ]);
    expect(find(test, 'new')?.status?.nominatedNodeName).toBeUndefined();
  });
});

// The same file: `TestSelectBestCandidate`, and `filterPodsWithPDBViolation`
describe('a Pod that a PodDisruptionBudget guards', () => {
  const guarded = { app: 'guarded' };
  const two: readonly Running[] = [
    { name: 'a', node: 'n1', since: 1, labels: guarded },
    { name: 'b', node: 'n2', priority: 100, since: 1 },
  ];

  it.each<[what: string, budget: Partial<PodDisruptionBudget>, victim: string]>([
    [
      'is spared, though it matters less',
      { spec: { minAvailable: 1, selector: { matchLabels: guarded } } },
      'b',
    ],
    [
      'may go where one may be missing',
      { spec: { minAvailable: 0, selector: { matchLabels: guarded } } },
      'a',
    ],
    [
      'may go where the budget is another namespace’s',
      {
        metadata: { namespace: 'kube-system' },
        spec: { minAvailable: 1, selector: { matchLabels: guarded } },
      },
      'a',
    ],
    ['may go where the budget is one for all', { spec: { minAvailable: 9, selector: {} } }, 'a'],
  ])('%s', (_, budget, victim) => {
    const test = running(two, [budget]);
    const kept = { lastTransitionTime: '2026-01-01T00:00:00Z', status: 'True', type: 'Ready' };
    const found = test.cluster.get('pods', 'default', 'a');
    if (found)
      test.cluster.updateStatus('pods', { ...found, status: { ...found.status, conditions: [kept] } });
    test.pass(1);
    arrive(test);
    expect(evicted(test)).toEqual([victim]);
  });

  it('goes, where there is no other way', () => {
    const spec = { minAvailable: 2, selector: { matchLabels: guarded } };
    const test = running(
      [
        { name: 'a', node: 'n', since: 1, cpu: '1', labels: guarded },
        { name: 'b', node: 'n', since: 1, cpu: '1' },
      ],
      [{ spec }],
    );
    test.pass(1);
    arrive(test, {}, '1');
    // The guarded one is asked to stay first.
    expect(evicted(test)).toEqual(['b']);
    test.cluster.create('pods', pod('more', asking({ cpu: '1' }, { priorityClassName: 'high' })));
    test.simulation.settle();
    expect(evicted(test)).toEqual(['a', 'b']);
  });

  it('is not counted twice when its eviction was granted already', () => {
    const metadata = { name: 'b0' };
    const spec = { minAvailable: 1, selector: { matchLabels: guarded } };
    const test = running(two, [{ metadata, spec }]);
    test.pass(1);
    const budget = test.cluster.get('poddisruptionbudgets.policy', 'default', 'b0');
    const status = allowing(0, { a: '2026-01-01T00:00:00Z' });
    if (budget) test.cluster.updateStatus('poddisruptionbudgets.policy', { ...budget, status });
    arrive(test);
    expect(evicted(test)).toEqual(['a']);
  });
});

describe('a Pod that waits for room', () => {
  const full: readonly Running[] = [{ name: 'low', node: 'n', priority: 10, since: 1 }];

  it('takes no more while those that make it are on their way out', () => {
    const test = running(full);
    arrive(test);
    expect(evicted(test)).toEqual(['low']);
    const waiting = find(test, 'new');
    if (!waiting) throw new Error('it is not there');
    // Another label makes it be tried again.
    const labels = { tried: 'again' };
    const found = test.cluster.get('pods', 'default', 'new');
    if (found) test.cluster.update('pods', { ...found, metadata: { ...found.metadata, labels } });
    test.simulation.settle();
    expect(test.events('new').at(-1)).toBe(
      'FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to a terminating pod on the nominated node.',
    );
    expect(find(test, 'new')?.status?.nominatedNodeName).toBe('n');
  });

  it('looks elsewhere when its node is none any more', () => {
    const test = running([...full, { name: 'other', node: 'o', priority: 100, since: 1 }]);
    arrive(test);
    expect(find(test, 'new')?.status?.nominatedNodeName).toBe('n');
    const node = test.cluster.get('nodes', undefined, 'n');
    if (node) test.cluster.update('nodes', { ...node, spec: { unschedulable: true } });
    test.simulation.settle();
    expect(evicted(test)).toEqual(['low', 'other']);
    expect(find(test, 'new')?.status?.nominatedNodeName).toBe('o');
  });

  it('has it kept for it from those that are less important, and from none that are more', () => {
    const test = running(full);
    arrive(test);
    test.pass(2);
    expect(find(test, 'new')?.spec?.nodeName).toBe('n');
    const again = running(full);
    const held = again.cluster.get('pods', 'default', 'low');
    const finalizers = ['example.com/hold'];
    if (held) again.cluster.update('pods', { ...held, metadata: { ...held.metadata, finalizers } });
    arrive(again);
    again.addNode('side', { cpu: '1' });
    for (const [name, priorityClassName] of [
      ['less', 'mid'],
      ['more', 'high'],
    ] as const) {
      again.cluster.create('pods', pod(name, asking({ cpu: '1' }, { priorityClassName })));
    }
    again.pass(1);
    expect(find(again, 'more')?.spec?.nodeName).toBe('side');
    expect(find(again, 'less')?.spec?.nodeName).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { service } from '../test-objects.ts';
import { type Scene, type SceneNode, type ScenePod, scored } from './scene.ts';

// The cases and their numbers are those of upstream's tests of each plugin (k8s.io/kubernetes v1.36.3,
// pkg/scheduler/framework/plugins): here they come together with the weights of the default profile.

/** All nodes get this for their taints, where none has any that a Pod would rather not have (3 × 100). */
const untainted = 300;

const room = (cpu: string, memory: string): SceneNode => ({
  status: { allocatable: { cpu, memory, pods: '110' } },
});
const asks = (cpu: string, memory: string): ScenePod => ({
  spec: { containers: [{ name: 'c', resources: { requests: { cpu, memory } } }] },
});
const on = (node: string, pod: ScenePod): ScenePod => ({ ...pod, node });

describe('the room that is left', () => {
  // noderesources/least_allocated_test.go and balanced_allocation_test.go
  it.each<[what: string, scene: Scene, least: readonly number[], balanced: readonly number[]]>([
    [
      'nothing runs, and the nodes differ in size',
      { nodes: { a: room('4', '10000'), b: room('6', '10000') }, pod: asks('3', '5000') },
      [37, 50],
      [68, 75],
    ],
    [
      'Pods run that ask for something',
      {
        nodes: { a: room('10', '20000'), b: room('10', '20000') },
        pods: [on('a', asks('3', '0')), on('b', asks('3', '5000'))],
        pod: asks('3', '5000'),
      },
      [57, 45],
      [73, 74],
    ],
    [
      'Pods run, and the nodes differ in size',
      {
        nodes: { a: room('10', '20000'), b: room('10', '50000') },
        pods: [on('a', asks('3', '0')), on('b', asks('3', '5000'))],
        pod: asks('3', '5000'),
      },
      [57, 60],
      [73, 70],
    ],
    [
      'one node becomes as even as can be, and the other as uneven',
      {
        nodes: { a: room('3', '5000'), b: room('3', '5000') },
        pods: [on('a', asks('3', '0'))],
        pod: asks('0', '5000'),
      },
      [0, 50],
      [100, 50],
    ],
    [
      'the processors are used up to the last',
      {
        nodes: { a: room('6', '10000'), b: room('6', '10000') },
        pods: [on('a', asks('3', '0')), on('b', asks('3', '5000'))],
        pod: asks('3', '0'),
      },
      [50, 25],
      [62, 62],
    ],
    [
      'more is asked for than there is',
      { nodes: { a: room('4', '10000'), b: room('4', '10000') }, pod: asks('6', '0') },
      [50, 50],
      [50, 50],
    ],
    [
      'a node has nothing of one of them, or of both',
      { nodes: { a: room('0', '10000'), b: room('10', '0'), c: {} }, pod: asks('0', '5000') },
      [50, 100, 0],
      [75, 75, 75],
    ],
  ])('counts where %s', (_, scene, least, balanced) => {
    const expected = least.map((each, place) => untainted + each + (balanced[place] ?? 0));
    expect(Object.values(scored(scene))).toEqual(expected);
  });

  it('is taken for a little by a Pod that asks for nothing, and that is not asked to be even', () => {
    // 100m of 4 and 200Mi of 8Gi: 97 are left of both.
    const nodes = { a: room('4', '8Gi'), b: room('1', '8Gi') };
    expect(scored({ nodes, pod: {} })).toEqual({ a: untainted + 97, b: untainted + 93 });
  });
});

const foo = { foo: '' };
const hostname = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';
const named = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { labels: { [hostname]: name } }]));
const pods = (counts: Readonly<Record<string, number>>, labels: Record<string, string> = foo): ScenePod[] =>
  Object.entries(counts).flatMap(([node, count]) => Array.from({ length: count }, () => ({ node, labels })));
const spread = (topologyKey: string, selector: Record<string, string> = foo, more: object = {}) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector },
  ...more,
});
const spreading = (...topologySpreadConstraints: ReturnType<typeof spread>[]): ScenePod => ({
  labels: { foo: '', bar: '', baz: '' },
  spec: { topologySpreadConstraints },
});
const inZones = {
  a: { labels: { zone: '1', [hostname]: 'a' } },
  b: { labels: { zone: '1', [hostname]: 'b' } },
  x: { labels: { zone: '2', [hostname]: 'x' } },
  y: { labels: { zone: '2', [hostname]: 'y' } },
};
const tainted = { labels: { [hostname]: 'c' }, taints: [{ key: 'a', effect: 'NoSchedule' }] };
const both = [spread('zone'), spread(hostname, { bar: '' })] as const;
const bar = { bar: '' };

describe('how Pods are spread', () => {
  // podtopologyspread/scoring_test.go
  it.each<[what: string, scene: Scene, expected: Record<string, number>]>([
    [
      'over nodes',
      {
        nodes: named('a', 'b', 'c', 'd'),
        pods: pods({ a: 2, b: 1, d: 3 }),
        pod: spreading(spread(hostname)),
      },
      { a: 20, b: 60, c: 100, d: 0 },
    ],
    [
      'where there are no others yet',
      { nodes: named('a', 'b'), pod: spreading(spread(hostname)) },
      { a: 100, b: 100 },
    ],
    [
      'and a node has not the label',
      {
        nodes: {
          ...named('a'),
          b: { labels: { n: 'b' } },
          ...named('x'),
          y: { ...named('y').y, isOut: true },
        },
        pods: pods({ a: 4, b: 2, x: 1, y: 3 }),
        pod: spreading(spread(hostname)),
      },
      { a: 16, b: 0, x: 100 },
    ],
    [
      'over zones, of which a part was rejected',
      {
        nodes: { ...inZones, y: { ...inZones.y, isOut: true } },
        pods: pods({ a: 4, b: 2, x: 1, y: 3 }),
        pod: spreading(spread('zone')),
      },
      { a: 75, b: 75, x: 100 },
    ],
    [
      'over zones and nodes, by different labels',
      {
        nodes: inZones,
        pods: [
          ...pods({ a: 1, y: 1 }),
          { node: 'b', labels: { ...foo, ...bar } },
          { node: 'y', labels: bar },
        ],
        pod: spreading(...both),
      },
      { a: 60, b: 20, x: 100, y: 60 },
    ],
    [
      'over zones and nodes, of which some have none',
      {
        nodes: inZones,
        pods: [{ node: 'b', labels: bar }, ...pods({ x: 1 }), { node: 'y', labels: { ...foo, ...bar } }],
        pod: spreading(...both),
      },
      { a: 100, b: 60, x: 40, y: 0 },
    ],
    [
      'without those of other namespaces',
      {
        nodes: named('a', 'b'),
        pods: [{ node: 'a', labels: foo, namespace: 'other' }, ...pods({ a: 1, b: 2 })],
        pod: spreading(spread(hostname)),
      },
      { a: 100, b: 33 },
    ],
    [
      'without those on their way out',
      {
        nodes: named('a', 'b'),
        pods: [{ node: 'a', labels: foo, isLeaving: true }, ...pods({ b: 1 })],
        pod: spreading(spread(hostname)),
      },
      { a: 100, b: 0 },
    ],
    [
      'without nodes with taints, where it is asked for',
      {
        nodes: { ...named('a', 'b'), c: tainted },
        pods: pods({ a: 2, b: 1, c: 1 }),
        pod: spreading(spread(hostname, foo, { nodeTaintsPolicy: 'Honor' })),
      },
      { a: 0, b: 33, c: 100 },
    ],
    [
      'with nodes that have taints',
      {
        nodes: { ...named('a', 'b'), c: tainted },
        pods: pods({ a: 2, b: 1, c: 1 }),
        pod: spreading(spread(hostname)),
      },
      { a: 66, b: 100, c: 100 },
    ],
    [
      'by labels whose values it has itself',
      {
        nodes: inZones,
        pods: [
          ...pods({ a: 1, x: 1 }),
          { node: 'b', labels: { foo: '', bar: '', baz: '' } },
          { node: 'x', labels: bar },
          { node: 'x', labels: { bar: '', baz: '' } },
        ],
        pod: spreading(spread('zone'), spread(hostname, bar, { matchLabelKeys: ['baz', 'absent'] })),
      },
      { a: 60, b: 20, x: 60, y: 100 },
    ],
    [
      'by its Service, where it does not say it',
      {
        nodes: named('a', 'b', 'c', 'd'),
        pods: [...pods({ a: 4, b: 3, c: 2, d: 1 }), { node: 'd', labels: foo, isLeaving: true }],
        pod: { labels: foo },
        services: [service('all', { selector: foo }), service('none', { selector: { no: 'one' } })],
      },
      { a: 44, b: 66, c: 77, d: 100 },
    ],
    [
      'by its owner, where it does not say it',
      {
        nodes: named('a', 'b'),
        pods: [1, 2, 3].map((each) => ({
          node: each < 3 ? 'a' : 'b',
          owner: { kind: 'ReplicaSet', uid: 'set' },
        })),
        pod: { owner: { kind: 'ReplicaSet', uid: 'set' } },
      },
      // 2·ln 4 + 2 rounded is 5, 1·ln 4 + 2 is 3.
      { a: 60, b: 100 },
    ],
    [
      'by nothing, where it has an owner that does not spread and no Service',
      { nodes: named('a', 'b'), pods: pods({ a: 1 }), pod: { owner: { kind: 'Job', uid: 'job' } } },
      { a: 0, b: 0 },
    ],
    [
      'by nothing, where it has only demands',
      {
        nodes: named('a', 'b'),
        pods: pods({ a: 1 }),
        pod: spreading({ ...spread(hostname), whenUnsatisfiable: 'DoNotSchedule', maxSkew: 5 }),
      },
      { a: 0, b: 0 },
    ],
  ])('%s', (_, scene, expected) => {
    const doubled = Object.entries(expected).map(([name, score]) => [name, untainted + 2 * score]);
    expect(scored(scene)).toEqual(Object.fromEntries(doubled));
  });

  it('counts zones too, where nodes say in which they are (`systemDefaultConstraints`)', () => {
    const nodes = {
      a: { labels: { [hostname]: 'a', [zone]: 'north' } },
      b: { labels: { [hostname]: 'b', [zone]: 'north' } },
      c: { labels: { [hostname]: 'c', [zone]: 'south' } },
      d: { labels: { [hostname]: 'd' } },
      out: { labels: { [hostname]: 'out', [zone]: 'west' }, isOut: true },
    };
    const owner = { kind: 'StatefulSet', uid: 'set' };
    const scores = scored({
      nodes,
      pods: [
        { node: 'a', owner },
        { node: 'out', owner },
      ],
      pod: { owner },
    });
    // Weights ln 6 of four nodes, ln 5 of three zones: a 1.79+2+1.61+4, b 2+1.61+4, c 2+4, d 2.
    // Rounded: 9, 8, 6, 2; and 100·(9+2−crowd)/9.
    expect(scores).toEqual({ a: 344, b: 366, c: 410, d: 500 });
  });
});

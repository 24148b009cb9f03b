import { describe, expect, it } from 'vitest';
import type {
  Affinity,
  PodAffinityTerm,
  WeightedPodAffinityTerm,
} from '../../../../../src/kubernetes/api.ts';
import { affinityConflict } from '../../../../../src/sandbox/cluster/controllers/scheduler/pod-affinity.ts';
import { spreadConflict } from '../../../../../src/sandbox/cluster/controllers/scheduler/topology-spread.ts';
import { type Scene, type ScenePod, scored, staged } from './scene.ts';

// The cases and their numbers are those of upstream's tests of each plugin (k8s.io/kubernetes v1.36.3,
// pkg/scheduler/framework/plugins), in the weights of the default profile.

const mib = 1024 * 1024;
const soft = (key: string) => ({ key, effect: 'PreferNoSchedule' });

describe('what speaks for a node whatever runs on it', () => {
  const prefers = (key: string, weight: number, values = ['yes']) => ({
    weight,
    preference: { matchExpressions: [{ key, operator: 'In', values }] },
  });
  const preferring = (...terms: ReturnType<typeof prefers>[]): ScenePod => ({
    spec: { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } } },
  });
  const image = (name: string, size: number) => ({ names: [name], sizeBytes: size * mib });
  const running = (...images: string[]): ScenePod => ({
    spec: { containers: images.map((each, place) => ({ name: `c${place}`, image: each })) },
  });

  it.each<[what: string, scene: Scene, expected: Record<string, number>]>([
    // tainttoleration/taint_toleration_test.go: the fewer it does not bear the better (weight 3).
    [
      'taints it would rather not have',
      {
        nodes: {
          none: {},
          one: { taints: [soft('a'), { key: 'hard', effect: 'NoSchedule' }] },
          two: { taints: [soft('a'), soft('b')] },
        },
        pod: {},
      },
      { none: 300, one: 150, two: 0 },
    ],
    [
      'taints it bears, with an effect and without',
      {
        nodes: { one: { taints: [soft('a'), soft('b')] }, two: { taints: [soft('c')] } },
        pod: {
          spec: {
            tolerations: [
              { key: 'a', operator: 'Exists', effect: 'PreferNoSchedule' },
              { key: 'b', operator: 'Exists' },
              { key: 'c', operator: 'Exists', effect: 'NoSchedule' },
            ],
          },
        },
      },
      { one: 300, two: 0 },
    ],
    // nodeaffinity/node_affinity_test.go: by the sum of the weights (weight 2).
    [
      'labels it prefers',
      {
        nodes: { all: { labels: { x: 'yes', y: 'yes' } }, some: { labels: { x: 'yes' } }, none: {} },
        pod: preferring(prefers('x', 2), prefers('y', 5)),
      },
      { all: 500, some: 300 + 2 * 28, none: 300 },
    ],
    [
      'labels that no node has, and a preference that says nothing',
      {
        nodes: { a: { labels: { x: 'yes' } }, b: {} },
        pod: preferring(prefers('z', 5), { weight: 3, preference: {} } as never),
      },
      { a: 300, b: 300 },
    ],
    // imagelocality/image_locality_test.go
    [
      'images: two of one node are found half as often',
      {
        nodes: {
          one: { status: { images: [image('gcr.io/40:latest', 40), image('gcr.io/300:latest', 300)] } },
          two: { status: { images: [image('gcr.io/250:latest', 250)] } },
        },
        pod: running('gcr.io/40', 'gcr.io/250:latest'),
      },
      // 20 and 125 of 23 to 2000: nothing, and five hundredths.
      { one: 300, two: 305 },
    ],
    [
      'images: one that is too large counts as the largest that counts',
      {
        nodes: {
          one: { status: { images: [image('gcr.io/2000:latest', 2000)] } },
          two: { status: { images: [image('gcr.io/2000:latest', 2000)] } },
          none: { status: { images: [] } },
        },
        pod: running('gcr.io/2000'),
      },
      { one: 400, two: 400, none: 300 },
    ],
    [
      'images: a port is no tag, and init containers count',
      {
        nodes: { one: { status: { images: [image('localhost:5000/big:latest', 1023 * 2)] } }, none: {} },
        pod: {
          spec: {
            containers: [{ name: 'c', image: 'other' }],
            initContainers: [{ name: 'i', image: 'localhost:5000/big' }],
          },
        },
      },
      // Half of 2046 is 1023: 1000 of the 1977 between the bounds of two images.
      { one: 350, none: 300 },
    ],
  ])('%s', (_, scene, expected) => {
    expect(scored(scene)).toEqual(expected);
  });
});

const term = (app: string, topologyKey = 'region', more: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey,
  labelSelector: { matchLabels: { app } },
  ...more,
});
const weighted = (weight: number, podAffinityTerm: PodAffinityTerm): WeightedPodAffinityTerm => ({
  weight,
  podAffinityTerm,
});
const near = (...terms: WeightedPodAffinityTerm[]): Affinity => ({
  podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms },
});
const far = (...terms: WeightedPodAffinityTerm[]): Affinity => ({
  podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms },
});
const mustBeNear = (...terms: PodAffinityTerm[]): Affinity => ({
  podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms },
});
const mustBeFar = (...terms: PodAffinityTerm[]): Affinity => ({
  podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms },
});
const that = (app: string, affinity?: Affinity, more: Partial<ScenePod> = {}): ScenePod => ({
  labels: { app },
  ...(affinity ? { spec: { affinity } } : {}),
  ...more,
});
const regions = {
  china: { labels: { region: 'china', az: '1' } },
  india: { labels: { region: 'india', az: '2' } },
  nowhere: {},
};

describe('the Pods that are near', () => {
  // interpodaffinity/scoring_test.go
  it.each<[what: string, scene: Scene, expected: Record<string, number>]>([
    [
      'matter to nobody',
      { nodes: regions, pods: [that('db', undefined, { node: 'china' })], pod: that('web') },
      { china: 0, india: 0, nowhere: 0 },
    ],
    [
      'are liked',
      {
        nodes: regions,
        pods: [that('db', undefined, { node: 'china' })],
        pod: that('web', near(weighted(5, term('db')))),
      },
      { china: 100, india: 0, nowhere: 0 },
    ],
    [
      'are liked and not there',
      {
        nodes: regions,
        pods: [that('x', undefined, { node: 'china' })],
        pod: that('web', near(weighted(5, term('db')))),
      },
      { china: 0, india: 0, nowhere: 0 },
    ],
    [
      'are disliked',
      {
        nodes: regions,
        pods: [that('db', undefined, { node: 'china' })],
        pod: that('web', far(weighted(5, term('db')))),
      },
      { china: 0, india: 100, nowhere: 100 },
    ],
    [
      'like it',
      {
        nodes: regions,
        pods: [that('db', near(weighted(5, term('web'))), { node: 'china' })],
        pod: that('web'),
      },
      { china: 100, india: 0, nowhere: 0 },
    ],
    [
      'dislike it',
      {
        nodes: regions,
        pods: [that('db', far(weighted(5, term('web'))), { node: 'china' })],
        pod: that('web'),
      },
      { china: 0, india: 100, nowhere: 100 },
    ],
    [
      'demand it',
      { nodes: regions, pods: [that('db', mustBeNear(term('web')), { node: 'china' })], pod: that('web') },
      { china: 100, india: 0, nowhere: 0 },
    ],
    [
      'like it and dislike it, each so much',
      {
        nodes: regions,
        pods: [
          that('db', near(weighted(8, term('web'))), { node: 'china' }),
          that('db', far(weighted(5, term('web', 'az'))), { node: 'china' }),
          that('db', near(weighted(1, term('web'))), { node: 'india' }),
        ],
        pod: that('web', near(weighted(1, term('nobody')))),
      },
      // 3, 1 and 0 of 0 to 3.
      { china: 100, india: 33, nowhere: 0 },
    ],
    [
      'are on a node without that label',
      {
        nodes: regions,
        pods: [that('db', undefined, { node: 'nowhere' })],
        pod: that('web', near(weighted(5, term('db')))),
      },
      { china: 0, india: 0, nowhere: 0 },
    ],
    [
      'are of another namespace, which is named',
      {
        nodes: regions,
        pods: [
          that('db', undefined, { node: 'china', namespace: 'other' }),
          that('db', undefined, { node: 'india', namespace: 'third' }),
        ],
        pod: that('web', near(weighted(5, term('db', 'region', { namespaces: ['other'] })))),
      },
      { china: 100, india: 0, nowhere: 0 },
    ],
    [
      'are of another namespace, which is chosen by its labels',
      {
        nodes: regions,
        pods: [
          that('db', undefined, { node: 'china', namespace: 'other' }),
          that('db', undefined, { node: 'india' }),
        ],
        pod: that(
          'web',
          near(weighted(5, term('db', 'region', { namespaceSelector: { matchLabels: { team: 'other' } } }))),
        ),
      },
      { china: 100, india: 0, nowhere: 0 },
    ],
    [
      'have the same value of one label and another of a second',
      {
        nodes: regions,
        pods: [
          { node: 'china', labels: { app: 'db', version: '1', tenant: 'b' } },
          { node: 'india', labels: { app: 'db', version: '2', tenant: 'b' } },
          { node: 'india', labels: { app: 'db', version: '1', tenant: 'a' } },
        ],
        pod: {
          labels: { app: 'web', version: '1', tenant: 'a' },
          spec: {
            affinity: near(
              weighted(
                5,
                term('db', 'region', {
                  matchLabelKeys: ['version', 'no'],
                  mismatchLabelKeys: ['tenant', 'no'],
                }),
              ),
            ),
          },
        },
      },
      { china: 100, india: 0, nowhere: 0 },
    ],
  ])('%s', (_, scene, expected) => {
    const doubled = Object.entries(expected).map(([name, score]) => [name, 300 + 2 * score]);
    expect(scored(scene)).toEqual(Object.fromEntries(doubled));
  });

  // interpodaffinity/filtering_test.go
  it.each<[what: string, scene: Scene, expected: (string | undefined)[]]>([
    [
      'are demanded',
      {
        nodes: regions,
        pods: [that('db', undefined, { node: 'china' })],
        pod: that('web', mustBeNear(term('db'))),
      },
      [undefined, 'affinity', 'affinity'],
    ],
    [
      'are demanded, and the Pod is the first of them',
      { nodes: regions, pod: that('web', mustBeNear(term('web'))) },
      [undefined, undefined, 'affinity'],
    ],
    [
      'are demanded, and none is there',
      { nodes: regions, pod: that('web', mustBeNear(term('db'))) },
      ['affinity', 'affinity', 'affinity'],
    ],
    [
      'are demanded twice over',
      {
        nodes: regions,
        pods: [that('db', undefined, { node: 'china' })],
        pod: that('web', mustBeNear(term('db'), term('db', 'az'))),
      },
      [undefined, 'affinity', 'affinity'],
    ],
    [
      'are refused',
      {
        nodes: regions,
        pods: [that('db', undefined, { node: 'china' })],
        pod: that('web', mustBeFar(term('db'))),
      },
      ['anti-affinity', undefined, undefined],
    ],
    [
      'refuse it',
      { nodes: regions, pods: [that('db', mustBeFar(term('web')), { node: 'china' })], pod: that('web') },
      ['existing', undefined, undefined],
    ],
    [
      'refuse others',
      { nodes: regions, pods: [that('db', mustBeFar(term('api')), { node: 'china' })], pod: that('web') },
      [undefined, undefined, undefined],
    ],
    [
      'would rather',
      {
        nodes: regions,
        pods: [that('db', near(weighted(1, term('x'))), { node: 'china' })],
        pod: that('web'),
      },
      [undefined, undefined, undefined],
    ],
  ])('%s, so that nodes are out', (_, scene, expected) => {
    const { cycle, infos } = staged(scene);
    const found = infos.map(({ node }) => cycle.affinity && affinityConflict(cycle.affinity, node));
    expect(found).toEqual(expected);
  });
});

describe('Pods that have to be spread', () => {
  const spreading = (more: object): ScenePod => ({
    labels: { app: 'web' },
    spec: {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'region',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'web' } },
          ...more,
        },
      ],
    },
  });
  const web = (node: string): ScenePod => that('web', undefined, { node });
  const drained = { ...regions, india: { ...regions.india, taints: [{ key: 'a', effect: 'NoSchedule' }] } };

  // podtopologyspread/filtering_test.go
  it.each<[what: string, scene: Scene, expected: (string | undefined)[]]>([
    [
      'go where there are fewer',
      { nodes: regions, pods: [web('china')], pod: spreading({}) },
      ['skew', undefined, 'no-label'],
    ],
    [
      'go anywhere within the skew',
      { nodes: regions, pods: [web('china')], pod: spreading({ maxSkew: 2 }) },
      [undefined, undefined, 'no-label'],
    ],
    [
      'are not held by others',
      { nodes: regions, pods: [that('db', undefined, { node: 'china' })], pod: spreading({}) },
      [undefined, undefined, 'no-label'],
    ],
    [
      'count nothing where there are too few regions',
      { nodes: regions, pods: [web('china'), web('india')], pod: spreading({ minDomains: 3 }) },
      ['skew', 'skew', 'no-label'],
    ],
    [
      'wait for a node that has taints',
      { nodes: drained, pods: [web('china')], pod: spreading({}) },
      ['skew', undefined, 'no-label'],
    ],
    [
      'forget nodes that have taints',
      { nodes: drained, pods: [web('china')], pod: spreading({ nodeTaintsPolicy: 'Honor' }) },
      [undefined, undefined, 'no-label'],
    ],
    [
      'forget nodes that they do not select',
      {
        nodes: regions,
        pods: [web('china')],
        pod: { ...spreading({}), spec: { ...spreading({}).spec, nodeSelector: { az: '1' } } },
      },
      [undefined, undefined, 'no-label'],
    ],
    [
      'wait for nodes that they do not select',
      {
        nodes: regions,
        pods: [web('china')],
        pod: {
          ...spreading({}),
          spec: { ...spreading({ nodeAffinityPolicy: 'Ignore' }).spec, nodeSelector: { az: '1' } },
        },
      },
      ['skew', undefined, 'no-label'],
    ],
  ])('%s', (_, scene, expected) => {
    const { cycle, infos } = staged(scene);
    expect(infos.map(({ node }) => spreadConflict(cycle.spread, node))).toEqual(expected);
  });
});

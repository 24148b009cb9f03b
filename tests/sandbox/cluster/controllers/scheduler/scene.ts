import type { NodeStatus, Pod, PodSpec, Service, Taint } from '../../../../../src/kubernetes/api.ts';
import { beginCycle } from '../../../../../src/sandbox/cluster/controllers/scheduler/filters.ts';
import { NodeInfo } from '../../../../../src/sandbox/cluster/controllers/scheduler/node-info.ts';
import { fixedScores, scoresOf } from '../../../../../src/sandbox/cluster/controllers/scheduler/scores.ts';
import type { ApiObject, Stored } from '../../../../../src/sandbox/cluster/object.ts';
import { podSpec, TestCluster } from '../test-cluster.ts';

type Labels = Readonly<Record<string, string>>;

/** A node of a scene. */
export interface SceneNode {
  readonly labels?: Labels;
  readonly taints?: readonly Taint[];
  /** Whether it was rejected already: its Pods count, and it gets no score. */
  readonly isOut?: boolean;
  readonly status?: NodeStatus;
}

/** A Pod of a scene; without a node it is the one that looks for one. */
export interface ScenePod {
  readonly node?: string;
  readonly labels?: Labels;
  readonly namespace?: string;
  readonly owner?: { readonly kind: string; readonly uid: string };
  readonly isLeaving?: boolean;
  readonly spec?: Partial<PodSpec>;
}

export interface Scene {
  readonly nodes: Readonly<Record<string, SceneNode>>;
  readonly pods?: readonly ScenePod[];
  readonly pod: ScenePod;
  readonly services?: readonly Service[];
}

let made = 0;

function stored<T extends ApiObject>(object: T): Stored<T> {
  made += 1;
  const common = { uid: `u${made}`, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  return { ...object, metadata: { name: `o${made}`, ...object.metadata, ...common } } as unknown as Stored<T>;
}

function podOf({ node, labels, namespace = 'default', owner, isLeaving, spec }: ScenePod): Stored<Pod> {
  const references = owner && [{ apiVersion: 'apps/v1', name: 'owner', controller: true, ...owner }];
  return stored<Pod>({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      ...(labels ? { labels } : {}),
      ...(references ? { ownerReferences: references } : {}),
      ...(isLeaving ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: podSpec({ ...(node === undefined ? {} : { nodeName: node }), ...spec }),
  });
}

/** Nodes as the scheduler sees them, and the Pod that looks for one. */
export function staged({ nodes, pods = [], pod, services = [] }: Scene) {
  const { cluster } = new TestCluster({ nodes: 0 });
  cluster.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'other', labels: { team: 'other' } },
  });
  for (const each of services) cluster.create('services', each);
  const infos = Object.entries(nodes).map(([name, { labels, taints, status }]) => {
    const node = stored({
      apiVersion: 'v1' as const,
      kind: 'Node' as const,
      metadata: { name, ...(labels ? { labels } : {}) },
      spec: taints ? { taints } : {},
      ...(status ? { status } : {}),
    });
    return new NodeInfo(node, pods.filter((each) => each.node === name).map(podOf));
  });
  const candidates = infos.filter(({ name }) => !nodes[name]?.isOut);
  const incoming = podOf(pod);
  const cycle = beginCycle(cluster, incoming, incoming.spec, infos);
  if (typeof cycle === 'string') throw new Error(cycle);
  return { cycle, infos, candidates };
}

/** The score of each node that was not rejected. */
export function scored(scene: Scene): Record<string, number> {
  const { cycle, infos, candidates } = staged(scene);
  const fixed = fixedScores(cycle.spec, candidates, infos);
  const scores = scoresOf(cycle, candidates, fixed);
  return Object.fromEntries(candidates.map(({ name }, place) => [name, scores[place] ?? 0]));
}

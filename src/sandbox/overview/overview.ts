import type { Node, Pod } from '../../kubernetes/api.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { conditionOf, isTrue } from '../cluster/controllers/conditions.ts';
import { podRow } from '../cluster/kinds/pod/pod-row.ts';
import type { Stored } from '../cluster/object.ts';
import { type ContainerOutline, containerOutlines } from './container-outline.ts';
import type { ListedContainer, ListedPort } from './docker-listed.ts';
import { type ServiceOutline, serviceOutlines } from './service-outline.ts';
import type { Standing } from './standing.ts';

/** What stands where at one moment, and what of it is not as it should be. */
export interface Overview {
  /** Containers of the Docker Engine; undefined when they were not asked for. */
  readonly docker: readonly DockerOutline[] | undefined;
  readonly nodes: readonly NodeOutline[] | undefined;
  /** Pods that no node has. */
  readonly waiting: readonly PodOutline[] | undefined;
  readonly services: readonly ServiceOutline[] | undefined;
  /** Pods of the cluster's own namespaces that are left out. */
  readonly hiddenPods: number;
  /** The namespace that was asked for; undefined for all but the cluster's own. */
  readonly namespace: string | undefined;
}

export interface DockerOutline {
  readonly name: string;
  readonly image: string;
  readonly standing: Standing;
  readonly state: string;
  /** In docker's words: `Up 5 minutes (healthy)`. */
  readonly status: string;
  /** Such as `8080 -> 80`. */
  readonly ports: readonly string[];
  readonly networks: readonly string[];
}

export interface NodeOutline {
  readonly name: string;
  readonly standing: Standing;
  readonly isReady: boolean;
  readonly isCordoned: boolean;
  readonly isControlPlane: boolean;
  /** Such as `MemoryPressure`. */
  readonly pressures: readonly string[];
  readonly pods: readonly PodOutline[];
}

export interface PodOutline {
  readonly name: string;
  readonly namespace: string;
  readonly standing: Standing;
  readonly ready: number;
  readonly containers: number;
  /** In kubectl's words. */
  readonly status: string;
  readonly restarts: number;
  /** Containers that are not as they should be. */
  readonly troubled: readonly ContainerOutline[];
}

/** What is to be shown. */
export interface OverviewChoice {
  readonly parts: readonly ('docker' | 'nodes' | 'pods' | 'services')[];
  readonly namespace?: string | undefined;
}

/** All parts of an overview. */
export const allParts: OverviewChoice['parts'] = ['docker', 'nodes', 'pods', 'services'];

/** Namespaces that a cluster has for itself. */
const ownNamespaces = /^(kube-.+|local-path-storage)$/;

/** Whether a namespace is the cluster's own; what is in none, such as a node, is the learner's too. */
export function isOwnNamespace(name = ''): boolean {
  return ownNamespaces.test(name);
}

/**
 * What stands where.
 *
 * @param containers as the Docker Engine lists them
 */
export function overview(
  cluster: Cluster,
  containers: readonly ListedContainer[],
  { parts, namespace }: OverviewChoice,
): Overview {
  const isShown = (of: string | undefined): boolean =>
    namespace === undefined ? !isOwnNamespace(of) : of === namespace;
  const all = cluster.list('pods');
  const pods = all.filter(({ metadata }) => isShown(metadata.namespace));
  const withPods = parts.includes('pods');
  const outlines = pods.map((pod) => podOutline(cluster, pod));
  const on = (node: string | undefined): readonly PodOutline[] =>
    withPods ? outlines.filter((_, place) => (pods[place]?.spec?.nodeName || undefined) === node) : [];
  const withNodes = parts.includes('nodes') || withPods;
  return {
    docker: parts.includes('docker') ? containers.map(dockerOutline) : undefined,
    nodes: withNodes
      ? cluster.list('nodes').map((node) => nodeOutline(node, on(node.metadata.name)))
      : undefined,
    waiting: withPods ? on(undefined) : undefined,
    services: parts.includes('services')
      ? serviceOutlines(cluster).filter((each) => isShown(each.namespace))
      : undefined,
    hiddenPods: withPods && namespace === undefined ? all.length - pods.length : 0,
    namespace,
  };
}

function dockerOutline(container: ListedContainer): DockerOutline {
  const { Names, Image, State, Status, Ports, NetworkSettings } = container;
  return {
    name: Names.join().replace(/^\//, ''),
    image: Image.replace(/^sha256:([0-9a-f]{12}).*$/, '$1'),
    standing: dockerStanding(container),
    state: State,
    status: Status,
    ports: portTexts(Ports),
    networks: Object.keys(NetworkSettings.Networks).sort(),
  };
}

/** One that has ended well, was stopped or was never started is no trouble. */
function dockerStanding({
  State: state,
  Status: status,
  hasFailed,
  isUnanswered,
}: ListedContainer): Standing {
  if (hasFailed || isUnanswered) return 'ill';
  if (state === 'running') {
    if (/unhealthy\)$/.test(status)) return 'ill';
    return /\(health: starting\)$/.test(status) ? 'moving' : 'well';
  }
  if (state === 'restarting') return 'ill';
  if (state === 'exited') return /^Exited \((0|137|143)\)/.test(status) ? 'well' : 'ill';
  return 'well';
}

/** Addresses of version 4 and 6 that lead to the same port are told once. */
function portTexts(ports: readonly ListedPort[]): readonly string[] {
  const texts = ports
    .filter(({ PublicPort }) => PublicPort !== undefined)
    .map(({ IP = '', PublicPort, PrivatePort, Type }) => {
      const host = IP === '' || IP === '0.0.0.0' || IP === '::' ? '' : `${IP}:`;
      return `${host}${PublicPort} -> ${PrivatePort}${Type === 'tcp' ? '' : `/${Type}`}`;
    });
  return [...new Set(texts)];
}

function nodeOutline({ metadata, spec, status }: Stored<Node>, pods: readonly PodOutline[]): NodeOutline {
  const { conditions = [] } = status ?? {};
  const isReady = isTrue(conditions, 'Ready');
  const pressures = conditions.filter((each) => each.type !== 'Ready' && each.status === 'True');
  return {
    name: metadata.name,
    standing: isReady && pressures.length === 0 ? 'well' : 'ill',
    isReady,
    isCordoned: spec?.unschedulable === true,
    isControlPlane: metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined,
    pressures: pressures.map(({ type }) => type),
    pods,
  };
}

/** A Pod is on its way for so long without that being a trouble, in milliseconds. */
const patience = 30_000;

/** How a Pod stands. */
export function podOutline(cluster: Cluster, pod: Stored<Pod>): PodOutline {
  const { name, namespace = '' } = pod.metadata;
  const [, readyCell = '', status = '', restartsCell = ''] = podRow(pod, { now: cluster.now }).map(String);
  const [ready = 0, containers = 0] = readyCell.split('/').map(Number);
  const troubled = containerOutlines(pod);
  const node = pod.spec?.nodeName;
  return {
    name,
    namespace,
    standing: podStanding(cluster.now, pod, {
      status,
      isReady: ready === containers,
      isNodeLost:
        node !== undefined && !isTrue(cluster.get('nodes', undefined, node)?.status?.conditions, 'Ready'),
      troubled,
    }),
    ready,
    containers,
    status,
    restarts: Number.parseInt(restartsCell, 10),
    troubled,
  };
}

function podStanding(
  now: number,
  { metadata, status: own }: Stored<Pod>,
  {
    status,
    isReady,
    isNodeLost,
    troubled,
  }: {
    readonly status: string;
    readonly isReady: boolean;
    readonly isNodeLost: boolean;
    readonly troubled: readonly ContainerOutline[];
  },
): Standing {
  const isLeaving = metadata.deletionTimestamp !== undefined;
  if (own?.phase === 'Succeeded') return isLeaving ? 'moving' : 'well';
  if (isNodeLost) return 'ill';
  if (isLeaving) return 'moving';
  if (status === 'Running' && isReady) return 'well';
  if (own?.phase === 'Failed') return 'ill';
  const isRefused = conditionOf(own?.conditions, 'PodScheduled')?.reason === 'Unschedulable';
  if (isRefused || troubled.some(({ standing }) => standing === 'ill')) return 'ill';
  const { lastTransitionTime: since = metadata.creationTimestamp } =
    conditionOf(own?.conditions, 'Ready') ?? {};
  return now - Date.parse(since) > patience ? 'ill' : 'moving';
}

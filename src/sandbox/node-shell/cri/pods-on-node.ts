import type { Pod } from '../../../kubernetes/api.ts';
import { podLabels } from '../../cluster/node/containers/container-spec.ts';
import { type PodRecord, podRecords, type Sandbox } from '../../cluster/node/pods/pod-record.ts';
import { partsOf } from '../../cluster/object.ts';
import { sha256 } from '../../images/sha256.ts';
import type { Container } from '../../runtime/container-runtime.ts';
import type { NodeParts } from './node-parts.ts';

/** A Pod's sandbox as containerd has it: the namespaces of a Pod, held by a process that only waits. */
export interface CriSandbox {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly attempt: number;
  readonly isReady: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Of its network; empty for one that has ended. */
  readonly address: string;
  /** Process ids on the node. */
  readonly shimPid: number;
  readonly pausePid: number;
  /** Key of the Pod. */
  readonly key: string;
  /** The Pod's object, as the kubelet saw it last. */
  readonly pod: Pod | undefined;
}

/** A container of a Pod as containerd has it. */
export interface CriContainer {
  readonly container: Container;
  readonly name: string;
  readonly attempt: number;
  readonly sandbox: CriSandbox;
  /** Why it could not be started, in runc's words. */
  readonly failure?: string;
}

/** What containerd has of one Pod. */
export interface PodOnNode {
  readonly key: string;
  readonly record: PodRecord;
  /** The present one last. */
  readonly sandboxes: readonly CriSandbox[];
  readonly containers: readonly CriContainer[];
}

/** Everything that containerd has for the kubelet of a node, in the order of the Pods' keys. */
export function podsOnNode(parts: NodeParts): readonly PodOnNode[] {
  const { cluster, node } = parts;
  return (Object.entries(cluster.store.table(podRecords)) as [string, PodRecord][])
    .filter(([, record]) => record.node === node)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, record]) => podOnNode(parts, key, record));
}

/** All sandboxes of a node, the newest first, as crictl lists them. */
export function sandboxesOf(pods: readonly PodOnNode[]): readonly CriSandbox[] {
  return pods
    .flatMap(({ sandboxes }) => sandboxes)
    .reverse()
    .sort((one, other) => other.createdAt - one.createdAt);
}

/** All containers of a node, the newest first, as crictl lists them. */
export function containersOf(pods: readonly PodOnNode[]): readonly CriContainer[] {
  return pods
    .flatMap(({ containers }) => containers)
    .reverse()
    .sort(({ container: one }, { container: other }) => other.createdAt - one.createdAt);
}

function podOnNode(parts: NodeParts, key: string, record: PodRecord): PodOnNode {
  const present = record.sandbox && sandboxOf(parts, key, record, record.sandbox, isHeld(record));
  const of = (at: number): boolean => record.sandbox === undefined || at < record.sandbox.at;
  const ids = Object.values(record.containers).flatMap((each) => each.ids);
  const earlier = ids.flatMap((id) => {
    const found = parts.runtime.container(record.node, id);
    return found && of(found.createdAt) ? [found] : [];
  });
  const former = earlier.length > 0 ? formerOf(parts, key, record, earlier) : undefined;
  const containers = Object.entries(record.containers).flatMap(([name, each]) =>
    each.ids.flatMap((id, place): CriContainer[] => {
      const container = parts.runtime.container(record.node, id);
      const sandbox = container && of(container.createdAt) ? former : present;
      if (!container || !sandbox) return [];
      const failure = place === 0 ? each.startFailure?.message : undefined;
      const attempt = Math.max(0, each.restarts - place);
      return [{ container, name, attempt, sandbox, ...(failure === undefined ? {} : { failure }) }];
    }),
  );
  const sandboxes = [former, present].filter((each) => each !== undefined);
  return { key, record, sandboxes, containers };
}

/** Whether anything of a Pod is still to run in its sandbox. */
function isHeld({ ended, stopped }: PodRecord): boolean {
  return !ended && !stopped;
}

/** The sandbox that containers of before were in: what is kept of it, or what they show of it. */
function formerOf(
  parts: NodeParts,
  key: string,
  record: PodRecord,
  containers: readonly Container[],
): CriSandbox {
  const first = Math.min(...containers.map(({ createdAt }) => createdAt));
  const kept = record.formerSandbox ?? { network: '', address: '', at: first };
  return sandboxOf(parts, key, record, { ...kept, address: '' }, false);
}

function sandboxOf(
  { cluster, runtime }: NodeParts,
  key: string,
  record: PodRecord,
  sandbox: Sandbox,
  isReady: boolean,
): CriSandbox {
  const { uid, node } = record;
  const { namespace = '', name } = partsOf(key);
  const object = cluster.getByKey('pods', key);
  const pod = object && uidOf(object) === uid ? (object as Pod) : undefined;
  const id = sha256(`sandbox ${uid} ${sandbox.at}`);
  const pids = Object.values(record.containers).flatMap(({ ids }) =>
    ids.flatMap((each) => runtime.container(node, each)?.pid || []),
  );
  // Worlds of an earlier version do not know the number: one that is free stands before the first container's.
  const shimPid =
    sandbox.pid ??
    (pids.length > 0 ? Math.min(...pids) - 2 : 700 + (Number.parseInt(id.slice(0, 4), 16) % 240) * 2);
  return {
    id,
    name,
    namespace,
    uid,
    attempt: sandbox.attempt ?? 0,
    isReady,
    createdAt: sandbox.at,
    address: isReady ? sandbox.address : '',
    shimPid,
    pausePid: shimPid + 1,
    key,
    pod,
  };
}

/** A Pod that comes from a file is known by the sum of the file. */
function uidOf({ metadata }: Pod): string | undefined {
  return metadata.annotations?.['kubernetes.io/config.hash'] ?? metadata.uid;
}

/** Labels that the kubelet gives a sandbox: those of the Pod, and by which it finds it again. */
export function sandboxLabels({ name, namespace, uid, pod }: CriSandbox): Readonly<Record<string, string>> {
  return {
    ...pod?.metadata.labels,
    [podLabels.name]: name,
    [podLabels.namespace]: namespace,
    [podLabels.uid]: uid,
  };
}

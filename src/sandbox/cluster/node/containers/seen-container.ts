import type { Pod } from '../../../../kubernetes/api.ts';
import type { Container, ContainerRuntime } from '../../../runtime/container-runtime.ts';
import type { AnyContainer, RoledContainer } from '../pods/pod-containers.ts';
import { shouldRestart } from '../pods/pod-containers.ts';
import type { PodRecord } from '../pods/pod-record.ts';

/** A container of a Pod as the runtime tells of it. */
export interface SeenContainer {
  readonly id: string;
  readonly state: 'created' | 'running' | 'exited';
  /** All in milliseconds since 1970; 0 for what never came to be. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly exitCode: number;
  /** Such as `Completed`, `Error`, `OOMKilled`; of one that has exited. */
  readonly reason: string;
  readonly message: string;
  readonly imageId: string;
  /** As whom its first process runs, as the runtime was told, and in which groups besides. */
  readonly user: string;
  readonly groups: readonly number[];
}

const noGroups: readonly number[] = [];

/** The exit code of a container that the runtime could not start (containerd, `internal/cri/server`). */
const startErrorCode = 128;

/** The present container of a name; undefined when there has been none yet. */
export function seenContainer(
  runtime: ContainerRuntime,
  record: PodRecord,
  name: string,
): SeenContainer | undefined {
  const known = record.containers[name];
  const id = known?.ids[0];
  if (!known || id === undefined) return undefined;
  const container = runtime.container(record.node, id);
  if (!container) return undefined;
  if (known.startFailure) return asFailed(container, known.startFailure);
  return asSeen(container);
}

/** The container of a name that ran before the present one. */
export function seenBefore(
  runtime: ContainerRuntime,
  record: PodRecord,
  name: string,
): SeenContainer | undefined {
  const id = record.containers[name]?.ids[1];
  const container = id === undefined ? undefined : runtime.container(record.node, id);
  if (!container) return undefined;
  // One that exited without ever having run was never started.
  if (container.state === 'created') return asFailed(container, { message: '', at: container.createdAt });
  return asSeen(container);
}

/** The states of all containers in a few characters: whether anything has changed since. */
export function observationOf(runtime: ContainerRuntime, record: PodRecord): string {
  let text = record.sandbox ? `${record.sandbox.at}` : '';
  for (const name in record.containers) {
    const id = record.containers[name]?.ids[0];
    const state = id === undefined ? undefined : runtime.container(record.node, id)?.state;
    text += ` ${name}:${id?.slice(0, 8)}:${state}`;
  }
  return text;
}

/** Whether any container of a Pod runs. */
export function hasRunning(runtime: ContainerRuntime, record: PodRecord): boolean {
  return Object.values(record.containers).some(({ ids }) => {
    const state = ids[0] === undefined ? undefined : runtime.container(record.node, ids[0])?.state;
    return state === 'running' || state === 'paused';
  });
}

/**
 * Whether a container is to be started, or started again (k8s.io/kubernetes/pkg/kubelet/container,
 * `ShouldContainerBeRestarted`).
 */
export function shouldStart(container: RoledContainer, pod: Pod, seen: SeenContainer | undefined): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  if (!seen || seen.state === 'created') return true;
  return seen.state === 'exited' && shouldRestart(container, pod, seen.exitCode);
}

/**
 * What a container that has ended says of it: its own file, or its last log lines where the Pod asks for them
 * (https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/).
 */
export function terminationMessage(
  runtime: ContainerRuntime,
  host: string,
  spec: AnyContainer,
  { id, exitCode, message }: SeenContainer,
): string {
  if (message !== '') return message;
  const file = runtime.files(host, id).get(spec.terminationMessagePath ?? '/dev/termination-log');
  const written = file?.kind === 'file' ? file.content : '';
  if (written !== '') return written.slice(0, 4096);
  if (spec.terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return '';
  const lines = runtime.logs(host, id).slice(-80);
  return lines
    .map(({ text }) => text)
    .join('')
    .slice(-2048);
}

function asSeen(container: Container): SeenContainer {
  const { id, startedAt = 0, finishedAt = 0, exitCode = 0, imageId, oomKilled } = container;
  const state = container.state === 'created' || container.state === 'exited' ? container.state : 'running';
  const end = oomKilled ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error';
  const reason = state === 'exited' ? end : '';
  const { user, groups = noGroups } = container.spec;
  return { id, state, startedAt, finishedAt, exitCode, reason, message: '', imageId, user, groups };
}

function asFailed(
  { id, imageId, spec }: Container,
  { message, at }: { readonly message: string; readonly at: number },
): SeenContainer {
  return {
    id,
    state: 'exited',
    startedAt: 0,
    finishedAt: at,
    exitCode: startErrorCode,
    reason: 'StartError',
    message,
    imageId,
    user: spec.user,
    groups: spec.groups ?? noGroups,
  };
}

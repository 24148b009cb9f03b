import type {
  ContainerState,
  ContainerStateTerminated,
  ContainerStatus,
  Pod,
  PodStatus,
} from '../../../../kubernetes/api.ts';
import type { ContainerRuntime } from '../../../runtime/container-runtime.ts';
import { timestamp } from '../../object.ts';
import { imageNames } from '../images/image-names.ts';
import { containersOf, type RoledContainer } from '../pods/pod-containers.ts';
import { imageOf } from '../pods/pod-facts.ts';
import type { PodRecord } from '../pods/pod-record.ts';
import {
  type SeenContainer,
  seenBefore,
  seenContainer,
  shouldStart,
  terminationMessage,
} from './seen-container.ts';

const nothing = {};

/**
 * What a Pod's status says of its containers, by name
 * (k8s.io/kubernetes/pkg/kubelet/kubelet_pods.go, `convertToAPIContainerStatuses`).
 */
export function containerStatuses(
  runtime: ContainerRuntime,
  pod: Pod,
  record: PodRecord,
): ReadonlyMap<string, ContainerStatus> {
  const hasInit = (pod.spec?.initContainers?.length ?? 0) > 0;
  const all = new Map<string, ContainerStatus>();
  for (const container of containersOf(pod)) {
    const { name } = container.spec;
    const seen = seenContainer(runtime, record, name);
    const before = statusBefore(pod, container);
    const status = seen
      ? asStatus(runtime, record, container, seen, before)
      : asUnseen(container, hasInit, before);
    all.set(name, withWaiting(container, pod, record, seen, status));
  }
  return all;
}

/** The status of a container among those of all. */
export function statusOf(
  statuses: ReadonlyMap<string, ContainerStatus>,
  { spec }: RoledContainer,
): ContainerStatus {
  const found = statuses.get(spec.name);
  if (!found) throw new Error(`nothing is said of the container ${spec.name}`);
  return found;
}

/** What was said of a container last. */
function statusBefore(
  { status = nothing }: Pod,
  { spec, role }: RoledContainer,
): ContainerStatus | undefined {
  const { containerStatuses, initContainerStatuses, ephemeralContainerStatuses }: PodStatus = status;
  const list =
    role === 'main'
      ? containerStatuses
      : role === 'ephemeral'
        ? ephemeralContainerStatuses
        : initContainerStatuses;
  for (const each of list ?? []) if (each.name === spec.name) return each;
  return undefined;
}

/** A container that the runtime knows. */
function asStatus(
  runtime: ContainerRuntime,
  record: PodRecord,
  container: RoledContainer,
  seen: SeenContainer,
  before: ContainerStatus | undefined,
): ContainerStatus {
  const { spec } = container;
  const containerID = `containerd://${seen.id}`;
  const isKnown = before?.containerID === containerID;
  // What ended stays as it was written.
  if (isKnown && seen.state === 'exited' && before.state?.terminated) return before;
  const names = isKnown
    ? { image: before.image, imageID: before.imageID }
    : imageNames(runtime, record.node, imageOf(spec), seen.imageId);
  const earlier = seenBefore(runtime, record, spec.name);
  const last = earlier
    ? { terminated: asTerminated(runtime, record, container, earlier) }
    : before?.lastState?.terminated && !isKnown
      ? { terminated: before.lastState.terminated }
      : (before?.lastState ?? nothing);
  const { ready, started } = readinessOf(container, record, seen);
  const restartCount = record.containers[spec.name]?.restarts ?? 0;
  return {
    ...(spec.resources?.requests ? { allocatedResources: spec.resources.requests } : {}),
    containerID,
    ...names,
    lastState: last,
    name: spec.name,
    ready,
    resources: spec.resources ?? nothing,
    restartCount,
    ...(started === undefined ? {} : { started }),
    state: stateOf(runtime, record, container, seen),
    ...userOf(seen),
    ...mountsOf(container),
  };
}

/** A container that there has not been yet, or that is not there any more. */
function asUnseen(
  container: RoledContainer,
  hasInit: boolean,
  before: ContainerStatus | undefined,
): ContainerStatus {
  const { spec, role } = container;
  if (before?.state?.terminated) return before;
  const lost = before?.state?.running && !before.lastState?.terminated;
  return {
    image: imageOf(spec),
    imageID: '',
    lastState: lost ? { terminated: lostContainer } : (before?.lastState ?? nothing),
    name: spec.name,
    ready: false,
    restartCount: (before?.restartCount ?? 0) + (lost ? 1 : 0),
    ...(role === 'ephemeral' ? {} : { started: false }),
    state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } },
    ...mountsOf(container),
  };
}

const lostContainer: ContainerStateTerminated = {
  exitCode: 137,
  message: 'The container could not be located when the pod was deleted.  The container used to be Running',
  reason: 'ContainerStatusUnknown',
};

/** A container that is to be started waits, and says what for when that is known. */
function withWaiting(
  container: RoledContainer,
  pod: Pod,
  record: PodRecord,
  seen: SeenContainer | undefined,
  status: ContainerStatus,
): ContainerStatus {
  const waiting = record.reasons[status.name];
  if (!waiting || !shouldStart(container, pod, seen)) return status;
  const { terminated } = status.state ?? {};
  return {
    ...status,
    lastState: terminated ? { terminated } : (status.lastState ?? nothing),
    ready: false,
    ...(status.started === undefined ? {} : { started: false }),
    state: { waiting: { message: waiting.message, reason: waiting.reason } },
  };
}

function stateOf(
  runtime: ContainerRuntime,
  record: PodRecord,
  container: RoledContainer,
  seen: SeenContainer,
): ContainerState {
  if (seen.state === 'running') return { running: { startedAt: timestamp(seen.startedAt) } };
  if (seen.state === 'created') return { waiting: nothing };
  return { terminated: asTerminated(runtime, record, container, seen) };
}

function asTerminated(
  runtime: ContainerRuntime,
  record: PodRecord,
  { spec }: RoledContainer,
  seen: SeenContainer,
): ContainerStateTerminated {
  const message = terminationMessage(runtime, record.node, spec, seen);
  return {
    containerID: `containerd://${seen.id}`,
    exitCode: seen.exitCode,
    finishedAt: timestamp(seen.finishedAt),
    ...(message === '' ? {} : { message }),
    reason: seen.reason,
    startedAt: timestamp(seen.startedAt),
  };
}

/** Whether a container has started and is ready (k8s.io/kubernetes/pkg/kubelet/prober, `UpdatePodStatus`). */
function readinessOf(
  { spec, role }: RoledContainer,
  record: PodRecord,
  seen: SeenContainer,
): { readonly ready: boolean; readonly started?: boolean } {
  const runs = seen.state === 'running';
  if (role === 'ephemeral') return { ready: false };
  if (role === 'init') {
    return { ready: seen.state === 'exited' && seen.exitCode === 0, started: runs };
  }
  const started = runs && (!spec.startupProbe || hasSucceeded(record, `${spec.name}/startup`, seen.id));
  const ready = started && (!spec.readinessProbe || hasSucceeded(record, `${spec.name}/readiness`, seen.id));
  return { ready, started };
}

function hasSucceeded({ probes }: PodRecord, probe: string, id: string): boolean {
  const known = probes[probe];
  return known?.id === id && known.result === 'success';
}

/** As whom it runs; only where the image names nobody else. */
function userOf({ user: text, groups, state }: SeenContainer): Pick<ContainerStatus, 'user'> {
  if (state === 'created') return {};
  if (text === '' && groups.length === 0) return asRoot;
  const [user = '', group = ''] = text.split(':');
  const uid = Number(user);
  if (!Number.isInteger(uid)) return {};
  const gid = Number.isInteger(Number(group)) ? Number(group) : 0;
  return {
    user: { linux: { gid, supplementalGroups: [gid, ...groups].sort((one, other) => one - other), uid } },
  };
}

const asRoot: Pick<ContainerStatus, 'user'> = {
  user: { linux: { gid: 0, supplementalGroups: [0], uid: 0 } },
};

const mountsOfSpec = new WeakMap<object, Pick<ContainerStatus, 'volumeMounts'>>();

function mountsOf({ spec }: RoledContainer): Pick<ContainerStatus, 'volumeMounts'> {
  const known = mountsOfSpec.get(spec);
  if (known) return known;
  const mounts = (spec.volumeMounts ?? []).map(({ mountPath, name, readOnly }) => ({
    mountPath,
    name,
    ...(readOnly ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
  }));
  const said = mounts.length === 0 ? nothing : { volumeMounts: mounts };
  mountsOfSpec.set(spec, said);
  return said;
}

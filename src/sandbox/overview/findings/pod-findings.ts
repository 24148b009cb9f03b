import type { ContainerStatus, Pod } from '../../../kubernetes/api.ts';
import { conditionOf } from '../../cluster/controllers/conditions.ts';
import { eventsAbout } from '../../cluster/events.ts';
import { isNodeUp } from '../../cluster/node/node-power.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import { type Finding, sentence } from '../why/account.ts';
import { toldEvent } from '../why/event-rule.ts';
import { containerFinding } from './container-finding.ts';
import { onItsWay, trouble } from './finding.ts';
import { namespaceFlag } from './pod-flags.ts';
import { schedulingReasons } from './scheduling.ts';

/** A Pod may be on its way for so long, in milliseconds. */
const patience = 20_000;

/** Why a Pod is not as it should be; nothing when it is. */
export function podFindings(sandbox: Sandbox, pod: Stored<Pod>): readonly Finding[] {
  const { cluster } = sandbox;
  const { metadata, status = {}, spec } = pod;
  const about = `Pod ${metadata.name}`;
  const describe = `kubectl describe pod ${metadata.name}${namespaceFlag(pod)}`;
  const { deletionTimestamp, deletionGracePeriodSeconds: grace, finalizers = [] } = metadata;
  if (deletionTimestamp !== undefined && finalizers.length > 0) {
    const because = `It is deleted, and waits until somebody takes its finalizer away: ${finalizers.join(', ')}.`;
    return [trouble(about, [because], [describe])];
  }
  if (status.phase === 'Succeeded') return [];
  const node = spec?.nodeName;
  if (!node) return waitingFindings(pod, about, describe);
  if (!isNodeUp(cluster.store, node)) {
    const because = `Its node ${node} does not answer: nobody knows whether it runs.`;
    return [trouble(about, [because], ['kubectl get nodes', `kubectl describe node ${node}`])];
  }
  if (deletionTimestamp !== undefined) {
    return [leaving(about, Date.parse(deletionTimestamp) - cluster.now, grace)];
  }
  if (status.phase === 'Failed' && status.reason !== undefined) {
    return [
      trouble(about, [[status.reason, status.message].filter(Boolean).join(': ')].map(sentence), [describe]),
    ];
  }
  const { initContainerStatuses: inits = [], containerStatuses: mains = [] } = status;
  const found = [...inits, ...mains].flatMap((each) => containerFinding(sandbox, pod, each) ?? []);
  if (found.length > 0) return found;
  if (mains.length > 0 && !mains.some(isWaiting)) return [];
  const mount = eventsAbout(cluster, metadata.uid)
    .map(toldEvent)
    .findLast(({ reason }) => reason === 'FailedMount');
  if (mount) {
    const why = mount.message.replace(/^MountVolume\.SetUp failed for volume "([^"]+)" : /, 'volume $1: ');
    return [trouble(about, [`It cannot start before its volumes are there: ${why}.`], [describe])];
  }
  const isLong = cluster.now - Date.parse(metadata.creationTimestamp) > patience;
  const next = isLong ? [describe] : [];
  const first = inits.find(({ state, name }) => state?.running && !isSidecar(pod, name));
  if (first) {
    const because = `Its init container ${first.name} runs; what comes after it begins when it has ended.`;
    return [onItsWay(about, [because], next)];
  }
  return [onItsWay(about, [`The kubelet on ${node} is starting it.`], next)];
}

/** Why a Pod has no node. */
function waitingFindings(pod: Stored<Pod>, about: string, describe: string): readonly Finding[] {
  const { status, spec } = pod;
  const scheduled = conditionOf(status?.conditions, 'PodScheduled');
  if (scheduled?.reason === 'SchedulingGated') {
    const because =
      'It has a scheduling gate: the scheduler does not look at it before somebody takes that away.';
    return [trouble(about, [because], [describe])];
  }
  if (scheduled?.message !== undefined) {
    const because = schedulingReasons(pod, scheduled.message);
    return [trouble(about, because, [describe, 'kubectl get nodes', 'show nodes'])];
  }
  if (spec?.schedulerName === 'default-scheduler')
    return [onItsWay(about, ['The scheduler looks for a node.'])];
  const because = `It waits for the scheduler ${spec?.schedulerName}, and nobody of that name is in this cluster.`;
  return [trouble(about, [because], [describe])];
}

function isWaiting({ state }: ContainerStatus): boolean {
  return state?.waiting !== undefined;
}

function isSidecar({ spec }: Pod, name: string): boolean {
  return spec?.initContainers?.find((each) => each.name === name)?.restartPolicy === 'Always';
}

function leaving(about: string, left: number, grace: number | undefined): Finding {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return onItsWay(about, [
    `It was asked to stop and has ${seconds} of ${grace} seconds left; then SIGKILL ends it.`,
  ]);
}

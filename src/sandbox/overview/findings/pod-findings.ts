import type { ContainerStatus, Pod } from '../../../kubernetes/api.ts';
import { eventsAbout } from '../../cluster/events.ts';
import { isNodeUp } from '../../cluster/node/node-power.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Finding } from '../why/account.ts';
import { containerFinding } from './container-finding.ts';
import { namespaceFlag } from './pod-flags.ts';
import { schedulingReasons, sentence } from './scheduling.ts';

/** A Pod may be on its way for so long, in milliseconds. */
const patience = 20_000;

/** Why a Pod is not as it should be; nothing when it is. */
export function podFindings(sandbox: Sandbox, pod: Stored<Pod>): readonly Finding[] {
  const { cluster } = sandbox;
  const { metadata, status = {}, spec } = pod;
  const about = `Pod ${metadata.name}`;
  const describe = `kubectl describe pod ${metadata.name}${namespaceFlag(pod)}`;
  const one = (
    because: readonly string[],
    next: readonly string[] = [describe],
    isPassing = false,
  ): readonly Finding[] => [{ about, because, next, isPassing }];
  if (status.phase === 'Succeeded') return [];
  const node = spec?.nodeName ?? '';
  if (node !== '' && !isNodeUp(cluster.store, node)) {
    return one(
      [`Its node ${node} does not answer: nobody knows whether it runs.`],
      ['kubectl get nodes', `kubectl describe node ${node}`],
    );
  }
  if (metadata.deletionTimestamp !== undefined) return leaving(pod, about, cluster.now);
  if (status.phase === 'Failed' && status.reason !== undefined) {
    return one([sentence(status.message ? `${status.reason}: ${status.message}` : status.reason)]);
  }
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') {
    if (scheduled.reason === 'SchedulingGated') {
      return one([
        'It has a scheduling gate: the scheduler does not look at it before somebody takes that away.',
      ]);
    }
    return one(schedulingReasons(pod, scheduled.message ?? ''), [
      describe,
      'kubectl get nodes',
      'show nodes',
    ]);
  }
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const found = statuses.flatMap((each) => containerFinding(sandbox, pod, each) ?? []);
  if (found.length > 0) return found;
  const mount = eventsAbout(cluster, metadata.uid).findLast(({ reason }) => reason === 'FailedMount');
  const isStarting = statuses.some(isCreating) || statuses.length === 0;
  if (isStarting && mount) {
    const why = (mount.message ?? '').replace(
      /^MountVolume\.SetUp failed for volume "([^"]+)" : /,
      'volume $1: ',
    );
    return one([`It cannot start before its volumes are there: ${why}.`], [describe]);
  }
  const isLong = cluster.now - Date.parse(metadata.creationTimestamp) > patience;
  if (isStarting && node !== '') {
    return one([`The kubelet on ${node} is starting it.`], isLong ? [describe] : [], true);
  }
  return [];
}

function isCreating({ state }: ContainerStatus): boolean {
  return state?.waiting !== undefined;
}

function leaving({ metadata, spec }: Stored<Pod>, about: string, now: number): readonly Finding[] {
  const finalizers = metadata.finalizers ?? [];
  if (finalizers.length > 0) {
    const because = `It is deleted, and waits until somebody takes its finalizer away: ${finalizers.join(', ')}.`;
    return [{ about, because: [because], next: [], isPassing: false }];
  }
  const left = Math.ceil((Date.parse(metadata.deletionTimestamp ?? '') - now) / 1000);
  const grace = metadata.deletionGracePeriodSeconds ?? spec?.terminationGracePeriodSeconds ?? 30;
  const because =
    left > 0
      ? `It was asked to stop and has ${left} of ${grace} seconds left; then SIGKILL ends it.`
      : 'It is being removed.';
  return [{ about, because: [because], next: [], isPassing: true }];
}

import type { Container, ContainerStateTerminated, ContainerStatus, Pod } from '../../../kubernetes/api.ts';
import { eventsAbout } from '../../cluster/events.ts';
import { policiesFor } from '../../cluster/network/network-policies.ts';
import { containersOf } from '../../cluster/node/pods/pod-containers.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import { amount, type Finding, listed } from '../why/account.ts';
import { probeFailure, type ToldEvent, toldEvent } from '../why/event-rule.ts';
import { exitMeaning } from './exit-code.ts';
import { onItsWay, trouble } from './finding.ts';
import { pullFailure } from './image-failure.ts';
import { namespaceFlag } from './pod-flags.ts';
import { runcError } from './start-error.ts';

/** Why a container of a Pod is not as it should be; undefined when it is, or is only starting. */
export function containerFinding(
  sandbox: Sandbox,
  pod: Stored<Pod>,
  status: ContainerStatus,
): Finding | undefined {
  const all = containersOf(pod);
  const found = all.find(({ spec }) => spec.name === status.name);
  // One that somebody has taken out of the Pod since has no spec any more.
  if (!found) return undefined;
  const { name } = pod.metadata;
  const isOnly = all.length === 1;
  const about = isOnly ? `Pod ${name}` : `Pod ${name}, container ${status.name}`;
  const describe = `kubectl describe pod ${name}${namespaceFlag(pod)}`;
  const logs = `kubectl logs ${name}${isOnly ? '' : ` -c ${status.name}`}${namespaceFlag(pod)}`;
  const { waiting, terminated, running } = status.state ?? {};
  if (waiting) {
    const because = waitingSentences(sandbox, pod, status, found.spec);
    if (because === undefined) return undefined;
    const hasEnded = waiting.reason === 'CrashLoopBackOff';
    return trouble(about, because, hasEnded ? [`${logs} --previous`, describe] : [describe]);
  }
  const goesOn = pod.spec?.restartPolicy === 'Always' && found.role !== 'init';
  if (terminated && (terminated.exitCode !== 0 || goesOn)) {
    const again = status.restartCount > 0 ? [`${startedAgain(status)} by now.`] : [];
    return trouble(about, [...endSentences(sandbox, pod, status, terminated), ...again], [logs, describe]);
  }
  if (!running || status.ready || found.role === 'init') return undefined;
  const why = failingReadiness(sandbox, pod, status);
  if (why !== undefined) {
    const because = `It runs, but its readiness probe fails: ${why}.`;
    return trouble(about, [because, 'No Service sends it anything before that succeeds.'], [describe, logs]);
  }
  const last = status.lastState?.terminated;
  const ended = last && failedProbe(sandbox, pod, status.name, last);
  if (ended) {
    const because = [
      `The kubelet ended it, since ${ended}.`,
      `${startedAgain(status)}, and is not ready yet.`,
    ];
    return trouble(about, because, [describe, `${logs} --previous`]);
  }
  return onItsWay(about, ['It runs; its probe has not succeeded yet.']);
}

/** What a container waits for; undefined for what goes by itself. */
function waitingSentences(
  sandbox: Sandbox,
  pod: Stored<Pod>,
  status: ContainerStatus,
  { image = '' }: Container,
): readonly string[] | undefined {
  const { reason, message = '' } = status.state?.waiting ?? {};
  switch (reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
      return [
        ...pullFailure(image, message),
        'The kubelet tries again and again, with longer and longer pauses.',
      ];
    case 'InvalidImageName':
      return [`${image} is no name of an image.`];
    case 'ErrImageNeverPull':
      return [`The image ${image} is not on the node, and imagePullPolicy is Never.`];
    case 'CreateContainerConfigError':
      return [`The kubelet cannot put the container together: ${message}.`];
    case 'CreateContainerError':
    case 'RunContainerError':
      return [`The container cannot be started: ${runcError(message)}.`];
    case 'CrashLoopBackOff': {
      const pause = /^back-off (\S+)/.exec(message)?.[1];
      return [
        ...endSentences(sandbox, pod, status, status.lastState?.terminated),
        `${startedAgain(status)}; now the kubelet waits up to ${pause} before the next one.`,
      ];
    }
    default:
      return undefined;
  }
}

function startedAgain({ restartCount }: ContainerStatus): string {
  return `It was started again ${amount(restartCount, 'time')}`;
}

/** What was told of one container of a Pod, in order. */
function toldOf({ cluster }: Sandbox, { metadata }: Stored<Pod>, name: string): readonly ToldEvent[] {
  return eventsAbout(cluster, metadata.uid)
    .map(toldEvent)
    .filter(({ container }) => container === name);
}

/** What a readiness probe meets; undefined where none fails. */
function failingReadiness(sandbox: Sandbox, pod: Stored<Pod>, { name }: ContainerStatus): string | undefined {
  const failed = toldOf(sandbox, pod, name).findLast(
    ({ reason, message }) => reason === 'Unhealthy' && message.startsWith('Readiness'),
  );
  return failed && probeFailure(failed.message);
}

/** The probe that had the kubelet end a container, and what it met; undefined where none did. */
function failedProbe(
  sandbox: Sandbox,
  pod: Stored<Pod>,
  name: string,
  { startedAt = '', finishedAt = '' }: ContainerStateTerminated,
): string | undefined {
  const events = toldOf(sandbox, pod, name);
  const killing = events.findLast(
    ({ reason, at }) => reason === 'Killing' && at >= startedAt && at <= finishedAt,
  );
  const probe = /failed (liveness|startup) probe/.exec(killing?.message ?? '')?.[1];
  if (probe === undefined) return undefined;
  const means = new RegExp(`^${probe} probe `, 'i');
  const met = events.findLast(({ reason, message }) => reason === 'Unhealthy' && means.test(message));
  return met && `its ${probe} probe failed: ${probeFailure(met.message)}`;
}

/** How a container ended, what that means, and what it wrote last. */
function endSentences(
  sandbox: Sandbox,
  pod: Stored<Pod>,
  { name }: ContainerStatus,
  end: ContainerStateTerminated | undefined,
): readonly string[] {
  if (!end) return ['Its container ends as soon as it has been started.'];
  const probe = failedProbe(sandbox, pod, name, end);
  if (probe) {
    return [`The kubelet ended it, since ${probe}.`, `It ended with exit code ${end.exitCode} then.`];
  }
  if (end.reason === 'OOMKilled') {
    const limit = containersOf(pod).find(({ spec }) => spec.name === name)?.spec.resources?.limits?.memory;
    const room = limit === undefined ? 'there is' : `its limit of ${limit}`;
    return [`It ended with exit code ${end.exitCode}: it used more memory than ${room}.`];
  }
  if (end.reason === 'StartError') return [`It could not be started: ${runcError(`${end.message}`)}.`];
  const meaning = exitMeaning(end.exitCode);
  const isDone = end.exitCode === 0 ? ': its command was done, and a container of this Pod is to go on' : '';
  const line = lastLine(sandbox, pod, end);
  const policies = policiesFor(sandbox.cluster, pod, 'Egress').map(({ metadata }) => metadata.name);
  return [
    `It ended with exit code ${end.exitCode}${meaning ? `: ${meaning}` : isDone}.`,
    line ? `It wrote last: "${line.slice(0, 160)}".` : 'It wrote nothing.',
    ...(policies.length > 0 ? [`NetworkPolicy ${listed(policies)} says what it may reach.`] : []),
  ];
}

function lastLine(
  { runtime }: Sandbox,
  { spec }: Stored<Pod>,
  { containerID = '' }: ContainerStateTerminated,
): string | undefined {
  const [node, id] = [`${spec?.nodeName}`, containerID.replace('containerd://', '')];
  return runtime.container(node, id) && runtime.logs(node, id).at(-1)?.text.trim();
}

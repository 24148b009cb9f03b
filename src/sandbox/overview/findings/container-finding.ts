import type { ContainerStatus, Pod } from '../../../kubernetes/api.ts';
import { eventsAbout } from '../../cluster/events.ts';
import { containersOf } from '../../cluster/node/pods/pod-containers.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import { amount, type Finding } from '../why/account.ts';
import { exitMeaning } from './exit-code.ts';
import { pullFailure } from './image-failure.ts';
import { namespaceFlag } from './pod-flags.ts';
import { sentence } from './scheduling.ts';

/** Why a container of a Pod is not as it should be; undefined when it is, or is only starting. */
export function containerFinding(
  sandbox: Sandbox,
  pod: Stored<Pod>,
  status: ContainerStatus,
): Finding | undefined {
  const found = containersOf(pod).find(({ spec }) => spec.name === status.name);
  const { name } = pod.metadata;
  const isOnly = containersOf(pod).length === 1;
  const about = isOnly ? `Pod ${name}` : `Pod ${name}, container ${status.name}`;
  const flags = `${isOnly ? '' : ` -c ${status.name}`}${namespaceFlag(pod)}`;
  const { waiting, terminated, running } = status.state ?? {};
  const describe = `kubectl describe pod ${name}${namespaceFlag(pod)}`;
  const logs = `kubectl logs ${name}${flags}`;
  const image = found?.spec.image ?? status.image;
  const told = (because: readonly string[], next: readonly string[], isPassing = false): Finding => ({
    about,
    because,
    next,
    isPassing,
  });
  switch (waiting?.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
      return told(
        [
          ...pullFailure(image, waiting.message ?? ''),
          'The kubelet tries again and again, with longer and longer pauses.',
        ],
        [describe],
      );
    case 'InvalidImageName':
      return told([`${image} is no name of an image.`], [describe]);
    case 'ErrImageNeverPull':
      return told([`The image ${image} is not on the node, and imagePullPolicy is Never.`], [describe]);
    case 'CreateContainerConfigError':
      return told([`The kubelet cannot put the container together: ${waiting.message}.`], [describe]);
    case 'CreateContainerError':
    case 'RunContainerError':
      return told([`The container cannot be started: ${shortened(waiting.message ?? '')}.`], [describe]);
    case 'CrashLoopBackOff': {
      const last = status.lastState?.terminated;
      const pause = /^back-off (\S+)/.exec(waiting.message ?? '')?.[1];
      return told(
        [
          ...endSentences(sandbox, pod, status, last),
          `It was started again ${amount(status.restartCount, 'time')}; now the kubelet waits${pause ? ` up to ${pause}` : ''} before the next one.`,
        ],
        [`kubectl logs ${name}${flags} --previous`, describe],
      );
    }
    default:
  }
  const goesOn = (pod.spec?.restartPolicy ?? 'Always') === 'Always' && found?.role !== 'init';
  if (terminated && (terminated.exitCode !== 0 || goesOn)) {
    const again =
      status.restartCount > 0 ? [`It was started again ${amount(status.restartCount, 'time')} by now.`] : [];
    return told([...endSentences(sandbox, pod, status, terminated), ...again], [logs, describe]);
  }
  if (running && !status.ready && found?.role !== 'init') {
    const probe = eventsAbout(sandbox.cluster, pod.metadata.uid).findLast(
      ({ reason, message, involvedObject }) =>
        reason === 'Unhealthy' &&
        (message ?? '').startsWith('Readiness') &&
        (involvedObject.fieldPath ?? '').includes(`{${status.name}}`),
    );
    if (probe) {
      const why = (probe.message ?? '').replace(/^Readiness probe (?:failed|errored)[^:]*: /, '').trim();
      return told(
        [
          `It runs, but its readiness probe fails: ${why}.`,
          'No Service sends it anything before that succeeds.',
        ],
        [describe, logs],
      );
    }
    const last = status.lastState?.terminated;
    const ended = last && failedProbe(sandbox, pod, status.name, last);
    if (ended) {
      return told(
        [
          `The kubelet ended it, since ${ended}.`,
          `It was started again ${amount(status.restartCount, 'time')}, and is not ready yet.`,
        ],
        [describe, `${logs} --previous`],
      );
    }
    if (found?.spec.readinessProbe ?? found?.spec.startupProbe) {
      return told(['It runs; its probe has not succeeded yet.'], [], true);
    }
  }
  return undefined;
}

/** The probe that had the kubelet end a container, and what it met; undefined where none did. */
function failedProbe(
  { cluster }: Sandbox,
  { metadata }: Stored<Pod>,
  name: string,
  { startedAt = '', finishedAt = '' }: NonNullable<NonNullable<ContainerStatus['state']>['terminated']>,
): string | undefined {
  const events = eventsAbout(cluster, metadata.uid).filter(({ involvedObject }) =>
    (involvedObject.fieldPath ?? '').includes(`{${name}}`),
  );
  const killing = events.findLast(({ reason }) => reason === 'Killing');
  const probe = /failed (liveness|startup) probe/.exec(killing?.message ?? '')?.[1];
  const at = killing?.lastTimestamp ?? '';
  if (probe === undefined || at < startedAt || at > finishedAt) return undefined;
  const means = new RegExp(`^${probe} probe (?:failed|errored)[^:]*: `, 'i');
  const unhealthy = events.findLast(
    ({ reason, message }) => reason === 'Unhealthy' && means.test(message ?? ''),
  );
  return `its ${probe} probe failed${unhealthy ? `: ${(unhealthy.message ?? '').replace(means, '').trim()}` : ''}`;
}

/** How a container ended, what that means, and what it wrote last. */
function endSentences(
  sandbox: Sandbox,
  pod: Stored<Pod>,
  { name }: ContainerStatus,
  end: NonNullable<ContainerStatus['state']>['terminated'],
): readonly string[] {
  if (!end) return ['Its container ends as soon as it has been started.'];
  const probe = failedProbe(sandbox, pod, name, end);
  if (probe) {
    return [`The kubelet ended it, since ${probe}.`, `It ended with exit code ${end.exitCode} then.`];
  }
  const { runtime } = sandbox;
  const spec = containersOf(pod).find((each) => each.spec.name === name)?.spec;
  const id = (end.containerID ?? '').replace(/^containerd:\/\//, '');
  const node = pod.spec?.nodeName ?? '';
  const line = runtime.container(node, id) ? runtime.logs(node, id).at(-1)?.text.trim() : undefined;
  const said = line ? [`It wrote last: "${line.slice(0, 160)}".`] : ['It wrote nothing.'];
  if (end.reason === 'OOMKilled') {
    const limit = spec?.resources?.limits?.memory;
    return [
      `It ended with exit code ${end.exitCode}: it used more memory than ${limit === undefined ? 'there is' : `its limit of ${limit}`}.`,
    ];
  }
  if (end.reason === 'StartError') return [`It could not be started: ${shortened(end.message ?? '')}.`];
  const meaning = exitMeaning(end.exitCode);
  const isDone = end.exitCode === 0 ? ': its command was done, and a container of this Pod is to go on' : '';
  return [sentence(`It ended with exit code ${end.exitCode}${meaning ? `: ${meaning}` : isDone}`), ...said];
}

/** What matters of an error of runc. */
function shortened(message: string): string {
  const [, what] = /(exec: .*)$/s.exec(message) ?? [];
  return (what ?? message).replace(/: unknown$/, '').replace(/\.$/, '');
}

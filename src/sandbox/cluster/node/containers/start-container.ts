import { type ContainerSpec, RuntimeError } from '../../../runtime/container-runtime.ts';
import { foreseen } from '../foreseen-error.ts';
import { advancePull, ensureImage, type ImageState } from '../images/image-pulls.ts';
import { formatPod, type RoledContainer } from '../pods/pod-containers.ts';
import { fullImageOf, imageOf } from '../pods/pod-facts.ts';
import { withContainer, withReason } from '../pods/pod-record.ts';
import { isPausing, nextPause, type PodWork, remember, say, unremember } from '../pods/pod-work.ts';
import { isOwnVolume } from '../volumes/volumes.ts';
import { containerSpec } from './container-spec.ts';
import { ConfigError } from './field-values.ts';
import { beginHook } from './hooks.ts';
import { seenBefore, seenContainer } from './seen-container.ts';
import { killContainer } from './stop-containers.ts';

/** What became of starting a container; `busy` when it goes on later. */
export type Outcome = 'started' | 'failed' | 'busy';

/**
 * Starts a container, unless it crashed so lately that it has to wait
 * (k8s.io/kubernetes/pkg/kubelet/kuberuntime, `doBackOff` and `startContainer`).
 */
export function startContainer(work: PodWork, container: RoledContainer): Outcome {
  if (mustWait(work, container)) return 'failed';
  return withImage(work, container, ensureImage(work, container));
}

/** Goes on with a container whose image is being pulled. */
export function continuePull(work: PodWork, container: RoledContainer): Outcome {
  const state = advancePull(work, container);
  if (!state) return 'busy';
  unremember(work, 'step');
  return withImage(work, container, state);
}

/** Goes on with a container whose postStart hook has come to its end. */
export function finishStart(work: PodWork, container: RoledContainer, failure: string | undefined): Outcome {
  if (failure === undefined) {
    work.record = withReason(work.record, container.spec.name, undefined);
    return 'started';
  }
  say(work, container, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
  fail(work, container, 'PostStartHookError', failure);
  killContainer(work, container, 'FailedPostStartHook');
  return 'busy';
}

function withImage(work: PodWork, container: RoledContainer, state: ImageState): Outcome {
  if (state.kind === 'pulling') return 'busy';
  if (state.kind === 'present') return create(work, container);
  say(work, container, 'Warning', 'Failed', `Error: ${state.reason}`);
  return fail(work, container, state.reason, state.message);
}

function create(work: PodWork, container: RoledContainer): Outcome {
  const { context, record } = work;
  const { runtime } = context;
  const { name } = container.spec;
  const image = imageOf(container.spec);
  const known = record.containers[name];
  const found = runtime.findImage(record.node, fullImageOf(container.spec));
  if (!found) return fail(work, container, 'CreateContainerError', `image "${image}": not found`);
  let id: string;
  try {
    const spec = containerSpec(work, container, found);
    id = runtime.create(record.node, spec);
    rememberVolumes(work, spec);
  } catch (problem) {
    const { message } = foreseen(problem, ConfigError);
    say(work, container, 'Warning', 'Failed', `Error: ${message}`);
    return fail(work, container, 'CreateContainerConfigError', message);
  }
  const [previous, ...older] = known?.ids ?? [];
  for (const each of older) runtime.remove(record.node, each);
  const { startFailure: _, ...rest } = known ?? { ids: [], restarts: 0, image };
  const made = {
    ...rest,
    ids: previous === undefined ? [id] : [id, previous],
    restarts: previous === undefined ? rest.restarts : rest.restarts + 1,
    image,
  };
  work.record = withContainer(work.record, name, made);
  say(work, container, 'Normal', 'Created', 'Container created');
  try {
    runtime.start(record.node, id);
  } catch (problem) {
    const message = `failed to create containerd task: ${foreseen(problem, RuntimeError).message}`;
    say(work, container, 'Warning', 'Failed', `Error: ${message}`);
    const startFailure = { message, at: context.cluster.now };
    work.record = withContainer(work.record, name, { ...made, startFailure });
    return fail(work, container, 'RunContainerError', message);
  }
  say(work, container, 'Normal', 'Started', 'Container started');
  const postStart = container.role === 'ephemeral' ? undefined : container.spec.lifecycle?.postStart;
  if (!postStart) {
    work.record = withReason(work.record, name, undefined);
    return 'started';
  }
  const hook = beginHook(work, container, id, postStart);
  if (hook.state !== 'running') return finishStart(work, container, hook.failure);
  remember(work, { step: { kind: 'hook', container: name, hook: hook.run } });
  return 'busy';
}

/** Volumes that came into being for this container alone go with the Pod too. */
function rememberVolumes(work: PodWork, { mounts }: ContainerSpec): void {
  const known = work.record.volumes ?? [];
  const more = mounts
    .map(({ volume }) => volume)
    .filter((volume) => isOwnVolume(volume) && !volume.includes('/last-words/') && !known.includes(volume));
  if (more.length > 0) remember(work, { volumes: [...known, ...more] });
}

/**
 * Whether the last crash is too short a time ago; the pause counts from when the container ended. For one that
 * was only just stopped the one before counts: so does the kubelet, which goes by what it saw before.
 */
function mustWait(work: PodWork, container: RoledContainer): boolean {
  const { context, record, pod } = work;
  const { name } = container.spec;
  const known = record.containers[name];
  const look = record.replaced?.includes(name) ? seenBefore : seenContainer;
  const seen = look(context.runtime, record, name);
  if (!known || seen?.state !== 'exited') return false;
  const { now } = context.cluster;
  const since = seen.finishedAt;
  // Another image is another container: nothing is known of how it crashes.
  const crashes = known.image === imageOf(container.spec) ? known.crashes : undefined;
  if (!crashes || !isPausing(crashes, since, now)) {
    work.record = withContainer(record, name, { ...known, crashes: nextPause(crashes, since, now) });
    return false;
  }
  const which = `${name} in pod ${formatPod(pod)}`;
  say(work, container, 'Warning', 'BackOff', `Back-off restarting failed container ${which}`);
  const pause = pauseText(crashes.ms);
  fail(
    work,
    container,
    'CrashLoopBackOff',
    `back-off ${pause} restarting failed container=${name} pod=${formatPod(pod)}`,
  );
  const ends = Math.min(work.record.backOffEnds ?? Number.POSITIVE_INFINITY, since + crashes.ms);
  remember(work, { backOffEnds: ends });
  return true;
}

/** As Go prints it: `40s`, `2m40s`, `5m0s`. */
function pauseText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

function fail(work: PodWork, { spec }: RoledContainer, reason: string, message: string): Outcome {
  work.record = withReason(work.record, spec.name, { reason, message });
  remember(work, { failed: true });
  return 'failed';
}

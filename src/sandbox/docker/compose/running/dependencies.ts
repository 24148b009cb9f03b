import { now, pause, type Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import { ask } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { isOneOff, type Listed, progressName, serviceOf } from '../containers.ts';
import { type Project, type Service, scaleOf } from '../project/project.ts';
import { serviceNamed } from '../project/select-services.ts';
import { together } from '../together.ts';
import { warn } from '../warn.ts';

/** What a service is waited for; the last is what `--wait` waits for. */
export interface Awaited {
  readonly condition?: string | undefined;
  readonly required?: boolean | undefined;
}

interface InspectedState {
  readonly Name: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string } | null;
  };
  readonly Config: { readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null };
}

/** How often it is looked, in milliseconds. */
const interval = 500;

/**
 * Waits until what a service depends on is as it has to be (waitDependencies of
 * pkg/compose/service_containers.go).
 *
 * @param dependant as it is called where something is missing
 * @param deadline in milliseconds since 1970; none where it is left out
 * @throws CommandFailure where that cannot become
 */
export function* waitFor(
  compose: Compose,
  project: Project,
  dependant: string,
  dependencies: Readonly<Record<string, Awaited>>,
  containers: readonly Listed[],
  deadline?: number,
): Steps<void> {
  const waits: Steps<void>[] = [];
  for (const [name, awaited] of Object.entries(dependencies)) {
    if (!isWaitedFor(project, name, awaited)) continue;
    const found = containers.filter((each) => serviceOf(each) === name && !isOneOff(each));
    for (const container of found) yield* compose.progress.working(progressName(container), 'Waiting');
    if (found.length > 0) {
      waits.push(waitForOne(compose, name, awaited, found, deadline));
      continue;
    }
    const message = `${dependant} is missing dependency ${name}`;
    if (awaited.required !== false) throw new CommandFailure(message);
    yield* warn(message);
  }
  yield* together(waits);
}

function isWaitedFor(project: Project, name: string, { condition }: Awaited): boolean {
  if (condition === undefined || condition === 'service_started') return false;
  if (!project.services.has(name) && project.disabled.has(name)) return false;
  const service: Service = serviceNamed(project, name);
  return scaleOf(service) > 0 && !service.provider;
}

function* waitForOne(
  compose: Compose,
  name: string,
  awaited: Awaited,
  containers: readonly Listed[],
  deadline: number | undefined,
): Steps<void> {
  for (;;) {
    const time = yield* now();
    const until = Math.min(time + interval, deadline ?? Number.POSITIVE_INFINITY);
    yield* sleepUntil(until);
    if (deadline !== undefined && (yield* now()) >= deadline)
      throw new CommandFailure('timeout waiting for dependencies');
    if (yield* isReached(compose, name, awaited, containers)) return;
  }
}

function* sleepUntil(end: number): Steps<void> {
  for (let left = end - (yield* now()); left > 0; left = end - (yield* now())) yield* pause(left);
}

function* isReached(
  compose: Compose,
  name: string,
  { condition, required }: Awaited,
  containers: readonly Listed[],
): Steps<boolean> {
  const { progress } = compose;
  const isOptional = required === false;
  const skip = function* (reason: string, why: string): Steps<true> {
    for (const each of containers) yield* progress.warning(progressName(each), `Skipped: ${reason}`);
    yield* warn(why);
    return true;
  };
  if (condition === 'service_completed_successfully') {
    const code = yield* exitCodeOf(containers);
    if (code === undefined) return false;
    if (code === 0) {
      for (const each of containers) yield* progress.done(progressName(each), 'Exited');
      return true;
    }
    const suffix = `"${name}" didn't complete successfully: exit ${code}`;
    if (isOptional) return yield* skip(`optional dependency ${suffix}`, `optional dependency ${suffix}`);
    for (const each of containers) yield* progress.error(progressName(each), 'Error', `service ${suffix}`);
    throw new CommandFailure(`service ${suffix}`);
  }
  const isRunningEnough = condition === 'running_or_healthy';
  try {
    if (!(yield* areHealthy(containers, isRunningEnough))) return false;
  } catch (error) {
    throwUnless(error, CommandFailure);
    const reason = isRunningEnough
      ? `optional dependency "${name}" is not running or is unhealthy`
      : `optional dependency "${name}" failed to start`;
    if (isOptional) return yield* skip(reason, `${reason}: ${error.message}`);
    if (isRunningEnough) throw error;
    for (const each of containers)
      yield* progress.error(progressName(each), 'Error', `dependency ${name} failed to start`);
    throw new CommandFailure(`dependency failed to start: ${error.message}`);
  }
  for (const each of containers) yield* progress.done(progressName(each), 'Healthy');
  return true;
}

/** @throws CommandFailure where one of them will not be */
function* areHealthy(containers: readonly Listed[], isRunningEnough: boolean): Steps<boolean> {
  for (const { Id } of containers) {
    const { Name, State, Config } = yield* ask<InspectedState>('GET', `/containers/${Id}/json`);
    const name = Name.slice(1);
    if (State.Status === 'exited') throw new CommandFailure(`container ${name} exited (${State.ExitCode})`);
    const test = Config.Healthcheck?.Test;
    const isUnchecked = !Config.Healthcheck || test?.[0] === 'NONE';
    if (isUnchecked && isRunningEnough) return State.Status === 'running';
    if (!State.Health) throw new CommandFailure(`container ${name} has no healthcheck configured`);
    const { Status: health } = State.Health;
    if (health === 'unhealthy') throw new CommandFailure(`container ${name} is unhealthy`);
    if (health !== 'healthy') return false;
  }
  return true;
}

function* exitCodeOf(containers: readonly Listed[]): Steps<number | undefined> {
  for (const { Id } of containers) {
    const { State } = yield* ask<InspectedState>('GET', `/containers/${Id}/json`);
    if (State.Status === 'exited') return State.ExitCode;
  }
  return undefined;
}

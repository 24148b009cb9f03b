import { complain, print, type Steps } from '../../../effects.ts';
import type { DockerContext } from '../../context.ts';
import { ask, oneIf } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { type Compose, composeOf } from '../compose.ts';
import { confirmed } from '../confirm.ts';
import { containersOf, type Listed, nameOf, progressName, serviceOf } from '../containers.ts';
import { numberFlag } from '../flags.ts';
import { loadProject, projectOrName } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { projectFromContainers, projectWithResources } from '../project/project-from-containers.ts';
import { selectServices } from '../project/select-services.ts';
import { chosenContainers } from '../running/each-container.ts';
import { restartProject } from '../running/restart.ts';
import { startProject } from '../running/start.ts';
import { stopProject } from '../running/stop.ts';
import { together } from '../together.ts';

/** `docker compose start` (cmd/compose/start.go). */
export function* runStart(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const { flags, args } = context;
  const { project, name } = yield* projectOrName(context, args);
  const options = {
    wait: flags.on('--wait'),
    waitTimeout: (numberFlag(context, '--wait-timeout') ?? 0) * 1000,
  };
  const started = project ?? (yield* known(name, args));
  yield* compose.progress.during('start', startProject(compose, started, options));
  return 0;
}

function* known(name: string, services: readonly string[]): Steps<Project> {
  const containers = yield* containersOf(name);
  if (containers.length === 0)
    throw new CommandFailure(`no container found for project ${JSON.stringify(name)}: not found`);
  const project = projectFromContainers(containers, name);
  const strange = services.find((each) => !project.services.has(each));
  if (strange !== undefined)
    throw new CommandFailure(`no such service: ${JSON.stringify(strange)}: not found`);
  return selectServices(project, services);
}

/** `docker compose stop` (cmd/compose/stop.go). */
export function* runStop(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const { project, name } = yield* projectOrName(context, context.args);
  const timeout = numberFlag(context, '--timeout');
  const steps = stopProject(compose, name.toLowerCase(), project, context.args, timeout);
  yield* compose.progress.during('stop', steps);
  return 0;
}

/** `docker compose restart` (cmd/compose/restart.go). */
export function* runRestart(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const { flags, args } = context;
  const { project: loaded, name } = yield* projectOrName(context);
  const isAsleep = loaded && args.some((each) => loaded.disabled.has(each));
  const project = isAsleep ? yield* loadProject(context, args) : loaded;
  const options = {
    services: args,
    timeout: numberFlag(context, '--timeout'),
    withoutDependencies: flags.on('--no-deps'),
  };
  yield* compose.progress.during('restart', restartProject(compose, name.toLowerCase(), project, options));
  return 0;
}

/** `docker compose kill` (cmd/compose/kill.go). */
export function* runKill(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const compose = composeOf(context);
  const { project: loaded, name } = yield* projectOrName(context, args);
  const found = yield* containersOf(name.toLowerCase(), 'include', false, args);
  const project = loaded ?? (yield* projectWithResources(found, name.toLowerCase()));
  const containers = flags.on('--remove-orphans')
    ? found
    : found.filter((each) => project.services.has(serviceOf(each)));
  if (containers.length === 0) {
    yield* complain('No container to kill\n');
    return 0;
  }
  const signal = flags.text('--signal') || 'SIGKILL';
  yield* compose.progress.during(
    'kill',
    each(containers, (one) => killOne(compose, one, signal)),
  );
  return 0;
}

/** Sends a signal to one container, and tells of it. @throws CommandFailure */
export function* killOne({ progress }: Compose, container: Listed, signal: string): Steps<void> {
  const name = progressName(container);
  yield* progress.working(name, 'Killing');
  try {
    yield* ask('POST', `/containers/${container.Id}/kill`, { query: { signal } });
  } catch (error) {
    if (error instanceof CommandFailure) yield* progress.error(name, 'Error', 'Error while Killing');
    throw error;
  }
  yield* progress.done(name, 'Killed');
}

/** `docker compose pause` and `unpause` (cmd/compose/pause.go). */
export function pausing(way: 'pause' | 'unpause'): (context: DockerContext) => Steps<number> {
  const done = way === 'pause' ? 'Paused' : 'Unpaused';
  return function* (context) {
    const compose = composeOf(context);
    const { containers } = yield* chosenContainers(context, 'exclude', false);
    yield* compose.progress.during(
      way,
      each(containers, function* (container) {
        yield* ask('POST', `/containers/${container.Id}/${way}`);
        yield* compose.progress.done(progressName(container), done);
      }),
    );
    return 0;
  };
}

/** `docker compose rm` (cmd/compose/remove.go). */
export function* runRm(context: DockerContext): Steps<number> {
  const compose = composeOf(context);
  const { flags, args } = context;
  if (flags.on('--stop')) {
    const { project, name } = yield* projectOrName(context, args);
    yield* compose.progress.during(
      'stop',
      stopProject(compose, name.toLowerCase(), project, args, undefined),
    );
  }
  const { containers } = yield* chosenContainers(context, 'exclude', true);
  const stopped: Listed[] = [];
  for (const container of containers) {
    const { State } = yield* ask<{ readonly State: { readonly Running: boolean } }>(
      'GET',
      `/containers/${container.Id}/json`,
    );
    if (!State.Running) stopped.push(container);
  }
  if (stopped.length === 0) {
    yield* complain('No stopped containers\n');
    return 0;
  }
  const message = `Going to remove ${stopped.map(nameOf).join(', ')}`;
  if (flags.on('--force')) yield* print(`${message}\n`);
  else if (!(yield* confirmed(message))) return 0;
  yield* compose.progress.during(
    'remove',
    each(stopped, function* (container) {
      const name = progressName(container);
      yield* compose.progress.working(name, 'Removing');
      yield* ask('DELETE', `/containers/${container.Id}`, {
        query: { v: oneIf(flags.on('--volumes')), force: oneIf(flags.on('--force')) },
      });
      yield* compose.progress.done(name, 'Removed');
    }),
  );
  return 0;
}

function* each(containers: readonly Listed[], act: (container: Listed) => Steps<void>): Steps<void> {
  yield* together(containers.map(act));
}

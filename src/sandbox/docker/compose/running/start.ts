import { now, type Steps } from '../../../effects.ts';
import { ask } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { isOneOff, type Listed, labels, listContainers, progressName, serviceOf } from '../containers.ts';
import { visitInOrder } from '../project/dependency-order.ts';
import { type Project, type Service, scaleOf } from '../project/project.ts';
import { withoutUnresolved } from '../project/select-services.ts';
import { type Awaited, waitFor } from './dependencies.ts';
import { runHooks } from './hooks.ts';
import { injectFiles } from './inject-files.ts';

/** What is waited for when everything is started. */
export interface StartOptions {
  readonly wait: boolean;
  /** In milliseconds; 0 for as long as it takes. */
  readonly waitTimeout: number;
}

/**
 * Starts what is made and does not run, each service after those it depends on (start of
 * pkg/compose/start.go).
 *
 * @throws CommandFailure
 */
export function* startProject(compose: Compose, given: Project, options: StartOptions): Steps<void> {
  const project = withoutUnresolved(given);
  const label = [`${labels.project}=${project.name}`, `${labels.oneOff}=False`];
  const containers = yield* listContainers({ label }, true);
  const { waitTimeout } = options;
  yield* visitInOrder(project, function* (service) {
    const deadline = waitTimeout > 0 ? (yield* now()) + waitTimeout : undefined;
    yield* startService(compose, project, service, containers, deadline);
  });
  if (!options.wait) return;
  const awaited = Object.fromEntries(
    [...project.services.keys()].map((name): [string, Awaited] => [
      name,
      { condition: conditionOf(name, project) },
    ]),
  );
  const deadline = waitTimeout > 0 ? (yield* now()) + waitTimeout : undefined;
  try {
    yield* waitFor(compose, project, project.name, awaited, containers, deadline);
  } catch (error) {
    if (deadline === undefined || !(error instanceof CommandFailure) || (yield* now()) < deadline)
      throw error;
    throw new CommandFailure(`application not healthy after ${waitTimeout / 1000}s`);
  }
}

/** What others wait for to end is waited for to end. */
function conditionOf(name: string, { services }: Project): string {
  const isAwaitedToEnd = [...services.values()].some(
    ({ depends_on = {} }) => depends_on[name]?.condition === 'service_completed_successfully',
  );
  return isAwaitedToEnd ? 'service_completed_successfully' : 'running_or_healthy';
}

function* startService(
  compose: Compose,
  project: Project,
  service: Service,
  containers: readonly Listed[],
  deadline: number | undefined,
): Steps<void> {
  if (service.provider || service.deploy?.replicas === 0) return;
  yield* waitFor(compose, project, service.name, service.depends_on ?? {}, containers, deadline);
  if (containers.length === 0) {
    if (scaleOf(service) === 0) return;
    throw new CommandFailure(`service "${service.name}" has no container to start`);
  }
  const own = containers.filter((each) => serviceOf(each) === service.name && !isOneOff(each));
  for (const container of own.filter(({ State }) => State !== 'running'))
    yield* startContainer(compose, project, service, container);
}

/** Starts one container of a service. @throws CommandFailure */
function* startContainer(
  compose: Compose,
  project: Project,
  service: Service,
  container: Pick<Listed, 'Id' | 'Names'>,
): Steps<void> {
  yield* injectFiles(project, service, container.Id);
  const name = progressName(container);
  yield* compose.progress.working(name, 'Starting');
  yield* ask('POST', `/containers/${container.Id}/start`);
  yield* runHooks(service.post_start, service, container.Id);
  yield* compose.progress.done(name, 'Started');
}

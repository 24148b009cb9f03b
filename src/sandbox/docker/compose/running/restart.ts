import type { Steps } from '../../../effects.ts';
import { ask } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { containersOf, type Listed, progressName, serviceOf } from '../containers.ts';
import { visitInOrder } from '../project/dependency-order.ts';
import type { Project, Service } from '../project/project.ts';
import { projectWithResources } from '../project/project-from-containers.ts';
import { mapServices, selectServices } from '../project/select-services.ts';
import type { StopTimeout } from '../reconcile/execute-plan.ts';
import { together } from '../together.ts';
import { waitFor } from './dependencies.ts';
import { runHooks } from './hooks.ts';

/** What is restarted. */
export interface RestartOptions {
  /** All where there are none. */
  readonly services: readonly string[];
  readonly timeout: StopTimeout;
  readonly withoutDependencies: boolean;
}

/**
 * Restarts services, and those that want to be when one they depend on is (restart of pkg/compose/restart.go).
 *
 * @throws CommandFailure
 */
export function* restartProject(
  compose: Compose,
  name: string,
  given: Project | undefined,
  options: RestartOptions,
): Steps<void> {
  const containers = yield* containersOf(name);
  const loaded = given ?? (yield* projectWithResources(containers, name));
  const chosen = options.withoutDependencies ? selectServices(loaded, options.services, 'ignore') : loaded;
  const linked = mapServices(chosen, (service) => ({
    ...service,
    depends_on: Object.fromEntries(
      Object.entries(service.depends_on ?? {}).filter(([, { restart }]) => restart),
    ),
  }));
  const project = withDependants(linked, options.services);
  yield* visitInOrder(project, function* (service) {
    yield* waitFor(compose, project, service.name, service.depends_on ?? {}, containers);
    const own = containers.filter((each) => serviceOf(each) === service.name);
    yield* together(own.map((each) => restartOne(compose, service, each, options.timeout)));
  });
}

/** Services with those that depend on them. @throws CommandFailure where one is not there */
function withDependants(project: Project, names: readonly string[]): Project {
  if (names.length === 0) return project;
  for (const name of names)
    if (!project.services.has(name)) throw new CommandFailure(`no such service: ${name}`);
  const found = new Set(names);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const { name, depends_on = {} } of project.services.values())
      if (Object.keys(depends_on).some((other) => found.has(other))) found.add(name);
  }
  return selectServices(project, [...found], 'ignore');
}

function* restartOne(
  { progress }: Compose,
  service: Service,
  container: Listed,
  timeout: StopTimeout,
): Steps<void> {
  yield* runHooks(service.pre_stop, service, container.Id);
  const name = progressName(container);
  yield* progress.working(name, 'Restarting');
  yield* ask('POST', `/containers/${container.Id}/restart`, {
    query: timeout === undefined ? {} : { t: String(timeout) },
  });
  yield* progress.done(name, 'Started');
  yield* runHooks(service.post_start, service, container.Id);
}

import type { Steps } from '../../../effects.ts';
import { CommandFailure, DaemonFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { containersOf, isOneOff, type Listed, progressName, serviceOf } from '../containers.ts';
import { visitInReverse } from '../project/dependency-order.ts';
import type { Project, Service } from '../project/project.ts';
import { projectWithResources } from '../project/project-from-containers.ts';
import { type StopTimeout, stopContainer } from '../reconcile/execute-plan.ts';
import { together } from '../together.ts';
import { runHooks } from './hooks.ts';

/**
 * Stops the containers of a project, those that depend on others first (stop of pkg/compose/stop.go).
 *
 * @param services all where there are none
 * @throws CommandFailure
 */
export function* stopProject(
  compose: Compose,
  name: string,
  given: Project | undefined,
  services: readonly string[],
  timeout: StopTimeout,
): Steps<void> {
  const containers = yield* containersOf(name);
  const project = given ?? (yield* projectWithResources(containers, name));
  const chosen = services.length > 0 ? services : [...project.services.keys()];
  yield* visitInReverse(project, function* (service) {
    if (!chosen.includes(service.name)) return;
    const own = containers.filter((each) => serviceOf(each) === service.name && !isOneOff(each));
    yield* together(own.map((each) => stopOne(compose, service, each, timeout)));
  });
}

/** Stops one container, and tells of it. @throws CommandFailure */
export function* stopOne(
  { progress }: Compose,
  service: Service | undefined,
  container: Listed,
  timeout: StopTimeout,
): Steps<void> {
  const name = progressName(container);
  yield* progress.working(name, 'Stopping');
  try {
    if (service) yield* runHooks(service.pre_stop, service, container.Id);
  } catch (error) {
    // It has ended already, or is gone.
    if (error instanceof DaemonFailure && (error.status === 404 || error.status === 409)) return;
    throw error;
  }
  try {
    yield* stopContainer(container.Id, timeout);
  } catch (error) {
    if (error instanceof CommandFailure) yield* progress.error(name, 'Error', 'Error while Stopping');
    throw error;
  }
  yield* progress.done(name, 'Stopped');
}

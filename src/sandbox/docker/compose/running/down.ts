import type { Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import { ask, encoded, oneIf } from '../../engine-client.ts';
import { DaemonFailure } from '../../failures.ts';
import { filterQuery } from '../../filters.ts';
import type { Compose } from '../compose.ts';
import { containersOf, isOrphan, type Listed, labels, progressName, serviceOf } from '../containers.ts';
import { removableImages, removeDangling } from '../images/prune-images.ts';
import { visitInReverse } from '../project/dependency-order.ts';
import type { Project, Service } from '../project/project.ts';
import { projectWithResources } from '../project/project-from-containers.ts';
import { serviceNamed } from '../project/select-services.ts';
import type { StopTimeout } from '../reconcile/execute-plan.ts';
import { inspected } from '../reconcile/observed.ts';
import { together } from '../together.ts';
import { warn } from '../warn.ts';
import { stopOne } from './stop.ts';

/** What goes beside containers and networks. */
export interface DownOptions {
  readonly services: readonly string[];
  readonly removeOrphans: boolean;
  readonly volumes: boolean;
  readonly images: '' | 'local' | 'all';
  readonly timeout: StopTimeout;
}

/**
 * Stops and removes what there is of a project (down of pkg/compose/down.go).
 *
 * @param given the project, where its files were read
 * @throws CommandFailure
 */
export function* downProject(
  compose: Compose,
  projectName: string,
  given: Project | undefined,
  options: DownOptions,
): Steps<void> {
  const name = projectName.toLowerCase();
  const containers = yield* containersOf(name, options.removeOrphans ? 'include' : 'exclude');
  const project = given ?? (yield* projectWithResources(containers, name));
  if (given) for (const service of options.services) serviceNamed(given, service);
  const services = options.services.filter((service) => project.services.has(service));
  if (options.services.length > 0 && services.length === 0) {
    const names = options.services.join(' ');
    return yield* warn(`Any of the services [${names}] not running in project "${name}"`, 'info');
  }
  yield* visitInReverse(
    project,
    function* (service) {
      const own = containers.filter((each) => serviceOf(each) === service.name);
      yield* removeAll(compose, own, service, options);
    },
    services,
  );
  if (options.removeOrphans) {
    const orphans = containers.filter(isOrphan(project));
    yield* removeAll(compose, orphans, undefined, { ...options, volumes: false });
  }
  const rest: Steps<void>[] = [];
  for (const [key, { name: network, external }] of project.networks)
    if (!external) rest.push(removeNetwork(compose, key, name, network));
  if (options.images !== '') rest.push(...(yield* imageRemovals(compose, project, options)));
  if (options.volumes)
    for (const { name: volume, external } of project.volumes.values())
      if (!external) rest.push(removeVolume(compose, volume));
  if (containers.length === 0 && rest.length === 0)
    yield* warn(`Warning: No resource found to remove for project "${name}".`);
  yield* together(rest);
}

function* removeAll(
  compose: Compose,
  containers: readonly Listed[],
  service: Service | undefined,
  { timeout, volumes }: Pick<DownOptions, 'timeout' | 'volumes'>,
): Steps<void> {
  yield* together(containers.map((each) => stopAndRemove(compose, each, service, timeout, volumes)));
}

function* stopAndRemove(
  compose: Compose,
  container: Listed,
  service: Service | undefined,
  timeout: StopTimeout,
  withVolumes: boolean,
): Steps<void> {
  const { progress } = compose;
  const id = progressName(container);
  try {
    yield* stopOne(compose, service, container, timeout);
    yield* progress.working(id, 'Removing');
    yield* ask('DELETE', `/containers/${container.Id}`, { query: { force: '1', v: oneIf(withVolumes) } });
  } catch (error) {
    throwUnless(error, DaemonFailure);
    // One that is removed when it ends is gone by now.
    if (error.status !== 404) throw error;
  }
  yield* progress.done(id, 'Removed');
}

interface EngineNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Containers: object;
}

function* removeNetwork({ progress }: Compose, key: string, project: string, name: string): Steps<void> {
  const networks = yield* ask<readonly EngineNetwork[]>('GET', '/networks', {
    query: {
      filters: filterQuery({ label: [`${labels.project}=${project}`, `${labels.network}=${key}`] }),
    },
  });
  if (networks.length === 0) return;
  const id = `Network ${name}`;
  yield* progress.working(id, 'Removing');
  let found = 0;
  for (const network of networks.filter(({ Name }) => Name === name)) {
    const { Containers } = yield* ask<EngineNetwork>('GET', `/networks/${network.Id}`);
    found += 1;
    if (Object.keys(Containers).length > 0) {
      yield* progress.warning(id, 'Resource is still in use');
      continue;
    }
    yield* ask('DELETE', `/networks/${network.Id}`);
    yield* progress.done(id, 'Removed');
  }
  if (found === 0) yield* progress.warning(id, 'No resource found to remove');
}

function* removeVolume(compose: Compose, name: string): Steps<void> {
  if (!(yield* inspected(`/volumes/${encoded(name)}`))) return;
  yield* removeResource(compose, `Volume ${name}`, function* () {
    yield* ask('DELETE', `/volumes/${encoded(name)}`, { query: { force: '1' } });
  });
}

function* imageRemovals(
  compose: Compose,
  project: Project,
  { images, removeOrphans }: DownOptions,
): Steps<readonly Steps<void>[]> {
  const names = yield* removableImages(project, images === 'all' ? 'all' : 'local', removeOrphans);
  return [
    ...names.map((name) =>
      removeResource(compose, `Image ${name}`, function* () {
        yield* ask('DELETE', `/images/${encoded(name)}`);
      }),
    ),
    removeResource(compose, 'Dangling images', () => removeDangling(project, removeOrphans)),
  ];
}

function* removeResource({ progress }: Compose, id: string, remove: () => Steps<void>): Steps<void> {
  yield* progress.working(id, 'Removing');
  try {
    yield* remove();
    yield* progress.done(id, 'Removed');
  } catch (error) {
    throwUnless(error, DaemonFailure);
    if (error.status !== 409) throw error;
    yield* progress.warning(id, 'Resource is still in use');
  }
}

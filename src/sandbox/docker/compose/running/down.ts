import type { Steps } from '../../../effects.ts';
import { ask, encoded } from '../../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../../failures.ts';
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
  if (options.services.length > 0 && services.length === 0) return;
  yield* visitInReverse(
    project,
    function* (service) {
      const own = containers.filter((each) => serviceOf(each) === service);
      yield* removeAll(compose, own, project.services.get(service), options);
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
  } catch (error) {
    if (!(error instanceof DaemonFailure) || error.status !== 404) throw error;
    yield* progress.done(id, 'Removed');
    return;
  }
  yield* progress.working(id, 'Removing');
  try {
    yield* ask('DELETE', `/containers/${container.Id}`, {
      query: { force: '1', v: withVolumes ? '1' : undefined },
    });
  } catch (error) {
    const isGone = error instanceof DaemonFailure && (error.status === 404 || error.status === 409);
    if (!isGone) {
      if (error instanceof CommandFailure) yield* progress.error(id, 'Error', 'Error while Removing');
      throw error;
    }
  }
  yield* progress.done(id, 'Removed');
}

interface EngineNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Containers?: object | null;
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
    const known = yield* inspected<EngineNetwork>(`/networks/${network.Id}`);
    if (!known) {
      yield* progress.warning(id, 'No resource found to remove');
      return;
    }
    found += 1;
    if (Object.keys(known.Containers ?? {}).length > 0) {
      yield* progress.warning(id, 'Resource is still in use');
      continue;
    }
    try {
      yield* ask('DELETE', `/networks/${network.Id}`);
    } catch (error) {
      if (!(error instanceof DaemonFailure)) throw error;
      if (error.status === 404) continue;
      yield* progress.error(id, 'Error', error.message);
      throw new CommandFailure(`failed to remove network ${name}: ${error.message}`);
    }
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
    if (!(error instanceof DaemonFailure)) throw error;
    if (error.status === 409) yield* progress.warning(id, 'Resource is still in use');
    else if (error.status === 404) yield* progress.done(id, 'Warning: No resource found to remove');
    else throw error;
  }
}

import type { Steps } from '../../../effects.ts';
import { ask, encoded } from '../../engine-client.ts';
import { DaemonFailure } from '../../failures.ts';
import { filterQuery } from '../../filters.ts';
import { containersOf, isOneOff, isOrphan, type Listed, labels, nameOf, serviceOf } from '../containers.ts';
import type { Project } from '../project/project.ts';
import { warn } from '../warn.ts';

/** A network or a volume that there is, with what compose wrote on it. */
export interface ObservedResource {
  /** Of a network; the name of a volume. */
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly project: string;
}

/** What there is of a project (pkg/compose/observed_state.go). */
export interface Observed {
  readonly containers: Map<string, readonly Listed[]>;
  readonly orphans: readonly Listed[];
  readonly networks: Map<string, ObservedResource>;
  readonly volumes: Map<string, ObservedResource>;
}

interface EngineNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>>;
}

interface EngineVolume {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/**
 * Looks what there is of a project.
 *
 * @throws CommandFailure
 */
export function* observe(project: Project): Steps<Observed> {
  const containers = new Map<string, readonly Listed[]>();
  for (const name of project.services.keys()) containers.set(name, []);
  const orphans: Listed[] = [];
  const isLost = isOrphan(project);
  for (const container of yield* containersOf(project.name, 'include')) {
    const service = serviceOf(container);
    const isKnown = project.services.has(service) || project.disabled.has(service);
    if (!isOneOff(container) && isKnown)
      containers.set(service, [...(containers.get(service) ?? []), container]);
    else if (isLost(container)) orphans.push(container);
  }
  return {
    containers,
    orphans,
    networks: yield* observeNetworks(project),
    volumes: yield* observeVolumes(project),
  };
}

function* observeNetworks(project: Project): Steps<Map<string, ObservedResource>> {
  const filters = filterQuery({ label: [`${labels.project}=${project.name}`] });
  const own = yield* ask<readonly EngineNetwork[]>('GET', '/networks', { query: { filters } });
  const found = new Map<string, ObservedResource>();
  for (const [key, { name, external }] of project.networks) {
    if (external) continue;
    const labelled = own.filter(({ Labels }) => Labels[labels.network] === key);
    const network =
      labelled.find((each) => each.Name === name) ??
      labelled[0] ??
      (yield* inspected<EngineNetwork>(`/networks/${encoded(name)}`));
    if (!network || (labelled.length === 0 && network.Name !== name && network.Id !== name)) continue;
    found.set(key, resource(network.Id, network.Name, network.Labels, project.name));
  }
  return found;
}

function* observeVolumes(project: Project): Steps<Map<string, ObservedResource>> {
  const filters = filterQuery({ label: [`${labels.project}=${project.name}`] });
  const { Volumes } = yield* ask<{ readonly Volumes: readonly EngineVolume[] }>('GET', '/volumes', {
    query: { filters },
  });
  const found = new Map<string, ObservedResource>();
  for (const [key, { name, external }] of project.volumes) {
    if (external) continue;
    const labelled = Volumes.filter(({ Labels }) => Labels?.[labels.volume] === key);
    const volume =
      labelled.find((each) => each.Name === name) ??
      labelled[0] ??
      (yield* inspected<EngineVolume>(`/volumes/${encoded(name)}`));
    if (volume) found.set(key, resource(volume.Name, volume.Name, volume.Labels, project.name));
  }
  return found;
}

function resource(
  id: string,
  name: string,
  Labels: EngineVolume['Labels'],
  project: string,
): ObservedResource {
  const owner = Labels?.[labels.project] ?? '';
  // What is not of this project is used as it is.
  return { id, name, project: owner, hash: owner === project ? (Labels?.[labels.configHash] ?? '') : '' };
}

/** @returns undefined where there is no such thing */
export function* inspected<Value>(path: string): Steps<Value | undefined> {
  try {
    return yield* ask<Value>('GET', path);
  } catch (error) {
    if (error instanceof DaemonFailure && error.status === 404) return undefined;
    throw error;
  }
}

/** Says which networks and volumes are used though compose did not make them. */
export function* warnOfUnmanaged(project: Project, { networks, volumes }: Observed): Steps<void> {
  for (const [key, { name }] of project.networks) {
    const network = networks.get(key);
    if (!network || network.project === project.name || project.networks.get(key)?.external) continue;
    yield* warn(
      network.project === ''
        ? `a network with name ${name} exists but was not created by compose.\nSet \`external: true\` to use an existing network`
        : `a network with name ${name} exists but was not created for project "${project.name}".\nSet \`external: true\` to use an existing network`,
    );
  }
  for (const [key, { name }] of project.volumes) {
    const volume = volumes.get(key);
    if (!volume || volume.project === project.name || project.volumes.get(key)?.external) continue;
    yield* warn(
      volume.project === ''
        ? `volume "${name}" already exists but was not created by Docker Compose. Use \`external: true\` to use an existing volume`
        : `volume "${name}" already exists but was created for project "${volume.project}" (expected "${project.name}"). Use \`external: true\` to use an existing volume`,
    );
  }
}

/** Says which containers belong to the project and to none of its services. */
export function* warnOfOrphans({ orphans }: Observed): Steps<void> {
  if (orphans.length === 0) return;
  yield* warn(
    `Found orphan containers (${orphans.map(nameOf).join(', ')}) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
  );
}

import type { Steps } from '../../effects.ts';
import { byText } from '../../go/go-order.ts';
import { ask } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { filterQuery } from '../filters.ts';
import type { Project } from './project/project.ts';

/** A container as the engine lists it (container.Summary), as far as compose reads it. */
export interface Listed {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  readonly Created: number;
  readonly Ports: readonly ListedPort[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly State: string;
  readonly Status: string;
  readonly Health?: { readonly Status?: string };
  readonly Mounts: readonly ListedMount[];
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly NetworkID?: string }>> };
}

export interface ListedPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

export interface ListedMount {
  readonly Type: string;
  readonly Name?: string;
  readonly Driver?: string;
  readonly Source: string;
  readonly Destination: string;
  readonly RW: boolean;
}

/** Labels by which compose finds what is its own (pkg/api/labels.go). */
export const labels = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  number: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  configHash: 'com.docker.compose.config-hash',
  image: 'com.docker.compose.image',
  network: 'com.docker.compose.network',
  volume: 'com.docker.compose.volume',
  version: 'com.docker.compose.version',
  directory: 'com.docker.compose.project.working_dir',
  files: 'com.docker.compose.project.config_files',
  dependsOn: 'com.docker.compose.depends_on',
  replace: 'com.docker.compose.replace',
  slug: 'com.docker.compose.slug',
} as const;

/** Whether containers of `compose run` are meant: with them, without them, or them alone. */
export type OneOff = 'include' | 'exclude' | 'only';

/** The containers of a project, the newest first (getContainers of pkg/compose/containers.go). */
export function* containersOf(
  project: string,
  oneOff: OneOff = 'exclude',
  isAll = true,
  services: readonly string[] = [],
): Steps<readonly Listed[]> {
  const label = [`${labels.project}=${project}`];
  const [only] = services;
  if (services.length === 1) label.push(`${labels.service}=${only}`);
  label.push(labels.configHash);
  if (oneOff !== 'include') label.push(`${labels.oneOff}=${oneOff === 'only' ? 'True' : 'False'}`);
  const found = yield* listContainers({ label }, isAll);
  return services.length > 1 ? found.filter((each) => services.includes(serviceOf(each))) : found;
}

/** Containers that pass filters. */
export function* listContainers(
  filters: Readonly<Record<string, readonly string[]>>,
  isAll: boolean,
): Steps<readonly Listed[]> {
  const query = { filters: filterQuery(filters), ...(isAll && { all: '1' }) };
  return yield* ask<readonly Listed[]>('GET', '/containers/json', { query });
}

/** The service that a container belongs to. */
export function serviceOf({ Labels }: Listed): string {
  return Labels[labels.service] ?? '';
}

/** Its number among those of its service; 0 where it has none. */
export function numberOf({ Labels }: Listed): number {
  return Number(Labels[labels.number] ?? 0) || 0;
}

/** Whether `docker compose run` made it. */
export function isOneOff({ Labels }: Listed): boolean {
  return Labels[labels.oneOff] === 'True';
}

/** Its own name, and not one that links give it (getCanonicalContainerName). */
export function nameOf({ Names, Id }: Pick<Listed, 'Names' | 'Id'>): string {
  const own = Names.find((name) => !name.slice(1).includes('/')) ?? Names[0];
  return own ? own.slice(1) : Id.slice(0, 12);
}

/** As it is called where progress is told. */
export function progressName(container: Pick<Listed, 'Names' | 'Id'>): string {
  return `Container ${nameOf(container)}`;
}

/** In the order of their names. */
export function byName(containers: readonly Listed[]): readonly Listed[] {
  return [...containers].sort((one, other) => byText(nameOf(one), nameOf(other)));
}

/** Whether a container belongs to the project and to nothing that is in its files, or is a `run` that has ended. */
export function isOrphan(project: Project): (container: Listed) => boolean {
  return (container) => {
    if (isOneOff(container)) return container.State === 'exited' || container.State === 'dead';
    const service = serviceOf(container);
    return !project.services.has(service) && !project.disabled.has(service);
  };
}

/**
 * The container of a service that a command is for: the first one, or the one with that number.
 *
 * @throws CommandFailure where there is none (getSpecifiedContainer)
 */
export function* specifiedContainer(
  project: string,
  service: string,
  index: number,
  { oneOff = 'include', isAll = false }: { readonly oneOff?: OneOff; readonly isAll?: boolean } = {},
): Steps<Listed> {
  const all = yield* containersOf(project, oneOff, isAll, [service]);
  const found = index > 0 ? all.filter((each) => numberOf(each) === index) : all;
  const [first] = [...found].sort(
    (one, other) => Number(isOneOff(one)) - Number(isOneOff(other)) || numberOf(one) - numberOf(other),
  );
  if (first) return first;
  throw new CommandFailure(
    index > 0
      ? `service "${service}" is not running container #${index}`
      : `service "${service}" is not running`,
  );
}

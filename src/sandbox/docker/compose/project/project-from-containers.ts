import type { DependencyConfig } from '../../../../docker/compose/service-shape.ts';
import type { Steps } from '../../../effects.ts';
import { ask } from '../../engine-client.ts';
import { filterQuery } from '../../filters.ts';
import { isOneOff, type Listed, labels, serviceOf } from '../containers.ts';
import type { Project, Service } from './project.ts';
import { mapServices } from './select-services.ts';

interface Labelled {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/**
 * What can be told of a project without its files: from its containers, networks and volumes
 * (getProjectWithResources of pkg/compose/down.go).
 */
export function* projectWithResources(containers: readonly Listed[], name: string): Steps<Project> {
  const project = projectFromContainers(containers, name);
  const query = { filters: filterQuery({ label: [`${labels.project}=${name}`] }) };
  const networks = yield* ask<readonly Labelled[]>('GET', '/networks', { query });
  const { Volumes } = yield* ask<{ readonly Volumes: readonly Labelled[] }>('GET', '/volumes', {
    query,
  });
  return {
    ...mapServices(project, (service) => ({ ...service, depends_on: optional(service.depends_on) })),
    networks: byLabel(networks, labels.network),
    volumes: byLabel(Volumes, labels.volume),
  };
}

/** What is stopped, or goes away, needs nothing. */
function optional(dependencies: Service['depends_on'] = {}): Readonly<Record<string, DependencyConfig>> {
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, each]) => [name, { ...each, required: false }]),
  );
}

function byLabel(all: readonly Labelled[], label: string): ReadonlyMap<string, { readonly name: string }> {
  return new Map(all.map(({ Name, Labels }) => [Labels?.[label] ?? Name, { name: Name }]));
}

/** The services that containers were made for, with what they depend on. */
export function projectFromContainers(containers: readonly Listed[], name: string): Project {
  const services = new Map<string, Service>();
  for (const container of containers.filter((each) => !isOneOff(each))) {
    const service = serviceOf(container);
    const before = services.get(service);
    const scale = (before?.scale ?? 0) + 1;
    services.set(service, {
      name: service,
      image: container.Image,
      labels: container.Labels,
      customLabels: {},
      scale,
      depends_on: dependenciesOf(container),
    });
  }
  const none = new Map();
  return {
    name,
    directory: '',
    files: [],
    environment: {},
    services,
    disabled: none,
    networks: none,
    volumes: none,
    configs: none,
    secrets: none,
    models: none,
    extensions: none,
  };
}

type Condition = NonNullable<DependencyConfig['condition']>;

/** Written as `db:service_started:false,…` (projectFromName of pkg/compose/compose.go). */
function dependenciesOf({ Labels }: Listed): Readonly<Record<string, DependencyConfig>> {
  const texts = (Labels[labels.dependsOn] ?? '').split(',').filter(Boolean);
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', condition = 'service_started', restart = 'true'] = text.split(':');
      return [name, { condition: condition as Condition, restart: restart === 'true', required: true }];
    }),
  );
}

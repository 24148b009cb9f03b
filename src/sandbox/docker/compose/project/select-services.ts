import { byKey } from '../../../go/go-order.ts';
import { CommandFailure } from '../../failures.ts';
import { type Project, type Service, sortedNames } from './project.ts';

/** @throws CommandFailure where the project has no such service, or has it disabled */
export function serviceNamed(project: Project, name: string): Service {
  const service = project.services.get(name);
  if (service) return service;
  throw new CommandFailure(
    `no such service: ${name}: ${project.disabled.has(name) ? 'disabled' : 'not found'}`,
  );
}

/**
 * Names of services with those they depend on, each after its dependencies (Project.ForEachService).
 *
 * @param names all where there are none
 * @throws CommandFailure where one is not there
 */
export function withDependencies(project: Project, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const add = (name: string, isNeeded: boolean, seen: ReadonlySet<string>): void => {
    if (found.has(name) || seen.has(name)) return;
    const service = project.services.get(name);
    if (!service) {
      if (isNeeded) throw new CommandFailure(`no such service: ${name}`);
      return;
    }
    const dependencies = Object.entries(service.depends_on ?? {}).sort(byKey);
    for (const [other, { required }] of dependencies)
      add(other, required !== false, new Set([...seen, name]));
    found.add(name);
  };
  for (const name of names.length > 0 ? names : sortedNames(project.services.keys()))
    add(name, true, new Set());
  return [...found];
}

/**
 * A project of these services alone; what depends on another one no longer does.
 *
 * @param names all where there are none
 * @throws CommandFailure where one is not there
 */
export function selectServices(
  project: Project,
  names: readonly string[],
  dependencies: 'include' | 'ignore' = 'include',
): Project {
  if (names.length === 0) return project;
  const chosen =
    dependencies === 'include'
      ? withDependencies(project, names)
      : names.map((name) => {
          if (!project.services.has(name)) throw new CommandFailure(`no such service: ${name}`);
          return name;
        });
  const kept = new Set(chosen);
  const services = [...project.services]
    .filter(([name]) => kept.has(name))
    .map(([name, service]): [string, Service] => [name, withoutOthers(service, (each) => kept.has(each))]);
  const others = [...project.services].filter(([name]) => !kept.has(name));
  return {
    ...project,
    services: new Map(services),
    disabled: new Map([
      ...project.disabled,
      ...others.map(([name, { profiles }]): [string, readonly string[]] => [name, profiles ?? []]),
    ]),
  };
}

function withoutOthers(service: Service, isKept: (name: string) => boolean): Service {
  const { depends_on: all } = service;
  if (!all) return service;
  return { ...service, depends_on: Object.fromEntries(Object.entries(all).filter(([name]) => isKept(name))) };
}

/** Without the dependencies that are not there and need not be (WithoutUnresolvedOptionalDependencies). */
export function withoutUnresolved(project: Project): Project {
  return mapServices(project, (service) => {
    const all = service.depends_on ?? {};
    return withoutOthers(service, (name) => project.services.has(name) || all[name]?.required !== false);
  });
}

/** A project with each service made another one. */
export function mapServices(project: Project, make: (service: Service) => Service): Project {
  return {
    ...project,
    services: new Map([...project.services].map(([name, service]) => [name, make(service)])),
  };
}

/** Without the networks, volumes and files that no service uses (WithoutUnnecessaryResources). */
export function withoutUnused(project: Project): Project {
  const services = [...project.services.values()];
  const only = <Config>(all: ReadonlyMap<string, Config>, used: readonly (string | undefined)[]) =>
    new Map([...all].filter(([key]) => used.includes(key)));
  const mounted = services.flatMap(({ volumes = [] }) =>
    volumes.filter(({ type }) => type === 'volume').map(({ source }) => source),
  );
  const secrets = services.flatMap(({ secrets: own = [], build }) => [...own, ...(build?.secrets ?? [])]);
  return {
    ...project,
    networks: only(
      project.networks,
      services.flatMap(({ networks }) => Object.keys(networks ?? {})),
    ),
    volumes: only(project.volumes, mounted),
    secrets: only(
      project.secrets,
      secrets.map(({ source }) => source),
    ),
    configs: only(
      project.configs,
      services.flatMap(({ configs = [] }) => configs.map(({ source }) => source)),
    ),
    models: only(
      project.models,
      services.flatMap(({ models }) => Object.keys(models ?? {})),
    ),
  };
}

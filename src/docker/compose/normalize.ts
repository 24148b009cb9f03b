import { cleanPath } from './canonical.ts';
import type { DependencyConfig, ServiceConfig } from './service-shape.ts';

/**
 * A service with what compose takes for granted: the default network, the services that its links and shared
 * namespaces need, the Dockerfile's name (loader/normalize.go of compose-go).
 */
export function normalizeService(
  given: ServiceConfig,
  lookup: (name: string) => string | undefined,
): ServiceConfig {
  const dependsOn = dependencies(given);
  return {
    ...given,
    ...(given.pull_policy === 'if_not_present' ? { pull_policy: 'missing' } : {}),
    ...networks(given),
    ...(given.build ? { build: normalizeBuild(given.build, lookup) } : {}),
    ...(given.pre_start
      ? {
          pre_start: given.pre_start.map((each) => ({
            ...(given.image === undefined ? {} : { image: given.image }),
            ...each,
          })),
        }
      : {}),
    ...(given.volumes
      ? {
          volumes: given.volumes.map((each) => ({ ...each, target: cleanPath(each.target) })),
        }
      : {}),
    ...(Object.keys(dependsOn).length > 0 ? { depends_on: dependsOn } : {}),
  };
}

function networks({
  networks: given,
  network_mode,
  provider,
}: ServiceConfig): Pick<ServiceConfig, 'networks'> {
  if (provider || network_mode !== undefined) return given ? { networks: given } : {};
  return { networks: given && Object.keys(given).length > 0 ? given : { default: undefined } };
}

type Build = NonNullable<ServiceConfig['build']>;

function normalizeBuild(build: Build, lookup: (name: string) => string | undefined): Build {
  const args = Object.entries(build.args ?? {}).flatMap(([name, value]): [string, string | null][] => {
    const known = value ?? lookup(name);
    return known === undefined ? [] : [[name, known]];
  });
  const hasFile = build.dockerfile !== undefined || build.dockerfile_inline !== undefined;
  return {
    ...build,
    context: build.context ?? '.',
    ...(hasFile ? {} : { dockerfile: 'Dockerfile' }),
    ...(build.args ? { args: Object.fromEntries(args) } : {}),
  };
}

function dependencies(given: ServiceConfig): Record<string, DependencyConfig> {
  const found = new Map(Object.entries(given.depends_on ?? {}));
  const add = (name: string, restart: boolean): void => {
    if (!found.has(name)) found.set(name, { condition: 'service_started', restart, required: true });
  };
  for (const link of given.links ?? []) {
    add(link.replace(/^([^:]*):[^:]*$/, '$1'), true);
  }
  for (const mode of [given.network_mode, given.ipc, given.pid, given.uts, given.cgroup]) {
    if (mode?.startsWith('service:')) add(mode.slice('service:'.length), true);
  }
  for (const from of given.volumes_from ?? []) {
    if (!from.startsWith('container:')) add(from.replace(/:.*$/s, ''), false);
  }
  return Object.fromEntries(found);
}

/** A project's name as docker takes it: small letters, digits, `-` and `_`, a letter or digit first. */
export function projectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

import { CommandFailure } from '../../failures.ts';
import type { Project, Service } from './project.ts';

/** Keys of a service that would change what it does, and do nothing here. */
const serviceKeys = ['pre_start', 'provider', 'models', 'use_api_socket', 'credential_spec'] as const;

/** Keys of a build that would change what is built, and do nothing here. */
const buildKeys = [
  'additional_contexts',
  'cache_to',
  'entitlements',
  'extra_hosts',
  'isolation',
  'no_cache_filter',
  'platforms',
  'privileged',
  'ssh',
] as const;

/**
 * Refuses what compose would do and nothing here does, before anything is made.
 *
 * @throws CommandFailure that names it
 */
export function demandSimulated(project: Project): void {
  for (const service of project.services.values()) {
    for (const key of serviceKeys) if (isGiven(service[key])) throw refusal(service, key);
  }
}

/** As `demandSimulated`, of how the image of a service is built. @throws CommandFailure */
export function demandSimulatedBuild(service: Service): void {
  for (const key of buildKeys) if (isGiven(service.build?.[key])) throw refusal(service, `build.${key}`);
}

function refusal({ name }: Service, key: string): CommandFailure {
  return new CommandFailure(`services.${name}.${key} is not simulated here`);
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

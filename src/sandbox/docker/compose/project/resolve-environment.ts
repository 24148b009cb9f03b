import { readFile, type Steps } from '../../../effects.ts';
import { CommandFailure } from '../../failures.ts';
import { dotenv } from './environment.ts';
import type { Project, Service } from './project.ts';

/**
 * A project whose services have the variables of their files, and of the shell for those without a value
 * (Project.WithServicesEnvironmentResolved).
 *
 * @throws CommandFailure where a file that is needed is not there
 */
export function* withEnvironmentResolved(project: Project): Steps<Project> {
  const services = new Map<string, Service>();
  for (const [name, service] of project.services) {
    const own = Object.entries(service.environment ?? {}).map(([key, value]): [string, string | null] => [
      key,
      value ?? project.environment[key] ?? null,
    ]);
    const found = new Map(own.filter((entry): entry is [string, string] => entry[1] !== null));
    const named = new Map(own);
    for (const { path = '', required, format } of service.env_file ?? []) {
      const text = yield* readFile(path);
      if (text === undefined) {
        if (required === false) continue;
        throw new CommandFailure(`env file ${path} not found: stat ${path}: no such file or directory`);
      }
      const lookup = (key: string) => project.environment[key] ?? named.get(key) ?? found.get(key);
      const entries = format === 'raw' ? rawVariables(text, lookup) : dotenv(text, path, lookup);
      for (const [key, value] of entries) found.set(key, value);
    }
    const { env_file: _, ...rest } = service;
    const environment = { ...Object.fromEntries(found), ...Object.fromEntries(own) };
    services.set(name, {
      ...rest,
      ...(Object.keys(environment).length > 0 || service.environment ? { environment } : {}),
    });
  }
  return { ...project, services };
}

/** As docker run reads a file: lines as they stand, names alone from the shell. */
function rawVariables(text: string, lookup: (name: string) => string | undefined): [string, string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const trimmed = line.trimStart();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const equals = trimmed.indexOf('=');
    if (equals >= 0) return [[trimmed.slice(0, equals), trimmed.slice(equals + 1)]];
    const value = lookup(trimmed);
    return value === undefined ? [] : [[trimmed, value]];
  });
}

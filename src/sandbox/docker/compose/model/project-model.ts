import { byKey } from '../../../go/go-order.ts';
import type { Project, Service } from '../project/project.ts';
import { type Fields, fieldsOf, type Writing, type Written, written } from './go-struct.ts';
import { fileObjectFields, modelFields, networkFields, volumeFields } from './resource-fields.ts';
import { serviceFields } from './service-fields.ts';
import { writeJson } from './write-json.ts';
import { inYamlOrder, writeYaml } from './write-yaml.ts';

/** A project as `docker compose config` prints it (Project.MarshalYAML of compose-go). */
export function projectYaml(project: Project): string {
  const made = new Map<string, Written>([
    ['name', project.name],
    ['services', servicesOf(project, 'yaml')],
    ...sectionsOf(project, 'yaml'),
    ...section('models', project.models, modelFields, 'yaml'),
    ...extensionsOf(project, 'yaml'),
  ]);
  return writeYaml(made);
}

/** A project as `docker compose config --format json` prints it, without an end of line. */
export function projectJson(project: Project): string {
  const sections: [string, Written][] = [
    ['name', project.name],
    ['services', servicesOf(project, 'json')],
    ...sectionsOf(project, 'json'),
    ...extensionsOf(project, 'json'),
  ];
  return writeJson(new Map(sections.sort(byKey)), true);
}

function extensionsOf({ extensions }: Project, writing: Writing): [string, Written][] {
  return [...inYamlOrder(extensions)].map(([key, value]): [string, Written] => [
    key,
    written(value, writing),
  ]);
}

function servicesOf({ services }: Project, writing: Writing): Written {
  return ordered(
    [...services].map(([name, service]) => [
      name,
      fieldsOf(service satisfies Service, serviceFields, writing),
    ]),
    writing,
  );
}

function sectionsOf(project: Project, writing: Writing): [string, Written][] {
  const configs = [...project.configs].map(([key, config]): [string, object] => [
    key,
    config.environment === undefined ? config : { ...config, content: undefined },
  ]);
  return [
    ...section('networks', project.networks, networkFields, writing),
    ...section('volumes', project.volumes, volumeFields, writing),
    ...section('secrets', project.secrets, fileObjectFields, writing),
    ...section('configs', new Map(configs), fileObjectFields, writing),
  ];
}

function section(
  key: string,
  all: ReadonlyMap<string, object>,
  fields: Fields,
  writing: Writing,
): [string, Written][] {
  if (all.size === 0) return [];
  const made = [...all].map(([name, value]): [string, Written] => [name, fieldsOf(value, fields, writing)]);
  return [[key, ordered(made, writing)]];
}

function ordered(entries: readonly [string, Written][], writing: Writing): ReadonlyMap<string, Written> {
  if (writing === 'yaml') return inYamlOrder(entries);
  return new Map([...entries].sort(byKey));
}

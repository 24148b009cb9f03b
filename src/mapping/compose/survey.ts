import type { ComposeProject, ComposeService } from '../../docker/compose/project.ts';
import { freeName } from '../../kubernetes/names.ts';
import { type KubernetesVersion, newDraft } from '../workload/draft.ts';
import { serviceName } from '../workload/ports.ts';
import { type Mention, mentionsOf } from './mentions.ts';
import { wellKnownPort } from './well-known-images.ts';

/** What one service has to know of the others. */
export interface Surroundings {
  /** The name of its workload. */
  readonly name: string;
  /** The name of its Service, by which others find it. */
  readonly serviceName: string;
  /** Others that name it: by depends_on, links, or in their configuration. */
  readonly namedBy: readonly string[];
  /** Where others' configuration names it. */
  readonly mentions: readonly Mention[];
  /** On what others wait for it. */
  readonly awaited: ReadonlySet<Condition>;
  /** Services that share its network, so that they have to be in its Pod. */
  readonly guests: readonly ComposeService[];
  /** The service whose Pod it has to be in. */
  readonly host: string | undefined;
  /** Ports of TCP that others reach it at. */
  readonly ports: readonly number[];
}

export type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

/** The whole project, looked over before any service is translated. */
export interface Survey {
  readonly project: ComposeProject;
  readonly byName: ReadonlyMap<string, ComposeService>;
  readonly around: ReadonlyMap<string, Surroundings>;
  /** Names of claims by the key of the volume. */
  readonly claims: ReadonlyMap<string, string>;
  /** Names of ConfigMaps and Secrets by the key of the config and secret. */
  readonly configs: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
  /** Services that mount a volume of the project, or a path of the machine, by what they mount. */
  readonly mountedBy: ReadonlyMap<string, readonly string[]>;
  /** Names of the Secrets made of files of variables, by the path of the file. */
  readonly envFiles: Map<string, string>;
  /** Names of Services that are taken. */
  readonly serviceNames: Set<string>;
}

/** Looks over a project: who names whom, who shares what, and what everything will be called. */
export function surveyProject(project: ComposeProject, kubernetes: KubernetesVersion): Survey {
  const byName = new Map(project.services.map((each) => [each.name, each]));
  const names = uniqueNames(
    project.services.map(({ name }) => name),
    52,
  );
  const ownNames = new Map(
    [...names].map(([key, name]) => [key, serviceName(newDraft(name, '', kubernetes))]),
  );
  const mentions = mentionsOf(project);
  const dependants = waitersOf(project);
  const guests = guestsOf(project, byName);
  const around = new Map(
    project.services.map((service): [string, Surroundings] => {
      const { name } = service;
      const found = mentions.get(name) ?? [];
      const waiters = dependants.get(name) ?? [];
      const namedBy = [...new Set([...waiters.map(({ by }) => by), ...found.map(({ by }) => by)])];
      return [
        name,
        {
          name: names.get(name) ?? name,
          serviceName: ownNames.get(name) ?? name,
          namedBy,
          mentions: found,
          awaited: new Set(waiters.map(({ condition }) => condition)),
          guests: guests.get(name) ?? [],
          host: hostOf(service, byName),
          ports: portsOf(service, found, namedBy.length > 0),
        },
      ];
    }),
  );
  return {
    project,
    byName,
    around,
    claims: uniqueNames(
      project.volumes.map(({ key }) => key),
      63,
      (key) => externalName(project.volumes, key),
    ),
    configs: uniqueNames(
      project.configs.map(({ key }) => key),
      63,
      (key) => externalName(project.configs, key),
    ),
    secrets: uniqueNames(
      project.secrets.map(({ key }) => key),
      63,
      (key) => externalName(project.secrets, key),
      [...names.values()].map((name) => `${name}-env`),
    ),
    mountedBy: mountsOf(project),
    envFiles: new Map(),
    serviceNames: new Set(ownNames.values()),
  };
}

/** What is known of a service of the project. */
export function around(survey: Survey, service: string): Surroundings {
  const found = survey.around.get(service);
  // Names come from the project itself, which was checked.
  if (!found) throw new Error(`no service ${service}`);
  return found;
}

/** A name for each, as the API accepts it, no two the same. */
function uniqueNames(
  keys: readonly string[],
  room: number,
  given: (key: string) => string | undefined = () => undefined,
  reserved: readonly string[] = [],
): Map<string, string> {
  const taken = new Set(reserved);
  const names = new Map<string, string>();
  for (const key of keys) {
    const name = freeName(given(key) ?? key, 'label', taken, room);
    taken.add(name);
    names.set(key, name);
  }
  return names;
}

/** What exists already keeps the name that it has. */
function externalName(
  all: readonly {
    readonly key: string;
    readonly config: { readonly name: string; readonly external?: boolean };
  }[],
  key: string,
): string | undefined {
  const found = all.find((each) => each.key === key);
  return found?.config.external ? found.config.name : undefined;
}

function waitersOf(
  project: ComposeProject,
): Map<string, { readonly by: string; readonly condition: Condition }[]> {
  const found = new Map<string, { by: string; condition: Condition }[]>();
  for (const { name, config } of project.services) {
    for (const [other, { condition = 'service_started' }] of Object.entries(config.depends_on ?? {})) {
      const known = found.get(other);
      if (known) known.push({ by: name, condition });
      else found.set(other, [{ by: name, condition }]);
    }
  }
  return found;
}

/** Services in the network of one in the network of one … */
const longestChain = 50;

/** `service:name` and `container:name`, where the container is one of the project. */
function hostOf(
  { name, config }: ComposeService,
  byName: ReadonlyMap<string, ComposeService>,
): string | undefined {
  const [, other] = /^(?:service|container):(.+)$/.exec(config.network_mode ?? '') ?? [];
  if (other === undefined) return undefined;
  const found = byName.has(other)
    ? other
    : [...byName.values()].find((each) => each.config.container_name === other)?.name;
  // A chain of guests ends in the Pod of the last host; a circle ends nowhere.
  const seen = new Set([name]);
  for (let host = found; host !== undefined && !seen.has(host) && seen.size < longestChain; ) {
    seen.add(host);
    const next = /^(?:service):(.+)$/.exec(byName.get(host)?.config.network_mode ?? '')?.[1];
    if (next === undefined) return host;
    host = next;
  }
  return undefined;
}

function guestsOf(
  project: ComposeProject,
  byName: ReadonlyMap<string, ComposeService>,
): Map<string, ComposeService[]> {
  const found = new Map<string, ComposeService[]>();
  for (const service of project.services) {
    const host = hostOf(service, byName);
    if (host !== undefined) found.set(host, [...(found.get(host) ?? []), service]);
  }
  return found;
}

/** Ports that are published, exposed, named by others, or known of the image. */
function portsOf({ config }: ComposeService, mentions: readonly Mention[], isNamed: boolean): number[] {
  const published = (config.ports ?? []).flatMap(({ target, protocol }) =>
    target !== undefined && (protocol ?? 'tcp') === 'tcp' ? [target] : [],
  );
  const exposed = (config.expose ?? []).flatMap((text) =>
    /^\d+(\/tcp)?$/.test(text) ? [Number.parseInt(text, 10)] : [],
  );
  const named = mentions.flatMap(({ port }) => (port === undefined ? [] : [port]));
  const known = isNamed ? wellKnownPort(config.image ?? '') : undefined;
  const all = [...named, ...published, ...exposed, ...(known === undefined ? [] : [known])];
  return [...new Set(all)].filter((port) => port > 0 && port < 65_536);
}

function mountsOf(project: ComposeProject): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, config } of project.services) {
    const sources = (config.volumes ?? []).flatMap(({ type, source }) =>
      source === undefined ? [] : [`${type}:${source}`],
    );
    for (const source of new Set(sources)) found.set(source, [...(found.get(source) ?? []), name]);
  }
  return found;
}

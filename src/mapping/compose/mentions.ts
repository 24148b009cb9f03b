import type { ComposeProject } from '../../docker/compose/project.ts';

/** A place in a service's configuration that names another service as a host. */
export interface Mention {
  /** The service that does it. */
  readonly by: string;
  /** Such as `environment.DATABASE_URL`. */
  readonly where: string;
  /** What it says: the service's name, or another that the service has. */
  readonly name: string;
  readonly port: number | undefined;
}

/** A host: what stands behind `//`, `@`, at the start, or alone between blanks, commas and brackets. */
const host = /(\/\/|@|^|[=\s,;"'([])([A-Za-z0-9_][A-Za-z0-9_.-]*)(?::(\d{1,5})(?!\d))?(?=$|[/:\s,;"')\]?])/g;

/** Variables that hold a host and nothing else. */
const hostVariable =
  /(HOST|HOSTNAME|URL|URI|ADDR|ADDRESS|SERVER|SERVERS|ENDPOINT|BROKER|BROKERS|NODES?|DSN|UPSTREAM|CONNECT)$/i;

/** Texts longer than this hold programs, not addresses. */
const longest = 20_000;

/**
 * Where services name each other in variables and commands, by the service that is named. In Kubernetes these
 * names have to be names of Services.
 */
export function mentionsOf(project: ComposeProject): Map<string, Mention[]> {
  const names = namesOf(project);
  const found = new Map<string, Mention[]>();
  for (const { name: by, config } of project.services) {
    const look = (where: string, text: string, isHost: boolean): void => {
      for (const [, before = '', name = '', digits] of text.slice(0, longest).matchAll(host)) {
        const target = names.get(name.toLowerCase());
        if (target === undefined || target === by) continue;
        const isAddress = before === '//' || before === '@' || digits !== undefined;
        if (!isAddress && !isHost) continue;
        const mention = { by, where, name, port: digits === undefined ? undefined : Number(digits) };
        const known = found.get(target);
        if (known) known.push(mention);
        else found.set(target, [mention]);
      }
    };
    for (const [variable, value] of Object.entries(config.environment ?? {})) {
      if (value !== null) look(`environment.${variable}`, value, hostVariable.test(variable));
    }
    for (const key of ['command', 'entrypoint'] as const) {
      for (const word of config[key] ?? []) look(key, word, false);
    }
  }
  return found;
}

/** Every name by which docker's DNS finds a service: its own, its container's, its aliases, those of links. */
function namesOf(project: ComposeProject): Map<string, string> {
  const names = new Map<string, string>();
  const add = (name: string, service: string): void => {
    const key = name.toLowerCase();
    if (!names.has(key)) names.set(key, service);
  };
  for (const { name } of project.services) add(name, name);
  for (const { name, config } of project.services) {
    if (config.container_name !== undefined) add(config.container_name, name);
    for (const network of Object.values(config.networks ?? {})) {
      for (const alias of network?.aliases ?? []) add(alias, name);
    }
    for (const link of config.links ?? []) {
      const [service = '', alias] = link.split(':');
      if (alias !== undefined) add(alias, service);
    }
  }
  return names;
}

import { normalizeAddress } from '../addresses.ts';
import { parseImage } from '../images.ts';
import { reworded } from '../refusal.ts';
import type { ComposeProject, ComposeService, Resource } from './project.ts';
import { ComposeRefusal, type Place } from './refusal.ts';
import { at, type Tree } from './tree.ts';

type Fail = (message: string, hint: string, key?: string) => ComposeRefusal;

/** Refuses what compose refuses once everything is read (loader/validate.go and validation/ of compose-go). */
export function checkProject(project: ComposeProject, takesAnyImage = false): void {
  const checks = new Checks(project, takesAnyImage);
  for (const service of project.services) checks.service(service);
  for (const volume of project.volumes) checks.external(volume, 'volumes');
  for (const config of project.configs) checks.source(config, 'configs', ['file', 'environment', 'content']);
  for (const secret of project.secrets) checks.source(secret, 'secrets', ['file', 'environment']);
  checks.circles();
}

class Checks {
  readonly #project: ComposeProject;
  readonly #takesAnyImage: boolean;
  readonly #services: ReadonlyMap<string, ComposeService>;
  readonly #known: Readonly<
    Record<'networks' | 'volumes' | 'configs' | 'secrets' | 'models', ReadonlySet<string>>
  >;

  constructor(project: ComposeProject, takesAnyImage: boolean) {
    this.#project = project;
    this.#takesAnyImage = takesAnyImage;
    this.#services = new Map(project.services.map((each) => [each.name, each]));
    const keysOf = (resources: readonly { readonly key: string }[]) =>
      new Set(resources.map(({ key }) => key));
    this.#known = {
      networks: keysOf(project.networks),
      volumes: keysOf(project.volumes),
      configs: keysOf(project.configs),
      secrets: keysOf(project.secrets),
      models: keysOf(project.models),
    };
  }

  service(service: ComposeService): void {
    const { name, config, given } = service;
    const fail: Fail = (message, hint, key) =>
      new ComposeRefusal(message, hint, placeOf(given, key) ?? service.place);
    if (!config.build && !config.image && !config.provider) {
      throw fail(
        `services.${name} has neither an image nor a build`,
        'Say `image: nginx:1.27`, or `build: .`.',
      );
    }
    const { image } = config;
    if (image && !this.#takesAnyImage) {
      reworded(
        () => parseImage(image),
        ({ message, hint }) => fail(`services.${name}.image: ${message}`, hint, 'image'),
      );
    }
    if (config.build?.dockerfile !== undefined && config.build.dockerfile_inline !== undefined) {
      throw fail(
        `services.${name}.build has dockerfile and dockerfile_inline`,
        'Keep one of the two.',
        'build',
      );
    }
    if (config.network_mode !== undefined && config.networks && Object.keys(config.networks).length > 0) {
      throw fail(`services.${name} has network_mode and networks`, 'Keep one of the two.', 'network_mode');
    }
    this.#names(service, fail);
    this.#dependencies(service, fail);
    this.#numbers(service, fail);
    this.#mounts(service, fail);
  }

  #names({ name, config }: ComposeService, fail: Fail): void {
    const uses = [
      ['networks', 'network', Object.keys(config.networks ?? {})],
      [
        'volumes',
        'volume',
        (config.volumes ?? []).flatMap(({ type, source }) => (type === 'volume' && source ? [source] : [])),
      ],
      ['configs', 'config', sourcesOf(config.configs)],
      ['secrets', 'secret', sourcesOf(config.secrets)],
      ['secrets', 'build secret', sourcesOf(config.build?.secrets), 'build'],
      ['models', 'model', Object.keys(config.models ?? {})],
    ] as const;
    for (const [key, what, used, place = key] of uses) {
      const missing = used.find((each) => !this.#known[key].has(each));
      if (missing !== undefined) {
        throw fail(
          `services.${name} uses the ${what} ${missing}, which is not there`,
          `Add \`${missing}:\` under \`${key}:\` at the top of the file.`,
          place,
        );
      }
    }
    const shared = /^service:(.*)$/.exec(config.network_mode ?? '')?.[1];
    if (shared !== undefined && !this.#services.has(shared)) {
      throw fail(
        `services.${name} shares the network of ${shared}, which is not there`,
        'Name a service of the file.',
        'network_mode',
      );
    }
  }

  #dependencies({ name, config }: ComposeService, fail: Fail): void {
    for (const [other, { required }] of Object.entries(config.depends_on ?? {})) {
      if (this.#services.has(other)) continue;
      const sleeping = this.#project.inactive.find((each) => each.name === other);
      if (sleeping && required === false) continue;
      throw sleeping
        ? fail(
            `services.${name} depends on ${other}, which is of a profile that is not active`,
            `Activate it with --profile ${sleeping.profiles[0]}.`,
            'depends_on',
          )
        : fail(
            `services.${name} depends on ${other}, which is not there`,
            'Name a service of the file.',
            'depends_on',
          );
    }
  }

  #numbers({ name, config }: ComposeService, fail: Fail): void {
    const { deploy, scale } = config;
    const { limits, reservations } = deploy?.resources ?? {};
    const twice = [
      ['scale', scale, 'replicas', deploy?.replicas],
      ['cpus', config.cpus || undefined, 'resources.limits.cpus', limits && (limits.cpus ?? 0)],
      ['mem_limit', config.mem_limit || undefined, 'resources.limits.memory', limits && (limits.memory ?? 0)],
      [
        'mem_reservation',
        config.mem_reservation || undefined,
        'resources.reservations.memory',
        reservations && (reservations.memory ?? 0),
      ],
      ['pids_limit', config.pids_limit || undefined, 'resources.limits.pids', limits && (limits.pids ?? 0)],
    ] as const;
    for (const [key, one, other, two] of twice) {
      if (one !== undefined && two !== undefined && one !== two) {
        throw fail(
          `services.${name} has ${key} and deploy.${other}, which are not the same`,
          'Keep one of the two.',
          key,
        );
      }
    }
    const replicas = scale ?? deploy?.replicas ?? 1;
    if (replicas < 0)
      throw fail(
        `services.${name} cannot have ${replicas} replicas`,
        'Give 0 or more.',
        scale === undefined ? 'deploy' : 'scale',
      );
    if (replicas > 1 && config.container_name !== undefined) {
      throw fail(
        `services.${name} has a container_name and ${replicas} replicas`,
        'A name is for one container: take it out.',
        'container_name',
      );
    }
    for (const { host_ip: address } of config.ports ?? []) {
      if (address !== undefined && normalizeAddress(address) === undefined) {
        throw fail(
          `services.${name}.ports has ${JSON.stringify(address)}, which is no address`,
          'Give an IP address such as 127.0.0.1.',
          'ports',
        );
      }
    }
  }

  #mounts({ name, config }: ComposeService, fail: Fail): void {
    const mounted = new Map<string, string>();
    const targets = [
      ...(config.tmpfs ?? []).map((each, index) => [`tmpfs[${index}]`, each.replace(/:.*$/s, '')] as const),
      ...(config.volumes ?? []).map(({ target = '' }, index) => [`volumes[${index}]`, target] as const),
    ];
    for (const [key, target] of targets) {
      const before = mounted.get(target);
      if (before !== undefined) {
        throw fail(
          `services.${name}.${key} is mounted at ${target}, as ${before} is`,
          'Give each a path of its own.',
          'volumes',
        );
      }
      mounted.set(target, key);
    }
  }

  external({ key, config, given }: Resource<{ readonly external?: boolean }>, section: string): void {
    if (!config.external || given?.kind !== 'dict') return;
    const other = [...given.entries].find(
      ([each]) => !['name', 'external'].includes(each) && !each.startsWith('x-'),
    );
    if (other) {
      throw new ComposeRefusal(
        `${section}.${key} is external and has ${other[0]}`,
        'What exists already takes its name alone.',
        other[1].place,
      );
    }
  }

  source(
    resource: Resource<{ readonly external?: boolean }>,
    section: string,
    keys: readonly string[],
  ): void {
    const { key, place, given } = resource;
    const found = keys.filter((each) => at(given, each));
    if (found.length > 1) {
      throw new ComposeRefusal(`${section}.${key} has ${found.join(' and ')}`, 'Keep one of the two.', place);
    }
    if (found.length === 0 && !resource.config.external) {
      throw new ComposeRefusal(
        `${section}.${key} needs one of ${keys.join(', ')}`,
        'Say where its content is, or that it is `external: true`.',
        place,
      );
    }
  }

  /** Services that wait for each other would never start. */
  circles(): void {
    const left = new Map(
      [...this.#services].map(([name, { config }]) => [
        name,
        Object.keys(config.depends_on ?? {}).filter((each) => this.#services.has(each)),
      ]),
    );
    const dependants = new Map<string, string[]>();
    for (const [name, others] of left)
      for (const other of others) {
        const known = dependants.get(other);
        if (known) known.push(name);
        else dependants.set(other, [name]);
      }
    const waits = new Map([...left].map(([name, others]) => [name, others.length]));
    const ready = [...left.keys()].filter((name) => waits.get(name) === 0);
    for (const name of ready) {
      left.delete(name);
      for (const each of dependants.get(name) ?? []) {
        const count = (waits.get(each) ?? 0) - 1;
        waits.set(each, count);
        if (count === 0) ready.push(each);
      }
    }
    const [first] = left.keys();
    const service = first === undefined ? undefined : this.#services.get(first);
    if (!service) return;
    // From any of those that are left, the way leads into a circle.
    const way = new Set<string>();
    for (let name = first; name !== undefined; ) {
      way.add(name);
      const next = left.get(name)?.find((each) => left.has(each));
      if (next !== undefined && way.has(next)) {
        const names = [...way];
        const circle = [...names.slice(names.indexOf(next)), next].slice(0, 20).join(', which depends on ');
        throw new ComposeRefusal(
          `services depend on each other in a circle: ${circle}`,
          'Take one `depends_on` out.',
          placeOf(service.given, 'depends_on') ?? service.place,
        );
      }
      name = next;
    }
  }
}

function sourcesOf(mounts: readonly { readonly source: string }[] = []): string[] {
  return mounts.map(({ source }) => source);
}

function placeOf(given: Tree, key: string | undefined): Place | undefined {
  return key !== undefined && given.kind === 'dict' ? given.entries.get(key)?.place : undefined;
}

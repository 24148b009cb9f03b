import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { Filters } from '../../engine/filters.ts';
import { endpointsOfContainer } from '../../networks/endpoints.ts';
import type { ContainerParts } from '../container-parts.ts';
import { allContainers, type ContainerRecord, statusOf } from '../container-record.ts';
import { containerNamed } from '../find-container.ts';
import type { PortSummary } from './port-summary.ts';

/** What a list of containers may be narrowed down by. */
export const listFilters: readonly string[] = [
  ...['ancestor', 'before', 'exited', 'expose', 'health', 'id', 'is-task', 'isolation', 'label', 'name'],
  ...['network', 'publish', 'since', 'status', 'volume'],
];

const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const healths = ['none', 'starting', 'healthy', 'unhealthy'];

/** Which containers a list is to have (`foldFilter` of daemon/list.go in github.com/moby/moby). */
export class ListFilter {
  readonly #parts: ContainerParts;
  readonly #filters: Filters;
  readonly #exited: readonly number[];
  readonly #before: ContainerRecord | undefined;
  readonly #since: ContainerRecord | undefined;
  readonly #images: ReadonlySet<string>;
  readonly #published: ReadonlySet<string>;
  readonly #exposed: ReadonlySet<string>;

  /** @throws EngineError for a value that cannot be */
  constructor(parts: ContainerParts, filters: Filters) {
    this.#parts = parts;
    this.#filters = filters;
    this.#exited = filters.get('exited').map(exitCodeOf);
    for (const each of filters.get('status')) checkStatus(each);
    filters.flag('is-task');
    for (const each of filters.get('health')) checkHealth(each);
    this.#before = this.#other('before');
    this.#since = this.#other('since');
    this.#images = new Set(filters.get('ancestor').flatMap((each) => imagesFrom(parts, each)));
    this.#published = new Set(filters.get('publish').flatMap((each) => portsIn('publish', each)));
    this.#exposed = new Set(filters.get('expose').flatMap((each) => portsIn('expose', each)));
  }

  /** Whether those that do not run are asked for. */
  get wantsAll(): boolean {
    return this.#filters.has('status');
  }

  /** Those that `before` and `since` leave, of all from the newest to the oldest. */
  between(all: readonly ContainerRecord[]): readonly ContainerRecord[] {
    const place = (of: ContainerRecord) => all.findIndex(({ id }) => id === of.id);
    const first = this.#before ? place(this.#before) + 1 : 0;
    return all.slice(first, this.#since ? place(this.#since) : all.length);
  }

  /** Whether a container has everything that is asked for. */
  accepts(container: ContainerRecord, ports: readonly PortSummary[]): boolean {
    const filters = this.#filters;
    const { name, id, config, state, health } = container;
    return (
      (filters.matches('name', name) || filters.matches('name', name.slice(1))) &&
      (filters.get('id').length === 0 || filters.get('id').some((each) => id.startsWith(each))) &&
      filters.flag('is-task') !== true &&
      filters.hasLabels('label', config.Labels) &&
      (this.#exited.length === 0 ||
        (this.#exited.includes(state.exitCode) && !state.running && state.startedAt !== undefined)) &&
      filters.isExact('status', statusOf(container)) &&
      filters.isExact('health', health?.status ?? 'none') &&
      this.#hasVolume(container) &&
      (!filters.has('ancestor') || this.#images.has(container.image)) &&
      this.#hasNetwork(container) &&
      this.#hasPort(ports)
    );
  }

  #hasVolume({ mounts }: ContainerRecord): boolean {
    const wanted = this.#filters.get('volume');
    if (!this.#filters.has('volume')) return true;
    return mounts.some(
      ({ name, source = '', destination }) => wanted.includes(destination) || wanted.includes(name ?? source),
    );
  }

  #hasNetwork({ id }: ContainerRecord): boolean {
    const wanted = this.#filters.get('network');
    if (!this.#filters.has('network')) return true;
    return endpointsOfContainer(this.#parts.store, id).some(({ network, networkId }) =>
      wanted.some((each) => each === network || (networkId !== '' && networkId.startsWith(each))),
    );
  }

  #hasPort(ports: readonly PortSummary[]): boolean {
    if (this.#published.size === 0 && this.#exposed.size === 0) return true;
    return ports.some(
      ({ PrivatePort, PublicPort = 0, Type }) =>
        this.#published.has(`${PublicPort}/${Type}`) || this.#exposed.has(`${PrivatePort}/${Type}`),
    );
  }

  #other(filter: 'before' | 'since'): ContainerRecord | undefined {
    const [term] = this.#filters.get(filter);
    if (term === undefined) return undefined;
    const found =
      allContainers(this.#parts).find(({ id }) => id === term) ?? containerNamed(this.#parts, term);
    const begun = found ?? allContainers(this.#parts).find(({ id }) => term !== '' && id.startsWith(term));
    if (!begun) throw new EngineError(404, `No such container: ${term}`);
    return begun;
  }
}

function exitCodeOf(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  const why = `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw new EngineError(400, `invalid filter 'exited=${text}': ${why}`);
}

function checkStatus(text: string): void {
  if (states.includes(text)) return;
  const list = `must be one of ${states.join(', ')}`;
  throw new EngineError(400, `invalid filter 'status=${text}': invalid value for state (${text}): ${list}`);
}

function checkHealth(text: string): void {
  if (healths.includes(text)) return;
  const list = `must be one of ${healths.join(', ')}`;
  throw new EngineError(400, `invalid filter 'health=${text}': invalid value for health (${text}): ${list}`);
}

/** An image, and those that were built on it: theirs begin with its layers. */
function imagesFrom({ runtime }: ContainerParts, name: string): readonly string[] {
  const found = runtime.findImage(laptopHost, name);
  if (!found) return [];
  const own = found.image.layers.map(({ digest }) => digest);
  return runtime
    .images(laptopHost)
    .filter(({ image }) => own.every((digest, place) => image.layers[place]?.digest === digest))
    .map(({ image }) => image.digest);
}

/** A port, or a range of them, with the protocol that it has. */
function portsIn(filter: string, text: string): readonly string[] {
  if (text.includes(':'))
    throw new EngineError(500, `filter for '${filter}' should not contain ':': ${text}`);
  const [, first = '', last = first, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text) ?? [];
  const [number = ''] = text.split('/');
  const wrong = (why: string) => new EngineError(500, `error while looking up for ${filter} ${text}: ${why}`);
  if (first === '' || Number(last) > 65_535) throw wrong(`invalid start port '${number}': invalid syntax`);
  if (Number(first) > Number(last)) throw wrong(`invalid port range: ${number}`);
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, place) => `${Number(first) + place}/${protocol}`);
}

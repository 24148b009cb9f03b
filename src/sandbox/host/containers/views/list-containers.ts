import { humanDuration } from '../../../go/go-units.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { Filters } from '../../engine/filters.ts';
import { type PortMap, portMapOf } from '../../network/published-ports.ts';
import { endpointsOf, endpointsOfContainer } from '../../networks/endpoints.ts';
import type { ContainerParts } from '../container-parts.ts';
import { allContainers, type ContainerRecord, statusOf } from '../container-record.ts';
import { exposedPorts } from '../create/create-container.ts';
import { shownMount } from '../create/mount-points.ts';
import { sizesOf } from './container-size.ts';
import { manifestOf } from './inspect.ts';
import { ListFilter } from './list-filter.ts';
import type { PortSummary } from './port-summary.ts';

/** What `GET /containers/json` is asked for. */
export interface ListOptions {
  readonly all: boolean;
  readonly size: boolean;
  /** 0 for all. */
  readonly limit: number;
  readonly filters: Filters;
}

/** The containers that are asked for, the newest first (daemon/list.go of github.com/moby/moby). @throws EngineError */
export function listContainers(parts: ContainerParts, options: ListOptions): readonly unknown[] {
  const filter = new ListFilter(parts, options.filters);
  const isAll = options.all || filter.wantsAll || options.limit > 0;
  const found: unknown[] = [];
  for (const container of filter.between(allContainers(parts))) {
    if (!container.state.running && !isAll) continue;
    const ports = portsOf(parts, container);
    if (!filter.accepts(container, ports)) continue;
    if (options.limit > 0 && found.length === options.limit) break;
    found.push(summaryOf(parts, container, ports, options.size));
  }
  return found;
}

function portsOf({ store }: ContainerParts, { id, config, state }: ContainerRecord): readonly PortSummary[] {
  const isLive = state.running && !state.restarting;
  if (!isLive || !endpointsOfContainer(store, id).some(({ address }) => address !== '')) return [];
  const map: PortMap = portMapOf(store, id, exposedPorts(config));
  return Object.entries(map).flatMap(([port, places]): readonly PortSummary[] => {
    const [number = '', type = 'tcp'] = port.split('/');
    const own = { PrivatePort: Number(number), Type: type };
    if (!places || places.length === 0) return [own];
    return places.map(({ HostIp, HostPort }) => ({
      IP: HostIp,
      PrivatePort: own.PrivatePort,
      PublicPort: Number(HostPort),
      Type: type,
    }));
  });
}

function summaryOf(
  parts: ContainerParts,
  container: ContainerRecord,
  ports: readonly PortSummary[],
  withSize: boolean,
): Readonly<Record<string, unknown>> {
  const { id, name, path, args, config, hostConfig, health, mounts } = container;
  const words = args.map((word) => (word.includes(' ') ? `'${word}'` : word));
  const sizes = withSize ? sizesOf(parts, container) : undefined;
  const annotations = hostConfig.Annotations;
  return {
    Id: id,
    Names: [name],
    Image: shownImage(parts, container),
    ImageID: container.image,
    ImageManifestDescriptor: manifestOf(parts, container),
    Command: [path, ...words].join(' '),
    Created: Math.floor(container.created / 1000),
    Ports: ports,
    // Go leaves out what is 0.
    ...(sizes && sizes.own > 0 ? { SizeRw: sizes.own } : {}),
    ...(sizes && sizes.all > 0 ? { SizeRootFs: sizes.all } : {}),
    Labels: config.Labels,
    State: statusOf(container),
    Status: statusText(container, parts.store.now),
    HostConfig: {
      NetworkMode: hostConfig.NetworkMode,
      ...(annotations ? { Annotations: annotations } : {}),
    },
    Health: { Status: health?.status ?? 'none', FailingStreak: health?.failingStreak ?? 0 },
    NetworkSettings: { Networks: listedEndpoints(parts, id) },
    Mounts: mounts.map((mount) => ({
      ...shownMount(mount),
      ...(mount.isAnonymous ? { Source: '' } : {}),
    })),
  };
}

/** In a list endpoints say only where they are, not what was asked for. */
function listedEndpoints({ store }: ContainerParts, id: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(endpointsOf(store, id)).map(([network, endpoint]) => [
      network,
      { ...endpoint, Links: null, Aliases: null, DriverOpts: null, DNSNames: null },
    ]),
  );
}

/** The name that it was made by, as long as it still means the same image. */
function shownImage({ runtime }: ContainerParts, { config, image }: ContainerRecord): string {
  const found = runtime.findImage(laptopHost, config.Image);
  return found?.image.digest === image ? config.Image : image;
}

/** How a container stands and since when, such as `Up 2 minutes (healthy)` (`State.String`). */
function statusText({ state, health }: ContainerRecord, now: number): string {
  const since = (at: number | undefined) => humanDuration(now - (at ?? now));
  if (state.running) {
    const up = `Up ${since(state.startedAt)}`;
    if (state.paused) return `${up} (Paused)`;
    if (state.restarting) return `Restarting (${state.exitCode}) ${since(state.finishedAt)} ago`;
    return health ? `${up} (${health.status === 'starting' ? 'health: starting' : health.status})` : up;
  }
  if (state.startedAt === undefined) return 'Created';
  return state.finishedAt === undefined ? '' : `Exited (${state.exitCode}) ${since(state.finishedAt)} ago`;
}

/** @throws EngineError when it is no number */
export function readLimit(text: string): number {
  if (text === '') return 0;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new EngineError(400, `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { EngineResponse } from '../../engine/request.ts';
import { endpointsOfContainer } from '../../networks/endpoints.ts';
import { laptopCpus, laptopMemory } from '../../system/laptop-facts.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, containerRecord } from '../container-record.ts';
import { findContainer } from '../find-container.ts';
import { goTime } from './shown-time.ts';

/** How often statistics are taken, in milliseconds. */
const interval = 1000;

/**
 * What a container uses: `GET /containers/{id}/stats` (daemon/stats_unix.go of github.com/moby/moby; control groups
 * of version 2).
 *
 * @param isStream whether more is to follow, every second, until the container is removed
 * @param isOneShot whether the processor's time of a second before is left out
 * @throws EngineError
 */
export function containerStats(
  parts: ContainerParts,
  name: string,
  isStream: boolean,
  isOneShot: boolean,
): EngineResponse {
  const { id } = findContainer(parts, name);
  let last: Sample | undefined;
  let isClosed = false;
  const { store } = parts;
  return {
    status: 200,
    stream: {
      kind: 'messages',
      next() {
        const container = isClosed ? undefined : containerRecord(parts, id);
        if (!container || (last && store.now < last.at + interval)) return [];
        if (!container.state.running) {
          last = { at: store.now, used: 0 };
          if (!isStream) isClosed = true;
          return [emptyStats(container)];
        }
        const { cpuMilli } = parts.runtime.usage(laptopHost, id);
        const rate = cpuMilli * 1000;
        // A thousandth of a processor uses 1,000 nanoseconds in each millisecond.
        const before = last ?? { at: store.now - interval, used: startUsage };
        const used = before.used + Math.round(rate * (store.now - before.at));
        last = { at: store.now, used };
        if (!isStream) isClosed = true;
        return [statsOf(parts, container, last, isOneShot ? undefined : before)];
      },
      get ended() {
        return isClosed || !containerRecord(parts, id);
      },
      close() {
        isClosed = true;
      },
    },
  };
}

interface Sample {
  readonly at: number;
  /** Nanoseconds of a processor in all. */
  readonly used: number;
}

/** What a container has used when it runs. */
const startUsage = 35_000_000;

function statsOf(
  parts: ContainerParts,
  container: ContainerRecord,
  now: Sample,
  before: Sample | undefined,
): Readonly<Record<string, unknown>> {
  const { id, name, hostConfig } = container;
  const { memoryBytes } = parts.runtime.usage(laptopHost, id);
  const count = parts.runtime.processes(laptopHost, id).length;
  const networks = networksOf(parts, container);
  return {
    id,
    name,
    os_type: 'linux',
    read: goTime(now.at),
    cpu_stats: cpuOf(now),
    memory_stats: {
      usage: memoryBytes,
      stats: { active_anon: memoryBytes, active_file: 0, anon: memoryBytes, file: 0, inactive_file: 0 },
      limit: hostConfig.Memory > 0 ? hostConfig.Memory : laptopMemory,
    },
    ...(networks ? { networks } : {}),
    // No limit is 2 to the power of 64 less 1 in life, which no number of JavaScript is.
    pids_stats: { current: count, ...(hostConfig.PidsLimit && { limit: hostConfig.PidsLimit }) },
    blkio_stats: blockStats,
    num_procs: 0,
    storage_stats: {},
    preread: before ? goTime(before.at) : goTime(undefined),
    precpu_stats: before ? cpuOf(before) : emptyCpu,
  };
}

function cpuOf({ at, used }: Sample): Readonly<Record<string, unknown>> {
  return {
    cpu_usage: {
      total_usage: used,
      usage_in_kernelmode: Math.round(used / 4),
      usage_in_usermode: used - Math.round(used / 4),
    },
    // All processors of the laptop together, of which nobody asks but how much it grows.
    system_cpu_usage: (at % 1e9) * laptopCpus * 1e6,
    online_cpus: laptopCpus,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  };
}

const blockStats = {
  io_service_bytes_recursive: [],
  io_serviced_recursive: null,
  io_queue_recursive: null,
  io_service_time_recursive: null,
  io_wait_time_recursive: null,
  io_merged_recursive: null,
  io_time_recursive: null,
  sectors_recursive: null,
};

const emptyCpu = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};

function emptyStats({ id, name }: ContainerRecord): Readonly<Record<string, unknown>> {
  return {
    id,
    name,
    os_type: 'linux',
    read: goTime(undefined),
    cpu_stats: emptyCpu,
    memory_stats: {},
    pids_stats: {},
    blkio_stats: { ...blockStats, io_service_bytes_recursive: null },
    num_procs: 0,
    storage_stats: {},
    preread: goTime(undefined),
    precpu_stats: emptyCpu,
  };
}

/** What goes to and fro is not counted: each interface has seen what it takes to come up. */
function networksOf(
  { store }: ContainerParts,
  { id }: ContainerRecord,
): Readonly<Record<string, unknown>> | undefined {
  const own = endpointsOfContainer(store, id).filter(({ address }) => address !== '');
  if (own.length === 0) return undefined;
  const quiet = { rx_errors: 0, rx_dropped: 0, tx_bytes: 126, tx_packets: 3, tx_errors: 0, tx_dropped: 0 };
  const seen = { rx_bytes: 1126, rx_packets: 13, ...quiet };
  return Object.fromEntries(own.map((_, place) => [`eth${place}`, seen]));
}

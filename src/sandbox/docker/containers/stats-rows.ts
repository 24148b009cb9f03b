import { binarySize, humanSize } from '../../go/go-units.ts';
import type { Row, RowKind } from '../format/format-rows.ts';
import { shortId } from '../format/go-text.ts';

/** An answer of `GET /containers/{id}/stats`, as far as `docker stats` reads it. */
export interface StatsResponse {
  readonly id?: string;
  readonly name?: string;
  readonly cpu_stats?: CpuStats;
  readonly precpu_stats?: CpuStats;
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
  readonly networks?: Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null;
  };
  readonly pids_stats?: { readonly current?: number };
}

interface CpuStats {
  readonly cpu_usage?: { readonly total_usage?: number };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

/** What statistics have columns for. */
export const statsKind: RowKind = {
  type: '*container.statsContext',
  headers: {
    Container: 'CONTAINER',
    Name: 'NAME',
    ID: 'CONTAINER ID',
    CPUPerc: 'CPU %',
    MemUsage: 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
    PIDs: 'PIDS',
  },
};

const nothing = '--';

/**
 * A container's statistics as templates see them (cli/command/container/formatter_stats.go of docker/cli).
 *
 * @param container as it was named
 * @param stats undefined where there are none
 */
export function statsRow(container: string, stats: StatsResponse | undefined, isTruncated: boolean): Row {
  const id = stats?.id ?? '';
  const name = stats?.name?.replace(/^\//, '') || nothing;
  const fixed = { Container: container, Name: name, ID: isTruncated ? shortId(id) : id };
  if (!stats) {
    const none = { CPUPerc: nothing, MemPerc: nothing, NetIO: nothing, BlockIO: nothing, PIDs: nothing };
    return { fields: { ...fixed, ...none, MemUsage: '-- / --' } };
  }
  const memory = memoryUsed(stats);
  const limit = stats.memory_stats?.limit ?? 0;
  const networks = Object.values(stats.networks ?? {});
  return {
    fields: {
      ...fixed,
      CPUPerc: percentage(cpuPercent(stats)),
      MemUsage: `${binarySize(memory)} / ${binarySize(limit)}`,
      MemPerc: percentage(limit === 0 ? 0 : (memory / limit) * 100),
      NetIO: pair(sum(networks.map((each) => each.rx_bytes)), sum(networks.map((each) => each.tx_bytes))),
      BlockIO: pair(blockBytes(stats, 'r'), blockBytes(stats, 'w')),
      PIDs: String(stats.pids_stats?.current ?? 0),
    },
  };
}

function percentage(value: number): string {
  return `${value.toFixed(2)}%`;
}

function pair(one: number, other: number): string {
  return `${humanSize(one, 3)} / ${humanSize(other, 3)}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function cpuPercent({ cpu_stats: now = {}, precpu_stats: before = {} }: StatsResponse): number {
  const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0);
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  return used > 0 && passed > 0 ? (used / passed) * (now.online_cpus ?? 0) * 100 : 0;
}

/** Without what is only cached: `total_inactive_file` of cgroup v1, `inactive_file` of v2. */
function memoryUsed({ memory_stats: { usage = 0, stats = {} } = {} }: StatsResponse): number {
  const cached = stats.total_inactive_file ?? stats.inactive_file ?? 0;
  return cached < usage ? usage - cached : usage;
}

function blockBytes({ blkio_stats }: StatsResponse, letter: string): number {
  const entries = blkio_stats?.io_service_bytes_recursive ?? [];
  return sum(entries.filter(({ op }) => op.toLowerCase().startsWith(letter)).map(({ value }) => value));
}

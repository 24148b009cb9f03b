import type { ServiceConfig } from '../../../../docker/compose/service-shape.ts';

/** Limits and devices of a container as the API takes them (getDeployResources of pkg/compose/create.go). */
export function resourcesOf(service: ServiceConfig): Readonly<Record<string, unknown>> {
  const { limits, reservations } = service.deploy?.resources ?? {};
  const cpus = limits?.cpus || service.cpus;
  return withoutEmpty({
    CgroupParent: service.cgroup_parent,
    Memory: limits?.memory || service.mem_limit,
    MemorySwap: service.memswap_limit,
    MemorySwappiness: service.mem_swappiness,
    MemoryReservation: reservations?.memory || service.mem_reservation,
    OomKillDisable: service.oom_kill_disable,
    CpuCount: service.cpu_count,
    CpuPeriod: service.cpu_period,
    CpuQuota: service.cpu_quota,
    CpuRealtimePeriod: service.cpu_rt_period,
    CpuRealtimeRuntime: service.cpu_rt_runtime,
    CpuShares: service.cpu_shares,
    NanoCpus: cpus && Math.round(cpus * 1e9),
    CpuPercent: service.cpu_percent && service.cpu_percent * 100,
    CpusetCpus: service.cpuset,
    DeviceCgroupRules: service.device_cgroup_rules,
    PidsLimit: limits?.pids || service.pids_limit,
    BlkioWeight: service.blkio_config?.weight,
    Devices: (service.devices ?? []).map(({ source, target, permissions }) => ({
      PathOnHost: source,
      PathInContainer: target,
      CgroupPermissions: permissions ?? 'rwm',
    })),
    DeviceRequests: [
      ...(service.gpus ?? []).map((each) => deviceRequest(each, [...(each.capabilities ?? []), 'gpu'])),
      ...(reservations?.devices ?? []).map((each) => deviceRequest(each, each.capabilities ?? [])),
    ],
    Ulimits: Object.entries(service.ulimits ?? {}).map(([Name, limit]) =>
      typeof limit === 'number'
        ? { Name, Hard: limit, Soft: limit }
        : { Name, Hard: limit.hard, Soft: limit.soft },
    ),
  });
}

type DeviceRequest = NonNullable<ServiceConfig['gpus']>[number];

function deviceRequest(
  { driver, count, device_ids, options }: DeviceRequest,
  capabilities: readonly string[],
) {
  return {
    Driver: driver ?? '',
    Count: count ?? 0,
    DeviceIDs: device_ids ?? null,
    Capabilities: [capabilities],
    Options: options ?? null,
  };
}

/** Without what is empty, as a field with `omitempty`. */
export function withoutEmpty(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => {
      if (value === undefined || value === null || value === '' || value === 0 || value === false)
        return false;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
}

import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, changeContainer, type HostConfig } from '../container-record.ts';
import { cpuLimitOf } from '../create/container-spec.ts';
import { checkSettings } from '../create/validate-config.ts';
import type { WantedHostConfig } from '../create/wanted-host-config.ts';
import { findContainer } from '../find-container.ts';

/** What can be changed of a container that there is, where something is said of it. */
const changeable: readonly string[] = [
  ...['BlkioWeight', 'CpuShares', 'NanoCpus', 'CpuPeriod', 'CpuQuota', 'CpusetCpus', 'CpusetMems', 'Memory'],
  ...['MemorySwap', 'MemoryReservation', 'CpuRealtimePeriod', 'CpuRealtimeRuntime'],
];

/**
 * Changes limits and the restart policy of a container, whether or not it runs (daemon/update.go and
 * `UpdateContainer` of daemon/container in github.com/moby/moby).
 *
 * @returns what the daemon warns of
 * @throws EngineError
 */
export function updateContainer(
  parts: ContainerParts,
  name: string,
  wanted: WantedHostConfig,
): readonly string[] {
  const warnings = checkSettings(undefined, wanted, () => true);
  const container = findContainer(parts, name);
  const conflict = conflictOf(container, wanted);
  if (conflict !== undefined)
    throw new EngineError(409, `Cannot update container ${container.id}: ${conflict}`);
  const set = changeable.filter((field) => (wanted[field] ?? 0) !== 0 && wanted[field] !== '');
  const restart = wanted.RestartPolicy?.Name ? { RestartPolicy: fullPolicy(wanted.RestartPolicy) } : {};
  const pids = wanted.PidsLimit === undefined || wanted.PidsLimit === null ? {} : pidsLimit(wanted.PidsLimit);
  const hostConfig = {
    ...container.hostConfig,
    ...Object.fromEntries(set.map((field) => [field, wanted[field]])),
    ...pids,
    ...restart,
  };
  const known = changeContainer(parts, container, { hostConfig });
  const { spec } = parts.runtime.container(laptopHost, known.id) ?? {};
  if (spec) {
    const { memoryLimit: _, cpuLimitMilli: __, ...rest } = spec;
    const cpus = cpuLimitOf(hostConfig);
    parts.runtime.revise(laptopHost, known.id, {
      ...rest,
      ...(hostConfig.Memory > 0 ? { memoryLimit: hostConfig.Memory } : {}),
      ...(cpus === undefined ? {} : { cpuLimitMilli: cpus }),
    });
  }
  tell(parts, known, 'update');
  return warnings;
}

function fullPolicy({
  Name,
  MaximumRetryCount = 0,
}: HostConfig['RestartPolicy']): HostConfig['RestartPolicy'] {
  return { Name, MaximumRetryCount };
}

/** 0 and less mean no limit. */
function pidsLimit(limit: number): { readonly PidsLimit: number } {
  return { PidsLimit: Math.max(0, limit) };
}

function conflictOf({ hostConfig: now }: ContainerRecord, wanted: WantedHostConfig): string | undefined {
  const number = (name: string) => (wanted[name] ?? 0) as number;
  const both = (one: string, other: string) =>
    `Conflicting options: ${one} cannot be updated as ${other} has already been set`;
  if (number('NanoCpus') > 0 && now.CpuPeriod > 0) return both('Nano CPUs', 'CPU Period');
  if (number('NanoCpus') > 0 && now.CpuQuota > 0) return both('Nano CPUs', 'CPU Quota');
  if (number('CpuPeriod') > 0 && now.NanoCpus > 0) return both('CPU Period', 'NanoCPUs');
  if (number('CpuQuota') > 0 && now.NanoCpus > 0) return both('CPU Quota', 'NanoCPUs');
  const memory = number('Memory');
  if (memory !== 0 && memory > (now.MemorySwap as number) && number('MemorySwap') === 0)
    return 'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time';
  const policy = wanted.RestartPolicy?.Name ?? '';
  if (now.AutoRemove && policy !== '' && policy !== 'no')
    return 'Restart policy cannot be updated because AutoRemove is enabled for the container';
  return undefined;
}

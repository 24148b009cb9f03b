import { EngineError } from '../../engine/engine-error.ts';
import { laptopCpus } from '../../system/laptop-facts.ts';
import type { WantedHostConfig } from './wanted-host-config.ts';

/** Less a container cannot start with (`linuxMinMemory` of daemon/daemon_unix.go). */
const leastMemory = 6 * 2 ** 20;

/**
 * Refuses limits that the kernel would not take (`verifyPlatformContainerResources` of daemon/daemon_unix.go in
 * github.com/moby/moby).
 *
 * @param isUpdate a limit of swap alone may be changed
 * @returns what the daemon warns of
 * @throws EngineError
 */
export function checkResources(host: WantedHostConfig, isUpdate: boolean): readonly string[] {
  const number = (name: string) => (host[name] ?? 0) as number;
  const warnings: string[] = [];
  const memory = number('Memory');
  const swap = number('MemorySwap');
  const reservation = number('MemoryReservation');
  if (memory !== 0 && memory < leastMemory) refuse('Minimum memory limit allowed is 6MB');
  if (memory > 0 && swap > 0 && swap < memory)
    refuse('Minimum memoryswap limit should be larger than memory limit, see usage');
  if (memory === 0 && swap > 0 && !isUpdate)
    refuse('You should always set the Memory limit when using Memoryswap limit, see usage');
  const swappiness = host.MemorySwappiness as number | null | undefined;
  if (swappiness !== undefined && swappiness !== null && swappiness !== -1)
    warnings.push(
      'Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.',
    );
  if (reservation > 0 && reservation < leastMemory) refuse('Minimum memory reservation allowed is 6MB');
  if (memory > 0 && reservation > 0 && memory < reservation)
    refuse('Minimum memory limit can not be less than memory reservation limit, see usage');
  if (host.OomKillDisable === true)
    warnings.push('Your kernel does not support OomKillDisable. OomKillDisable discarded.');
  checkCpus(host, number);
  const weight = number('BlkioWeight');
  if (weight > 0 && (weight < 10 || weight > 1000)) refuse('Range of blkio weight is from 10 to 1000');
  return warnings;
}

function checkCpus(host: WantedHostConfig, number: (name: string) => number): void {
  const cpus = number('NanoCpus');
  const period = number('CpuPeriod');
  const quota = number('CpuQuota');
  if (number('CpuShares') < 0)
    refuse(`invalid CPU shares (${number('CpuShares')}): value must be a positive integer`);
  if (cpus > 0 && period > 0) refuse('Conflicting options: Nano CPUs and CPU Period cannot both be set');
  if (cpus > 0 && quota > 0) refuse('Conflicting options: Nano CPUs and CPU Quota cannot both be set');
  if (cpus < 0 || cpus > laptopCpus * 1e9)
    refuse(`range of CPUs is from 0.01 to ${laptopCpus}.00, as there are only ${laptopCpus} CPUs available`);
  if (period !== 0 && (period < 1000 || period > 1_000_000))
    refuse('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  if (quota > 0 && quota < 1000) refuse('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  checkSet((host.CpusetCpus ?? '') as string, laptopCpus - 1, 'CPUs', 'cpus');
  checkSet((host.CpusetMems ?? '') as string, 0, 'memory nodes', 'mems');
}

/** A list of numbers and ranges, such as `0-2,4`. */
function checkSet(text: string, last: number, what: string, kind: string): void {
  if (text === '') return;
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text))
    refuse(`Invalid value ${text} for cpuset ${kind}: invalid format: ${text}`);
  if (text.split(/[,-]/).every((each) => Number(each) <= last)) return;
  const available = last === 0 ? '0' : `0-${last}`;
  refuse(`Requested ${what} are not available - requested ${text}, available: ${available}`);
}

function refuse(why: string): never {
  throw new EngineError(400, why);
}

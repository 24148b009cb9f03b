import { parseBytes, parseSwap } from '../../../docker/bytes.ts';
import { parseCpus } from '../../../docker/cpus.ts';
import { parseRestart } from '../../../docker/limits.ts';
import { print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded } from '../engine-client.ts';
import { CommandFailure, throwAll } from '../failures.ts';

/** `docker container update` (cli/command/container/update.go of docker/cli). */
export function* runUpdate(context: DockerContext): Steps<number> {
  const body = updateBody(context);
  const failures: CommandFailure[] = [];
  const warnings: string[] = [];
  for (const name of context.args) {
    try {
      const path = `/containers/${encoded(name)}/update`;
      const { Warnings } = yield* ask<{ readonly Warnings: readonly string[] | null }>('POST', path, {
        body,
      });
      yield* print(`${name}\n`);
      warnings.push(...(Warnings ?? []));
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      failures.push(failure);
    }
  }
  if (warnings.length > 0) yield* print(`${warnings.join('\n')}\n`);
  throwAll(failures);
  return 0;
}

function updateBody({ flags }: DockerContext): Readonly<Record<string, unknown>> {
  const number = (name: string): number => Number(flags.text(name) || 0);
  const pids = number('--pids-limit');
  return {
    CpuShares: number('--cpu-shares'),
    Memory: flags.value('--memory', parseBytes, 0),
    NanoCpus: flags.value('--cpus', parseCpus, 0),
    CgroupParent: '',
    BlkioWeight: number('--blkio-weight'),
    BlkioWeightDevice: null,
    BlkioDeviceReadBps: null,
    BlkioDeviceWriteBps: null,
    BlkioDeviceReadIOps: null,
    BlkioDeviceWriteIOps: null,
    CpuPeriod: number('--cpu-period'),
    CpuQuota: number('--cpu-quota'),
    CpuRealtimePeriod: number('--cpu-rt-period'),
    CpuRealtimeRuntime: number('--cpu-rt-runtime'),
    CpusetCpus: flags.text('--cpuset-cpus'),
    CpusetMems: flags.text('--cpuset-mems'),
    Devices: null,
    DeviceCgroupRules: null,
    DeviceRequests: null,
    MemoryReservation: flags.value('--memory-reservation', parseBytes, 0),
    MemorySwap: flags.value('--memory-swap', parseSwap, 0),
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit: pids === 0 ? null : pids,
    Ulimits: null,
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    RestartPolicy: flags.has('--restart') ? flags.value('--restart', parseRestart, noPolicy) : noPolicy,
  };
}

const noPolicy = { Name: '', MaximumRetryCount: 0 };

import { parseBytes, parseSwap } from '../../docker/bytes.ts';
import { parseCpus } from '../../docker/cpus.ts';
import { parseInteger } from '../../docker/go-values.ts';
import { limitCpu, limitMemory, requestCpuShares, reserveMemory } from '../workload/limits.ts';
import { type FlagRule, lastValue, type RunContext } from './flag-rule.ts';

const noField = 'none';
const docker = ['docker-resource-constraints', 'docker-container-run'];
const limits = ['docker-resource-constraints', 'k8s-manage-resources'];
const lesson = 'health-and-resources';

/** What the container may use of memory, processors and disks. */
export const resourceFlags: readonly FlagRule[] = [
  {
    flag: '--memory',
    grade: 'exact',
    kubernetes: 'resources.limits.memory',
    why: '',
    sources: limits,
    lesson,
    apply(draft, { value }, { command }) {
      const bytes = parseBytes(value);
      if (bytes === 0) return unlimited('memory');
      const quantity = limitMemory(draft, bytes);
      const request = lastValue(command, '--memory-reservation')
        ? ''
        : ' A limit alone is the request too, so the scheduler keeps that much free.';
      return {
        why: `docker reads \`${value}\` in powers of 1024, so it is \`${quantity}\`. Above it the container is killed: OOMKilled.${/^\d+m$/i.test(value) ? ` In Kubernetes \`${value.toLowerCase()}\` would be thousandths of a byte.` : ''}${request}`,
      };
    },
  },
  {
    flag: '--memory-reservation',
    grade: 'approximate',
    kubernetes: 'resources.requests.memory',
    why: '',
    sources: limits,
    lesson,
    apply(draft, { value }, { command }) {
      const bytes = parseBytes(value);
      const most = bytesOf(command, '--memory');
      if (bytes === 0) return unlimited('memory');
      if (most > 0 && bytes > most) {
        return {
          grade: 'none',
          kubernetes: noField,
          why: `\`${value}\` is more than the limit, which the docker daemon refuses and the API too. The limit alone stays.`,
        };
      }
      const quantity = reserveMemory(draft, bytes);
      return {
        why: `\`${quantity}\` is what the scheduler keeps free for the Pod. Docker's reservation is a soft limit on one machine and chooses no machine.`,
      };
    },
  },
  {
    flag: '--memory-swap',
    grade: 'none',
    kubernetes: noField,
    why: 'A container has no limit on swap of its own. Where the node allows swap at all, the kubelet computes it from the request. Leave `{value}` out, and give enough memory.',
    sources: [...docker, 'k8s-swap'],
    lesson,
    apply: (_draft, { value }, { command }) =>
      bytesOf(command, '--memory') > 0 && bytesOf(command, '--memory-swap') === bytesOf(command, '--memory')
        ? {
            grade: 'exact',
            kubernetes: 'the default of a node',
            why: `\`${value}\` is as much as the memory, so no swap at all: that is how a node treats containers unless its kubelet is told otherwise.`,
          }
        : {},
  },
  {
    flag: '--memory-swappiness',
    grade: 'none',
    kubernetes: noField,
    why: 'Swappiness belongs to the node. Set `vm.swappiness` there, not `{value}` for one container.',
    sources: [...docker, 'k8s-swap'],
    lesson,
  },
  {
    flag: '--kernel-memory',
    grade: 'none',
    kubernetes: noField,
    why: 'Docker has deprecated it and the Engine takes no notice: kernel memory counts within the memory limit. Drop it.',
    sources: ['docker-deprecated', 'docker-resource-constraints'],
    lesson,
  },
  {
    flag: '--cpus',
    grade: 'exact',
    kubernetes: 'resources.limits.cpu',
    why: '',
    sources: limits,
    lesson,
    apply(draft, { value }, { command }) {
      const nanoCpus = parseCpus(value);
      if (nanoCpus <= 0) return unlimited('processors');
      const quantity = limitCpu(draft, nanoCpus);
      const request = lastValue(command, '--cpu-shares')
        ? ''
        : ' Without a request, the scheduler reserves the same.';
      const rounded = nanoCpus % 1_000_000 === 0 ? '' : ' It is rounded up to a thousandth of a processor.';
      return {
        why: `\`${quantity}\` is the time of ${value} processors; above it the container is slowed down, not killed.${rounded}${request}`,
      };
    },
  },
  {
    flag: '--cpu-quota',
    grade: 'approximate',
    kubernetes: 'resources.limits.cpu',
    why: 'A quota of {value} µs a period has no field of its own, and is given as a limit in processors.',
    sources: limits,
    lesson,
    apply(draft, { value }, { command }) {
      const quota = Number(parseInteger(value));
      if (lastValue(command, '--cpus')) {
        return {
          grade: 'none',
          kubernetes: noField,
          why: 'Docker refuses a quota beside `--cpus`; the limit comes from `--cpus`.',
        };
      }
      if (quota <= 0) return unlimited('processors');
      const period = wholeNumber(command, '--cpu-period') || usualPeriod;
      const quantity = limitCpu(draft, Math.round((quota / period) * 1e9));
      return {
        why: `${value} µs of each ${period} µs are \`${quantity}\` of a processor. The kubelet chooses the period.`,
      };
    },
  },
  {
    flag: '--cpu-period',
    grade: 'none',
    kubernetes: noField,
    why: 'The period is set for a whole node, with `--cpu-cfs-quota-period` of its kubelet, and is 100 ms. A period of {value} µs only counts here for what `--cpu-quota` amounts to.',
    sources: [...docker, 'k8s-manage-resources'],
    lesson,
  },
  {
    flag: '--cpu-shares',
    grade: 'approximate',
    kubernetes: 'resources.requests.cpu',
    why: '',
    sources: limits,
    lesson,
    apply(draft, { value }, { command }) {
      const shares = Number(parseInteger(value));
      if (shares <= 0) return unlimited('processors');
      const most = cpuLimitOf(command);
      const quantity = requestCpuShares(draft, shares, most > 0 ? most : undefined);
      return {
        why: `Shares count when processors are short. A request of one processor weighs 1024, so ${value} is \`${quantity}\`; the scheduler reserves that too, which docker does not.`,
      };
    },
  },
  {
    flag: '--cpuset-cpus',
    grade: 'none',
    kubernetes: noField,
    why: 'A Pod cannot choose processors {value} of a node it does not know. A node with the static CPU manager gives whole processors to a container that asks for a whole number, with requests equal to limits.',
    sources: [...docker, 'k8s-node-resource-managers'],
    lesson,
  },
  {
    flag: '--cpuset-mems',
    grade: 'none',
    kubernetes: noField,
    why: 'A Pod cannot choose memory nodes {value}. The memory manager and the topology manager of a node do that.',
    sources: [...docker, 'k8s-node-resource-managers'],
    lesson,
  },
  ...(['--cpu-rt-period', '--cpu-rt-runtime'] as const).map(
    (flag): FlagRule => ({
      flag,
      grade: 'none',
      kubernetes: noField,
      why: 'Realtime scheduling, {value} µs, has no field: the kubelet gives containers shares and quotas only.',
      sources: [...docker, 'k8s-manage-resources'],
      lesson,
    }),
  ),
  {
    flag: '--cpu-count',
    grade: 'approximate',
    kubernetes: 'resources.limits.cpu',
    why: 'The number of processors, of Windows only. A limit of {value} is the counterpart, on Windows nodes too.',
    sources: [...docker, 'k8s-windows'],
    lesson,
    apply(draft, { value }, { command }) {
      const count = Number(parseInteger(value));
      if (count > 0 && !lastValue(command, '--cpus')) limitCpu(draft, count * 1e9);
      return {};
    },
  },
  {
    flag: '--cpu-percent',
    grade: 'none',
    kubernetes: noField,
    why: 'A share of {value} percent of a machine, of Windows only, says nothing about nodes that differ. Give processors: `resources.limits.cpu`.',
    sources: [...docker, 'k8s-windows'],
    lesson,
  },
  {
    flag: '--pids-limit',
    grade: 'none',
    kubernetes: noField,
    why: 'A limit of {value} processes is set for all Pods of a node, with `podPidsLimit` of its kubelet. A Pod has no field for it.',
    sources: [...docker, 'k8s-pid-limiting'],
    lesson,
  },
  {
    flag: '--ulimit',
    grade: 'none',
    kubernetes: noField,
    why: 'A Pod has no ulimits. `{value}` comes from the container runtime of the node, which its administrator sets. A start script with `ulimit` can lower it, and raise the soft limit up to the hard one.',
    sources: [...docker, 'containerd-cri-config', 'k8s-api-pod'],
    lesson,
  },
  {
    flag: '--oom-kill-disable',
    grade: 'none',
    kubernetes: noField,
    why: 'A container above its memory limit is always killed. Give it a limit that it can live in.',
    sources: [...docker, 'k8s-manage-resources'],
    lesson,
  },
  {
    flag: '--oom-score-adj',
    grade: 'none',
    kubernetes: noField,
    why: 'The kubelet sets the score itself, from the quality of service. Requests equal to limits in memory and processors (Guaranteed) give the best one; `{value}` cannot be set.',
    sources: [...docker, 'k8s-node-pressure', 'k8s-pod-qos'],
    lesson,
  },
  ...(
    [
      ['--blkio-weight', 'A weight of {value} for disk access'],
      ['--blkio-weight-device', 'A weight of `{value}` for a disk'],
      ['--device-read-bps', 'A reading rate of `{value}`'],
      ['--device-write-bps', 'A writing rate of `{value}`'],
      ['--device-read-iops', 'A limit of `{value}` reads a second'],
      ['--device-write-iops', 'A limit of `{value}` writes a second'],
      ['--io-maxbandwidth', 'A bandwidth of {value}, of Windows only,'],
      ['--io-maxiops', 'A limit of {value} operations a second, of Windows only,'],
    ] as const
  ).map(
    ([flag, what]): FlagRule => ({
      flag,
      grade: 'none',
      kubernetes: noField,
      why: `${what} has no field: Kubernetes shares out memory and processors, not disks. Choose a StorageClass that is fast enough.`,
      sources: [...docker, 'k8s-manage-resources', 'k8s-storage-classes'],
      lesson,
    }),
  ),
];

function unlimited(what: string) {
  return {
    grade: 'exact' as const,
    kubernetes: 'the default',
    why: `It means no limit on ${what}, and so does leaving the field out.`,
  };
}

function bytesOf(command: RunContext['command'], flag: string): number {
  const value = lastValue(command, flag);
  return value === undefined ? 0 : parseSwap(value);
}

/** Microseconds; the kernel's own. */
const usualPeriod = 100_000;

function wholeNumber(command: RunContext['command'], flag: string): number {
  return Number(parseInteger(lastValue(command, flag) ?? '0'));
}

function cpuLimitOf(command: RunContext['command']): number {
  const cpus = lastValue(command, '--cpus');
  if (cpus) return parseCpus(cpus);
  const quota = wholeNumber(command, '--cpu-quota');
  const period = wholeNumber(command, '--cpu-period') || usualPeriod;
  return quota > 0 ? Math.round((quota / period) * 1e9) : wholeNumber(command, '--cpu-count') * 1e9;
}

import { describe, expect, it } from 'vitest';
import { containerOf, podOf, soundly, verdictOn } from './translated.ts';

const run = (flags: string) => soundly(`docker run -d --name web ${flags} nginx:1.27`);

describe('resources', () => {
  it.each([
    ['-m 512m', { limits: { memory: '512Mi' } }],
    ['-m 512M', { limits: { memory: '512Mi' } }],
    ['--memory 1g', { limits: { memory: '1Gi' } }],
    ['--memory 1.5g', { limits: { memory: '1536Mi' } }],
    ['--memory 300M', { limits: { memory: '300Mi' } }],
    ['--memory 100mb', { limits: { memory: '100Mi' } }],
    ['--memory 64mib', { limits: { memory: '64Mi' } }],
    ['--memory 1000000000', { limits: { memory: '1000000000' } }],
    ['--memory 0', undefined],
    ['-m 1g -m 2g', { limits: { memory: '2Gi' } }],
    ['--memory-reservation 256m', { requests: { memory: '256Mi' } }],
    ['-m 1g --memory-reservation 512m', { requests: { memory: '512Mi' }, limits: { memory: '1Gi' } }],
    ['--memory-reservation 512m -m 1g', { requests: { memory: '512Mi' }, limits: { memory: '1Gi' } }],
    ['--cpus 1.5', { limits: { cpu: '1500m' } }],
    ['--cpus .5', { limits: { cpu: '500m' } }],
    ['--cpus 2', { limits: { cpu: '2' } }],
    ['--cpus 0', undefined],
    ['--cpu-shares 512', { requests: { cpu: '500m' } }],
    ['-c 1024', { requests: { cpu: '1' } }],
    ['-c 2', { requests: { cpu: '2m' } }],
    ['--cpu-shares 0', undefined],
    ['--cpus .5 -c 1024', { requests: { cpu: '500m' }, limits: { cpu: '500m' } }],
    ['-c 1024 --cpus .5', { requests: { cpu: '500m' }, limits: { cpu: '500m' } }],
    ['--cpu-quota 25000', { limits: { cpu: '250m' } }],
    ['--cpu-quota 25000 --cpu-period 50000', { limits: { cpu: '500m' } }],
    ['--cpu-quota -1', undefined],
    ['--memory 1g --cpus 2', { limits: { memory: '1Gi', cpu: '2' } }],
    ['--gpus 2', { limits: { 'nvidia.com/gpu': '2' } }],
    ['--gpus all', { limits: { 'nvidia.com/gpu': '1' } }],
    ['--gpus device=0', { limits: { 'nvidia.com/gpu': '1' } }],
    ['--gpus \'"device=0,2"\'', { limits: { 'nvidia.com/gpu': '2' } }],
  ])('%s', (flags, resources) => {
    expect(containerOf(run(flags)).resources).toEqual(resources);
  });

  it.each([
    [
      '-m 512m',
      '--memory',
      'exact',
      /`512m` in powers of 1024, so it is `512Mi`.*OOMKilled.*thousandths of a byte.*limit alone is the request too/,
    ],
    ['-m 1g --memory-reservation 512m', '--memory', 'exact', /OOMKilled\.$/],
    ['--memory 0', '--memory', 'exact', /no limit/],
    ['--memory-reservation 256m', '--memory-reservation', 'approximate', /keeps free/],
    ['-m 1g --memory-reservation 2g', '--memory-reservation', 'none', /more than the limit/],
    ['-m 512m --memory-swap 512m', '--memory-swap', 'exact', /no swap at all/],
    ['-m 512m --memory-swap 1g', '--memory-swap', 'none', /limit on swap/],
    ['-m 512m --memory-swap -1', '--memory-swap', 'none', /limit on swap/],
    ['--memory-swappiness 10', '--memory-swappiness', 'none', /belongs to the node/],
    ['--kernel-memory 50m', '--kernel-memory', 'none', /deprecated/],
    ['--cpus 1.5', '--cpus', 'exact', /slowed down, not killed/],
    ['--cpu-shares 512', '--cpu-shares', 'approximate', /weighs 1024, so 512 is `500m`/],
    ['--cpu-quota 25000', '--cpu-quota', 'approximate', /25000 µs of each 100000/],
    ['--cpu-period 50000', '--cpu-period', 'none', /50000 µs/],
    ['--cpuset-cpus 0-2', '--cpuset-cpus', 'none', /processors 0-2.*static CPU manager/],
    ['--cpuset-mems 0,1', '--cpuset-mems', 'none', /memory nodes 0,1/],
    ['--cpu-rt-period 1000', '--cpu-rt-period', 'none', /Realtime/],
    ['--cpu-rt-runtime 500', '--cpu-rt-runtime', 'none', /Realtime/],
    ['--pids-limit 100', '--pids-limit', 'none', /100 processes.*podPidsLimit/],
    ['--ulimit nofile=1024:2048', '--ulimit', 'none', /`nofile=1024:2048`/],
    ['--oom-kill-disable', '--oom-kill-disable', 'none', /always killed/],
    ['--oom-score-adj -500', '--oom-score-adj', 'none', /`-500` cannot be set/],
    ['--blkio-weight 300', '--blkio-weight', 'none', /weight of 300/],
    ['--blkio-weight-device /dev/sda:200', '--blkio-weight-device', 'none', /`\/dev\/sda:200`/],
    ['--device-read-bps /dev/sda:1mb', '--device-read-bps', 'none', /`\/dev\/sda:1mb`/],
    ['--device-write-bps /dev/sda:1mb', '--device-write-bps', 'none', /writing rate/],
    ['--device-read-iops /dev/sda:10', '--device-read-iops', 'none', /reads a second/],
    ['--device-write-iops /dev/sda:10', '--device-write-iops', 'none', /writes a second/],
    ['--gpus all', '--gpus', 'approximate', /1 is an assumption/],
    ['--gpus device=3', '--gpus', 'approximate', /\(3\) cannot be chosen/],
    ['--device vendor.com/class=name', '--device', 'none', /CDI/],
    ['--device-cgroup-rule "c 42:* rmw"', '--device-cgroup-rule', 'none', /`c 42:\* rmw`/],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });

  it.each(['--cpu-count 2', '--cpu-percent 50', '--io-maxbandwidth 1m', '--io-maxiops 5'])(
    'refuses %s with docker, which has it on Windows only',
    (flags) => {
      expect(() => run(flags)).toThrow(/only supported on a Docker daemon running on windows/);
    },
  );

  it.each([
    ['--device /dev/kvm', '/dev/kvm', '/dev/kvm'],
    ['--device /dev/sda:/dev/xvdc:r', '/dev/sda', '/dev/xvdc'],
  ])('%s needs a privileged container, and says so', (flags, path, mountPath) => {
    const translation = run(flags);
    expect(podOf(translation).volumes?.[0]?.hostPath).toEqual({ path });
    expect(containerOf(translation).volumeMounts?.[0]?.mountPath).toBe(mountPath);
    expect(containerOf(translation).securityContext).toEqual({ privileged: true });
    expect(translation.caveats.join(' ')).toMatch(/`privileged: true` is there for/);
  });
});

import { describe, expect, it } from 'vitest';
import { containerOf, podOf, soundly, translated, verdictOn } from './translated.ts';

const run = (flags: string) => soundly(`docker run -d --name web ${flags} nginx:1.27`);

describe('security of the container', () => {
  it.each([
    ['-u 1000', { runAsUser: 1000 }],
    ['-u 1000:2000', { runAsUser: 1000, runAsGroup: 2000 }],
    ['--user 0:0', { runAsUser: 0, runAsGroup: 0 }],
    ['--user root', { runAsUser: 0 }],
    ['--user 1000:', { runAsUser: 1000 }],
    ['--user 1000:staff', { runAsUser: 1000 }],
    ['--user www-data', undefined],
    ['--user :1000', undefined],
    ['--user 99999999999', undefined],
    ['--cap-add NET_ADMIN', { capabilities: { add: ['NET_ADMIN'] } }],
    ['--cap-add CAP_SYS_TIME --cap-add net_raw', { capabilities: { add: ['SYS_TIME', 'NET_RAW'] } }],
    [
      '--cap-drop ALL --cap-add NET_BIND_SERVICE',
      { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
    ],
    ['--cap-drop all', { capabilities: { drop: ['ALL'] } }],
    ['--privileged', { privileged: true }],
    ['--privileged=false', undefined],
    ['--read-only', { readOnlyRootFilesystem: true }],
    ['--security-opt no-new-privileges', { allowPrivilegeEscalation: false }],
    ['--security-opt no-new-privileges:true', { allowPrivilegeEscalation: false }],
    ['--security-opt no-new-privileges=false', { allowPrivilegeEscalation: true }],
    ['--privileged --security-opt no-new-privileges', { privileged: true }],
    ['--security-opt no-new-privileges --privileged', { privileged: true }],
    ['--security-opt no-new-privileges --device /dev/kvm', { privileged: true }],
    ['--security-opt seccomp=unconfined', { seccompProfile: { type: 'Unconfined' } }],
    ['--security-opt seccomp:unconfined', { seccompProfile: { type: 'Unconfined' } }],
    ['--security-opt seccomp=builtin', { seccompProfile: { type: 'RuntimeDefault' } }],
    [
      '--security-opt seccomp=./profiles/web.json',
      { seccompProfile: { type: 'Localhost', localhostProfile: 'web.json' } },
    ],
    ['--security-opt apparmor=unconfined', { appArmorProfile: { type: 'Unconfined' } }],
    ['--security-opt apparmor=docker-default', { appArmorProfile: { type: 'RuntimeDefault' } }],
    ['--security-opt apparmor:web', { appArmorProfile: { type: 'Localhost', localhostProfile: 'web' } }],
    ['--security-opt label=type:svirt_apache_t', { seLinuxOptions: { type: 'svirt_apache_t' } }],
    [
      '--security-opt label=user:u --security-opt label=level:s0:c1,c2',
      { seLinuxOptions: { user: 'u', level: 's0:c1,c2' } },
    ],
    ['--security-opt label=disable', { seLinuxOptions: { type: 'spc_t' } }],
    ['--security-opt systempaths=unconfined --network host', undefined],
    [
      '-u 1000 --read-only --cap-drop ALL',
      { runAsUser: 1000, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    ],
  ])('with %s is %j', (flags, context) => {
    expect(containerOf(run(flags)).securityContext).toEqual(context);
  });

  it.each([
    ['--group-add 1000', { supplementalGroups: [1000] }],
    ['--group-add 1000 --group-add 2000 --group-add 1000', { supplementalGroups: [1000, 2000] }],
    ['--group-add audio', undefined],
    ['--sysctl net.ipv4.tcp_syncookies=0', { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '0' }] }],
    ['--sysctl net.core.somaxconn=1024', { sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] }],
    [
      '--sysctl net.core.somaxconn=1 --sysctl net.core.somaxconn=2',
      { sysctls: [{ name: 'net.core.somaxconn', value: '2' }] },
    ],
    ['--ipc host --sysctl kernel.shmmax=1', undefined],
  ])('of the Pod with %s is %j', (flags, context) => {
    expect(podOf(run(flags)).securityContext).toEqual(context);
  });

  it.each([
    ['-u 1000', '--user', 'exact', /`runAsUser: 1000`/],
    ['-u www-data', '--user', 'none', /numbers only.*id -u www-data/],
    ['-u :1000', '--user', 'none', /needs `runAsUser`/],
    ['-u 1000:staff', '--user', 'approximate', /`staff` has to be a number/],
    ['-u $(id -u):$(id -g)', '--user', 'none', /nobody knows it here/],
    ['--group-add audio', '--group-add', 'none', /getent group audio/],
    ['--group-add 29', '--group-add', 'exact', /whole Pod/],
    ['--cap-add NET_ADMIN', '--cap-add', 'exact', /without `CAP_`/],
    ['--cap-drop ALL', '--cap-drop', 'exact', /level Restricted/],
    ['--privileged', '--privileged', 'exact', /Pod Security Standards/],
    ['--privileged=false', '--privileged', 'exact', /docker's default/],
    ['--read-only', '--read-only', 'exact', /emptyDir/],
    ['--sysctl net.ipv4.tcp_syncookies=0', '--sysctl', 'exact', /every cluster allows/],
    ['--sysctl net.core.somaxconn=1024', '--sysctl', 'approximate', /kubelet has to be told/],
    ['--network host --sysctl net.core.somaxconn=1', '--sysctl', 'none', /node itself/],
    ['--security-opt seccomp=./p.json', '--security-opt', 'approximate', /\/var\/lib\/kubelet\/seccomp/],
    ['--security-opt apparmor=web', '--security-opt', 'approximate', /loaded on every node/],
    ['--security-opt label=disable', '--security-opt', 'approximate', /spc_t/],
    ['--security-opt label=filetype:x', '--security-opt', 'none', /no label of SELinux that has a field/],
    ['--security-opt writable-cgroups=true', '--security-opt', 'none', /no field/],
    ['--privileged --security-opt no-new-privileges', '--security-opt', 'none', /may do everything anyway/],
    ['--privileged --security-opt systempaths=unconfined', '--security-opt', 'exact', /as they are/],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });

  it('shows /proc as it is where user namespaces are on by default', () => {
    const line = 'docker run -d --security-opt systempaths=unconfined nginx:1.27';
    expect(podOf(translated(line)).hostUsers).toBe(false);
    expect(containerOf(translated(line)).securityContext).toEqual({ procMount: 'Unmasked' });
    expect(podOf(translated(line, { kubernetes: '1.32' })).hostUsers).toBeUndefined();
  });

  it('names the sysctls that a kubelet has to be told to allow', () => {
    expect(run('--sysctl net.core.somaxconn=1').caveats.join(' ')).toContain('--allowed-unsafe-sysctls');
    expect(run('--sysctl net.ipv4.ping_group_range=0').caveats.join(' ')).not.toContain(
      '--allowed-unsafe-sysctls',
    );
  });
});

describe('namespaces', () => {
  it.each([
    ['--pid host', { hostPID: true }],
    ['--ipc host', { hostIPC: true }],
    ['--network host', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }],
    ['--init', { shareProcessNamespace: true }],
    ['--init --pid host', { hostPID: true }],
    ['--init=false', {}],
    ['--pid container:db', {}],
    ['--ipc private', {}],
    ['--userns host', {}],
    ['--uts host', {}],
    ['--cgroupns host', {}],
    ['--cgroup-parent /x', {}],
  ])('of %s are %j', (flags, spec) => {
    const { containers: _, ...rest } = podOf(run(flags));
    expect(rest).toEqual(spec);
  });

  it.each([
    ['--pid host', '--pid', 'exact', /processes of its node/],
    ['--pid container:db', '--pid', 'approximate', /Pod of `db`/],
    ['--ipc container:db', '--ipc', 'approximate', /share their IPC/],
    ['--ipc shareable', '--ipc', 'exact', /its containers share it/],
    ['--ipc none', '--ipc', 'none', /always has \/dev\/shm/],
    ['--uts host', '--uts', 'none', /downward API/],
    ['--uts host --network host', '--uts', 'exact', /name of its node/],
    ['--userns host', '--userns', 'exact', /hostUsers: true/],
    ['--cgroupns host', '--cgroupns', 'none', /`host` cannot be chosen/],
    ['--cgroupns private', '--cgroupns', 'exact', /cgroup v2/],
    ['--cgroup-parent /x', '--cgroup-parent', 'none', /`\/x` has no place/],
    ['--init', '--init', 'approximate', /collects zombies.*tini/],
    ['--init --pid host', '--init', 'exact', /PID 1/],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });
});

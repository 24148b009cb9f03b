import { describe, expect, it } from 'vitest';
import { capabilitiesOf, capabilityMask } from '../../../src/sandbox/runtime/capabilities.ts';
import { limitsText } from '../../../src/sandbox/runtime/resource-limits.ts';
import { host, Lab } from './lone-container.ts';

/** What a container has said in its first seconds. */
function logOf(lab: Lab, id: string): string {
  lab.advance(5000);
  return lab.log(id);
}

// What runc 1.5.1 and Linux made of the same flags with Docker 29.7.2.
describe('what root may do', () => {
  it.each<[string, Parameters<typeof capabilitiesOf>[0], string]>([
    ['nothing was said', {}, '00000000a80425fb'],
    ['all is dropped', { drop: ['ALL'] }, '0000000000000000'],
    ['all is dropped but one', { drop: ['all'], add: ['CAP_NET_ADMIN'] }, '0000000000001000'],
    ['one is added', { add: ['net_admin'] }, '00000000a80435fb'],
    ['one is dropped', { drop: ['CHOWN'] }, '00000000a80425fa'],
    ['all is added', { add: ['ALL'] }, '000001ffffffffff'],
    ['all is added but one', { add: ['ALL'], drop: ['SYS_MODULE'] }, '000001fffffeffff'],
    ['it is privileged', { privileged: true, drop: ['ALL'] }, '000001ffffffffff'],
  ])('is what the kernel says where %s', (_, wanted, mask) => {
    expect(capabilityMask(capabilitiesOf(wanted))).toBe(mask);
  });

  it('is shown to the processes, and nothing of it to those of other users', () => {
    const lab = new Lab();
    const script = "grep -E 'Cap(Prm|Bnd)' /proc/self/status";
    const capabilities = ['NET_ADMIN'];
    const root = lab.script(script, { confinement: { capabilities } });
    expect(logOf(lab, root)).toBe('CapPrm:\t0000000000001000\nCapBnd:\t0000000000001000\n');
    const user = lab.script(script, { user: '1000' });
    expect(logOf(lab, user)).toBe('CapPrm:\t0000000000000000\nCapBnd:\t00000000a80425fb\n');
  });

  it.each([
    ['chown 1 /tmp', ['FOWNER'], 'chown: /tmp: Operation not permitted\n'],
    ['chown 1 /tmp', ['CHOWN'], ''],
    ['touch x; chown 1 x; chmod 700 x', ['CHOWN', 'DAC_OVERRIDE'], 'chmod: x: Operation not permitted\n'],
    ['mkdir d; chown 1 d; touch d/x', ['CHOWN'], 'touch: d/x: Permission denied\n'],
    ['mkdir d; chown 1 d; touch d/x', ['CHOWN', 'DAC_OVERRIDE'], ''],
  ])('decides what `%s` comes to with %o', (script, capabilities, said) => {
    const lab = new Lab();
    expect(logOf(lab, lab.script(script, { confinement: { capabilities } }))).toBe(said);
  });

  it.each([
    [
      'nginx:1.28',
      'nginx: [emerg] chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)',
    ],
    ['redis:7', 'error: failed switching to "redis": operation not permitted'],
    ['postgres:16', 'error: failed switching to "postgres": operation not permitted'],
  ])('is what servers need that hand over to another user: %s', (image, said) => {
    const lab = new Lab();
    const id = lab.start(image, undefined, { confinement: { capabilities: [] } });
    lab.advance(5000);
    expect(logOf(lab, id).trimEnd().split('\n').at(-1)).toBe(said);
    expect(lab.exitCode(id)).toBe(1);
  });
});

describe('limits', () => {
  it('are written as the kernel writes them', () => {
    const lines = limitsText({ nofile: [1024, 2048] }).split('\n');
    expect(lines[0]).toBe('Limit                     Soft Limit           Hard Limit           Units     ');
    expect(lines).toContain('Max open files            1024                 2048                 files     ');
    expect(lines).toContain('Max stack size            8388608              unlimited            bytes     ');
    expect(lines).toContain('Max nice priority         0                    0                    ');
  });

  it.each([
    [
      'busybox:1.36',
      'ulimit -n; ulimit -Hn; ulimit -n 4096',
      '1024\n2048\nsh: error setting limit: Operation not permitted\n',
    ],
    ['debian:12-slim', 'ulimit -a | grep -c .', '12\n'],
    ['debian:12-slim', 'ulimit -a | grep nofiles', 'nofiles              1024\n'],
    ['busybox:1.36', 'ulimit -a | grep "open files"', 'open files                      (-n) 1024\n'],
    ['busybox:1.36', 'ulimit -s; ulimit -c', '8192\nunlimited\n'],
    ['busybox:1.36', 'ulimit -z; echo $?', "ulimit: invalid option -- 'z'\n1\n"],
    ['debian:12-slim', 'ulimit -z; echo $?', 'sh: 1: ulimit: Illegal option -z\n2\n'],
    ['debian:12-slim', 'ulimit -n 4096', 'sh: 1: ulimit: error setting limit (Operation not permitted)\n'],
  ])('are those of the container for a shell of %s: %s', (image, script, said) => {
    const lab = new Lab();
    const id = lab.script(script, { confinement: { limits: { nofile: [1024, 2048] } } }, image);
    expect(logOf(lab, id)).toBe(said);
  });

  it('are listed by bash in its own way', () => {
    const lab = new Lab();
    const id = lab.start('debian:12-slim', ['bash', '-c', 'ulimit -a'], {});
    expect(logOf(lab, id)).toContain('core file size              (blocks, -c) unlimited\n');
    expect(logOf(lab, id)).toContain('open files                          (-n) 1048576\n');
  });

  it('stand in the first lines of nginx', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28', undefined, { confinement: { limits: { nofile: [1024, 2048] } } });
    expect(logOf(lab, id)).toContain('getrlimit(RLIMIT_NOFILE): 1024:2048');
  });
});

describe('/dev/shm', () => {
  it('has room for what was asked', () => {
    const lab = new Lab();
    const script = 'df /dev/shm | tail -1; dd if=/dev/zero of=/dev/shm/x bs=1k 2>&1 | head -1';
    const id = lab.script(script, { confinement: { shmBytes: 2 ** 20 } });
    expect(logOf(lab, id)).toBe(
      "shm                       1024         0      1024   0% /dev/shm\ndd: error writing '/dev/shm/x': No space left on device\n",
    );
  });

  it('is not there when there is to be none', () => {
    const lab = new Lab();
    const id = lab.script('ls -d /dev/shm; grep -c shm /proc/mounts', { confinement: { shmBytes: 0 } });
    expect(logOf(lab, id)).toBe('ls: /dev/shm: No such file or directory\n0\n');
  });
});

describe('/proc', () => {
  it('has a folder of the process that looks', () => {
    const lab = new Lab();
    const id = lab.script(
      'cat /proc/self/cmdline | tr "\\0" " "; echo; readlink /proc/self/cwd; cat /proc/self/cgroup',
      {
        workingDir: '/tmp',
      },
    );
    expect(logOf(lab, id)).toBe('cat /proc/self/cmdline \n/tmp\n0::/\n');
  });

  it('shows a container that joins another its processes and their files', () => {
    const lab = new Lab();
    const web = lab.start('nginx:1.28');
    const helper = lab.script(
      'ps; cat /proc/1/comm; ls /proc/1/root/etc/nginx; ls /proc/1/root/nope; sleep 1d',
      {
        network: 'web',
        joinsPidsOf: web,
      },
    );
    const lines = logOf(lab, helper).split('\n');
    expect(lines[1]).toBe('    1 root      0:00 nginx: master process nginx -g daemon off;');
    expect(lines[2]).toBe('   29 101       0:00 nginx: worker process');
    expect(lines.some((line) => line.endsWith(' ps'))).toBe(true);
    expect(lines).toContain('nginx');
    expect(lines).toContain('nginx.conf');
    expect(lines).toContain('ls: /proc/1/root/nope: No such file or directory');
    expect(lab.exec(web, ['sh', '-c', 'cat /proc/[0-9]*/comm'])).toContain('sleep');
  });

  it('lets a container that has joined another end its first process', () => {
    const lab = new Lab();
    const web = lab.start('nginx:1.28');
    const helper = lab.script('kill 1; sleep 1d', { network: 'web', joinsPidsOf: web });
    lab.advance(1000);
    expect(lab.exitCode(web)).toBe(0);
    expect(lab.runtime.container(host, helper)?.state).toBe('running');
  });

  it('counts on when a container that had joined is removed', () => {
    const lab = new Lab();
    const web = lab.start('nginx:1.28');
    const helper = lab.script('true', { network: 'web', joinsPidsOf: web });
    const before = Number(lab.exec(web, ['sh', '-c', 'echo $$']));
    lab.runtime.remove(host, helper);
    expect(Number(lab.exec(web, ['sh', '-c', 'echo $$']))).toBeGreaterThan(before);
  });
});

describe('what is mounted', () => {
  it('is listed with what holds it: memory, or the disk', () => {
    const lab = new Lab();
    const { store } = lab.simulation;
    store.write('runtime/volumes', `${host}/cache`, { files: {}, memory: true, sizeLimit: 2 ** 20 });
    store.write('runtime/volumes', `${host}/data`, { files: {} });
    store.write('runtime/volumes', `${host}/key`, { files: {} });
    const id = lab.script("df | awk 'NR > 1 { print $1, $2, $6 }'", {
      mounts: [
        { target: '/var/lib/data', volume: 'data', readOnly: false },
        { target: '/cache', volume: 'cache', readOnly: false },
        { target: '/etc/key', volume: 'key', readOnly: true, isSecret: true },
      ],
    });
    expect(logOf(lab, id).split('\n')).toEqual([
      'overlay 104857600 /',
      'tmpfs 65536 /dev',
      'shm 65536 /dev/shm',
      'tmpfs 1024 /cache',
      'tmpfs 8388608 /etc/key',
      '/dev/vda1 104857600 /etc/hostname',
      '/dev/vda1 104857600 /etc/hosts',
      '/dev/vda1 104857600 /etc/resolv.conf',
      '/dev/vda1 104857600 /var/lib/data',
      '',
    ]);
  });

  it('is listed once for each device by GNU, where it is nearest to the root', () => {
    const lab = new Lab();
    const id = lab.start('debian:12-slim', ['df', '-h']);
    expect(logOf(lab, id)).toBe(
      `Filesystem      Size  Used Avail Use% Mounted on
overlay         100G   25G   75G  25% /
tmpfs            64M     0   64M   0% /dev
shm              64M     0   64M   0% /dev/shm
/dev/vda1       100G   25G   75G  25% /etc/hosts
`,
    );
  });
});

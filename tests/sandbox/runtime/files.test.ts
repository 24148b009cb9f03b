import { describe, expect, it } from 'vitest';
import type { Mount } from '../../../src/sandbox/runtime/container-runtime.ts';
import type { FileNode } from '../../../src/sandbox/runtime/file-tree.ts';
import type { Volume } from '../../../src/sandbox/runtime/volume.ts';
import { begin, host, Lab } from './lone-container.ts';

function file(content: string, mode = 0o644): FileNode {
  return { kind: 'file', content, mode, owner: '0:0', at: begin };
}

function volume(lab: Lab, name: string, content: Volume): void {
  lab.simulation.store.write('runtime/volumes', `${host}/${name}`, content);
}

const mounted: Mount = { volume: 'data', target: '/data', readOnly: false };

describe('files of a container', () => {
  it('are those of its image, with its own over them', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28', ['sleep', '1000']);
    lab.exec(id, [
      'sh',
      '-c',
      'echo new > /usr/share/nginx/html/index.html; rm /etc/debian_version; mkdir /own; echo x > /own/x',
    ]);
    const files = lab.runtime.files(host, id);
    expect(files.get('/usr/share/nginx/html/index.html')).toMatchObject({ content: 'new\n' });
    expect(files.get('/etc/debian_version')).toBeUndefined();
    expect(files.list('/own')).toEqual(['x']);
    expect(files.list('/etc')).not.toContain('debian_version');
    expect(lab.runtime.changes(host, id)).toEqual([
      { kind: 'deleted', path: '/etc/debian_version' },
      { kind: 'added', path: '/own' },
      { kind: 'added', path: '/own/x' },
      { kind: 'changed', path: '/usr/share/nginx/html/index.html' },
    ]);
  });

  it('are not those of another container of the image', () => {
    const lab = new Lab();
    const [one, other] = [
      lab.start('busybox:1.36', ['sleep', '1000']),
      lab.start('busybox:1.36', ['sleep', '1000']),
    ];
    lab.exec(one, ['sh', '-c', 'echo x > /x']);
    expect(lab.exec(other, ['ls', '/x'])).toBe('ls: /x: No such file or directory\n[1]\n');
  });

  it('lead through links', () => {
    const lab = new Lab();
    const id = lab.start('nginx:1.28', ['sleep', '1000']);
    expect(
      lab.exec(id, ['sh', '-c', 'ls -d /bin /bin/ls; readlink -f /bin/sh; ln -s /loop /loop; cat /loop']),
    ).toBe('/bin\n/bin/ls\n/usr/bin/dash\ncat: /loop: Too many levels of symbolic links\n[1]\n');
  });

  it('of the kernel say what the container is', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '1000'], {
      memoryLimit: 64 * 2 ** 20,
      cpuLimitMilli: 500,
    });
    expect(lab.exec(id, ['cat', '/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/cpu.max'])).toBe(
      '67108864\n50000 100000\n',
    );
    expect(lab.exec(id, ['sh', '-c', "tr '\\0' ' ' < /proc/1/cmdline"])).toBe('sleep 1000 ');
    expect(lab.exec(id, ['sh', '-c', 'echo x > /proc/version'])).toContain('Read-only file system');
  });

  it('of the host are there, and nothing takes them away', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '1000'], { readOnlyRoot: true });
    expect(lab.exec(id, ['cat', '/etc/hostname'])).toBe('web\n');
    expect(lab.exec(id, ['sh', '-c', 'echo 10.0.0.1 db >> /etc/hosts; tail -1 /etc/hosts'])).toBe(
      '10.0.0.1 db\n',
    );
    expect(lab.exec(id, ['rm', '/etc/hosts'])).toBe(
      "rm: can't remove '/etc/hosts': Device or resource busy\n[1]\n",
    );
  });
});

describe('a volume', () => {
  it('is shared, and outlives the container', () => {
    const lab = new Lab();
    volume(lab, 'data', { files: { '/a.txt': file('a\n') } });
    const [one, other] = [1, 2].map(() =>
      lab.start('busybox:1.36', ['sleep', '1000'], { mounts: [mounted] }),
    ) as [string, string];
    lab.exec(one, ['sh', '-c', 'echo b > /data/b.txt; mkdir /data/c']);
    expect(lab.exec(other, ['sh', '-c', 'cat /data/*.txt; ls /data; ls -d /data'])).toBe(
      'a\nb\na.txt\nb.txt\nc\n/data\n',
    );
    lab.runtime.stop(host, one, 0);
    lab.runtime.remove(host, one);
    expect(lab.exec(other, ['cat', '/data/b.txt'])).toBe('b\n');
  });

  it('shows at once what whoever made it puts there', () => {
    const lab = new Lab();
    volume(lab, 'data', { files: { '/key': file('one') } });
    const id = lab.start('busybox:1.36', ['sleep', '1000'], { mounts: [mounted] });
    expect(lab.exec(id, ['cat', '/data/key'])).toBe('one');
    volume(lab, 'data', { files: { '/key': file('two') } });
    expect(lab.exec(id, ['cat', '/data/key'])).toBe('two');
  });

  it.each([
    ['echo x > /data/x', "sh: can't create /data/x: Read-only file system\n[1]\n"],
    ['rm /data/a.txt', "rm: can't remove '/data/a.txt': Read-only file system\n[1]\n"],
    ['touch /data/a.txt', 'touch: /data/a.txt: Read-only file system\n[1]\n'],
    ['mkdir /data/x', "mkdir: can't create directory '/data/x': Read-only file system\n[1]\n"],
    ['cat /data/a.txt', 'a\n'],
  ])('that is read-only: %s', (command, output) => {
    const lab = new Lab();
    volume(lab, 'data', { files: { '/a.txt': file('a\n') } });
    const id = lab.start('busybox:1.36', ['sleep', '1000'], { mounts: [{ ...mounted, readOnly: true }] });
    expect(lab.exec(id, ['sh', '-c', command])).toBe(output);
  });

  it('can be mounted in part: a folder of it, or a file', () => {
    const lab = new Lab();
    volume(lab, 'data', { files: { '/config/app.yaml': file('debug: true\n') } });
    const id = lab.start('busybox:1.36', ['sleep', '1000'], {
      mounts: [
        { ...mounted, target: '/etc/app', subPath: 'config' },
        { ...mounted, target: '/app.yaml', subPath: 'config/app.yaml' },
      ],
    });
    expect(lab.exec(id, ['sh', '-c', 'ls /etc/app; cat /etc/app/app.yaml /app.yaml'])).toBe(
      'app.yaml\ndebug: true\ndebug: true\n',
    );
    expect(lab.exec(id, ['ls', '/etc'])).toContain('app\n');
  });

  it('has room for so much', () => {
    const lab = new Lab();
    volume(lab, 'data', { files: {}, sizeLimit: 10 * 2 ** 20 });
    const id = lab.start('busybox:1.36', ['sleep', '1000'], { mounts: [mounted] });
    expect(lab.exec(id, ['sh', '-c', 'dd if=/dev/zero of=/data/x bs=1M count=20 2>&1 | head -1'])).toBe(
      "dd: error writing '/data/x': No space left on device\n",
    );
  });

  it('in memory counts as memory', () => {
    const lab = new Lab();
    volume(lab, 'data', { files: {}, memory: true });
    const id = lab.start('busybox:1.36', ['sleep', '1000'], { mounts: [mounted] });
    const before = lab.runtime.usage(host, id).memoryBytes;
    lab.exec(id, ['sh', '-c', 'dd if=/dev/zero of=/data/x bs=1M count=20']);
    expect(lab.runtime.usage(host, id).memoryBytes - before).toBe(20 * 2 ** 20);
  });

  it('may belong to a group that the container is in', () => {
    const lab = new Lab();
    volume(lab, 'data', { files: {}, owner: '0:2000', mode: 0o2775 });
    const run = (groups: number[]) => {
      const id = lab.start('busybox:1.36', ['sleep', '1000'], {
        mounts: [mounted],
        user: '1000:1000',
        groups,
      });
      return lab.exec(id, ['touch', `/data/${groups.length}`]);
    };
    expect(run([])).toBe('touch: /data/0: Permission denied\n[1]\n');
    expect(run([2000])).toBe('');
  });
});

describe('a layer that somebody made', () => {
  it('is a part of an image', () => {
    const lab = new Lab();
    lab.pull('busybox:1.36');
    const base = lab.runtime.findImage(host, 'busybox:1.36')?.image;
    if (!base) throw new Error('no image');
    lab.simulation.store.write('runtime/layers', 'sha256:own', {
      '/app/run.sh': file('#!/bin/sh\necho run\n', 0o755),
      '/bin/vi': null,
    });
    const layer = { digest: 'sha256:own', size: 10, createdBy: 'COPY run.sh /app/', files: 'sha256:own' };
    lab.runtime.keepImage(host, 'shop/own:1', {
      ...base,
      id: 'sha256:1234567890',
      layers: [...base.layers, layer],
    });
    const id = lab.runtime.create(host, {
      ...(lab.runtime.container(host, lab.create('busybox:1.36', []))?.spec as never as object),
      image: 'shop/own:1',
      argv: ['/app/run.sh'],
    } as never);
    lab.runtime.start(host, id);
    lab.advance(10);
    expect(lab.log(id)).toBe('run\n');
    expect(lab.runtime.files(host, id).get('/bin/vi')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Archive } from '../../../../src/sandbox/host/engine/request.ts';
import { Laptop } from '../../../../src/sandbox/shell/laptop/laptop.ts';
import { TestEngine } from './test-engine.ts';

const file = (content: string, owner = '1000:1000') =>
  ({ kind: 'file', content, mode: 0o640, owner, at: 5_000 }) as const;

function paths(engine: TestEngine, target: string): readonly string[] {
  return engine.get<Archive>(target).entries.map(({ path }) => path);
}

describe('the files of a container', () => {
  it.each([
    ['/tmp/a', ['a', 'a/b', 'a/b/file']],
    ['/tmp/a/', ['a', 'a/b', 'a/b/file']],
    ['/tmp/a/.', ['.', 'b', 'b/file']],
    ['/tmp/a/b/file', ['file']],
    ['tmp/a/b/file', ['file']],
  ])('%s come out as they stand in the archive', (path, entries) => {
    const engine = new TestEngine();
    engine.script('web', 'mkdir -p /tmp/a/b; echo hi > /tmp/a/b/file');
    engine.advance(100);
    expect(paths(engine, `/containers/web/archive?path=${path}`)).toEqual(entries);
  });

  it('are described in a header', () => {
    const engine = new TestEngine();
    engine.script('web', 'echo hi > /tmp/x; ln -s /tmp/x /link');
    const stat = (path: string) => {
      const answer = engine.answer('HEAD', `/containers/web/archive?path=${path}`);
      const header = 'headers' in answer ? (answer.headers?.['x-docker-container-path-stat'] ?? '') : '';
      return JSON.parse(atob(header));
    };
    expect(stat('/tmp/x')).toMatchObject({ name: 'x', size: 3, mode: 0o644, linkTarget: '' });
    expect(stat('/etc')).toMatchObject({ name: 'etc', size: 4096, mode: 2 ** 31 + 0o755 });
    expect(stat('/link')).toMatchObject({ name: 'link', mode: 2 ** 27 + 0o777, linkTarget: '/tmp/x' });
  });

  it('can be put in, with their owner and mode', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    const archive: Archive = {
      entries: [
        { path: 'site', node: { kind: 'folder', mode: 0o755, owner: '1000:1000', at: 5_000 } },
        { path: 'site/index.html', node: file('hello\n') },
      ],
    };
    expect(engine.outcome('PUT', '/containers/web/archive?path=/tmp', archive)).toBe('200');
    expect(engine.exec('web', ['cat', '/tmp/site/index.html'])).toBe('hello\n');
    expect(engine.exec('web', ['stat', '-c', '%a %u:%g', '/tmp/site/index.html'])).toBe('640 1000:1000\n');
  });

  it.each([
    ['a file', '/tmp/x', {}, '400 extraction point is not a directory'],
    ['nothing', '/nosuch', {}, '404 Could not find the file /nosuch in container web'],
    [
      'a container that cannot be written',
      '/tmp',
      { ReadonlyRootfs: true },
      '400 container rootfs is marked read-only',
    ],
    [
      'a volume that cannot be written',
      '/data',
      { Binds: ['data:/data:ro'] },
      '400 mounted volume is marked read-only',
    ],
  ])('cannot be put into %s', (_, path, HostConfig, answer) => {
    const engine = new TestEngine();
    engine.create('web', { HostConfig });
    const { Id: id } = engine.get<{ Id: string }>('/containers/web/json');
    if (path === '/tmp/x') engine.runtime.writeFile('laptop', id, '/tmp/x', 'x');
    expect(
      engine.outcome('PUT', `/containers/web/archive?path=${path}`, {
        entries: [{ path: 'f', node: file('') }],
      }),
    ).toBe(answer);
  });

  it('that changed are listed, with the folders above', () => {
    const engine = new TestEngine();
    engine.create('none');
    expect(engine.get('/containers/none/changes')).toBeNull();
    engine.script('web', 'echo a > /tmp/x; rm /etc/passwd; mkdir -p /new/dir');
    engine.advance(100);
    expect(engine.get('/containers/web/changes')).toEqual([
      { Path: '/etc', Kind: 0 },
      { Path: '/etc/passwd', Kind: 2 },
      { Path: '/new', Kind: 1 },
      { Path: '/new/dir', Kind: 1 },
      { Path: '/tmp', Kind: 0 },
      { Path: '/tmp/x', Kind: 1 },
    ]);
  });

  it('can be exported, without what is mounted', () => {
    const engine = new TestEngine();
    engine.script('web', 'echo a > /tmp/x; echo b > /data/y', { HostConfig: { Binds: ['data:/data'] } });
    engine.advance(100);
    const found = paths(engine, '/containers/web/export');
    expect(found).toEqual(expect.arrayContaining(['bin/busybox', 'tmp/x', 'data', 'proc', 'dev']));
    expect(found).not.toContain('data/y');
  });
});

describe('committing a container', () => {
  it('makes an image with its files and its command', () => {
    const engine = new TestEngine();
    engine.script('web', 'echo a > /kept', { Env: ['A=1'] });
    engine.advance(100);
    const answer = engine.answer('POST', '/commit?container=web&repo=shop/web&tag=1&comment=hello&author=me');
    const { Id: id } = ('body' in answer ? answer.body : {}) as { Id: string };
    expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
    engine.create('next', { Image: 'shop/web:1' });
    expect(engine.inspect('next', 'Image')).toBe(id);
    expect(engine.inspect('next', 'Config')).toMatchObject({
      Cmd: ['sh', '-c', 'echo a > /kept'],
      Env: expect.arrayContaining(['A=1']),
    });
    engine.run('other', { Image: 'shop/web:1', Cmd: ['sleep', '1000'] });
    expect(engine.exec('other', ['cat', '/kept'])).toBe('a\n');
  });

  it.each([
    ['CMD ["ls"]', { Cmd: ['ls'] }],
    ['ENV A=2', { Env: expect.arrayContaining(['A=2']) }],
    ['EXPOSE 8080', { ExposedPorts: { '8080/tcp': {} } }],
    ['USER 1000', { User: '1000' }],
    ['WORKDIR /tmp', { WorkingDir: '/tmp' }],
  ])('with %s changes what it says', (change, config) => {
    const engine = new TestEngine();
    engine.script('web', 'true');
    expect(engine.outcome('POST', `/commit?container=web&repo=x&changes=${encodeURIComponent(change)}`)).toBe(
      '201',
    );
    engine.create('next', { Image: 'x' });
    expect(engine.inspect('next', 'Config')).toMatchObject(config);
  });

  it.each([
    ['container=nosuch', '404 No such container: nosuch'],
    ['container=web&changes=RUN%20ls', '400 RUN is not a valid change command'],
    [
      'container=web&repo=BAD',
      '400 invalid reference format: repository name (library/BAD) must be lowercase',
    ],
  ])('with %s is refused', (query, answer) => {
    const engine = new TestEngine();
    engine.script('web', 'true');
    expect(engine.outcome('POST', `/commit?${query}`)).toBe(answer);
  });
});

describe('mounts', () => {
  it('of a path that is not there make a folder, which belongs to root', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'], HostConfig: { Binds: ['/home/you/data:/data'] } });
    expect(new Laptop(engine.store).node('/home/you/data')).toMatchObject({ kind: 'folder', owner: '0:0' });
    engine.exec('web', ['sh', '-c', 'echo hi > /data/file']);
    expect(new Laptop(engine.store).read('/home/you/data/file')).toBe('hi\n');
  });

  it('of a file show what the learner writes', () => {
    const engine = new TestEngine();
    new Laptop(engine.store).write('/home/you/app.conf', 'one\n');
    engine.run('web', {
      Cmd: ['sleep', '1000'],
      HostConfig: { Binds: ['/home/you/app.conf:/etc/app.conf:ro'] },
    });
    new Laptop(engine.store).write('/home/you/app.conf', 'two\n');
    expect(engine.exec('web', ['cat', '/etc/app.conf'])).toBe('two\n');
    expect(engine.exec('web', ['sh', '-c', 'echo x > /etc/app.conf'])).toContain('Read-only file system');
  });

  it('are shown as the engine shows them', () => {
    const engine = new TestEngine();
    engine.create('web', {
      Volumes: { '/anon': {} },
      HostConfig: {
        Binds: ['data:/data', '/tmp:/host:ro'],
        Mounts: [
          { Type: 'tmpfs', Target: '/cache' },
          { Type: 'volume', Source: 'more', Target: '/more', ReadOnly: true },
        ],
      },
    });
    const mounts = engine.inspect<{ Name?: string }[]>('web', 'Mounts');
    const anonymous = mounts.at(-1)?.Name ?? '';
    expect(anonymous).toMatch(/^[0-9a-f]{64}$/);
    const volume = (Name: string) => ({
      Type: 'volume',
      Name,
      Source: `/var/lib/docker/volumes/${Name}/_data`,
      Driver: 'local',
      Propagation: '',
    });
    expect(mounts).toEqual([
      { ...volume('data'), Destination: '/data', Mode: 'z', RW: true },
      { Type: 'bind', Source: '/tmp', Destination: '/host', Mode: 'ro', RW: false, Propagation: 'rprivate' },
      { Type: 'tmpfs', Source: '', Destination: '/cache', Mode: '', RW: true, Propagation: '' },
      { ...volume('more'), Destination: '/more', Mode: 'z', RW: false },
      { ...volume(anonymous), Destination: '/anon', Mode: '', RW: true },
    ]);
  });

  it('begin with what the image has there, unless it is not wanted', () => {
    const engine = new TestEngine(['nginx:1.28']);
    const HostConfig = { Binds: ['site:/usr/share/nginx/html', 'bare:/etc/nginx:nocopy'] };
    engine.create('web', { Image: 'nginx:1.28', Cmd: ['sleep', '1000'], Entrypoint: [''], HostConfig });
    engine.answer('POST', '/containers/web/start');
    expect(engine.exec('web', ['ls', '/usr/share/nginx/html'])).toContain('index.html');
    expect(engine.exec('web', ['ls', '/etc/nginx'])).toBe('');
  });

  it('come from other containers, as far as these have them', () => {
    const engine = new TestEngine();
    engine.script('one', 'echo hi > /data/file', { HostConfig: { Binds: ['data:/data'] } });
    engine.advance(100);
    engine.run('two', { Cmd: ['sleep', '1000'], HostConfig: { VolumesFrom: ['one:ro'] } });
    expect(engine.exec('two', ['cat', '/data/file'])).toBe('hi\n');
    expect(engine.exec('two', ['touch', '/data/other'])).toContain('Read-only file system');
  });

  it('in memory begin empty each time', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'], HostConfig: { Tmpfs: { '/cache': 'size=1m' } } });
    engine.exec('web', ['touch', '/cache/file']);
    expect(engine.exec('web', ['dd', 'if=/dev/zero', 'of=/cache/big', 'bs=1M', 'count=2'])).toContain(
      'No space left on device',
    );
    engine.answer('POST', '/containers/web/restart?t=0');
    expect(engine.exec('web', ['ls', '/cache'])).toBe('');
    expect(engine.inspect('web', 'Mounts')).toEqual([]);
  });

  it('that nobody named go with their container when that is asked for', () => {
    const engine = new TestEngine();
    const volumes = () => Object.keys(engine.store.table('docker/volumes'));
    engine.create('web', { Volumes: { '/anon': {} }, HostConfig: { Binds: ['data:/data'] } });
    expect(volumes().length).toBe(2);
    engine.answer('DELETE', '/containers/web?v=1');
    expect(volumes()).toEqual(['data']);
    engine.create('web', { Volumes: { '/anon': {} } });
    engine.answer('DELETE', '/containers/web');
    expect(volumes().length).toBe(2);
  });

  it('of an image are its files', () => {
    const engine = new TestEngine(['busybox:1.36', 'nginx:1.28']);
    engine.run('web', {
      Cmd: ['sleep', '1000'],
      HostConfig: { Mounts: [{ Type: 'image', Source: 'nginx:1.28', Target: '/image' }] },
    });
    expect(engine.exec('web', ['ls', '/image/etc/nginx'])).toContain('nginx.conf');
  });
});

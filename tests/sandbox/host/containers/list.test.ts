import { describe, expect, it } from 'vitest';
import { TestEngine } from './test-engine.ts';

/** A world with containers of every kind. */
function busyEngine(): TestEngine {
  const engine = new TestEngine(['busybox:1.36', 'nginx:1.28']);
  engine.answer('POST', '/networks/create', { Name: 'shop' });
  engine.run('web', {
    Image: 'nginx:1.28',
    Labels: { team: 'shop', tier: 'web' },
    HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] }, NetworkMode: 'shop' },
  });
  engine.run('db', {
    Cmd: ['sleep', '1000'],
    Labels: { team: 'shop' },
    HostConfig: { Binds: ['data:/var/data'] },
    Healthcheck: { Test: ['CMD', 'true'], Interval: 1e9 },
  });
  engine.script('job', 'exit 3');
  engine.create('idle');
  engine.run('frozen', { Cmd: ['sleep', '1000'] });
  engine.answer('POST', '/containers/frozen/pause');
  engine.advance(2_000);
  return engine;
}

describe('a list of containers', () => {
  it.each([
    ['', ['frozen', 'db', 'web']],
    ['?all=1', ['frozen', 'idle', 'job', 'db', 'web']],
    ['?limit=2', ['frozen', 'idle']],
    ['?filters={"name":["w"]}', ['web']],
    ['?filters={"name":["^/db$","^frozen$"]}', ['frozen', 'db']],
    ['?filters={"status":["exited"]}', ['job']],
    ['?filters={"status":["created","paused"]}', ['frozen', 'idle']],
    ['?filters={"label":["team=shop"]}', ['db', 'web']],
    ['?filters={"label":["team","tier=web"]}', ['web']],
    ['?filters={"label":["team=none"]}', []],
    ['?all=1&filters={"ancestor":["busybox:1.36"]}', ['frozen', 'idle', 'job', 'db']],
    ['?filters={"ancestor":["nginx:1.28"]}', ['web']],
    ['?filters={"ancestor":["nosuch"]}', []],
    ['?all=1&filters={"exited":["3"]}', ['job']],
    ['?all=1&filters={"exited":["0"]}', []],
    ['?filters={"health":["healthy"]}', ['db']],
    ['?filters={"health":["none"]}', ['frozen', 'web']],
    ['?filters={"network":["shop"]}', ['web']],
    ['?filters={"network":["bridge"]}', ['frozen', 'db']],
    ['?filters={"volume":["data"]}', ['db']],
    ['?filters={"volume":["/var/data"]}', ['db']],
    ['?filters={"publish":["8080"]}', ['web']],
    ['?filters={"publish":["8000-8100/tcp"]}', ['web']],
    ['?filters={"publish":["80"]}', []],
    ['?filters={"expose":["80"]}', ['web']],
    ['?all=1&filters={"before":["job"]}', ['db', 'web']],
    ['?all=1&filters={"since":["job"]}', ['frozen', 'idle']],
    ['?filters={"is-task":["true"]}', []],
    ['?filters={"status":{"paused":true}}', ['frozen']],
  ])('with %s has %j', (query, names) => {
    const found = busyEngine().get<{ Names: string[] }[]>(`/containers/json${query}`);
    expect(found.map(({ Names }) => Names[0]?.slice(1))).toEqual(names);
  });

  it.each([
    ['?filters={"boo":["x"]}', "400 invalid filter 'boo'"],
    ['?filters=x', '400 invalid filter'],
    [
      '?filters={"status":["x"]}',
      "400 invalid filter 'status=x': invalid value for state (x): must be one of created, running, paused, restarting, removing, exited, dead",
    ],
    [
      '?filters={"health":["x"]}',
      "400 invalid filter 'health=x': invalid value for health (x): must be one of none, starting, healthy, unhealthy",
    ],
    ['?filters={"exited":["x"]}', `400 invalid filter 'exited=x': strconv.Atoi: parsing "x": invalid syntax`],
    ['?filters={"before":["x"]}', '404 No such container: x'],
    [
      '?filters={"publish":["x"]}',
      "500 error while looking up for publish x: invalid start port 'x': invalid syntax",
    ],
    ['?filters={"is-task":["x"]}', "400 invalid filter 'is-task=[x]'"],
    ['?limit=x', '400 strconv.Atoi: parsing "x": invalid syntax'],
  ])('with %s is refused', (query, answer) => {
    expect(busyEngine().outcome('GET', `/containers/json${query}`)).toBe(answer);
  });

  it('says of each what the real one says', () => {
    const engine = busyEngine();
    const [web] = engine.get<Record<string, unknown>[]>('/containers/json?size=1&filters={"name":["web"]}');
    expect(Object.keys(web ?? {})).toEqual([
      ...[
        'Id',
        'Names',
        'Image',
        'ImageID',
        'ImageManifestDescriptor',
        'Command',
        'Created',
        'Ports',
        'SizeRw',
      ],
      ...['SizeRootFs', 'Labels', 'State', 'Status', 'HostConfig', 'Health', 'NetworkSettings', 'Mounts'],
    ]);
    expect(web).toMatchObject({
      Command: "/docker-entrypoint.sh nginx -g 'daemon off;'",
      Ports: [
        { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
        { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
      ],
      Status: 'Up 2 seconds',
      Health: { Status: 'none', FailingStreak: 0 },
    });
  });

  it('shows an id where the name has come to mean another image', () => {
    const engine = busyEngine();
    engine.answer('POST', '/images/nginx:1.28/tag?repo=busybox&tag=1.36');
    const [db] = engine.get<{ Image: string; ImageID: string }[]>('/containers/json?filters={"name":["db"]}');
    expect(db?.Image).toBe(db?.ImageID);
  });
});

describe('inspecting', () => {
  it('shows the fields of the real one, in their order', () => {
    const engine = busyEngine();
    expect(Object.keys(engine.get('/containers/web/json'))).toEqual([
      ...[
        'Id',
        'Created',
        'Path',
        'Args',
        'State',
        'Image',
        'ResolvConfPath',
        'HostnamePath',
        'HostsPath',
        'LogPath',
      ],
      ...[
        'Name',
        'RestartCount',
        'Driver',
        'Platform',
        'MountLabel',
        'ProcessLabel',
        'AppArmorProfile',
        'ExecIDs',
      ],
      ...['HostConfig', 'Storage', 'Mounts', 'Config', 'NetworkSettings', 'ImageManifestDescriptor'],
    ]);
    expect(engine.get('/containers/web/json?size=1')).toMatchObject({ SizeRw: 28_672 });
  });

  it('shows places that only a container that ran has', () => {
    const engine = busyEngine();
    expect(engine.get('/containers/idle/json')).toMatchObject({ ResolvConfPath: '', LogPath: '', Args: [] });
    const { Id: id, LogPath: path } = engine.get<{ Id: string; LogPath: string }>('/containers/web/json');
    expect(path).toBe(`/var/lib/docker/containers/${id}/${id}-json.log`);
  });

  it.each([
    [{ Entrypoint: ['echo'] }, ['echo']],
    [{ Entrypoint: ['echo'], Cmd: ['hi'] }, ['echo', 'hi']],
    [{ Entrypoint: [''], Cmd: ['ls'] }, ['ls']],
    [{ Cmd: ['nginx', '-t'] }, ['/docker-entrypoint.sh', 'nginx', '-t']],
    [{}, ['/docker-entrypoint.sh', 'nginx', '-g', 'daemon off;']],
  ])('%j over the image runs %j', (body, line) => {
    const engine = new TestEngine(['nginx:1.28']);
    engine.create('web', { Image: 'nginx:1.28', ...body });
    const { Path, Args } = engine.get<{ Path: string; Args: string[] }>('/containers/web/json');
    expect([Path, ...Args]).toEqual(line);
  });
});

describe('networks of a container', () => {
  it('let it be reached, and end with it', () => {
    const engine = busyEngine();
    expect(engine.inspect('web', 'NetworkSettings')).toMatchObject({
      Networks: { shop: { IPAddress: '172.18.0.2' } },
    });
    engine.answer('POST', '/containers/web/stop');
    expect(engine.inspect('web', 'NetworkSettings')).toMatchObject({
      Ports: {},
      Networks: { shop: { IPAddress: '' } },
    });
  });

  it('are shared with --network container:', () => {
    const engine = busyEngine();
    const id = engine.run('beside', { Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'container:web' } });
    expect(id).toBeTruthy();
    expect(engine.exec('beside', ['wget', '-qO-', 'http://127.0.0.1/'])).toContain('Welcome to nginx!');
    expect(engine.exec('beside', ['cat', '/etc/hosts'])).toBe(engine.exec('web', ['cat', '/etc/hosts']));
    expect(engine.inspect('beside', 'NetworkSettings')).toMatchObject({ Networks: {} });
  });
});

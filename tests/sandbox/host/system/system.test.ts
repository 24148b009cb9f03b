import { describe, expect, it } from 'vitest';
import { filters, HostLab } from '../host-lab.ts';

const sleep = ['sleep', '36000'];

describe('the engine', () => {
  it('answers a ping with what it is', () => {
    const lab = new HostLab();
    const headers = { 'api-version': '1.55', 'builder-version': '2', ostype: 'linux', swarm: 'inactive' };
    expect(lab.ask('GET', '/_ping')).toMatchObject({ status: 200, body: 'OK', headers });
    expect(lab.ask('HEAD', '/_ping')).toMatchObject({ status: 200, headers });
  });

  it('has the versions that it stands for', () => {
    const version = new HostLab().get('/version');
    expect(version).toMatchObject({
      Version: '29.7.2',
      ApiVersion: '1.55',
      MinAPIVersion: '1.40',
      Os: 'linux',
    });
    expect(
      (version.Components as { Name: string; Version: string }[]).map(
        ({ Name, Version }) => `${Name} ${Version}`,
      ),
    ).toEqual(['Engine 29.7.2', 'containerd v2.3.4', 'runc 1.5.1', 'docker-init 0.19.0']);
  });

  it('tells of the laptop, and counts what is on it', () => {
    const lab = new HostLab().images('busybox:1.36');
    for (const name of ['one', 'two', 'three']) lab.run(name, 'busybox:1.36', sleep);
    lab.outcome('POST', '/containers/one/kill');
    lab.outcome('POST', '/containers/two/pause');
    lab.sandbox.advance(1000);
    expect(lab.get('/info')).toMatchObject({
      Name: 'laptop',
      NCPU: 4,
      MemTotal: 8 * 2 ** 30,
      OSType: 'linux',
      Architecture: 'x86_64',
      Driver: 'overlayfs',
      Containers: 3,
      ContainersRunning: 1,
      ContainersPaused: 1,
      ContainersStopped: 1,
      Images: 1,
    });
  });

  it('shows the laptop to the processes on it', () => {
    const lab = new HostLab().images('busybox:1.36');
    const id = lab.run('one', 'busybox:1.36', sleep);
    expect(lab.exec(id, 'nproc; grep MemTotal /proc/meminfo')).toBe('4\nMemTotal:        8388608 kB\n');
  });

  it.each(['/swarm', '/services', '/nodes', '/tasks', '/secrets', '/configs'])(
    'is in no swarm, so that %s is refused',
    (path) => {
      expect(new HostLab().outcome('GET', path)).toBe(
        '503 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
      );
    },
  );

  it('does not know other paths', () => {
    expect(new HostLab().outcome('GET', '/nope')).toBe('404 page not found');
  });
});

type Usage = {
  ActiveCount: number;
  TotalCount: number;
  TotalSize: number;
  Reclaimable: number;
  Items: object[];
};

describe('what takes room on the disk', () => {
  function lab(): HostLab {
    const made = new HostLab().images('busybox:1.36', 'nginx:1.28');
    const id = made.run('one', 'busybox:1.36', sleep, { Binds: ['data:/data'] });
    made.exec(id, 'dd if=/dev/zero of=/data/big bs=1M count=7; dd if=/dev/zero of=/own bs=1M count=3');
    made.outcome('POST', '/volumes/create', { Name: 'empty' });
    return made;
  }

  it('is counted by kinds', () => {
    const usage = lab().get<Record<string, Usage>>('/system/df');
    expect(usage.ImageUsage).toMatchObject({ ActiveCount: 1, TotalCount: 2 });
    const sizes = usage.ImageUsage as Usage;
    expect(sizes.Reclaimable).toBeLessThan(sizes.TotalSize);
    expect(sizes.Reclaimable).toBeGreaterThan(200_000_000);
    expect(usage.ContainerUsage).toMatchObject({ ActiveCount: 1, TotalCount: 1, Reclaimable: 0 });
    expect(usage.ContainerUsage?.TotalSize).toBeGreaterThanOrEqual(3 * 2 ** 20);
    expect(usage.VolumeUsage).toMatchObject({
      ActiveCount: 1,
      TotalCount: 2,
      TotalSize: 7 * 2 ** 20,
      Reclaimable: 0,
      Items: [{ Name: 'data', UsageData: { RefCount: 1, Size: 7 * 2 ** 20 } }, { Name: 'empty' }],
    });
    expect(usage.BuildCacheUsage).toMatchObject({ TotalCount: 0, TotalSize: 0, Items: [] });
    expect(Object.keys(usage)).toEqual([
      ...['LayersSize', 'Images', 'Containers', 'Volumes', 'BuildCache'],
      ...['ImageUsage', 'ContainerUsage', 'VolumeUsage', 'BuildCacheUsage'],
    ]);
  });

  it.each([
    ['?type=volume', ['Volumes', 'VolumeUsage']],
    ['?type=image&type=build-cache', ['LayersSize', 'Images', 'BuildCache', 'ImageUsage', 'BuildCacheUsage']],
    ['?verbose=1&type=container', ['ContainerUsage']],
  ])('with %s is a part of it', (query, keys) => {
    expect(Object.keys(lab().get(`/system/df${query}`))).toEqual(keys);
  });

  it('of another kind is refused', () => {
    expect(lab().outcome('GET', '/system/df?type=foo')).toBe('400 unknown object type: foo');
  });
});

describe('a full disk', () => {
  function fill(lab: HostLab): string {
    const id = lab.run('filler', 'busybox:1.36', sleep);
    lab.exec(id, 'dd if=/dev/zero of=/big bs=1G count=37 2>/dev/null');
    return id;
  }

  it('takes no more files, until something is removed', () => {
    const lab = new HostLab().images('busybox:1.36');
    const id = fill(lab);
    expect(lab.exec(id, 'df -h / | tail -1')).toMatch(/59\.6G +5\d\.\dG +\d\.\dG +9\d% \/\n$/);
    const more = 'dd if=/dev/zero of=/more bs=1G count=4 2>&1 | head -1';
    expect(lab.exec(id, more)).toBe("dd: error writing '/more': No space left on device\n");
    lab.exec(id, 'rm /big /more');
    expect(lab.exec(id, `${more}; ls /more`)).toContain('/more\n');
    expect(lab.exec(id, 'echo x > /small; cat /small')).toBe('x\n');
  });

  it('takes no more images, in the words of containerd', () => {
    const lab = new HostLab().images('busybox:1.36');
    const id = fill(lab);
    lab.exec(
      id,
      'dd if=/dev/zero of=/more bs=1M count=1900 2>/dev/null; dd if=/dev/zero of=/rest bs=1M count=1000 2>/dev/null',
    );
    const messages = lab.messages('POST', '/images/create?fromImage=postgres&tag=16');
    expect(messages.at(-1)?.error).toMatch(
      /^failed to copy: write \/var\/lib\/containerd\/\S+\/ingest\/\w{64}\/data: no space left on device$/,
    );
    expect(lab.outcome('GET', '/images/postgres:16/json')).toBe('404 No such image: postgres:16');
    lab.outcome('DELETE', '/containers/filler?force=1');
    expect(lab.messages('POST', '/images/create?fromImage=postgres&tag=16').at(-1)).toEqual({
      status: 'Status: Downloaded newer image for postgres:16',
    });
  });

  it('is not that of a node', () => {
    const lab = new HostLab();
    const { runtime } = lab.sandbox;
    const [pod] = runtime.containers('worker-1');
    expect(runtime.files('worker-1', pod?.id ?? '').facts.disk).toBeUndefined();
  });
});

describe('events', () => {
  const read = (lab: HostLab, query: string) =>
    lab.messages('GET', `/events?${query}`).map(({ Type, Action }) => `${Type} ${Action}`);
  const end = (lab: HostLab) => Math.floor(lab.store.now / 1000) + 1;

  it('are told as they happen', () => {
    const lab = new HostLab().images('busybox:1.36');
    const response = lab.ask('GET', '/events');
    if (!('stream' in response) || response.stream.kind !== 'messages') throw new Error('no stream');
    const { stream } = response;
    expect(stream.next()).toEqual([]);
    lab.outcome('POST', '/volumes/create', { Name: 'data' });
    expect(stream.next()).toEqual([
      {
        Type: 'volume',
        Action: 'create',
        Actor: { ID: 'data', Attributes: { driver: 'local' } },
        scope: 'local',
        time: Math.floor(lab.store.now / 1000),
        timeNano: lab.store.now * 1_000_000,
      },
    ]);
    expect(stream.ended).toBe(false);
    stream.close();
    lab.outcome('POST', '/volumes/create', { Name: 'more' });
    expect([stream.next(), stream.ended]).toEqual([[], true]);
  });

  it.each([
    [
      {},
      [
        'image pull',
        'network create',
        'container create',
        'network connect',
        'container start',
        'volume create',
      ],
    ],
    [{ type: ['image', 'volume'] }, ['image pull', 'volume create']],
    [{ event: ['create'] }, ['network create', 'container create', 'volume create']],
    [{ container: ['one'] }, ['container create', 'container start']],
    [{ image: ['busybox'] }, ['image pull', 'container create', 'container start']],
    [{ image: ['nginx'] }, []],
    [{ network: ['shop'] }, ['network create', 'network connect']],
    [{ volume: ['data'] }, ['volume create']],
    [{ label: ['a=b'] }, ['container create', 'container start']],
    [{ scope: ['swarm'] }, []],
  ])('that are asked for with %j are %j', (given, expected) => {
    const lab = new HostLab().images('busybox:1.36');
    lab.outcome('POST', '/networks/create', { Name: 'shop' });
    lab.run('one', 'busybox:1.36', sleep, { NetworkMode: 'shop' }, { Labels: { a: 'b' } });
    lab.outcome('POST', '/volumes/create', { Name: 'data' });
    expect(read(lab, `since=0&until=${end(lab)}&${filters(given)}`)).toEqual(expected);
  });

  it('of another time are left out', () => {
    const lab = new HostLab();
    const create = (Name: string) => lab.outcome('POST', '/volumes/create', { Name });
    create('one');
    lab.sandbox.advance(10_000);
    const between = lab.store.now / 1000 - 5;
    create('two');
    expect(read(lab, `since=${between}&until=${end(lab)}`)).toEqual(['volume create']);
    expect(read(lab, `until=${between}`)).toEqual(['volume create']);
  });

  it('are forgotten after 256', () => {
    const lab = new HostLab();
    for (let number = 0; number < 300; number++) {
      lab.outcome('POST', '/volumes/create', { Name: `volume-${number}` });
    }
    expect(read(lab, `since=0&until=${end(lab)}`)).toHaveLength(256);
  });

  it.each([
    ['since=abc', `400 invalid value for 'since': strconv.ParseInt: parsing "abc": invalid syntax`],
    ['since=20&until=10', '400 `since` time (20) cannot be after `until` time (10)'],
  ])('with %s are refused', (query, outcome) => {
    expect(new HostLab().outcome('GET', `/events?${query}`)).toBe(outcome);
  });
});

describe('what the engine did', () => {
  it('is taken back with the world', () => {
    const lab = new HostLab();
    const before = lab.sandbox.snapshot();
    lab.images('busybox:1.36');
    lab.outcome('POST', '/networks/create', { Name: 'shop' });
    lab.run('one', 'busybox:1.36', sleep, { NetworkMode: 'shop', Binds: ['data:/x'] });
    lab.sandbox.restore(before);
    expect(lab.get('/images/json')).toEqual([]);
    expect(lab.get<unknown[]>('/networks')).toHaveLength(3);
    expect(lab.get('/volumes')).toEqual({ Volumes: [], Warnings: null });
  });

  it('is the same whenever it is done', () => {
    const script = () => {
      const lab = new HostLab().images('nginx:1.28');
      lab.outcome('POST', '/networks/create', { Name: 'shop' });
      lab.run('one', 'nginx:1.28', [], { NetworkMode: 'shop', PublishAllPorts: true });
      return JSON.stringify(lab.sandbox.snapshot());
    };
    expect(script()).toBe(script());
  });
});

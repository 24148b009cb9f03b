import { describe, expect, it } from 'vitest';
import { filters, HostLab } from '../host-lab.ts';

const create = (lab: HostLab, body: object) => lab.outcome('POST', '/volumes/create', body);
const names = (lab: HostLab, query = '') =>
  lab.get<{ Volumes: { Name: string }[] }>(`/volumes${query}`).Volumes.map(({ Name }) => Name);
const allowed =
  'only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path';

/** Bodies of `POST /volumes/create`, and what Docker Engine 29.7.2 says of them. */
const refusals: readonly (readonly [body: object, outcome: string])[] = [
  [
    { Name: 'new', Driver: 'nope' },
    '404 create new: error looking up volume plugin nope: plugin "nope" not found',
  ],
  [
    { Name: '/abs' },
    `400 create /abs: "/abs" includes invalid characters for a local volume name, ${allowed}`,
  ],
  [{ Name: '-a' }, `400 create -a: "-a" includes invalid characters for a local volume name, ${allowed}`],
  [
    { Name: 'x' },
    '400 create x: volume name is too short, names should be at least two alphanumeric characters',
  ],
  [{ Name: 'new', DriverOpts: { foo: 'bar' } }, '400 create new: invalid option: "foo"'],
  [{ Name: 'new', DriverOpts: { type: 'nfs' } }, '400 create new: missing required option: "device"'],
  [{ Name: 'new', DriverOpts: { o: 'bind' } }, '400 create new: missing required option: "device"'],
  [{ Name: 'new', DriverOpts: { device: '/x' } }, '400 create new: missing required option: "type"'],
  [{ Name: 'new', DriverOpts: { size: '10m' } }, '400 create new: quota size requested but no quota support'],
];

describe('a volume', () => {
  it.each(refusals)('as %j is refused', (body, outcome) => {
    const lab = new HostLab();
    expect(create(lab, body)).toBe(outcome);
    expect(names(lab)).toEqual([]);
  });

  it('is shown as it was made', () => {
    const lab = new HostLab();
    create(lab, { Name: 'data', Labels: { a: 'b' } });
    expect(lab.get('/volumes/data')).toEqual({
      CreatedAt: '2026-03-02T09:00:00Z',
      Driver: 'local',
      Labels: { a: 'b' },
      Mountpoint: '/var/lib/docker/volumes/data/_data',
      Name: 'data',
      Options: null,
      Scope: 'local',
    });
    expect(lab.outcome('GET', '/volumes/nope')).toBe('404 get nope: no such volume');
  });

  it('that is there already stays as it is', () => {
    const lab = new HostLab();
    create(lab, { Name: 'data', Labels: { a: 'b' } });
    expect(create(lab, { Name: 'data', Labels: { a: 'c' } })).toBe('201');
    expect(lab.get('/volumes/data')).toMatchObject({ Labels: { a: 'b' } });
  });

  it('without a name gets one by chance, and the label of those', () => {
    const lab = new HostLab();
    create(lab, {});
    const [name = ''] = names(lab);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(lab.get(`/volumes/${name}`)).toMatchObject({ Labels: { 'com.docker.volume.anonymous': '' } });
  });

  it('keeps what containers write, from one to the next', () => {
    const lab = new HostLab().images('busybox:1.36');
    const host = { Binds: ['data:/data'] };
    lab.exec(lab.run('one', 'busybox:1.36', ['sleep', '3600'], host), 'echo hello > /data/note');
    lab.outcome('DELETE', '/containers/one?force=1&v=1');
    expect(lab.exec(lab.run('two', 'busybox:1.36', ['sleep', '3600'], host), 'cat /data/note')).toBe(
      'hello\n',
    );
  });

  it('begins with what the image has in its place, unless something is in it', () => {
    const lab = new HostLab().images('nginx:1.28');
    const Binds = ['page:/usr/share/nginx/html'];
    const id = lab.run('one', 'nginx:1.28', [], { Binds });
    expect(lab.exec(id, 'ls /usr/share/nginx/html')).toBe('50x.html\nindex.html\n');
    lab.exec(id, 'cd /usr/share/nginx/html; rm 50x.html; echo mine > index.html');
    const other = lab.run('two', 'nginx:1.28', [], { Binds });
    expect(lab.exec(other, 'cd /usr/share/nginx/html; ls; cat index.html')).toBe('index.html\nmine\n');
  });

  it('can be a folder of the laptop', () => {
    const lab = new HostLab().images('busybox:1.36');
    create(lab, { Name: 'home', DriverOpts: { type: 'none', o: 'bind', device: '/home/you' } });
    const id = lab.run('one', 'busybox:1.36', ['sleep', '3600'], { Binds: ['home:/mnt'] });
    expect(lab.exec(id, 'ls -a /mnt')).toContain('.kube');
  });
});

describe('the list of volumes', () => {
  const lab = new HostLab().images('busybox:1.36');
  create(lab, { Name: 'data', Labels: { a: 'b' } });
  create(lab, { Name: 'used' });
  lab.run('one', 'busybox:1.36', ['sleep', '3600'], { Binds: ['used:/x'] });

  it.each([
    [{}, ['data', 'used']],
    [{ name: ['dat'] }, ['data']],
    [{ name: ['^.ata$'] }, ['data']],
    [{ label: ['a=b'] }, ['data']],
    [{ label: ['a=c'] }, []],
    [{ dangling: ['true'] }, ['data']],
    [{ dangling: ['false'] }, ['used']],
    [{ driver: ['local'] }, ['data', 'used']],
    [{ driver: ['nfs'] }, []],
  ])('with %j is %j', (given, found) => {
    expect(names(lab, `?${filters(given)}`)).toEqual(found);
  });

  it.each([
    [{ foo: ['x'] }, "400 invalid filter 'foo'"],
    [{ dangling: ['x'] }, "400 invalid filter 'dangling=[x]'"],
  ])('with %j is refused', (given, outcome) => {
    expect(lab.outcome('GET', `/volumes?${filters(given)}`)).toBe(outcome);
  });
});

describe('removing volumes', () => {
  it('is refused as long as a container has them, running or not', () => {
    const lab = new HostLab().images('busybox:1.36');
    const id = lab.run('one', 'busybox:1.36', ['sleep', '3600'], { Binds: ['data:/x'] });
    const inUse = `409 remove data: volume is in use - [${id}]`;
    expect(lab.outcome('DELETE', '/volumes/data')).toBe(inUse);
    expect(lab.outcome('DELETE', '/volumes/data?force=1')).toBe(inUse);
    lab.outcome('POST', '/containers/one/kill');
    lab.sandbox.advance(1000);
    expect(lab.outcome('DELETE', '/volumes/data')).toBe(inUse);
    lab.outcome('DELETE', '/containers/one');
    expect(lab.outcome('DELETE', '/volumes/data')).toBe('204');
    expect(lab.outcome('DELETE', '/volumes/data')).toBe('404 get data: no such volume');
    expect(lab.outcome('DELETE', '/volumes/data?force=1')).toBe('204');
    expect(lab.events('volume').filter((event) => /create|destroy/.test(event))).toEqual([
      'create data',
      'destroy data',
    ]);
  });

  it.each([
    ['', 1],
    [`?${filters({ all: ['true'] })}`, 2],
    [`?${filters({ all: ['1'], label: ['a'] })}`, 1],
    [`?${filters({ label: ['nope'] })}`, 0],
  ])('prunes with %j so many: %i', (query, count) => {
    const lab = new HostLab().images('busybox:1.36');
    create(lab, {});
    create(lab, { Name: 'data', Labels: { a: 'b' } });
    create(lab, { Name: 'mine', DriverOpts: { type: 'none', o: 'bind', device: '/home/you' } });
    lab.run('one', 'busybox:1.36', ['sleep', '3600'], { Binds: ['used:/x'] });
    const response = lab.answer('POST', `/volumes/prune${query}`);
    const body = ('stream' in response ? {} : response.body) as { VolumesDeleted: string[] };
    expect(body.VolumesDeleted).toHaveLength(count);
    expect(names(lab)).toHaveLength(4 - count);
  });

  it('prunes nothing where it is not clear what', () => {
    expect(new HostLab().outcome('POST', `/volumes/prune?${filters({ all: ['x'] })}`)).toBe(
      `400 invalid filter 'all': strconv.ParseBool: parsing "x": invalid syntax`,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { TestEngine } from './test-engine.ts';

/** Bodies of `POST /containers/create`, and what Docker Engine 29.7.2 answers to them. */
const refusals: readonly (readonly [what: string, body: object, query: string, answer: string])[] = [
  ['an image that is not there', { Image: 'ha-nosuch' }, '', '404 No such image: ha-nosuch:latest'],
  [
    'a name that is too short',
    {},
    '?name=a',
    '400 Invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
  ],
  [
    'a name with a slash in it',
    {},
    '?name=web_/x',
    '400 Invalid container name (web_/x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
  ],
  ['no image', { Image: '' }, '', '400 no command specified'],
  [
    'a name of an image with a space',
    { Image: 'Bad Name' },
    '',
    '400 invalid reference format: repository name (library/Bad Name) must be lowercase',
  ],
  ['too little memory', { HostConfig: { Memory: 1000 } }, '', '400 Minimum memory limit allowed is 6MB'],
  [
    'less swap than memory',
    { HostConfig: { Memory: 10_000_000, MemorySwap: 7_000_000 } },
    '',
    '400 Minimum memoryswap limit should be larger than memory limit, see usage',
  ],
  [
    'swap without memory',
    { HostConfig: { MemorySwap: 10_000_000 } },
    '',
    '400 You should always set the Memory limit when using Memoryswap limit, see usage',
  ],
  [
    'more processors than there are',
    { HostConfig: { NanoCpus: 99e9 } },
    '',
    '400 range of CPUs is from 0.01 to 4.00, as there are only 4 CPUs available',
  ],
  [
    'a relative working directory',
    { WorkingDir: 'x' },
    '',
    "400 the working directory 'x' is invalid, it needs to be an absolute path",
  ],
  ['an unknown stop signal', { StopSignal: 'BOO' }, '', '400 invalid signal: BOO'],
  ['a variable without a name', { Env: ['=x'] }, '', '400 invalid environment variable: =x'],
  [
    '--rm with a restart policy',
    { HostConfig: { AutoRemove: true, RestartPolicy: { Name: 'always' } } },
    '',
    "400 can't create 'AutoRemove' container with restart policy",
  ],
  [
    'always with a number',
    { HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 3 } } },
    '',
    "400 invalid restart policy: maximum retry count can only be used with 'on-failure'",
  ],
  [
    'an unknown policy',
    { HostConfig: { RestartPolicy: { Name: 'boo' } } },
    '',
    "400 invalid restart policy: unknown policy 'boo'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
  ],
  [
    'a negative number of restarts',
    { HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: -3 } } },
    '',
    '400 invalid restart policy: maximum retry count cannot be negative',
  ],
  [
    'links on the host network',
    { HostConfig: { NetworkMode: 'host', Links: ['a:b'] } },
    '',
    "400 conflicting options: host type networking can't be used with links. This would result in undefined behavior",
  ],
  [
    'ports in a shared network',
    { HostConfig: { NetworkMode: 'container:x', PortBindings: { '80/tcp': [{ HostPort: '1' }] } } },
    '',
    '400 conflicting options: port publishing and the container type network mode',
  ],
  [
    'a host name in a shared network',
    { Hostname: 'x', HostConfig: { NetworkMode: 'container:x' } },
    '',
    '400 conflicting options: hostname and the network mode',
  ],
  [
    '--dns in a shared network',
    { HostConfig: { NetworkMode: 'container:x', Dns: ['1.1.1.1'] } },
    '',
    '400 conflicting options: dns and the network mode',
  ],
  [
    '--add-host in a shared network',
    { HostConfig: { NetworkMode: 'container:x', ExtraHosts: ['a:1.1.1.1'] } },
    '',
    '400 conflicting options: custom host-to-IP mapping and the network mode',
  ],
  [
    '--expose in a shared network',
    { ExposedPorts: { '80/tcp': {} }, HostConfig: { NetworkMode: 'container:x' } },
    '',
    '400 conflicting options: port exposing and the container type network mode',
  ],
  [
    'a volume at a relative path',
    { HostConfig: { Binds: ['a:b'] } },
    '',
    `500 invalid volume specification: 'a:b': invalid mount config for type "volume": invalid mount path: 'b' mount path must be absolute`,
  ],
  [
    'a processor that is not there',
    { HostConfig: { CpusetCpus: '9' } },
    '',
    '400 Requested CPUs are not available - requested 9, available: 0-3',
  ],
  [
    'too little weight of its disk',
    { HostConfig: { BlkioWeight: 5 } },
    '',
    '400 Range of blkio weight is from 10 to 1000',
  ],
  ['an unknown mode of a mount', { HostConfig: { Binds: ['/a:/b:zz'] } }, '', '500 invalid mode: zz'],
  [
    'a mount at the root',
    { HostConfig: { Binds: ['/a:/'] } },
    '',
    `500 invalid volume specification: '/a:/': invalid mount config for type "bind": invalid specification: destination can't be '/'`,
  ],
  [
    'two mounts at a place',
    { HostConfig: { Binds: ['/a:/b', '/c:/b'] } },
    '',
    '400 Duplicate mount point: /b',
  ],
  [
    'a volume name with a space',
    { HostConfig: { Binds: ['x y:/b'] } },
    '',
    '400 create x y: "x y" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path',
  ],
  [
    '--mount of a path that is not there',
    { HostConfig: { Mounts: [{ Type: 'bind', Source: '/nosuch', Target: '/x' }] } },
    '',
    '400 invalid mount config for type "bind": bind source path does not exist: /nosuch',
  ],
  [
    'a tmpfs with a source',
    { HostConfig: { Mounts: [{ Type: 'tmpfs', Source: '/a', Target: '/x' }] } },
    '',
    '400 invalid mount config for type "tmpfs": field Source must not be specified',
  ],
  ['volumes from nobody', { HostConfig: { VolumesFrom: ['nosuch'] } }, '', '400 No such container: nosuch'],
  [
    'a link to nobody',
    { HostConfig: { Links: ['nosuch:x'] } },
    '',
    '400 could not get container for nosuch: No such container: nosuch',
  ],
  [
    'an unknown log driver',
    { HostConfig: { LogConfig: { Type: 'boo' } } },
    '',
    '400 error looking up logging plugin boo: plugin "boo" not found',
  ],
  [
    'an unknown log option',
    { HostConfig: { LogConfig: { Type: 'json-file', Config: { x: 'y' } } } },
    '',
    "400 unknown log opt 'x' for json-file log driver",
  ],
  [
    'an unknown capability',
    { HostConfig: { CapAdd: ['BOO'] } },
    '',
    '400 invalid CapAdd: unknown capability: "CAP_BOO"',
  ],
  ['an unknown runtime', { HostConfig: { Runtime: 'boo' } }, '', '400 unknown or invalid runtime name: boo'],
  ['an unknown PID mode', { HostConfig: { PidMode: 'boo' } }, '', '400 invalid PID mode: boo'],
  ['less than no shared memory', { HostConfig: { ShmSize: -1 } }, '', '400 SHM size can not be less than 0'],
  [
    'a health check without a pause',
    { Healthcheck: { Interval: 5 } },
    '',
    '400 Interval in Healthcheck cannot be less than 1ms',
  ],
  [
    'a host without an address',
    { HostConfig: { ExtraHosts: ['x'] } },
    '',
    '400 bad format for add-host: "x"',
  ],
  [
    'a port that is none',
    { HostConfig: { PortBindings: { 'x/tcp': [] } } },
    '',
    "400 invalid JSON: invalid port 'x': invalid syntax",
  ],
  [
    'a port of the host that is none',
    { HostConfig: { PortBindings: { '80/tcp': [{ HostPort: 'x' }] } } },
    '',
    '400 invalid port specification: "x"',
  ],
  [
    'another platform',
    {},
    '?platform=linux/arm64',
    '404 image with reference busybox:1.36 was found but does not provide the specified platform (linux/arm64)',
  ],
];

describe('a container that cannot be', () => {
  it.each(refusals)('is refused for %s, in the words of the engine', (_, body, query, answer) => {
    const engine = new TestEngine();
    const before = engine.store.snapshot().tables;
    expect(
      engine.outcome('POST', `/containers/create${query}`, { Image: 'busybox:1.36', Cmd: ['sh'], ...body }),
    ).toBe(answer);
    expect(engine.get('/containers/json?all=1')).toEqual([]);
    expect(engine.store.table('runtime/containers')).toEqual(before['runtime/containers'] ?? {});
    expect(engine.store.table('docker/endpoints')).toEqual({});
  });

  it('is refused when another one has its name', () => {
    const engine = new TestEngine();
    const id = engine.create('web');
    expect(engine.outcome('POST', '/containers/create?name=web', { Image: 'busybox:1.36' })).toBe(
      `409 Conflict. The container name "/web" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  });

  it('is refused without a body', () => {
    expect(new TestEngine().outcome('POST', '/containers/create')).toBe('400 invalid JSON: EOF');
  });
});

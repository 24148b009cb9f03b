import { describe, expect, it } from 'vitest';
import { normalizeAddress, normalizeNetwork, parseHardwareAddress } from '../../src/docker/addresses.ts';
import { parseBytes, parseSwap } from '../../src/docker/bytes.ts';
import { parseCpus } from '../../src/docker/cpus.ts';
import { parseDevice, parseGpus } from '../../src/docker/devices.ts';
import { parseDuration, parseNanoseconds } from '../../src/docker/durations.ts';
import { parseFields, parseInteger, parseUnsigned } from '../../src/docker/go-values.ts';
import { parseImage, parsePlatform } from '../../src/docker/images.ts';
import { parseRestart, parseUlimit } from '../../src/docker/limits.ts';
import { parseMount } from '../../src/docker/mounts.ts';
import { parseNetwork } from '../../src/docker/networks.ts';
import { parseEnv, parseExtraHost, parseFilter, parseLabel, parseLink } from '../../src/docker/pairs.ts';
import { parseExpose, parsePort } from '../../src/docker/ports.ts';
import { DockerRefusal } from '../../src/docker/refusal.ts';
import { parseTmpfs, parseVolume, parseVolumesFrom } from '../../src/docker/volumes.ts';

// What the recorded cases say of whole lines, said of single values: each parser is used on its own too.

const mebi = 1024 ** 2;

describe('a size', () => {
  it.each([
    ['512m', 512 * mebi],
    ['512M', 512 * mebi],
    ['1g', 1024 * mebi],
    ['1.5GiB', 1536 * mebi],
    ['64 kb', 65_536],
    ['10', 10],
    ['10b', 10],
    ['0', 0],
    ['1e3', 1000],
    ['1.9', 1],
    ['1t', 1024 ** 4],
    ['1p', 1024 ** 5],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'm', '-1', '1x', '1mbb', '1kibi', '1.2.3', '1 0m', 'all'])('is not %j', (text) => {
    expect(() => parseBytes(text)).toThrow(DockerRefusal);
  });

  it('of swap may be without limit', () => {
    expect(parseSwap('-1')).toBe(-1);
    expect(() => parseSwap('-2')).toThrow(DockerRefusal);
  });
});

describe('a duration', () => {
  it.each([
    ['30s', 30_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['500ms', 500],
    ['1us', 0.001],
    ['0', 0],
    ['-2s', -2_000],
    ['+2s', 2_000],
    ['.5s', 500],
    ['1h0m0.25s', 3_600_250],
  ])('%s is %d milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
    expect(parseNanoseconds(text)).toBe(milliseconds * 1e6);
  });

  it.each(['', '5', '1d', 's', '1 s', '1s ', '--1s', '1.s.', '9999999h', 'constructor'])(
    'is not %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow(DockerRefusal);
    },
  );
});

describe('a number', () => {
  it.each([
    ['10', 10n],
    ['-10', -10n],
    ['+5', 5n],
    ['0x1f', 31n],
    ['0b11', 3n],
    ['017', 15n],
    ['0o17', 15n],
    ['1_000', 1000n],
    ['0', 0n],
  ])('%s is %d', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each([
    '',
    '-',
    '1.5',
    '08',
    '1__0',
    '_1',
    '1_',
    '0x',
    '1e3',
    ' 1',
    '9223372036854775808',
    '1'.repeat(500),
  ])('is not %j', (text) => {
    expect(() => parseInteger(text)).toThrow(DockerRefusal);
  });

  it('without a sign goes up to what its bits hold', () => {
    expect(parseUnsigned('65535', 16)).toBe(65_535n);
    expect(() => parseUnsigned('65536', 16)).toThrow(/out of range/);
    expect(() => parseUnsigned('-1')).toThrow(DockerRefusal);
  });
});

describe('a number of CPUs', () => {
  it.each([
    ['1.5', 1_500_000_000],
    ['0.25', 250_000_000],
    ['.5', 500_000_000],
    ['1/2', 500_000_000],
    ['1e-1', 100_000_000],
    ['0', 0],
  ])('%s is %d billionths', (text, nano) => {
    expect(parseCpus(text)).toBe(nano);
  });

  it.each(['', 'x', '1/0', '1/3', '1.5.5', '1.1234567891', '1e999999'])('is not %j', (text) => {
    expect(() => parseCpus(text)).toThrow(DockerRefusal);
  });
});

describe('a published port', () => {
  it.each([
    ['80', [{ containerPort: 80, protocol: 'tcp', hostIp: '', hostPort: '' }]],
    ['8080:80', [{ containerPort: 80, protocol: 'tcp', hostIp: '', hostPort: '8080' }]],
    [
      '127.0.0.1:8080:80/udp',
      [{ containerPort: 80, protocol: 'udp', hostIp: '127.0.0.1', hostPort: '8080' }],
    ],
    ['127.0.0.1::80', [{ containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: '' }]],
    ['[::1]:8080:80', [{ containerPort: 80, protocol: 'tcp', hostIp: '::1', hostPort: '8080' }]],
    ['8000-8010:80', [{ containerPort: 80, protocol: 'tcp', hostIp: '', hostPort: '8000-8010' }]],
    [
      '3000-3001:4000-4001',
      [
        { containerPort: 4000, protocol: 'tcp', hostIp: '', hostPort: '3000' },
        { containerPort: 4001, protocol: 'tcp', hostIp: '', hostPort: '3001' },
      ],
    ],
    [
      'published=8080,target=80,protocol=udp',
      [{ containerPort: 80, protocol: 'udp', hostIp: '', hostPort: '8080' }],
    ],
  ])('%s', (text, bindings) => {
    expect(parsePort(text)).toEqual(bindings);
  });

  it.each([
    '',
    ':',
    '8080:',
    'x:80',
    '80:x',
    '70000:80',
    '80/foo',
    '3000-3001:4000-4005',
    '90-80:1',
    'host:80:80',
    '1.2.3:80:80',
  ])('is not %j', (text) => {
    expect(() => parsePort(text)).toThrow(DockerRefusal);
  });

  it('that is only exposed has no host', () => {
    expect(parseExpose('53/UDP')).toEqual([{ port: 53, protocol: 'udp' }]);
    expect(parseExpose('80-82')).toHaveLength(3);
    expect(() => parseExpose('8080:80')).toThrow(DockerRefusal);
  });
});

describe('a volume', () => {
  const plain = { type: 'volume', source: '', readOnly: false, noCopy: false, propagation: '', options: [] };

  it.each([
    ['/data', { ...plain, target: '/data' }],
    ['data:/data', { ...plain, source: 'data', target: '/data' }],
    ['data:/data:ro', { ...plain, source: 'data', target: '/data', readOnly: true, options: ['ro'] }],
    ['data:/data:nocopy', { ...plain, source: 'data', target: '/data', noCopy: true, options: ['nocopy'] }],
    [
      '/srv:/data:ro,z',
      { ...plain, type: 'bind', source: '/srv', target: '/data', readOnly: true, options: ['ro', 'z'] },
    ],
    ['./src:/app', { ...plain, type: 'bind', source: './src', target: '/app' }],
    [
      '~/x:/app:rshared',
      { ...plain, type: 'bind', source: '~/x', target: '/app', propagation: 'rshared', options: ['rshared'] },
    ],
    ['a:/b', { ...plain, target: 'a:/b' }],
    ['C:\\x:/data', { ...plain, type: 'bind', source: 'C:\\x', target: '/data' }],
  ])('%s', (text, volume) => {
    expect(parseVolume(text)).toEqual(volume);
  });

  it.each(['', ':/data', 'data:', 'data::/x', 'one:/two:ro:rw'])('is not %j', (text) => {
    expect(() => parseVolume(text)).toThrow(DockerRefusal);
  });

  it('of another kind has its own form', () => {
    expect(parseTmpfs('/run:size=64m,mode=1777')).toEqual({ target: '/run', options: 'size=64m,mode=1777' });
    expect(parseTmpfs('/run')).toEqual({ target: '/run', options: '' });
    expect(parseVolumesFrom('db:ro')).toEqual({ container: 'db', readOnly: true });
  });
});

describe('a mount', () => {
  it.each([
    [
      'type=bind,src=/srv,dst=/data,readonly',
      { Type: 'bind', Source: '/srv', Target: '/data', ReadOnly: true },
    ],
    ['target=/data', { Type: 'volume', Target: '/data' }],
    [
      'type=volume,src=d,dst=/d,volume-nocopy,volume-label=a=b,volume-driver=nfs,volume-opt=o=x',
      {
        Type: 'volume',
        Source: 'd',
        Target: '/d',
        VolumeOptions: {
          NoCopy: true,
          Labels: { a: 'b' },
          DriverConfig: { Name: 'nfs', Options: { o: 'x' } },
        },
      },
    ],
    [
      'type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=1777',
      { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: mebi, Mode: 0o1777 } },
    ],
    [
      'type=image,src=alpine,dst=/i,image-subpath=etc',
      { Type: 'image', Source: 'alpine', Target: '/i', ImageOptions: { Subpath: 'etc' } },
    ],
    ['"type=bind","src=/a,b",dst=/x', { Type: 'bind', Source: '/a,b', Target: '/x' }],
  ])('%s', (text, mount) => {
    expect(parseMount(text)).toEqual(mount);
  });

  it.each([
    '',
    'nope',
    'nope=1',
    'type=bind',
    'type=bind,src=,dst=/x',
    'type=bind,dst=/x,tmpfs-size=1m',
    'dst=/x,ro=yes',
    'type=tmpfs,dst=/x,tmpfs-mode=9',
    'type=bind,dst=/x,bind-recursive=constructor',
    'constructor=1,dst=/x',
    'a"b',
  ])('is not %j', (text) => {
    expect(() => parseMount(text)).toThrow(DockerRefusal);
  });
});

describe('a network', () => {
  it('is a name, or pairs', () => {
    expect(parseNetwork('app')).toMatchObject({ name: 'app', aliases: [], ipv4: '' });
    expect(parseNetwork('name=app,alias=a,alias=b,ip=10.0.0.5,gw-priority=3,driver-opt=k=v')).toMatchObject({
      name: 'app',
      aliases: ['a', 'b'],
      ipv4: '10.0.0.5',
      gatewayPriority: 3,
      driverOptions: { k: 'v' },
    });
    expect(parseNetwork('name=a,driver-opt=__proto__=x').driverOptions).toEqual(
      JSON.parse('{"__proto__": "x"}'),
    );
  });

  it.each(['alias=x', 'name=app,nope=1', 'name=app,ip=nope', 'name=app,alias'])('is not %j', (text) => {
    expect(() => parseNetwork(text)).toThrow(DockerRefusal);
  });
});

describe('an address', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8::0:5', '2001:db8::5'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::', '::'],
    ['fe80::1:0:0:1', 'fe80::1:0:0:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ])('%s is written %s', (text, written) => {
    expect(normalizeAddress(text)).toBe(written);
  });

  it.each([
    '',
    '1.2.3',
    '256.1.1.1',
    '01.2.3.4',
    '1:2',
    ':::',
    '1::2::3',
    'fe80::1%eth0',
    '[::1]',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
  ])('is not %j', (text) => {
    expect(normalizeAddress(text)).toBeUndefined();
  });

  it('may be of a network, or of hardware', () => {
    expect(normalizeNetwork('10.0.0.0/8')).toBe('10.0.0.0/8');
    expect(normalizeNetwork('10.0.0.0/33')).toBeUndefined();
    expect(parseHardwareAddress('92-D0-C6-0A-29-33')).toBe('92:d0:c6:0a:29:33');
    expect(() => parseHardwareAddress('92:d0')).toThrow(DockerRefusal);
  });
});

describe('a device', () => {
  it.each([
    ['/dev/fuse', { PathOnHost: '/dev/fuse', PathInContainer: '/dev/fuse', CgroupPermissions: 'rwm' }],
    ['/dev/sda:r', { PathOnHost: '/dev/sda', PathInContainer: '/dev/sda', CgroupPermissions: 'r' }],
    ['/dev/sda:/dev/x:rw', { PathOnHost: '/dev/sda', PathInContainer: '/dev/x', CgroupPermissions: 'rw' }],
    ['nvidia.com/gpu=0', { cdi: 'nvidia.com/gpu=0' }],
  ])('%s', (text, device) => {
    expect(parseDevice(text)).toEqual(device);
  });

  it.each([
    ['all', -1, []],
    ['2', 2, []],
    ['device=0', 0, ['0']],
    ['"device=0,1"', 0, ['0', '1']],
    ['driver=nvidia', 1, []],
  ])('of a graphics card: %s', (text, Count, DeviceIDs) => {
    expect(parseGpus(text)).toMatchObject({ Count, DeviceIDs, Capabilities: [['gpu']] });
  });
});

describe('a limit and a policy', () => {
  it('have their parts', () => {
    expect(parseUlimit('nofile=1024:2048')).toEqual({ Name: 'nofile', Soft: 1024, Hard: 2048 });
    expect(parseUlimit('core=0')).toEqual({ Name: 'core', Soft: 0, Hard: 0 });
    expect(parseRestart('on-failure:5')).toEqual({ Name: 'on-failure', MaximumRetryCount: 5 });
    expect(parseRestart('always')).toEqual({ Name: 'always', MaximumRetryCount: 0 });
    for (const wrong of ['nofile', 'nope=1', 'nofile=2:1'])
      expect(() => parseUlimit(wrong)).toThrow(DockerRefusal);
    for (const wrong of [':5', 'on-failure:x']) expect(() => parseRestart(wrong)).toThrow(DockerRefusal);
  });
});

describe('pairs', () => {
  it('of the environment may have no value, which is then the one of the shell', () => {
    expect(parseEnv('A=b=c')).toEqual({ name: 'A', value: 'b=c' });
    expect(parseEnv('A=')).toEqual({ name: 'A', value: '' });
    expect(parseEnv('A')).toEqual({ name: 'A' });
    expect(() => parseEnv('=x')).toThrow(DockerRefusal);
  });

  it('of other kinds have their own rules', () => {
    expect(parseLabel('a')).toEqual({ name: 'a', value: '' });
    expect(parseExtraHost('db:[::1]')).toEqual({ name: 'db', address: '::1' });
    expect(parseExtraHost('h=host-gateway')).toEqual({ name: 'h', address: 'host-gateway' });
    expect(parseLink('db:database')).toEqual({ container: 'db', alias: 'database' });
    expect(parseLink('db')).toEqual({ container: 'db', alias: 'db' });
    expect(parseFilter('Status= exited ')).toEqual({ name: 'status', value: 'exited' });
    expect(parseFilter('')).toBeUndefined();
    expect(parseFields('a,"b,c","d""e"')).toEqual(['a', 'b,c', 'd"e']);
  });

  it('of CSV are those of the first line that holds some', () => {
    expect(parseFields('\n\r\na,b\r\nc')).toEqual(['a', 'b']);
    expect(parseFields('"a\nb",c')).toEqual(['a\nb', 'c']);
    expect(parseFields('"a"\r\nb')).toEqual(['a']);
    for (const text of ['', '\n', '\r\n\n']) expect(() => parseFields(text)).toThrow('EOF');
    for (const text of ['"a', '"a"b', 'a"b'])
      expect(() => parseFields(text)).toThrow('parse error on line 1');
  });
});

describe('an image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;

  it.each([
    ['nginx', { registry: 'docker.io', repository: 'library/nginx', tag: '', digest: '' }],
    ['nginx:1.27', { registry: 'docker.io', repository: 'library/nginx', tag: '1.27', digest: '' }],
    ['team/app', { registry: 'docker.io', repository: 'team/app', tag: '', digest: '' }],
    ['localhost:5000/app:1', { registry: 'localhost:5000', repository: 'app', tag: '1', digest: '' }],
    ['ghcr.io/a/b:c', { registry: 'ghcr.io', repository: 'a/b', tag: 'c', digest: '' }],
    [`nginx@${digest}`, { registry: 'docker.io', repository: 'library/nginx', tag: '', digest }],
    ['a'.repeat(64), { registry: '', repository: '', tag: '', digest }],
  ])('%s', (text, image) => {
    expect(parseImage(text)).toEqual(image);
  });

  it.each(['', 'Nginx', 'nginx:', 'a//b', '-x', 'nginx:a b', 'nginx@sha256:abc', 'http://nginx'])(
    'is not %j',
    (text) => {
      expect(() => parseImage(text)).toThrow(DockerRefusal);
    },
  );

  it.each([
    ['amd64', 'linux/amd64'],
    ['linux/arm64', 'linux/arm64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['windows', 'windows/amd64'],
  ])('of platform %s is for %s', (text, platform) => {
    expect(parsePlatform(text)).toBe(platform);
  });
});

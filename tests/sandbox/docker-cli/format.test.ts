import { describe, expect, it } from 'vitest';
import {
  type ContainerSummary,
  containerKind,
  containerRow,
} from '../../../src/sandbox/docker/containers/container-rows.ts';
import { displayablePorts, type PortSummary } from '../../../src/sandbox/docker/containers/ports.ts';
import { statsKind, statsRow } from '../../../src/sandbox/docker/containers/stats-rows.ts';
import { filterQuery, readFilters } from '../../../src/sandbox/docker/filters.ts';
import { formatRows } from '../../../src/sandbox/docker/format/format-rows.ts';
import { ellipsis, goTime, shortId } from '../../../src/sandbox/docker/format/go-text.ts';
import { timestampOf } from '../../../src/sandbox/docker/timestamps.ts';
import { elasticTabs } from '../../../src/sandbox/go/elastic-tabs.ts';
import { binarySize, goGeneral, humanDuration, humanSize } from '../../../src/sandbox/go/go-units.ts';

const present = Date.UTC(2026, 0, 5, 12);

const web: ContainerSummary = {
  Id: '0123456789abcdef'.repeat(4),
  Names: ['/web', '/other/db'],
  Image: 'docker.io/library/nginx:1.27@sha256:'.concat('a'.repeat(64)),
  ImageID: `sha256:${'b'.repeat(64)}`,
  Command: "/docker-entrypoint.sh nginx -g 'daemon off;'",
  Created: present / 1000 - 90,
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { PrivatePort: 9000, Type: 'tcp' },
  ],
  SizeRw: 1095,
  SizeRootFs: 197_123_456,
  Labels: { b: '2', a: '1' },
  State: 'running',
  Status: 'Up About a minute (healthy)',
  NetworkSettings: { Networks: { shop: {}, other: {} } },
  Mounts: [
    { Name: 'a-name-that-is-long', Source: '/var/lib/x', Driver: 'local' },
    { Source: '/home/you/shop' },
  ],
};

describe('sizes', () => {
  it.each<[number, string, string]>([
    [0, '0B', '0B'],
    [999, '999B', '999B'],
    [1000, '1kB', '1kB'],
    [1095, '1.095kB', '1.09kB'],
    [999_949, '999.9kB', '1e+03kB'],
    [197_123_456, '197.1MB', '197MB'],
    [1_500_000_000, '1.5GB', '1.5GB'],
  ])('%d bytes are %s, and with three digits %s', (bytes, four, three) => {
    expect(humanSize(bytes)).toBe(four);
    expect(humanSize(bytes, 3)).toBe(three);
  });

  it.each([
    [0, '0B'],
    [1023, '1023B'],
    [1024, '1KiB'],
    [64 * 2 ** 20, '64MiB'],
    [3.827 * 2 ** 30, '3.827GiB'],
  ])('%d bytes are %s in steps of 1024', (bytes, text) => {
    expect(binarySize(bytes)).toBe(text);
  });

  it.each([
    [1234.5, 3, '1.23e+03'],
    [0.00001234, 3, '1.23e-05'],
    [0.5, 4, '0.5'],
    [100, 4, '100'],
  ])('%d with %d digits is %s', (value, digits, text) => {
    expect(goGeneral(value, digits)).toBe(text);
  });
});

describe('durations', () => {
  const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
  it.each([
    [0, 'Less than a second'],
    [-5 * second, 'Less than a second'],
    [1.9 * second, '1 second'],
    [59 * second, '59 seconds'],
    [60 * second, 'About a minute'],
    [119 * second, 'About a minute'],
    [2 * minute, '2 minutes'],
    [59 * minute, '59 minutes'],
    [60 * minute, 'About an hour'],
    [90 * minute, '2 hours'],
    [47 * hour, '47 hours'],
    [48 * hour, '2 days'],
    [13 * day, '13 days'],
    [14 * day, '2 weeks'],
    [59 * day, '8 weeks'],
    [60 * day, '2 months'],
    [729 * day, '24 months'],
    [730 * day, '2 years'],
  ])('%d milliseconds are %s', (milliseconds, text) => {
    expect(humanDuration(milliseconds)).toBe(text);
  });
});

describe('ports', () => {
  const port = (PrivatePort: number, PublicPort?: number, IP?: string, Type = 'tcp'): PortSummary => ({
    PrivatePort,
    Type,
    ...(PublicPort !== undefined && { PublicPort }),
    ...(IP !== undefined && { IP }),
  });

  it.each<[string, readonly PortSummary[], string]>([
    ['none', [], ''],
    ['exposed ones', [port(80)], '80/tcp'],
    [
      'published ones of both families',
      [port(80, 8080, '::'), port(80, 8080, '0.0.0.0')],
      '0.0.0.0:8080->80/tcp, [::]:8080->80/tcp',
    ],
    ['neighbours as a range', [port(80), port(81), port(82), port(90)], '80-82/tcp, 90/tcp'],
    [
      'neighbours that are published as themselves',
      [port(80, 80, '127.0.0.1'), port(81, 81, '127.0.0.1')],
      '127.0.0.1:80-81->80-81/tcp',
    ],
    ['protocols apart', [port(53, undefined, undefined, 'udp'), port(53)], '53/tcp, 53/udp'],
    [
      'those elsewhere behind those that are only exposed',
      [port(443, 8443, '0.0.0.0'), port(9000)],
      '9000/tcp, 0.0.0.0:8443->443/tcp',
    ],
  ])('shows %s', (_, ports, text) => {
    expect(displayablePorts(ports)).toBe(text);
  });
});

describe('a container in a list', () => {
  it.each<[format: string, line: string]>([
    ['{{.ID}}', '0123456789ab'],
    ['{{.Names}}', 'web'],
    ['{{.Image}}', 'nginx:1.27'],
    ['{{.Command}}', '"/docker-entrypoint.…"'],
    ['{{.RunningFor}}', 'About a minute ago'],
    ['{{.CreatedAt}}', '2026-01-05 11:58:30 +0000 UTC'],
    ['{{.Ports}}', '9000/tcp, 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp'],
    ['{{.Status}}|{{.State}}|{{.HealthStatus}}', 'Up About a minute (healthy)|running|healthy'],
    ['{{.Size}}', '1.09kB (virtual 197MB)'],
    ['{{.Labels}}', 'a=1,b=2'],
    ['{{.Label "b"}}{{.Label "none"}}', '2'],
    ['{{.Mounts}}', 'a-name-that-is…,/home/you/shop'],
    ['{{.LocalVolumes}} {{.Networks}}', '1 shop,other'],
    ['{{upper .Names}} {{title .State}} {{pad .Names 2 1}}|', 'WEB Running   web |'],
    ['{{json .Ports}}', '"9000/tcp, 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp"'],
    ['{{join (split .Labels ",") "+"}}', 'a=1+b=2'],
    ['{{truncate .Names 2}}', 'we'],
    ['{{if eq .State "running"}}yes{{else}}no{{end}}', 'yes'],
    ['a\\tb', 'a\tb'],
  ])('%s', (format, line) => {
    expect(formatRows(format, containerKind, [containerRow(web, true, present)])).toBe(`${line}\n`);
  });

  it('is shown whole with --no-trunc', () => {
    const row = containerRow(web, false, present);
    const format = '{{.ID}} {{.Names}} {{.Command}} {{.Mounts}}';
    expect(formatRows(format, containerKind, [row])).toBe(
      `${web.Id} web,other/db "/docker-entrypoint.sh nginx -g 'daemon off;'" a-name-that-is-long,/home/you/shop\n`,
    );
    expect(row.fields.Image).toBe(web.Image);
  });

  it.each<[image: string, id: string, shown: string]>([
    ['', 'sha256:x', '<no image>'],
    ['nginx', `sha256:${'b'.repeat(64)}`, 'nginx'],
    ['registry.example.com/shop/web:1.0', 'sha256:x', 'registry.example.com/shop/web:1.0'],
    ['bbbbbbbbbbbb', `sha256:${'b'.repeat(64)}`, 'bbbbbbbbbbbb'],
    [`sha256:${'b'.repeat(64)}`, `sha256:${'b'.repeat(64)}`, 'bbbbbbbbbbbb'],
    ['NOT an image', 'sha256:x', 'NOT an image'],
  ])('names its image %s (%s) as %s', (Image, ImageID, shown) => {
    expect(containerRow({ ...web, Image, ImageID }, true, present).fields.Image).toBe(shown);
  });

  it('is JSON with all fields in order, as the client escapes them', () => {
    const text = formatRows('json', containerKind, [containerRow(web, true, present)]);
    expect(text).toContain('"Ports":"9000/tcp, 0.0.0.0:8080-\\u003e80/tcp, ');
    expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(containerKind.headers).sort());
  });
});

describe('a table', () => {
  const rows = [containerRow(web, true, present)];

  it('has headers, and columns of ten characters at the least', () => {
    expect(formatRows('table {{.Names}}\\t{{.State}}', containerKind, rows)).toBe(
      'NAMES     STATE\nweb       running\n',
    );
    expect(formatRows('table {{.Names}}\\t{{.State}}', containerKind, [])).toBe('NAMES     STATE\n');
  });

  it('leaves headers as they are whatever is done with the cells', () => {
    expect(formatRows('table {{upper .State}}\\t{{json .Names}}', containerKind, rows)).toBe(
      'STATE     NAMES\nRUNNING   "web"\n',
    );
  });

  it('names a column of a label by the end of its name', () => {
    expect(formatRows('table {{.Label "com.example.some-thing"}}', containerKind, [])).toBe('some thing\n');
  });

  it('of a field that nothing has has no title where there are no rows, and fails where there are', () => {
    expect(formatRows('table {{.Nothing}}', containerKind, [])).toBe('<no value>\n');
    expect(() => formatRows('table {{.Nothing}}', containerKind, rows)).toThrow(
      'template parsing error: template: :1:2: executing "" at <.Nothing>: can\'t evaluate field Nothing in type *formatter.ContainerContext',
    );
  });

  it.each([
    ['{{.Names', 'template parsing error: template: :1: unclosed action'],
    ['{{nothing}}', 'template parsing error: template: :1: function "nothing" not defined'],
    ['{{base64decode "x"}}', 'template parsing error: template: :1: function "base64decode" not defined'],
    [
      '{{join .Names ","}}',
      'template parsing error: template: :1:2: executing "" at <join .Names ",">: error calling join: expected slice, got string',
    ],
  ])('%s is refused: %s', (format, message) => {
    expect(() => formatRows(format, containerKind, rows)).toThrow(message);
  });

  it('is as wide as its widest cell in lines that stand together', () => {
    expect(elasticTabs('a\tb\nlong cell here\tc\n', { smallest: 10, padding: 3 })).toBe(
      'a                b\nlong cell here   c\n',
    );
    expect(elasticTabs('a\tb\n', { smallest: 20, padding: 3 })).toBe(`a${' '.repeat(19)}b\n`);
  });
});

describe('statistics', () => {
  const cpu = (total: number, system: number): object => ({
    cpu_usage: { total_usage: total },
    system_cpu_usage: system,
    online_cpus: 4,
  });
  const stats = {
    id: web.Id,
    name: '/web',
    cpu_stats: cpu(150, 2000),
    precpu_stats: cpu(100, 1000),
    memory_stats: { usage: 12 * 2 ** 20, limit: 64 * 2 ** 20, stats: { inactive_file: 4 * 2 ** 20 } },
    networks: { eth0: { rx_bytes: 1000, tx_bytes: 250 }, eth1: { rx_bytes: 95, tx_bytes: 0 } },
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: 'read', value: 4096 },
        { op: 'Write', value: 10 },
      ],
    },
    pids_stats: { current: 5 },
  };
  const format =
    '{{.ID}}|{{.Name}}|{{.CPUPerc}}|{{.MemUsage}}|{{.MemPerc}}|{{.NetIO}}|{{.BlockIO}}|{{.PIDs}}';

  it('are percentages, sizes and sums over networks and devices', () => {
    expect(formatRows(format, statsKind, [statsRow('web', stats, true)])).toBe(
      '0123456789ab|web|20.00%|8MiB / 64MiB|12.50%|1.09kB / 250B|4.1kB / 10B|5\n',
    );
  });

  it('are dashes where there are none, and nothing where a container does not run', () => {
    expect(formatRows(format, statsKind, [statsRow('web', undefined, true)])).toBe(
      '|--|--|-- / --|--|--|--|--\n',
    );
    expect(formatRows('{{.CPUPerc}} {{.MemPerc}}', statsKind, [statsRow('web', {}, true)])).toBe(
      '0.00% 0.00%\n',
    );
  });
});

describe('texts', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['ä¸€xyz', 1, 'ä'],
    ['abc', 0, ''],
  ])('%s cut to %d is %s', (text, most, cut) => {
    expect(ellipsis(text, most)).toBe(cut);
  });

  it('of ids and times', () => {
    expect(shortId(`sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('0123456789ab');
    expect(goTime(0)).toBe('1970-01-01 00:00:00 +0000 UTC');
  });
});

describe('--since and --until', () => {
  it.each([
    ['10m', '1767613800'],
    ['1h30m', '1767609000'],
    ['0', '0'],
    ['1767610000', '1767610000'],
    ['1767610000.5', '1767610000.5'],
    ['2026-01-05', '1767571200.000000000'],
    ['2026-01-05T10', '1767607200.000000000'],
    ['2026-01-05T10:30', '1767609000.000000000'],
    ['2026-01-05T10:30:05.25', '1767609005.250000000'],
    ['2026-01-05T10:30:05+02:00', '1767601805.000000000'],
    ['2026-01-05Z', '1767571200.000000000'],
  ])('%s', (text, seconds) => {
    expect(timestampOf('since', text, present)).toBe(seconds);
  });

  it('may be left out', () => {
    expect(timestampOf('since', '', present)).toBeUndefined();
  });

  it.each([
    ['yesterday', 'invalid value for "since": failed to parse value as time or duration: "yesterday"'],
    ['2026-13-45', 'invalid value for "since": parsing time "2026-13-45"'],
  ])('is refused: %s', (text, message) => {
    expect(() => timestampOf('since', text, present)).toThrow(message);
  });
});

describe('filters', () => {
  it('become sets by name', () => {
    expect(filterQuery(readFilters(['status=running', 'Label=a=b', 'label = c ']))).toBe(
      '{"label":{"a=b":true,"c":true},"status":{"running":true}}',
    );
  });

  it('are left out where there are none', () => {
    expect(filterQuery(readFilters([]))).toBeUndefined();
  });
});

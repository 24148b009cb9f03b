import { describe, expect, it } from 'vitest';
import { runDocker } from './run-docker.ts';

// The templates and what they gave were recorded from docker 29.7.2 with containers like these.

const id = '0123456789abcdef'.repeat(4);

const container = {
  Id: id,
  Created: '2026-01-05T11:00:00.5Z',
  Path: 'nginx',
  Args: ['-g', 'daemon off;'],
  State: {
    Status: 'running',
    Running: true,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    Pid: 1234,
    ExitCode: 0,
    Error: '',
    StartedAt: '2026-01-05T11:00:01Z',
    FinishedAt: '0001-01-01T00:00:00Z',
  },
  Image: `sha256:${id}`,
  Name: '/web',
  Driver: 'overlayfs',
  HostConfig: {
    Binds: null,
    LogConfig: { Type: 'json-file', Config: {} },
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    Memory: 67_108_864,
    NanoCpus: 500_000_000,
    PidsLimit: null,
    Ulimits: [],
  },
  Storage: { RootFS: { Snapshot: { Name: 'overlayfs' } } },
  Mounts: [
    {
      Type: 'volume',
      Name: 'data',
      Source: '/var/lib/docker/volumes/data/_data',
      Destination: '/data',
      Driver: 'local',
      Mode: 'z',
      RW: true,
      Propagation: '',
    },
  ],
  Config: {
    Env: ['A=1', 'B=2'],
    Cmd: ['nginx', '-g', 'daemon off;'],
    Volumes: null,
    Entrypoint: null,
    ExposedPorts: { '80/tcp': {} },
    Labels: { c: 'd', a: 'b > c' },
  },
  NetworkSettings: {
    Ports: {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8080' },
        { HostIp: '::', HostPort: '8080' },
      ],
    },
    Networks: {
      bridge: { IPAMConfig: null, IPAddress: '172.17.0.3', GlobalIPv6Address: '', Gateway: '172.17.0.1' },
    },
  },
};

function inspected(
  format: string | undefined,
  ...names: readonly string[]
): { stdout: string; stderr: string; code: number | undefined } {
  const flags = format === undefined ? [] : ['-f', format];
  const { stdout, stderr, code } = runDocker(['docker', 'inspect', ...flags, ...names], {
    answer: ({ path }) =>
      path === '/containers/web/json'
        ? { status: 200, body: container }
        : path === '/info'
          ? { status: 200, body: {} }
          : { status: 404, body: { message: `No such thing: ${path}` } },
  });
  return { stdout, stderr, code };
}

describe('docker inspect -f', () => {
  it.each<[template: string, text: string]>([
    [
      '{{.State}}',
      '{running true false false false false 1234 0  2026-01-05T11:00:01Z 0001-01-01T00:00:00Z <nil>}',
    ],
    ['{{.State.Health}}', '<nil>'],
    ['{{if .State.Health}}yes{{else}}no{{end}}', 'no'],
    ['{{.NetworkSettings.Ports}}', 'map[80/tcp:[{0.0.0.0 8080} {:: 8080}]]'],
    ['{{range $p, $c := .NetworkSettings.Ports}}{{$p}} {{$c}};{{end}}', '80/tcp [{0.0.0.0 8080} {:: 8080}];'],
    [
      '{{index .NetworkSettings.Ports "80/tcp"}}',
      '[map[HostIp:0.0.0.0 HostPort:8080] map[HostIp::: HostPort:8080]]',
    ],
    ['{{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}', '8080'],
    ['{{index .NetworkSettings.Ports "81/tcp"}}', '<no value>'],
    ['{{.NetworkSettings.Networks.bridge.IPAddress}}', '172.17.0.3'],
    ['{{.NetworkSettings.Networks.none.IPAddress}}', '<no value>'],
    [
      '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.GlobalIPv6Address}} {{.IPAMConfig}}{{end}}',
      '172.17.0.3 invalid IP <nil>',
    ],
    ['{{.HostConfig.RestartPolicy}} {{.HostConfig.LogConfig}}', '{no 0} {json-file map[]}'],
    ['{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}} {{.HostConfig.Ulimits}}', '67108864 <nil> []'],
    [
      '{{.HostConfig.NanoCpus}} {{json .HostConfig.RestartPolicy}}',
      '500000000 {"MaximumRetryCount":0,"Name":"no"}',
    ],
    ['{{json .HostConfig.RestartPolicy}}', '{"Name":"no","MaximumRetryCount":0}'],
    ['{{json .HostConfig.Binds}} {{.HostConfig.Binds}}', 'null []'],
    ['{{json .Config.Volumes}} {{.Config.Volumes}}', 'null map[]'],
    ['{{json .State.Health}} {{json .SizeRw}}', 'null null'],
    ['{{.Config.ExposedPorts}}', 'map[80/tcp:{}]'],
    ['{{.Config.Cmd}} {{.Config.Entrypoint}}', '[nginx -g daemon off;] []'],
    ['{{.Config.Labels}} {{json .Config.Labels}}', 'map[a:b > c c:d] {"a":"b > c","c":"d"}'],
    ['{{range .Config.Env}}{{println .}}{{end}}', 'A=1\nB=2\n'],
    ['{{.Mounts}}', '[{volume data /var/lib/docker/volumes/data/_data /data local z true }]'],
    ['{{join .Args " "}} {{len .Args}}', '-g daemon off; 2'],
    ['{{.ID}}', id],
    ['{{.Id}}', id],
    ['{{eq .State.ExitCode 0}} {{not .State.Running}}', 'true false'],
    ['{{title .Driver}} {{upper .Name}} {{split .Path "i"}}', 'Overlayfs /WEB [ng nx]'],
    ['{{printf "%q %d" .Name .State.Pid}}', '"/web" 1234'],
    ['{{with .State}}{{.Running}}{{end}}', 'true'],
    ['{{.GraphDriver}}', '<nil>'],
  ])('%s', (template, text) => {
    expect(inspected(template, 'web')).toEqual({ stdout: `${text}\n`, stderr: '', code: 0 });
  });

  it.each([
    [
      '{{.State.Health.Status}}',
      'template: :1:8: executing "" at <.State.Health.Status>: map has no entry for key "Health"',
    ],
    ['{{.Id}} {{.ID}}', 'template: :1:10: executing "" at <.ID>: map has no entry for key "ID"'],
    ['{{.State.Foo}}', 'template: :1:8: executing "" at <.State.Foo>: map has no entry for key "Foo"'],
    [
      '{{(index (index .NetworkSettings.Ports "81/tcp") 0).HostPort}}',
      'template: :1:3: executing "" at <index (index .NetworkSettings.Ports "81/tcp") 0>: error calling index: index of untyped nil',
    ],
  ])('says after an empty line what is not there: %s', (template, why) => {
    expect(inspected(template, 'web')).toEqual({
      stdout: '\n',
      stderr: `template parsing error: ${why}\n`,
      code: 1,
    });
  });

  it('refuses what is no template before it asks for anything', () => {
    expect(inspected('{{foo .}}', 'web')).toEqual({
      stdout: '',
      stderr: 'template parsing error: template: :1: function "foo" not defined\n',
      code: 64,
    });
  });
});

describe('docker inspect', () => {
  it('prints what the engine answered, without escaping anything', () => {
    const { stdout } = inspected(undefined, 'web');
    expect(JSON.parse(stdout)).toEqual([container]);
    expect(stdout.startsWith(`[\n    {\n        "Id": "${id}",\n`)).toBe(true);
    expect(stdout).toContain('"a": "b > c"');
  });

  it('prints it in one line with -f json', () => {
    expect(inspected('json', 'web').stdout).toBe(`${JSON.stringify([container])}\n`);
  });

  it('prints what there is, and then says what there is not', () => {
    const { stdout, stderr, code } = inspected('{{.Name}}', 'web', 'none', 'other');
    expect(stdout).toBe('/web\n');
    expect(stderr).toBe('error: no such object: none\nerror: no such object: other\n');
    expect(code).toBe(1);
  });

  it('prints an empty list where there is nothing', () => {
    expect(inspected(undefined, 'none').stdout).toBe('[]\n');
    expect(inspected('{{.Name}}', 'none').stdout).toBe('\n');
  });

  it('of one kind says what the engine says', () => {
    const answer = (): { status: number; body: unknown } => ({
      status: 404,
      body: { message: 'network x not found' },
    });
    const { stderr } = runDocker(['docker', 'inspect', '--type', 'network', 'x'], { answer });
    expect(stderr).toBe('Error response from daemon: network x not found\n');
  });

  it('does not pass over what is no missing thing', () => {
    const { stderr, requests } = runDocker(['docker', 'inspect', 'x']);
    expect(stderr).toBe('Error response from daemon: nobody is there\n');
    expect(requests).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { type ContainerRequest, containerRequest } from '../../src/docker/container-request.ts';
import { parseDocker } from '../../src/docker/parse.ts';
import { joinWords, splitWords } from '../../src/docker/words.ts';

const requestOf = (line: string): ContainerRequest => containerRequest(parseDocker(splitWords(line).words));

describe('what depends on the machine', () => {
  it('is kept as it was written: a variable without a value', () => {
    expect(requestOf('docker run -e HOME -e A=b nginx').body.Env).toEqual(['HOME', 'A=b']);
  });

  it('is kept as it was written: files of variables and labels', () => {
    const { envFiles, labelFiles, body } = requestOf(
      'docker run --env-file a.env --env-file b.env --label-file l nginx',
    );
    expect(envFiles).toEqual(['a.env', 'b.env']);
    expect(labelFiles).toEqual(['l']);
    expect(body.Env).toEqual([]);
  });

  it('is kept as it was written: paths, a seccomp profile and variables of the shell', () => {
    const line =
      'docker run -v ./src:/app -v "$PWD/x:/x" --mount type=bind,src=.,dst=/y --security-opt seccomp=p.json nginx';
    const { HostConfig } = requestOf(line).body;
    expect(HostConfig.Binds).toEqual(['./src:/app', '$PWD/x:/x']);
    expect(HostConfig.Mounts[0]?.Source).toBe('.');
    expect(HostConfig.SecurityOpt).toEqual(['seccomp=p.json']);
  });

  it('is what the client does beside the request', () => {
    expect(requestOf('docker run nginx').client).toEqual({
      detach: false,
      pull: 'missing',
      quiet: false,
      detachKeys: '',
      sigProxy: true,
      useApiSocket: false,
    });
    const line = 'docker run -dq --pull always --sig-proxy=false --use-api-socket nginx';
    const { client, body } = requestOf(line);
    expect(client).toMatchObject({
      detach: true,
      pull: 'always',
      quiet: true,
      sigProxy: false,
      useApiSocket: true,
    });
    expect(body.HostConfig.Mounts).toEqual([expect.objectContaining({ Target: '/var/run/docker.sock' })]);
  });
});

describe('a refusal of a value', () => {
  it.each<[string, string, string]>([
    ['docker run -d -p 80:x nginx', 'invalid containerPort: x', '-p'],
    ['docker run -d --mount type=bind nginx', 'target is required', '--mount'],
    ['docker run --rm --restart always nginx', 'cannot specify both --restart and --rm', '--restart'],
    [
      'docker run -d --cpu-count 2 nginx',
      'only supported on a Docker daemon running on windows',
      '--cpu-count',
    ],
    ['docker run -d --network-alias x nginx', 'only supported for user-defined networks', '--network-alias'],
    ['docker run -d --health-retries -1 nginx', 'cannot be negative', '--health-retries'],
  ])('points at its flag: %s', (line, message, flag) => {
    expect(() => requestOf(line)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), position: line.indexOf(flag) }),
    );
  });

  it('comes for more ports than there are, rather than making them', () => {
    const argv = ['docker', 'run', ...Array(2_000).fill('-p=1-65535:1-65535'), 'nginx'];
    expect(() => containerRequest(parseDocker(joinWords(argv).words))).toThrow(/more than 65536 ports/);
  });

  it('keeps names that JavaScript has a meaning for', () => {
    const { body } = requestOf(
      'docker run -l __proto__=x -e __proto__=y --network __proto__ --ip 10.0.0.5 nginx',
    );
    expect(Object.keys(body.Labels)).toEqual(['__proto__']);
    expect(body.Env).toEqual(['__proto__=y']);
    expect(Object.keys(body.NetworkingConfig.EndpointsConfig)).toEqual(['__proto__']);
  });
});

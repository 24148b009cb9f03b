import { describe, expect, it } from 'vitest';
import { typeToDocker } from './type-to-docker.ts';

const answer = () => ({ status: 200, body: [] }) as const;

describe('a line that is for another engine', () => {
  it.each([
    {
      env: { DOCKER_HOST: 'tcp://127.0.0.1:1' },
      says: 'Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?',
    },
    {
      env: { DOCKER_HOST: 'unix:///tmp/none.sock' },
      says: 'failed to connect to the docker API at unix:///tmp/none.sock; check if the path is correct and if the daemon is running: dial unix /tmp/none.sock: connect: no such file or directory',
    },
    {
      env: { DOCKER_HOST: 'tcp://other.example.com' },
      says: 'failed to connect to the docker API at tcp://other.example.com:2375: lookup other.example.com on 192.168.1.1:53: no such host',
    },
    {
      env: { DOCKER_HOST: 'ssh://you@other' },
      says: 'docker: an engine at ssh://you@other is not simulated here',
    },
    {
      env: { DOCKER_CONTEXT: 'lost' },
      says: 'Failed to initialize: unable to resolve docker endpoint: context "lost": context not found',
    },
  ])('is refused with $env', ({ env, says }) => {
    const { stdout, stderr, code } = typeToDocker(['ps'], { answer, env });
    expect(stderr).toContain(says);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
  });

  it.each(['unix:///var/run/docker.sock', 'unix:///run/docker.sock'])(
    '%s is the engine of this machine',
    (host) => {
      expect(typeToDocker(['ps', '-q'], { answer, env: { DOCKER_HOST: host } }).code).toBe(0);
    },
  );

  it('does not take two of them', () => {
    const words = ['--host', 'tcp://10.0.0.1:2375', '--context', 'other', 'ps'];
    expect(typeToDocker(words, { answer }).stderr).toContain('cannot specify both --host and --context');
  });

  it('still says of itself what it is, and which contexts there are', () => {
    const env = { DOCKER_HOST: 'tcp://127.0.0.1:1' };
    const version = typeToDocker(['version'], { answer, env });
    expect(version.stdout).toMatch(/^Client:\n Version: {11}29\.7\.2\n/);
    expect(version.stdout).not.toContain('Server:');
    expect(version.code).toBe(1);
    expect(typeToDocker(['info'], { answer, env }).stdout).toMatch(/\nServer:\n$/);
    expect(typeToDocker(['context', 'show'], { answer, env })).toMatchObject({
      stdout: 'default\n',
      code: 0,
    });
  });
});

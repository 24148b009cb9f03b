import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runDocker } from './run-docker.ts';

// What the real client printed (.scripts/record-docker-refusals.mjs), and what the built-in one prints.

interface Refusal {
  readonly line: string;
  readonly argv: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const fixture = new URL('../../fixtures/docker/refusals.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { readonly cases: readonly Refusal[] };

/** Lines that are told otherwise, and why. */
const otherwise: Readonly<Record<string, string>> = {
  "docker run -d --publish='[::1:80:80' nginx:1.27": 'the parser reads addresses as docker 28 does',
  'docker run -d --mount=type=bind,src=/srv,dst=/x,bind-nonrecursive nginx:1.27':
    'docker 28 takes it, and so does the parser',
  'docker run -d nginx@md5:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa': 'a digest is right or wrong, without more',
  'docker run -d x/y@sha256:EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE':
    'a digest is right or wrong, without more',
  'docker commit -p --no-pause web': 'a line that is refused is not warned of',
  'docker context use': 'docker counts these arguments by cobra itself',
  'docker checkpoint create web': 'checkpoints are hidden from the help that usage lines are recorded from',
  'docker checkpoint rm web': 'checkpoints are hidden from the help that usage lines are recorded from',
  'docker service scale web': 'swarm is not simulated',
  'docker service scale web=': 'swarm is not simulated',
};

describe('a line that the client refuses', () => {
  it.each(cases.map((one) => [one.line, one] as const))('%s', (line, { argv, code, stdout, stderr }) => {
    const printed = runDocker(argv, { isTerminal: true });
    const ours = { code: printed.code, stdout: printed.stdout, stderr: printed.stderr.trimEnd() };
    const theirs = { code, stdout, stderr: stderr.trimEnd() };
    if (otherwise[line] === undefined) expect(ours).toEqual(theirs);
    else expect(ours).not.toEqual(theirs);
  });

  it('is one of many', () => {
    expect(cases.length).toBeGreaterThan(500);
    expect(Object.keys(otherwise).length).toBeLessThan(cases.length / 20);
  });
});

describe('a line that asks nothing of the engine', () => {
  it.each<[line: string, said: string, code: number]>([
    ['docker frob', "docker: unknown command: docker frob\n\nRun 'docker --help' for more information\n", 1],
    [
      'docker volume frob',
      "docker: unknown command: docker volume frob\n\nUsage:  docker volume COMMAND\n\nRun 'docker volume --help' for more information\n",
      1,
    ],
    [
      'docker container frob',
      "docker: unknown command: docker container frob\n\nUsage:  docker container\n\nRun 'docker container --help' for more information\n",
      1,
    ],
    ['docker help frob', 'unknown help topic: frob\n', 1],
    [
      'docker run --mount type=bind busybox',
      'docker: Error response from daemon: invalid mount config for type "bind": field Target must not be empty\n\nRun \'docker run --help\' for more information\n',
      125,
    ],
    ['docker stop -t 1 --time 2 web', 'conflicting options: cannot specify both --timeout and --time\n', 1],
    ['docker swarm init', 'docker swarm init is not simulated here. Everything that is: docker --help\n', 1],
    [
      'docker run --env-file nothing busybox',
      "docker: --env-file: open nothing: no such file or directory\n\nRun 'docker run --help' for more information\n",
      125,
    ],
    [
      'docker run --label-file nothing busybox',
      "docker: --label-file: open nothing: no such file or directory\n\nRun 'docker run --help' for more information\n",
      125,
    ],
  ])('%s', (line, said, code) => {
    const printed = runDocker(line.split(' '));
    expect(printed.stderr).toBe(said);
    expect(printed.code).toBe(code);
    expect(printed.requests).toEqual([]);
  });

  it('warns of flags of before on standard output, and goes on', () => {
    const { stdout, stderr } = runDocker(['docker', 'stop', '--time', '3', 'web']);
    expect(stdout).toBe('Flag --time has been deprecated, use --timeout instead\n');
    expect(stderr).toBe('Error response from daemon: nobody is there\n');
  });
});

describe('help', () => {
  it.each([
    ['docker run --help', 'Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n'],
    ['docker help rm', 'Usage:  docker rm [OPTIONS] CONTAINER [CONTAINER...]\n'],
    ['docker container list --help', 'Usage:  docker container ls [OPTIONS]\n'],
    ['docker image --help', 'Usage:  docker image COMMAND\n'],
    ['docker ps -h', 'Flag shorthand -h has been deprecated, use --help\nUsage:  docker ps [OPTIONS]\n'],
    [
      'docker cp --help',
      'Usage:  docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH\n',
    ],
  ])('that is asked for stands on standard output: %s', (line, begin) => {
    const { stdout, stderr, code } = runDocker(line.split(' '));
    expect(stdout.slice(0, begin.length)).toBe(begin);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  it('of a group that is only named stands on standard error', () => {
    const { stdout, stderr, code } = runDocker(['docker', 'container']);
    expect(stderr).toContain('Usage:  docker container COMMAND\n');
    expect(stderr).toContain('\n  exec        ');
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
  });

  it('lists what is simulated in groups, and names what is not', () => {
    const { stdout } = runDocker(['docker', 'help']);
    const groups = stdout.match(/^[A-Z][\w ]+:(?=\n)/gm);
    expect(groups).toEqual(['Common Commands:', 'Management Commands:', 'Commands:', 'Global Options:']);
    expect(stdout).toMatch(/Not simulated here: .*\bswarm\b/);
    expect(stdout).toMatch(/Common Commands:\n {2}run .*\n {2}exec .*\n {2}ps /);
  });

  it('shows flags with their types and other spellings of the command', () => {
    const { stdout } = runDocker(['docker', 'rm', '--help']);
    expect(stdout).toContain('Aliases:\n  docker container rm, docker container remove, docker rm\n');
    expect(stdout).toContain('Options:\n  -f, --force\n  -l, --link\n  -v, --volumes\n');
    expect(runDocker(['docker', 'ps', '--help']).stdout).toContain('\n      --format string\n');
  });
});

import { describe, expect, it } from 'vitest';
import { dockerCandidates, dockerPlace } from '../../src/docker/completion.ts';

const words = (line: string): string[] => line.split(' ').filter(Boolean);

describe('where a docker line stands', () => {
  it.each<[string, string, string | undefined, string[]]>([
    ['docker', 'docker', undefined, []],
    ['docker run', 'docker container run', undefined, []],
    ['docker run -it --name', 'docker container run', '--name', []],
    ['docker run --name web', 'docker container run', undefined, []],
    ['docker run --name=web', 'docker container run', undefined, []],
    ['docker run -itp', 'docker container run', '--publish', []],
    ['docker run -d', 'docker container run', undefined, []],
    ['docker run --nope', 'docker container run', undefined, []],
    ['docker run nginx -p', 'docker container run', undefined, ['nginx', '-p']],
    ['docker rm web -f', 'docker container rm', undefined, ['web']],
    ['docker container', 'docker container', undefined, []],
    ['docker nope ps', 'docker', undefined, ['nope', 'ps']],
    ['docker-compose', 'docker compose', undefined, []],
    ['docker-compose -f', 'docker compose', '--file', []],
    ['docker-compose -f a.yaml up', 'docker compose up', undefined, []],
    ['docker -H tcp://host ps', 'docker container ls', undefined, []],
  ])('after %j: %s', (line, command, flag, args) => {
    const place = dockerPlace(words(line));
    expect([place.grammar.command, place.flag?.name, place.args]).toEqual([command, flag, args]);
  });
});

describe('what a docker line can go on with', () => {
  it.each<[string, string, string[]]>([
    ['docker run --restart', '', ['no', 'always', 'unless-stopped', 'on-failure']],
    ['docker run --pull', 'a', ['always', 'missing', 'never']],
    ['docker build --progress', '', ['auto', 'plain', 'tty', 'quiet']],
    ['docker run --name', '', []],
    ['docker run nginx', '--', []],
    ['docker run nginx', '', []],
    ['docker nope', '', []],
  ])('%j, then %j', (line, last, candidates) => {
    expect(dockerCandidates(words(line), last)).toEqual(candidates);
  });

  it('are the commands of a group, in order, and the flags of a command with --help', () => {
    const commands = dockerCandidates(['docker', 'network'], '');
    expect(commands).toEqual(['connect', 'create', 'disconnect', 'inspect', 'ls', 'prune', 'rm']);
    const flags = dockerCandidates(['docker', 'rm'], '-');
    expect(flags).toEqual(expect.arrayContaining(['--force', '--link', '--volumes', '--help']));
    expect(dockerCandidates(['docker', 'rm', 'web'], '-')).toEqual(flags);
  });
});

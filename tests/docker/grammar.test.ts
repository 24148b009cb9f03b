import { describe, expect, it } from 'vitest';
import { allCommands, canonicalCommand, commandGrammar, subcommandsOf } from '../../src/docker/grammar.ts';

describe('the grammar of docker', () => {
  it.each([
    ['docker run', 'docker container run'],
    ['docker create', 'docker container create'],
    ['docker ps', 'docker container ls'],
    ['docker container list', 'docker container ls'],
    ['docker container ps', 'docker container ls'],
    ['docker rm', 'docker container rm'],
    ['docker rmi', 'docker image rm'],
    ['docker images', 'docker image ls'],
    ['docker image remove', 'docker image rm'],
    ['docker build', 'docker image build'],
    ['docker builder build', 'docker image build'],
    ['docker buildx b', 'docker buildx build'],
    ['docker bake', 'docker buildx bake'],
    ['docker info', 'docker system info'],
    ['docker events', 'docker system events'],
    ['docker inspect', 'docker inspect'],
    ['docker login', 'docker login'],
    ['docker stack up', 'docker stack deploy'],
    ['docker stack down', 'docker stack rm'],
    ['docker network list', 'docker network ls'],
    ['docker compose up', 'docker compose up'],
    ['docker nope', 'docker nope'],
  ])('%s is %s', (path, canonical) => {
    expect(canonicalCommand(path)).toBe(canonical);
  });

  it('knows every command by its canonical name once', () => {
    const commands = allCommands();
    expect(commands.length).toBeGreaterThan(230);
    expect(new Set(commands).size).toBe(commands.length);
    expect(commands.filter((command) => canonicalCommand(command) !== command)).toEqual([]);
  });

  it.each([
    'docker',
    'docker builder prune',
    'docker buildx dap build',
    'docker buildx history inspect attachment',
    'docker compose alpha watch',
    'docker compose bridge transformations list',
    'docker container',
    'docker trust signer add',
    'docker system dial-stdio',
    'docker plugin upgrade',
    'docker swarm ca',
    'docker volume update',
    'docker checkpoint create',
  ])('knows %s', (path) => {
    expect(commandGrammar(path)?.command).toBe(path);
  });

  it('has the flags of run with their types', () => {
    const flags = new Map(commandGrammar('docker run')?.flags.map((flag) => [flag.name, flag]));
    expect(flags.size).toBeGreaterThan(105);
    expect(flags.get('--publish')).toEqual({
      name: '--publish',
      shorthand: '-p',
      type: 'list',
      hidden: false,
    });
    expect(flags.get('--detach')).toEqual({
      name: '--detach',
      shorthand: '-d',
      type: 'bool',
      alone: 'true',
      hidden: false,
    });
    expect(flags.get('--memory')).toMatchObject({ shorthand: '-m', type: 'bytes' });
    expect(flags.get('--mount')).toMatchObject({ type: 'mount' });
    expect(flags.get('--net')).toMatchObject({ type: 'network', hidden: true });
    expect(flags.get('--cpu-count')).toMatchObject({ type: 'int' });
  });

  it.each([
    ['docker run', 1, Number.POSITIVE_INFINITY, true],
    ['docker exec', 2, Number.POSITIVE_INFINITY, true],
    ['docker ps', 0, 0, false],
    ['docker logs', 1, 1, false],
    ['docker image ls', 0, 1, false],
    ['docker tag', 2, 2, true],
    ['docker compose up', 0, Number.POSITIVE_INFINITY, false],
    ['docker compose exec', 2, Number.POSITIVE_INFINITY, true],
  ])('knows how many arguments %s takes, and whether flags come first', (path, least, most, flagsFirst) => {
    expect(commandGrammar(path)).toMatchObject({ least, most, flagsFirst, runs: true });
  });

  it('tells groups from commands that run', () => {
    expect(commandGrammar('docker container')?.runs).toBe(false);
    expect(subcommandsOf('docker container')).toEqual(expect.arrayContaining(['run', 'ls', 'list', 'rm']));
    expect(subcommandsOf('docker container run')).toEqual([]);
    expect(commandGrammar('docker nope')).toBeUndefined();
  });
});

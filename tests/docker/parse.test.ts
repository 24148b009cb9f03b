import { describe, expect, it } from 'vitest';
import { type DockerCommand, parseDocker } from '../../src/docker/parse.ts';
import { DockerRefusal } from '../../src/docker/refusal.ts';
import { splitWords } from '../../src/docker/words.ts';

const read = (line: string): DockerCommand => parseDocker(splitWords(line).words);

/** Flags as `--name=value`. */
const flagsOf = ({ flags }: Pick<DockerCommand, 'flags'>): string[] =>
  flags.map(({ name, value }) => `${name}=${value}`);

function refusalOf(line: string): DockerRefusal {
  try {
    read(line);
  } catch (error) {
    if (error instanceof DockerRefusal) return error;
    throw error;
  }
  throw new Error(`not refused: ${line}`);
}

describe('a docker line', () => {
  it.each<[string, string, string[], string[]]>([
    ['docker ps -a', 'docker container ls', ['--all=true'], []],
    [
      'docker run -dit -p 80 nginx sh -c ls',
      'docker container run',
      ['--detach=true', '--interactive=true', '--tty=true', '--publish=80'],
      ['nginx', 'sh', '-c', 'ls'],
    ],
    [
      'docker run -p8080:80 -e=A=b --name=web nginx',
      'docker container run',
      ['--publish=8080:80', '--env=A=b', '--name=web'],
      ['nginx'],
    ],
    ['docker run -ti=false nginx', 'docker container run', ['--tty=true', '--interactive=false'], ['nginx']],
    ['docker run -dw /app nginx', 'docker container run', ['--detach=true', '--workdir=/app'], ['nginx']],
    ['docker run nginx --name web -p 80', 'docker container run', [], ['nginx', '--name', 'web', '-p', '80']],
    ['docker run -- nginx -x', 'docker container run', [], ['nginx', '-x']],
    ['docker run nginx -- -x', 'docker container run', [], ['nginx', '--', '-x']],
    ['docker run --entrypoint "" nginx', 'docker container run', ['--entrypoint='], ['nginx']],
    ['docker run --name -d nginx', 'docker container run', ['--name=-d'], ['nginx']],
    ['docker logs web -f --tail 5', 'docker container logs', ['--follow=true', '--tail=5'], ['web']],
    [
      'docker exec -it web ls -la',
      'docker container exec',
      ['--interactive=true', '--tty=true'],
      ['web', 'ls', '-la'],
    ],
    ['docker rm -fv a b', 'docker container rm', ['--force=true', '--volumes=true'], ['a', 'b']],
    ['docker rm a -- -b', 'docker container rm', [], ['a', '-b']],
    ['docker cp web: .', 'docker container cp', [], ['web:', '.']],
    ['docker compose up -d web', 'docker compose up', ['--detach=true'], ['web']],
    ['docker-compose up -d', 'docker compose up', ['--detach=true'], []],
    ['docker-compose run --rm web ls -l', 'docker compose run', ['--rm=true'], ['web', 'ls', '-l']],
    ['podman run --rm alpine', 'docker container run', ['--rm=true'], ['alpine']],
    ['nerdctl images', 'docker image ls', [], []],
    [
      'docker buildx history inspect attachment x y',
      'docker buildx history inspect attachment',
      [],
      ['x', 'y'],
    ],
    ['docker buildx history inspect x', 'docker buildx history inspect', [], ['x']],
    ['docker build -t a:1 --memory 1g .', 'docker image build', ['--tag=a:1', '--memory=1g'], ['.']],
  ])('%s', (line, command, flags, args) => {
    const found = read(line);
    expect(found.command).toBe(command);
    expect(flagsOf(found)).toEqual(flags);
    expect(found.args).toEqual(args);
  });

  it.each<[string, string, string[]]>([
    ['docker --context prod run nginx', 'docker container run', ['--context=prod']],
    ['docker -H tcp://host:2375 ps', 'docker container ls', ['--host=tcp://host:2375']],
    ['docker -Hunix:///x -D ps', 'docker container ls', ['--host=unix:///x', '--debug=true']],
    [
      'docker compose -f a.yml -f b.yml -p shop up -d',
      'docker compose up',
      ['--file=a.yml', '--file=b.yml', '--project-name=shop'],
    ],
    ['docker-compose --profile dev up', 'docker compose up', ['--profile=dev']],
    ['docker --debug compose -f a.yml ps', 'docker compose ps', ['--debug=true', '--file=a.yml']],
    ['docker buildx --builder b ls', 'docker buildx ls', ['--builder=b']],
  ])('has its global flags apart: %s', (line, command, globals) => {
    const found = read(line);
    expect(found.command).toBe(command);
    expect(flagsOf({ flags: found.globals })).toEqual(globals);
  });

  it.each([
    ['docker', 'docker'],
    ['/usr/bin/docker ps', 'docker'],
    ['C:/Docker/docker.exe ps', 'docker'],
    ['docker-compose ps', 'docker-compose'],
    ['podman ps', 'podman'],
    ['sudo nerdctl ps', 'nerdctl'],
    ['sudo -E docker ps', 'docker'],
    ['sudo -u deploy docker ps', 'docker'],
    ['DOCKER_HOST=tcp://x docker ps', 'docker'],
    ['time env A=b docker ps', 'docker'],
  ])('says which program: %s', (line, program) => {
    expect(read(line).program).toBe(program);
  });

  it('takes an equals sign that nothing follows for the value, as pflag does', () => {
    expect(parseDocker(splitWords('docker logs -n= web').words).flags).toMatchObject([
      { name: '--tail', value: '=' },
    ]);
  });

  it('keeps its words from the program on, and where each flag stands', () => {
    const { argv, flags } = read(`sudo docker run  -it --name 'my web' -p80 nginx`);
    expect(argv).toEqual(['docker', 'run', '-it', '--name', 'my web', '-p80', 'nginx']);
    expect(flags).toEqual([
      { name: '--interactive', value: 'true', spelled: '-i', position: 17 },
      { name: '--tty', value: 'true', spelled: '-t', position: 19 },
      { name: '--name', value: 'my web', spelled: '--name', position: 21 },
      { name: '--publish', value: '80', spelled: '-p', position: 37 },
    ]);
  });

  it.each([
    ['docker run --help', 'docker container run'],
    ['docker run -d --help', 'docker container run'],
    ['docker ps -h', 'docker container ls'],
    ['docker help run', 'docker container run'],
    ['docker container --help', 'docker container'],
    ['docker --help', 'docker'],
    ['docker nope --help', 'docker'],
  ])('that asks for help is not held to its arguments: %s', (line, command) => {
    const found = read(line);
    expect(found.command).toBe(command);
    expect(found.flags).toContainEqual(expect.objectContaining({ name: '--help', value: 'true' }));
  });

  it.each([
    ['docker', 'docker'],
    ['docker compose', 'docker compose'],
    ['docker container', 'docker container'],
  ])('may be a group alone: %s', (line, command) => {
    expect(read(line)).toMatchObject({ command, flags: [], args: [] });
  });
});

describe('a line docker refuses', () => {
  it.each<[string, string, string, number]>([
    ['docker run --nmae web nginx', 'unknown flag: --nmae', 'Did you mean --name?', 11],
    [
      'docker run -name web nginx',
      "unknown shorthand flag: 'n' in -name",
      'A long flag has two dashes: --name.',
      11,
    ],
    [
      'docker run -d -z nginx',
      "unknown shorthand flag: 'z' in -z",
      "'docker run --help' lists its flags.",
      14,
    ],
    [
      'docker rm -force x',
      "unknown shorthand flag: 'o' in -orce",
      'A long flag has two dashes: --force.',
      10,
    ],
    ['docker logs -F web', "unknown shorthand flag: 'F' in -F", 'Did you mean -f, which is --follow?', 12],
    // A letter and nothing after its equals sign: that sign is the value, and of a switch it is no letter.
    ['docker run -d= nginx', "unknown shorthand flag: '=' in -=", "'docker run --help' lists its flags.", 11],
    ['docker run --=x nginx', 'bad flag syntax: --=x', 'A flag has two dashes and a name.', 11],
    ['docker run -p', "flag needs an argument: 'p' in -p", 'Give its value after it.', 11],
    [
      'docker run',
      "'docker run' requires at least 1 argument",
      "'docker run --help' shows what it takes.",
      7,
    ],
    ['docker ps web', "'docker ps' accepts no arguments", 'Leave the rest out.', 10],
    ['docker logs a b', "'docker logs' requires 1 argument", 'Leave the rest out.', 14],
    ['docker psa', 'unknown command: docker psa', "Did you mean 'docker ps'?", 7],
    [
      'docker container craete x',
      'unknown command: docker container craete',
      "Did you mean 'docker container create'?",
      17,
    ],
    ['docker run -d=maybe nginx', 'invalid argument "maybe" for "-d, --detach" flag', '', 11],
    [
      'docker stop -t soon web',
      'invalid argument "soon" for "-t, --timeout" flag: strconv.ParseInt: parsing "soon": invalid syntax',
      'Give a number.',
      12,
    ],
    ['docker run ---x nginx', 'bad flag syntax: ---x', 'A flag has two dashes and a name.', 11],
    [
      'kubectl get pods',
      "'kubectl' is no docker command",
      'A docker line begins with docker, docker-compose, podman or nerdctl.',
      0,
    ],
    ['echo docker run', "'echo' is no docker command", '', 0],
    ['', 'there is no command', '', 0],
    [
      'docker cp a b',
      'must specify at least one container source',
      'Write container:/path for one of the two.',
      10,
    ],
    ['docker compose up -f x', "unknown shorthand flag: 'f' in -f", '', 18],
  ])('%s', (line, message, hint, position) => {
    const refusal = refusalOf(line);
    expect(refusal.message).toContain(message);
    expect(refusal.hint).toContain(hint);
    expect(refusal.position).toBe(position);
  });
});

// What the client said of each stands in tests/fixtures/docker/requests.json; the place is that of the word at fault.
describe('a wrong number of arguments', () => {
  it.each([
    ['docker run', "'docker run' requires at least 1 argument", 7],
    ['docker ps x', "'docker ps' accepts no arguments", 10],
    ['docker ps x y', "'docker ps' accepts no arguments", 10],
    ['docker attach', "'docker attach' requires 1 argument", 7],
    ['docker attach a b', "'docker attach' requires 1 argument", 16],
    ['docker commit', "'docker commit' requires at least 1 and at most 2 arguments", 7],
    ['docker commit a b c', "'docker commit' requires at least 1 and at most 2 arguments", 18],
    ['docker cp web:/x', "'docker cp' requires 2 arguments", 10],
    ['docker exec web', "'docker exec' requires at least 2 arguments", 12],
    ['docker images a b', "'docker images' requires at most 1 argument", 16],
  ])('of %j is refused: %s', (line, message, position) => {
    const refusal = refusalOf(line);
    expect([refusal.message, refusal.position]).toEqual([message, position]);
  });

  it('is none of a line that asks for help, and one of a line that asks for none', () => {
    expect(flagsOf(read('docker run --help'))).toEqual(['--help=true']);
    expect(refusalOf('docker run --help=false').message).toBe("'docker run' requires at least 1 argument");
  });
});

describe('a command that there is none of', () => {
  it('is refused with the nearest one, or with where to look', () => {
    expect(refusalOf('docker qqqqqqqq').hint).toBe("'docker --help' lists its commands.");
    expect(refusalOf('docker network creat').hint).toBe("Did you mean 'docker network create'?");
    expect(refusalOf(`docker ${'q'.repeat(60)}`).message).toBe(`unknown command: docker ${'q'.repeat(40)}…`);
  });

  it.each(['-h', '--help'])('is passed over where %s asks for help', (help) => {
    const { command, flags, args } = read(`docker network nope ${help}`);
    expect([command, flags.map(({ spelled }) => spelled), args]).toEqual(['docker network', [help], []]);
  });

  it('is no program that stands as an argument', () => {
    expect(read('sudo docker run docker')).toMatchObject({
      command: 'docker container run',
      args: ['docker'],
    });
  });

  it('counts the last of a flag that is given twice', () => {
    expect(flagsOf(read('docker swarm init --availability nope --availability drain'))).toHaveLength(2);
    expect(refusalOf('docker swarm init --availability drain --availability nope').message).toContain(
      'invalid availability "nope"',
    );
  });
});

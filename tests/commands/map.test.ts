import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';
import { mapRunner } from './run-map.ts';

const map = mapRunner();
const words = (line: string): string[] => line.split(' ');

describe('which words are a line', () => {
  it.each([
    [['docker', 'ps']],
    [['docker ps']],
    [['--', 'docker', 'ps']],
    [['sudo', 'docker', 'ps']],
    [['sudo docker ps']],
    [['sudo', '-E', '-u', 'ada', 'docker', 'ps']],
    [['DOCKER_HOST=tcp://x', 'docker', 'ps']],
    [['A=b docker ps']],
    [['/usr/local/bin/docker', 'ps']],
    [['podman', 'ps']],
    [['  docker ps  ']],
    [['docker ps \\\n  -a']],
    [['docker ps | grep web']],
  ])('%j is docker ps', async (args) => {
    const { code, stdout, stderr } = await map(args);
    expect(stderr).toBe('');
    expect(stdout).toContain('docker container ls  ≈ approximate');
    expect(code).toBe(0);
  });

  it.each([
    [['ps']],
    [['see', 'docker', 'ps']],
    [['exec', 'into', 'docker']],
    [['list containers']],
    [['k']],
    [['dockerfile', 'build']],
  ])('%j are words to look up', async (args) => {
    const { stdout, stderr } = await map(args);
    expect(stdout + stderr).not.toMatch(/is no docker command|What became of each flag/);
  });

  it('says what the shell does with the rest of a line', async () => {
    expect((await map(['docker logs web 2>&1 | grep x'])).stdout).toContain(
      'Left out, since the shell does it: `2>&1 | grep x`',
    );
  });

  it.each([
    ['-o yaml logs', '-o and --as need a docker line or a file'],
    ['--as pod logs', '-o and --as need a docker line or a file'],
    ['-o nonsense docker ps', '-o cannot be "nonsense"'],
    ['-o dir= docker run -d nginx', '-o cannot be "dir="'],
    ['--as thing docker run nginx', "option '--as <kind>' argument 'thing' is invalid"],
    ['--kubernetes 1.31 docker run nginx', "argument '1.31' is invalid"],
    ['--grade good', "argument 'good' is invalid"],
    ['--category weather', 'there is no category "weather"'],
    ['--nonsense', "unknown option '--nonsense'"],
  ])('refuses what it cannot do: %s', async (args, message) => {
    const { code, stdout, stderr } = await map(words(args));
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^✖ .+\n→ .+\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('paths of Windows', () => {
  it.each([
    ['C:\\Users\\you\\data:/data', 'PersistentVolumeClaim'],
    ['C:\\Users\\you\\app.conf:/etc/app.conf:ro', 'ConfigMap, mounted as a file'],
    ['//c/Users/you/data:/data', 'PersistentVolumeClaim'],
    ['%cd%:/app', 'none'],
    ['%cd%\\src:/app', 'none'],
    ['%USERPROFILE%\\data:/data', 'PersistentVolumeClaim'],
  ])('are paths, and no names of volumes: -v %s', async (value, kubernetes) => {
    const { code, stdout } = await map(['--json', 'docker', 'run', '-v', value, 'nginx']);
    expect(code).toBe(0);
    const { flags } = JSON.parse(stdout) as { flags: { kubernetes: string; why: string }[] };
    expect(flags[0]?.kubernetes).toBe(kubernetes);
    expect(flags[0]?.why).not.toContain('The volume `');
  });
});

describe('a line that is refused', () => {
  it('has a pointer to the place, and a way out', async () => {
    const { code, stdout, stderr } = await map(words('docker run -d -z nginx'));
    expect(stderr).toBe(
      "✖ unknown shorthand flag: 'z' in -z\n  docker run -d -z nginx\n                ^^\n→ 'docker run --help' lists its flags.\n",
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('as JSON has message, hint and position, and the same text beside it', async () => {
    const { code, stdout, stderr } = await map(['--json', 'docker run -d -z nginx']);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      input: 'docker run -d -z nginx',
      argv: ['docker', 'run', '-d', '-z', 'nginx'],
      error: {
        message: "unknown shorthand flag: 'z' in -z",
        hint: "'docker run --help' lists its flags.",
        position: 14,
      },
    });
    expect(stderr).toContain('^^');
    expect(code).toBe(2);
  });

  it('that cannot even be split has its one word', async () => {
    const { stdout, code } = await map(['--json', "docker run 'nginx"]);
    expect(JSON.parse(stdout)).toMatchObject({ argv: ["docker run 'nginx"], error: { position: 11 } });
    expect(code).toBe(2);
  });
});

describe('-o', () => {
  it('yaml prints only YAML', async () => {
    const { stdout, stderr, code } = await map(
      words('-o yaml docker run -d --name web -p 8080:80 -v data:/data nginx:1.27'),
    );
    const documents = parseAllDocuments(stdout);
    expect(documents.flatMap((document) => document.errors)).toEqual([]);
    expect(documents.map((document) => document.toJS().kind)).toEqual([
      'PersistentVolumeClaim',
      'Deployment',
      'Service',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('commands prints only the commands, a line each', async () => {
    const { stdout } = await map(words('-o commands docker logs -f web'));
    expect(stdout).toMatch(/^kubectl logs \S+ --follow\n$/);
  });

  it.each(['yaml', 'dir=out'])('%s is an honest no where there is no manifest', async (form) => {
    const { code, stdout, stderr } = await map(['-o', form, 'docker', 'ps']);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      '✖ docker container ls becomes no objects, so there is no manifest\n→ See the answer: k8s-docker-tutor map docker ps\n',
    );
    expect(code).toBe(1);
  });

  it('commands is an honest no where there is none', async () => {
    const { code, stdout, stderr } = await map(words('-o commands docker buildx du'));
    expect(stdout).toBe('');
    expect(stderr).toContain('docker buildx du becomes no command');
    expect(code).toBe(1);
  });

  it('dir writes a file an object, in the order in which they are needed', async () => {
    const folder = join(temporaryDirectory(), 'new', 'out');
    const line = words('docker run -d --name web -p 8080:80 -v data:/data nginx:1.27');
    const { stdout, code } = await map(['-o', `dir=${folder}`, ...line]);
    const names = ['01-persistentvolumeclaim-data.yaml', '02-deployment-web.yaml', '03-service-web.yaml'];
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(stdout).toBe(names.map((name) => `${join(folder, name)}\n`).join(''));
    expect(parse(readFileSync(join(folder, '03-service-web.yaml'), 'utf8')).kind).toBe('Service');
    expect(code).toBe(0);
  });

  it('dir overwrites nothing without --force, and then writes nothing at all', async () => {
    const folder = temporaryDirectory();
    const mine = join(folder, '03-service-web.yaml');
    writeFileSync(mine, 'mine');
    const line = words('docker run -d --name web -p 8080:80 -v data:/data nginx:1.27');
    const refused = await map(['-o', `dir=${folder}`, ...line]);
    expect(refused.stderr).toContain(`${mine} is there already`);
    expect(refused.code).toBe(2);
    expect(readdirSync(folder)).toEqual(['03-service-web.yaml']);
    expect(readFileSync(mine, 'utf8')).toBe('mine');

    expect((await map(['-o', `dir=${folder}`, '--force', ...line])).code).toBe(0);
    expect(readFileSync(mine, 'utf8')).toContain('kind: Service');
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it.skipIf(process.platform === 'win32')(
    'dir does not write through a link that leads nowhere',
    async () => {
      const folder = temporaryDirectory();
      symlinkSync(join(folder, 'elsewhere'), join(folder, '01-deployment-nginx.yaml'));
      expect((await map(['-o', `dir=${folder}`, 'docker', 'run', '-d', 'nginx'])).code).toBe(2);
      expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
    },
  );

  it('dir says when it cannot write', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    const { code, stderr } = await map(['-o', `dir=${join(file, 'x')}`, 'docker', 'run', '-d', 'nginx']);
    expect(stderr).toMatch(/cannot be written \(E(NOTDIR|NOENT|EXIST)\)/);
    expect(code).toBe(1);
    const long = await map(['-o', `dir=${'x'.repeat(1_000_000)}`, 'docker', 'run', '-d', 'nginx']);
    expect(long.stderr).toContain('cannot be written (ENAMETOOLONG)');
    expect(long.stderr.length).toBeLessThan(400);
  });
});

describe('words', () => {
  it('with one match show its row', async () => {
    const { stdout } = await map(['search']);
    expect(stdout).toContain('docker search');
    expect(stdout).toContain('Its flags');
  });

  it('with several show a table of them', async () => {
    const { stdout } = await map(['logs']);
    expect(stdout).toContain('│ docker logs');
    expect(stdout).toContain('│ logs');
  });

  it('with none say so and offer others, in few words', async () => {
    const { code, stdout, stderr } = await map(['lgos']);
    expect(stderr).toMatch(/^✖ nothing in the catalogue fits "lgos"\n→ Did you mean logs/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect((await map(['zebra '.repeat(10_000)])).stderr.length).toBeLessThan(300);
  });

  it('as JSON are rows with their pages', async () => {
    const { stdout } = await map(words('--json copy a file'));
    const { version, rows } = JSON.parse(stdout);
    expect(version).toBe(1);
    expect(rows[0]).toMatchObject({
      command: 'docker container cp',
      typed: 'docker cp',
      category: 'container',
    });
    expect(rows[0].sources[0]).toMatchObject({
      title: expect.any(String),
      url: expect.stringMatching(/^https:/),
    });
    expect(rows[0].flags[0].sources[0].url).toMatch(/^https:/);
  });
});

describe('the catalogue', () => {
  it('without words and a terminal is the overview of the daily commands', async () => {
    const { stdout, code } = await map([]);
    expect(stdout).toContain('docker ps');
    expect(stdout).not.toContain('docker swarm');
    expect(stdout).toMatch(/\d+ of 2\d\d commands; --all lists them all/);
    expect(code).toBe(0);
  });

  it('with --all is all of it', async () => {
    const { rows } = JSON.parse((await map(['--all', '--json'])).stdout);
    expect(rows.length).toBeGreaterThan(230);
    expect((await map(['--all'])).stdout).toContain('docker swarm init');
  });

  it('with --json is all of it too', async () => {
    expect(JSON.parse((await map(['--json'])).stdout).rows.length).toBeGreaterThan(230);
  });

  it.each([
    'container',
    'image',
    'build',
    'network',
    'volume',
    'system',
    'context',
    'registry',
    'swarm',
    'compose',
  ])('with --category is that of %s', async (category) => {
    const { rows } = JSON.parse((await map(['--category', category, '--json'])).stdout);
    expect(new Set(rows.map((row: { category: string }) => row.category))).toEqual(new Set([category]));
  });

  it.each(['exact', 'approximate', 'none', 'false-friend'])('with --grade is that of %s', async (grade) => {
    const { rows } = JSON.parse((await map(['--grade', grade, '--json'])).stdout);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row: { grade: string }) => row.grade))).toEqual(new Set([grade]));
  });

  it('narrowed is searched narrowed', async () => {
    const { rows } = JSON.parse((await map(words('--category compose --json logs'))).stdout);
    expect(rows.map((row: { typed: string }) => row.typed)).toEqual(['docker compose logs']);
  });

  it('that holds nothing of a category and grade says so', async () => {
    const { code, stderr } = await map(words('--category registry --grade exact zebra'));
    expect(stderr).toContain('nothing in the catalogue fits');
    expect(code).toBe(2);
  });

  it('as Markdown is a cheat sheet whose tables have the same number of cells in each row', async () => {
    const { stdout } = await map(['--markdown']);
    expect(stdout).toMatch(/^# docker to kubectl\n\n## container\n/);
    for (const line of stdout.split('\n').filter((each) => each.startsWith('|'))) {
      expect(line.replaceAll('\\|', '').match(/\|/g)).toHaveLength(5);
    }
    expect((await map(words('--markdown --category volume'))).stdout).not.toContain('## container');
    expect((await map(words('--markdown logs'))).stdout).toContain('`docker logs`');
  });
});

describe('what holds control characters', () => {
  it.each([
    [['\x1b[31mlogs\x00\u202e']],
    [['docker', 'exec', 'web\x1b[2J', '\x07\u202e']],
    [['docker', 'run', '-d', '--name', 'a\x1b]0;x\x07', 'nginx']],
    [
      [
        'docker',
        'run',
        '-d',
        '-e',
        'A=\x1b[31m\u009b\u202e',
        '-l',
        'x=\x1b\n',
        '--hostname',
        'h\x1b',
        'nginx',
        '\x1b[1m',
      ],
    ],
    [['docker', 'ps', '-f', 'label=\x1b[31m', '--format', '\x1b']],
    [['docker', 'run', '\x1b[31m\x00']],
    [['docker', '\x1b[31m']],
    [['-o', 'commands', 'docker', 'exec', 'web', '\x1b[31m']],
    [['-o', 'yaml', 'docker', 'run', '-d', '-e', 'A=\x1b[31m\u202e\u009b', 'nginx']],
    [['-o', '\x1b[31m', 'docker', 'ps']],
    [['--category', '\x1b[31m']],
    [['--json', 'docker', 'exec', 'web', '\x1b[31m']],
  ])('is shown harmlessly: %j', async (args) => {
    const { stdout, stderr, code } = await map(args);
    expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    expect(code).toBeLessThan(3);
  });
});

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { nodeUnderTest } from './node-under-test.ts';
import { runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

const words = (line: string): string[] => line.split(' ');

interface Json {
  readonly [key: string]: unknown;
}

/** What `map --json` prints of a line. */
async function translated(...args: string[]): Promise<Json> {
  using home = emptyHome();
  const { stdout, code } = await runProgram(['map', '--json', ...args], home.path);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Json;
}

const page = {
  id: expect.stringMatching(/^[a-z0-9-]+$/),
  title: expect.any(String),
  url: expect.stringMatching(/^https:/),
  versions: expect.any(String),
};
const grade = expect.stringMatching(/^(exact|approximate|none|false-friend)$/);

describe('the contract of map --json', () => {
  it('holds field by field', async () => {
    const answer = await translated(...words('docker run -d --name web -p 8080:80 nginx'));
    expect(Object.keys(answer)).toEqual([
      'version',
      'input',
      'argv',
      'command',
      'grade',
      'summary',
      'commands',
      'objects',
      'flags',
      'positionals',
      'caveats',
      'lesson',
      'sources',
    ]);
    expect(answer).toMatchObject({
      version: 1,
      input: 'docker run -d --name web -p 8080:80 nginx',
      argv: ['docker', 'run', '-d', '--name', 'web', '-p', '8080:80', 'nginx'],
      command: 'docker container run',
      grade: 'approximate',
      positionals: { image: 'nginx', args: [] },
    });
    expect(answer.summary).toEqual(expect.stringMatching(/Deployment.*\.$/s));
    expect(answer.lesson).toEqual(expect.stringMatching(/^[a-z-]+$/));
    expect(answer.caveats).toEqual(expect.arrayContaining([expect.any(String)]));
    for (const source of answer.sources as Json[]) expect(source).toEqual(page);

    const commands = answer.commands as Json[];
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(command).toEqual({
        argv: expect.arrayContaining([expect.any(String)]),
        why: expect.stringMatching(/\.$/),
      });
    }
    const flags = answer.flags as Json[];
    expect(flags.map(({ flag, value }) => [flag, value])).toEqual([
      ['--detach', undefined],
      ['--name', 'web'],
      ['--publish', '8080:80'],
    ]);
    for (const { flag, value, ...rest } of flags) {
      expect(rest).toEqual({
        grade,
        kubernetes: expect.stringMatching(/./),
        why: expect.stringMatching(/\.$/),
        sources: expect.any(Array),
      });
      for (const source of rest.sources as Json[]) expect(source).toEqual(page);
    }
    const [deployment, service] = answer.objects as Json[];
    expect(deployment).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { template: { spec: { containers: [{ image: 'nginx' }] } } },
    });
    expect(service).toMatchObject({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { ports: [{ port: 8080, targetPort: 80 }] },
    });
  });

  it('holds for a command without objects, and is the same in one word', async () => {
    const apart = await translated('docker', 'logs', '-f', 'web');
    expect(apart).toMatchObject({
      command: 'docker container logs',
      objects: [],
      positionals: { container: 'web' },
      flags: [{ flag: '--follow', grade: 'exact' }],
    });
    expect(await translated('docker logs -f web')).toEqual(apart);
  });

  it('holds for a line that docker would refuse: exit 2, and nothing but JSON on stdout', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(
      ['map', '--json', 'docker', 'run', '--nmae', 'web', 'nginx'],
      home.path,
    );
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      input: 'docker run --nmae web nginx',
      argv: ['docker', 'run', '--nmae', 'web', 'nginx'],
      error: { message: 'unknown flag: --nmae', hint: expect.stringContaining('--name'), position: 11 },
    });
    expect(stderr).toContain('✖ unknown flag: --nmae');
    expect(code).toBe(2);
  });

  it('holds with our own options before the line and docker’s in it', async () => {
    expect(await translated('docker', '--debug', 'run', '-d', 'nginx', '--json')).toMatchObject({
      positionals: { image: 'nginx', args: ['--json'] },
      flags: [{ flag: '--debug' }, { flag: '--detach' }],
    });
  });
});

describe('a line on stdout', () => {
  it('is the answer, the commands, the manifest and the flags, and no colour', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(
      words('map docker run -d --name web -p 8080:80 nginx'),
      home.path,
    );
    for (const part of [
      'docker container run',
      'Type',
      'Manifest',
      'kind: Deployment',
      'What became of each flag',
      'Mind',
      'Learn more: k8s-docker-tutor learn',
    ]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).not.toContain('\x1b');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('that is refused is text that points at the place', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(words('map docker ps web'), home.path);
    expect(stderr).toBe(
      "✖ 'docker ps' accepts no arguments\n  docker ps web\n            ^^^\n→ Leave the rest out.\n",
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.each([
    ['sudo docker ps', 'docker container ls'],
    ['sudo -E docker ps -a', 'docker container ls'],
    ['-- docker ps -a', 'docker container ls'],
    ['docker-compose up -d', 'docker compose up'],
    ['podman run --rm alpine', 'docker container run'],
    ['kubectl get pods -A', 'docker ps'],
    ['k get pods -A', 'docker ps'],
    ['--kubernetes 1.32 k exec web -- ls', 'docker exec'],
  ])('may begin otherwise: map %s', async (line, command) => {
    using home = emptyHome();
    expect((await runProgram(['map', ...words(line)], home.path)).stdout).toContain(command);
  });

  it('may be long: an argument of a hundred thousand characters', async () => {
    using home = emptyHome();
    // Longer than Linux lets one argument be is no argument; a script would come through stdin.
    const long = 'x'.repeat(100_000);
    for (const args of [
      ['docker', 'exec', 'web', long],
      [`docker run -d -e A=${long} nginx`],
      ['docker', 'run', `--${long}`, 'nginx'],
      ['docker', long],
      [long],
      ['--category', long],
      [`a ${'b c '.repeat(25_000)}`],
    ]) {
      const { code, stderr } = await runProgram(['map', ...args], home.path);
      expect(code).toBeLessThan(3);
      expect(stderr).not.toContain('this is our bug');
    }
  });

  it('of a megabyte in many arguments is answered', async () => {
    using home = emptyHome();
    const many = Array.from({ length: 100_000 }, (_, place) => `web${place}`);
    const { code, stdout } = await runProgram(
      ['map', '-o', 'commands', 'docker', 'restart', ...many],
      home.path,
    );
    expect(stdout).toContain('web99999');
    expect(code).toBe(0);
  });

  it.each([
    [['docker', 'exec', 'web', '\x1b[31m', '\x07\u202e']],
    [
      [
        'docker',
        'run',
        '-d',
        '-e',
        'A=\x1b[31m\u202e',
        '-v',
        '\x1b:/x',
        '--hostname',
        '\x1b',
        'nginx',
        '\x1b[1m',
      ],
    ],
    [['docker', '\x1b[31m']],
    [['docker', 'run', '--\x1b[31m', 'x']],
    [['docker logs web\x1b[2J | \x1b[31m']],
    [['\x1b[31m\u202elogs']],
    [['-o', '\x1b[31m', 'docker', 'ps']],
    [['-o', 'commands', 'docker', 'exec', 'web', '\x1b[31m']],
    [['-o', 'yaml', 'docker', 'run', '-d', '-e', 'A=\x1b[31m\u202e', 'nginx']],
    [['-o', 'dir=\x1b[31m', 'docker', 'run', '-d', 'nginx']],
    [['--category', '\x1b[31m']],
    [['--\x1b[31m']],
  ])('with control characters in it is shown harmlessly: %j', async (args) => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(['map', ...args], home.path);
    expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    expect(code).toBeLessThan(3);
  });
});

describe('-o', () => {
  const line = words('docker run -d --name web -p 8080:80 -v data:/data -e A=yes nginx:1.27');

  it('yaml prints only YAML, whose objects are those of --json', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(['map', '-o', 'yaml', ...line], home.path);
    for (const version of ['1.1', '1.2'] as const) {
      const documents = parseAllDocuments(stdout, { version });
      expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
      expect(documents.map((document) => document.toJS())).toEqual((await translated(...line)).objects);
    }
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('yaml is an honest no where there is no manifest', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(words('map -o yaml docker ps'), home.path);
    expect(stdout).toBe('');
    expect(stderr).toContain('becomes no objects');
    expect(code).toBe(1);
  });

  it('commands prints only commands', async () => {
    using home = emptyHome();
    const { stdout } = await runProgram(words('map -o commands docker exec -it web sh'), home.path);
    expect(stdout).toMatch(/^kubectl exec .*-- sh\n$/);
  });

  it('dir writes files, overwrites nothing without --force, and then writes nothing', async () => {
    using home = emptyHome();
    const out = join(home.path, 'out');
    const names = ['01-persistentvolumeclaim-data.yaml', '02-deployment-web.yaml', '03-service-web.yaml'];
    const first = await runProgram(['map', '-o', 'dir=out', ...line], home.path);
    expect(first.stdout).toBe(names.map((name) => `${join('out', name)}\n`).join(''));
    expect(readdirSync(out).sort()).toEqual(names);

    writeFileSync(join(out, names[1] ?? ''), 'mine');
    const again = await runProgram(['map', '-o', 'dir=out', ...line], home.path);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    expect(readFileSync(join(out, names[1] ?? ''), 'utf8')).toBe('mine');

    mkdirSync(join(home.path, 'other'));
    writeFileSync(join(home.path, 'other', names[2] ?? ''), 'mine');
    expect((await runProgram(['map', '-o', 'dir=other', ...line], home.path)).code).toBe(2);
    expect(existsSync(join(home.path, 'other', names[0] ?? ''))).toBe(false);

    expect((await runProgram(['map', '--force', '-o', 'dir=out', ...line], home.path)).code).toBe(0);
    expect(readFileSync(join(out, names[1] ?? ''), 'utf8')).toContain('kind: Deployment');
  });

  it.each([
    ['deployment', 'Deployment'],
    ['pod', 'Pod'],
    ['job', 'Job'],
    ['statefulset', 'StatefulSet'],
  ])('goes with --as %s', async (as, kind) => {
    const { objects } = await translated('--as', as, 'docker', 'run', '-d', 'nginx');
    expect((objects as Json[]).map((object) => object.kind)).toContain(kind);
  });

  it('goes with --kubernetes: a stop signal is a field since 1.33', async () => {
    const stop = words('docker run -d --stop-signal SIGQUIT nginx');
    const [old] = (await translated('--kubernetes', '1.32', ...stop)).flags as Json[];
    const newest = await translated('--kubernetes', '1.36', ...stop);
    const flagOf = ({ flags }: Json): Json | undefined =>
      (flags as Json[]).find(({ flag }) => flag === '--stop-signal');
    expect(old).toBeDefined();
    expect(JSON.stringify(newest.objects)).toContain('"stopSignal":"SIGQUIT"');
    expect(flagOf(await translated('--kubernetes', '1.32', ...stop))).not.toEqual(flagOf(newest));
    expect(JSON.stringify((await translated('--kubernetes', '1.32', ...stop)).objects)).not.toContain(
      'stopSignal',
    );
    expect(await translated(...stop)).toEqual(newest);
  });
});

describe('words', () => {
  it.each([
    [['logs'], 'docker logs'],
    [['copy', 'a', 'file'], 'docker cp'],
    [['see container logs'], 'docker logs'],
    [['search'], 'Its flags'],
  ])('%j find %s', async (args, shown) => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(['map', ...args], home.path);
    expect(stdout).toContain(shown);
    expect(code).toBe(0);
  });

  it('that fit nothing say so, with others that are near: exit 2', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(['map', 'contianer', 'lgos'], home.path);
    expect(stderr).toMatch(
      /^✖ nothing in the catalogue fits "contianer lgos"\n→ Did you mean container, .*logs/,
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.each([
    [[], /docker ps[\s\S]+--all lists them all/],
    [['--all'], /docker swarm init/],
    [['--category', 'volume'], /docker volume ls/],
    [['--grade', 'none'], /docker commit/],
    [['--markdown'], /^# docker to kubectl\n[\s\S]+\| `docker ps` \|/],
    [['--plain'], /^ {2}container\n {2}Docker: docker container/],
  ])('left out list the catalogue, and wait for no key: map %j', async (args, shown) => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(['map', ...args], home.path);
    expect(stdout).toMatch(shown);
    expect(stdout).not.toContain('\x1b');
    expect(code).toBe(0);
  });

  it('of a category that there is not: exit 2, with those that there are', async () => {
    using home = emptyHome();
    const { code, stderr } = await runProgram(['map', '--category', 'weather'], home.path);
    expect(stderr).toMatch(/there is no category "weather"\n→ It is one of: container, image, build/);
    expect(code).toBe(2);
  });

  it('whose reader has seen enough are no error', async () => {
    using home = emptyHome();
    const child = spawn(nodeUnderTest, [inject('program'), 'map', '--all'], {
      env: { PATH: process.env.PATH ?? '', HOME: home.path },
    });
    child.stdout.destroy();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });
});

describe('map in a terminal', () => {
  it('searches as one types, and opens what is chosen', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['map'], { home: home.path, rows: 40 });
    await terminal.sees('A docker line, or what you want to do:');
    await terminal.sees('▸ docker container');
    await terminal.type('l', 'o', 'g', 's');
    await terminal.sees(/▸ docker logs .*kubectl logs/);
    await terminal.sees(/\d of \d+ - up, down, page up, page down - Enter opens - Esc leaves/);
    await terminal.type(key.down);
    await terminal.sees('▸ docker compose logs');
    await terminal.type(key.up, key.up, key.up);
    await terminal.sees('▸ docker logs');
    await terminal.type(key.enter);
    expect(await terminal.exited).toBe(0);
    expect(terminal.history).toContain('Its flags');
    expect(terminal.history).toContain('docker logs');
    // The prompt is gone, and the cursor is back.
    expect(terminal.history).not.toContain('Esc leaves');
    expect(terminal.raw.lastIndexOf('\x1b[?25h')).toBeGreaterThanOrEqual(
      terminal.raw.lastIndexOf('\x1b[?25l'),
    );
  });

  it('translates a whole docker line that is typed into it', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['map'], { home: home.path, rows: 40 });
    await terminal.sees('what you want to do:');
    await terminal.type('docker run -d -p 8080:80 nginx:1.28');
    await terminal.sees('Translate docker run -d -p 8080:80 nginx:1.28');
    await terminal.type(key.enter);
    expect(await terminal.exited).toBe(0);
    expect(terminal.history).toContain('kind: Deployment');
  });

  it('says when nothing fits, keeps what was typed, and finds again', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['map'], { home: home.path });
    await terminal.sees('what you want to do:');
    await terminal.type('z', 'z', 'z');
    await terminal.sees('Nothing fits. Try other words.');
    await terminal.type(key.enter, key.up, key.down);
    await terminal.sees('zzz');
    await terminal.type(key.backspace, key.backspace, key.backspace, 'c', 'p');
    await terminal.sees('▸ docker cp');
    await terminal.type(key.enter);
    expect(await terminal.exited).toBe(0);
    expect(terminal.history).toContain('kubectl cp');
  });

  it.each([
    ['Escape', '\x1b', 0],
    ['Ctrl-C', key.ctrlC, 130],
  ])('leaves with %s', async (_, pressed, code) => {
    using home = emptyHome();
    const terminal = new Terminal(['map'], { home: home.path });
    await terminal.sees('what you want to do:');
    await terminal.type('p', 's', pressed);
    expect(await terminal.exited).toBe(code);
    expect(terminal.history).not.toContain('Its flags');
    expect(terminal.raw.lastIndexOf('\x1b[?25h')).toBeGreaterThanOrEqual(
      terminal.raw.lastIndexOf('\x1b[?25l'),
    );
  });

  it.each([60, 30])('fits %i columns, and a list longer than the screen scrolls', async (columns) => {
    using home = emptyHome();
    const terminal = new Terminal(['map'], { home: home.path, columns, rows: 14 });
    await terminal.sees('▸ docker container');
    for (let pressed = 0; pressed < 25; pressed++) await terminal.type(key.down);
    await terminal.sees('▸ docker');
    expect(terminal.screen).not.toContain('▸ docker container');
    // The line one types in stays in sight.
    expect(terminal.screen).toMatch(/to do:/);
    await terminal.type('p', 's');
    await terminal.sees('▸ docker ps');
    await terminal.type(key.enter);
    expect(await terminal.exited).toBe(0);
    expect(Math.max(...terminal.history.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('asks in a line where the terminal is dumb', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['map'], { home: home.path, rows: 40, env: { TERM: 'dumb' } });
    await terminal.sees('A docker line, or what you want to do');
    await terminal.type('l', 'o', 'g', 's', key.enter);
    await terminal.sees('docker compose logs');
    await terminal.type('1', key.enter);
    expect(await terminal.exited).toBe(0);
    expect(terminal.history).toContain('Its flags');
    expect(terminal.raw).not.toContain('\x1b');
  });

  it('shows a translation in colour, no line wider than the screen', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['map', ...words('docker run -d --name web -p 8080:80 nginx')], {
      home: home.path,
      columns: 72,
      rows: 200,
    });
    expect(await terminal.exited).toBe(0);
    await terminal.saw('What became of each flag');
    expect(terminal.raw).toContain('\x1b[1m');
    expect(terminal.history).toContain('≈ approximate');
  });
});

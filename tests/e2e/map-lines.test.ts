import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './program.ts';
import { emptyHome } from './terminal.ts';

const script = [
  '#!/bin/bash',
  'docker build -t shop/web:1.4 . && docker push shop/web:1.4',
  'docker run -d --name web \\',
  '  -e DB_PASSWORD=hunter2 -p 8080:80 shop/web:1.4',
  'docker ps --bogus',
  'kubectl get pods',
].join('\n');

describe('map -', () => {
  it('translates every line of a script, and shows no secret', async () => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(['map', '-'], home.path, {}, script);
    expect(code).toBe(0);
    expect(stdout).toContain('3: docker run -d --name web -e DB_PASSWORD=*** -p 8080:80 shop/web:1.4');
    expect(stdout).toContain('$ kubectl apply -f web.yaml');
    expect(stdout).toContain('unknown flag: --bogus');
    expect(stdout).toContain('$ docker ps');
    expect(stdout).not.toContain('hunter2');
  });

  it('prints one object a line with --json, in order, errors among them', async () => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(['map', '--json', '-'], home.path, {}, script);
    const values = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(values.map((value) => value.command ?? 'refused')).toEqual([
      'docker image build',
      'docker image push',
      'docker container run',
      'refused',
      'kubectl get',
    ]);
    expect(values[3]).toMatchObject({ version: 1, input: 'docker ps --bogus', error: { position: 10 } });
  });

  it.each([
    ['one line that docker refuses', 'docker run --detatch nginx\n', 2, 'unknown flag: --detatch'],
    ['no line at all', 'echo hello\n', 1, 'no docker or kubectl line was found'],
    ['nothing', '', 1, 'no docker or kubectl line was found'],
  ])('says of %s what it is', async (_, input, wanted, message) => {
    using home = emptyHome();
    const { code, stderr } = await runProgram(['map', '-'], home.path, {}, input);
    expect(code).toBe(wanted);
    expect(stderr).toContain(message);
  });

  it('prints only the commands, or only the manifests', async () => {
    using home = emptyHome();
    const commands = await runProgram(['map', '-o', 'commands', '-'], home.path, {}, script);
    expect(commands.stdout.split('\n')).toContain('kubectl apply -f web.yaml');
    const yaml = await runProgram(['map', '-o', 'yaml', '-'], home.path, {}, script);
    expect(yaml.stdout).toMatch(/^apiVersion: v1\nkind: Secret\n/);
    const none = await runProgram(['map', '-o', 'yaml', '-'], home.path, {}, 'docker ps');
    expect(none.code).toBe(1);
  });

  it('says beside a manifest which line is not in it', async () => {
    using home = emptyHome();
    const some = 'docker run -d --name web nginx\ndocker run -d --resart always --name db postgres\n';
    const yaml = await runProgram(['map', '-o', 'yaml', '-'], home.path, {}, some);
    expect(yaml.stdout).not.toContain('postgres');
    expect(yaml.stderr).toContain('line 2 is left out: unknown flag: --resart');
    const [, refused = ''] = some.split('\n');
    const alone = await runProgram(['map', '-o', 'yaml', '-'], home.path, {}, refused);
    expect([alone.code, alone.stdout]).toEqual([2, '']);
    expect(alone.stderr).toContain('Did you mean --restart?');
  });
});

describe('map --history', () => {
  it('counts what is used, most used first, and keeps arguments to itself', async () => {
    using home = emptyHome();
    writeFileSync(
      join(home.path, '.bash_history'),
      '#1700000000\ndocker ps -a\ndocker login -u ada -p s3cr3t\ndocker ps\ndocker run -e TOKEN=abc nginx\nkubectl get pods\n',
    );
    mkdirSync(join(home.path, '.local', 'share', 'fish'), { recursive: true });
    writeFileSync(
      join(home.path, '.local', 'share', 'fish', 'fish_history'),
      '- cmd: docker ps\n  when: 1\n',
    );
    const { code, stdout } = await runProgram(['map', '--history', '--json'], home.path);
    const { uses, files } = JSON.parse(stdout) as {
      uses: { typed: string; count: number }[];
      files: string[];
    };
    expect(code).toBe(0);
    expect(uses[0]).toMatchObject({ typed: 'docker ps', count: 3, counterpart: 'kubectl get pods' });
    expect(files).toHaveLength(2);
    expect(stdout).not.toMatch(/s3cr3t|abc|nginx|ada/);
    const text = await runProgram(['map', '--history'], home.path);
    expect(text.stdout).toContain('Lessons that teach most of it');
    expect(text.stdout).not.toMatch(/s3cr3t|abc|nginx/);
  });

  it.each([
    ['there is no history', undefined],
    ['there is nothing of docker in it', 'ls\ncd ..\n'],
  ])('is an honest no where %s', async (_, history) => {
    using home = emptyHome();
    if (history) writeFileSync(join(home.path, '.bash_history'), history);
    const { code, stderr } = await runProgram(['map', '--history'], home.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^✖ no .+\n→ .+\n$/);
  });

  it('reads the files that are named in place of the histories', async () => {
    using home = emptyHome();
    writeFileSync(join(home.path, '.bash_history'), 'docker ps\n');
    writeFileSync(
      join(home.path, 'deploy.sh'),
      '#!/bin/sh\ndocker pull nginx\ndocker pull redis\nkubectl get po web\n',
    );
    const named = await runProgram(['map', '--history', '--json', join(home.path, 'deploy.sh')], home.path);
    const { uses } = JSON.parse(named.stdout) as { uses: unknown[] };
    expect(uses).toMatchObject([
      { typed: 'docker pull', count: 2 },
      { typed: 'kubectl get pods', counterpart: 'docker ps', grade: 'approximate' },
    ]);
    const missing = await runProgram(['map', '--history', 'nowhere.sh'], home.path);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no file nowhere.sh'),
    });
  });
});

describe('map kubectl', () => {
  it('answers in the terms of docker', async () => {
    using home = emptyHome();
    const { stdout } = await runProgram(
      ['map', '--json', 'kubectl', 'logs', '-f', '--tail=20', 'deploy/web'],
      home.path,
    );
    const value = JSON.parse(stdout) as Record<string, unknown>;
    expect(value).toMatchObject({
      version: 1,
      command: 'kubectl logs',
      commands: [{ argv: ['docker', 'logs', '-f', '--tail', '20', 'web'] }],
      flags: [
        { flag: '--follow', docker: '--follow' },
        { flag: '--tail', value: '20', docker: '--tail' },
      ],
      objects: [],
      lesson: 'looking-inside',
    });
  });

  it.each([
    [['kubectl', 'get', 'pods', '--bogus'], 'unknown flag'],
    [['kubectl', 'gett', 'pods'], 'unknown command'],
  ])('%j is refused as kubectl refuses it', async (line, message) => {
    using home = emptyHome();
    const { code, stderr } = await runProgram(['map', ...line], home.path);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

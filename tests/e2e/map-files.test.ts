import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runProgram } from './program.ts';
import { emptyHome } from './terminal.ts';

const compose = `services:
  web:
    image: nginx:1.28
    ports: ["8080:80"]
    depends_on: [api]
  api:
    image: registry.example.com/shop/api:\${TAG:-1.4}
    command: ["serve", "--port", "3000"]
    mem_limit: 512m
    volumes: [data:/data]
  front_end:
    image: nginx:1.28
    profiles: [debug]
volumes: { data: {} }
`;

function project(): ReturnType<typeof emptyHome> {
  const home = emptyHome();
  writeFileSync(join(home.path, 'compose.yaml'), compose);
  return home;
}

describe('map with a compose file', () => {
  it('explains it service by service, and says what to type', async () => {
    using home = project();
    const { code, stdout } = await runProgram(['map', 'compose.yaml'], home.path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}docker compose {2}≈ approximate$/m);
    expect(stdout).toContain('$ kubectl apply -f');
    expect(stdout).toMatch(/^ {2}web$/m);
    expect(stdout).toMatch(/^ {2}api$/m);
  });

  it.each([
    ['its name', ['compose.yaml'], ''],
    ['a docker compose line', ['docker', 'compose', '-f', 'compose.yaml', 'up', '-d'], ''],
    ['standard input', ['-'], compose],
  ])('prints only manifests with -o yaml, by %s', async (_, words, input) => {
    using home = project();
    const { code, stdout, stderr } = await runProgram(['map', '-o', 'yaml', ...words], home.path, {}, input);
    const objects = parseAllDocuments(stdout).map((document) => document.toJS() as Record<string, unknown>);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(objects.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Deployment', 'Service', 'PersistentVolumeClaim']),
    );
    expect(stdout).toContain('memory: 512Mi');
    expect(stdout).not.toContain('front');
  });

  it('takes variables from .env and the shell, and profiles and several files from the line', async () => {
    using home = project();
    writeFileSync(join(home.path, '.env'), 'TAG=1.5\n');
    const fromFile = await runProgram(['map', '-o', 'yaml', 'compose.yaml'], home.path);
    expect(fromFile.stdout).toContain('image: registry.example.com/shop/api:1.5');
    const fromShell = await runProgram(['map', '-o', 'yaml', 'compose.yaml'], home.path, { TAG: '1.6' });
    expect(fromShell.stdout).toContain('image: registry.example.com/shop/api:1.6');

    writeFileSync(join(home.path, 'more.yaml'), 'services: { web: { image: "nginx:1.29" } }\n');
    const line = 'docker compose -f compose.yaml -f more.yaml --profile debug up'.split(' ');
    const merged = await runProgram(['map', '-o', 'yaml', ...line], home.path);
    expect(merged.stdout).toContain('image: nginx:1.29');
    expect(merged.stdout).toContain('name: front-end');
  });

  it('writes one file an object, and overwrites nothing unasked', async () => {
    using home = project();
    const first = await runProgram(['map', '-o', 'dir=k8s', 'compose.yaml'], home.path);
    expect(first.code).toBe(0);
    const files = readdirSync(join(home.path, 'k8s'));
    expect(files.length).toBeGreaterThanOrEqual(5);
    const [one = ''] = files;
    writeFileSync(join(home.path, 'k8s', one), 'mine');
    const again = await runProgram(['map', '-o', 'dir=k8s', 'compose.yaml'], home.path);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    expect(readFileSync(join(home.path, 'k8s', one), 'utf8')).toBe('mine');
    await runProgram(['map', '--force', '-o', 'dir=k8s', 'compose.yaml'], home.path);
    expect(readFileSync(join(home.path, 'k8s', one), 'utf8')).not.toBe('mine');
  });

  it('prints one versioned object with --json, each key with its line and its pages', async () => {
    using home = project();
    const { stdout } = await runProgram(['map', '--json', 'compose.yaml'], home.path);
    const value = JSON.parse(stdout) as {
      version: number;
      services: { name: string; verdicts: { key: string; line: number; sources: { url: string }[] }[] }[];
      objects: unknown[];
    };
    expect(value.version).toBe(1);
    expect(value.objects.length).toBeGreaterThan(4);
    const web = value.services.find(({ name }) => name === 'web');
    expect(web?.verdicts.map(({ key, line }) => [key, line])).toEqual([
      ['image', 3],
      ['ports[0]', 4],
      ['depends_on.api', 5],
    ]);
    expect(web?.verdicts.every(({ sources }) => sources.every(({ url }) => url.startsWith('https://')))).toBe(
      true,
    );
  });

  it.each([
    ['an unknown key', 'services: { web: { imagge: nginx } }\n', /compose\.yaml:1:\d+: .*imagge/],
    ['a tab', 'services:\n\tweb: {}\n', /compose\.yaml:2:\d+/],
    ['nothing', '', /the compose file is empty/],
  ])('says of a file with %s where and what', async (_, text, message) => {
    using home = emptyHome();
    writeFileSync(join(home.path, 'compose.yaml'), text);
    const { code, stdout, stderr } = await runProgram(['map', 'compose.yaml'], home.path);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/\n→ .+\n$/);
  });

  it('says of a file that is not there that it is not', async () => {
    using home = emptyHome();
    const { code, stderr } = await runProgram(['map', 'compose.yaml'], home.path);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no file compose.yaml');
    expect(existsSync(join(home.path, 'k8s'))).toBe(false);
  });
});

describe('map with a Dockerfile', () => {
  const text = 'FROM nginx:1.28\nCOPY . /srv\nHEALTHCHECK CMD curl -f localhost\nUSER app\nCMD ["nginx"]\n';

  it('says of each instruction what becomes of it', async () => {
    using home = emptyHome();
    writeFileSync(join(home.path, 'Dockerfile'), text);
    const { code, stdout } = await runProgram(['map', 'Dockerfile'], home.path);
    expect(code).toBe(0);
    for (const word of ['1: FROM', '3: HEALTHCHECK', 'ignored', '5: CMD']) expect(stdout).toContain(word);
    const json = await runProgram(['map', '--json', 'Dockerfile'], home.path);
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, verdicts: { length: 5 } });
    expect((await runProgram(['map', '-o', 'yaml', 'Dockerfile'], home.path)).code).toBe(1);
  });

  it('names the line that a builder would refuse', async () => {
    using home = emptyHome();
    writeFileSync(join(home.path, 'Dockerfile'), 'FROM nginx\nCOPPY . /srv\n');
    const { code, stderr } = await runProgram(['map', 'Dockerfile'], home.path);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^✖ line 2: .*COPPY/);
  });
});

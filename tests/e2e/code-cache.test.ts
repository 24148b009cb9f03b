import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { nodeUnderTest } from './node-under-test.ts';

// What V8 compiled is kept beside the program (bin/load.js), and must never be what a command depends on.

let folder: string;
let program: string;
let cache: string;
let pristine: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutor-cache-'));
  const app = join(folder, 'app');
  cpSync(dirname(dirname(inject('program'))), app, { recursive: true });
  cache = join(app, 'dist', 'code-cache');
  rmSync(cache, { recursive: true, force: true });
  program = join(app, 'bin', 'k8s-docker-tutor.js');
  pristine = run();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(env: Record<string, string> = {}): string {
  return execFileSync(nodeUnderTest, [program, 'map', 'ps'], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

function kept(): string[] {
  const [version = ''] = readdirSync(cache);
  return readdirSync(join(cache, version)).map((name) => join(cache, version, name));
}

describe('what was compiled', () => {
  it('is not in the package', () => {
    const listed = execFileSync('tar', ['-tzf', inject('tarball')], { encoding: 'utf8' });
    expect(listed).toContain('package/bin/load.js');
    expect(listed).not.toContain('code-cache');
  });

  it('is kept by the first run, and the second one prints the same', () => {
    expect(pristine).toContain('kubectl get pods');
    expect(kept().length).toBeGreaterThan(0);
    const before = kept().map((file) => readFileSync(file));
    expect(run()).toBe(pristine);
    expect(kept().map((file) => readFileSync(file))).toEqual(before);
  });

  it.each([
    ['is cut off', (file: string) => truncateSync(file, 5000)],
    ['is empty', (file: string) => writeFileSync(file, '')],
    [
      'is damaged in the middle',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, bytes.length >> 1, (bytes.length >> 1) + 200);
        writeFileSync(file, bytes);
      },
    ],
  ])('is made anew where it %s', (_, damage) => {
    run();
    for (const file of kept()) damage(file);
    const damaged = kept().map((file) => readFileSync(file));
    expect(run()).toBe(pristine);
    expect(kept().map((file) => readFileSync(file))).not.toEqual(damaged);
    expect(run()).toBe(pristine);
  });

  it('is not missed where nothing can be written', () => {
    rmSync(cache, { recursive: true, force: true });
    writeFileSync(cache, 'a file where the folder would be');
    expect(run()).toBe(pristine);
    expect(readFileSync(cache, 'utf8')).toBe('a file where the folder would be');
    rmSync(cache);
  });

  it('is not kept where Node is told not to', () => {
    rmSync(cache, { recursive: true, force: true });
    expect(run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(pristine);
    expect(existsSync(cache)).toBe(false);
  });

  it('by many runs at once serves all of them', () => {
    rmSync(cache, { recursive: true, force: true });
    const script = `for i in 1 2 3 4 5 6; do "$0" "$1" map ps & done; wait`;
    const { stdout } = spawnSync('sh', ['-c', script, nodeUnderTest, program], { encoding: 'utf8' });
    expect(stdout).toBe(pristine.repeat(6));
    expect(kept().every((file) => file.endsWith('.js'))).toBe(true);
  });
});

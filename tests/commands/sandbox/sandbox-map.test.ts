import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { mapInside } from '../../../src/commands/sandbox/sandbox-map.ts';
import { openSession } from '../../../src/commands/session.ts';
import { buildIndex } from '../../../src/content/build-index.ts';
import { lintContent } from '../../../src/content/lint-content.ts';
import { lessonsFolder } from '../../fixtures/course.ts';
import { ioOf } from '../../fixtures/io.ts';
import { ShellVisitor } from '../../sandbox/shell/shell-visitor.ts';
import { mapRunner } from '../run-map.ts';

const runMap = mapRunner();
const folder = mkdtempSync(join(tmpdir(), 'k8s-docker-tutor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
buildIndex(lintContent(lessonsFolder).content, folder);

const world = { env: { LANG: 'C.UTF-8' } };
const session = openSession({ ...ioOf(world), content: pathToFileURL(`${folder}/`) });
const { laptop } = new ShellVisitor().shell;
const inside = (words: readonly string[]) => mapInside(session, laptop, words, true);

describe('map in the sandbox', () => {
  it.each([
    ['docker ps -a'],
    ['docker run -d -p 80:80 --name web nginx'],
    ['-o yaml docker run -d nginx'],
    ['-o commands docker logs -f web'],
    ['--as pod docker run nginx'],
    ['kubectl get pods'],
    ['logs'],
    ['copy a file'],
  ])('prints what the command prints: %s', async (line) => {
    const words = line.split(' ');
    expect(inside(words)).toEqual({ out: (await runMap(words, world)).stdout, err: '', code: 0 });
  });

  it('reads the files that are there', () => {
    laptop.write('compose.yaml', 'services:\n  cache:\n    image: redis:7\n');
    expect(inside(['-o', 'yaml', 'compose.yaml']).out).toContain('image: redis:7');
    expect(inside(['docker', 'compose', '-f', 'compose.yaml', 'up']).out).toContain('cache');
    laptop.write('Dockerfile', 'FROM busybox\nEXPOSE 80\n');
    expect(inside(['Dockerfile']).out).toContain('EXPOSE');
  });

  it.each([
    ['docker run --nonsense nginx', /^✖ .*nonsense/],
    ['docker frobnicate', /^✖ /],
    ['none.yaml', /^✖ there is no file none.yaml\n→ ls lists/],
    ['--json docker ps', /^✖ map has no option --json in the sandbox/],
    ['-o dir=out docker run nginx', /^✖ map writes no folder/],
    ['--as cow docker run nginx', /^✖ there is nothing to run it --as cow/],
    ['zzzzzz', /^✖ nothing in the catalogue fits/],
    ['', /^✖ map what\?/],
  ])('says what is wrong with: %s', (line, err) => {
    const mapped = inside(line.split(' ').filter(Boolean));
    expect(mapped.out).toBe('');
    expect(mapped.code).not.toBe(0);
    expect(mapped.err).toMatch(err);
  });
});

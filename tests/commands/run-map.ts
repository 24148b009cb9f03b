import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { buildIndex } from '../../src/content/build-index.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { run } from '../../src/main.ts';
import { lessonsFolder } from '../fixtures/course.ts';
import { ioOf, type World } from '../fixtures/io.ts';

/** What came of a run. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Gives a function that runs `map` on the project's own content, for a file of tests that asks at its top. */
export function mapRunner(): (args: readonly string[], world?: World) => Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'k8s-docker-tutor-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  buildIndex(lintContent(lessonsFolder).content, folder);
  return async (args, world = { env: { LANG: 'C.UTF-8' } }) => {
    const io = { ...ioOf(world), content: pathToFileURL(`${folder}/`) };
    const code = await run(['map', ...args], io);
    const read = (stream: unknown): string => String((stream as PassThrough).read() ?? '');
    return { code, stdout: read(io.stdout), stderr: read(io.stderr) };
  };
}

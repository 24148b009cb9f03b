import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The installed program, to be run with `nodeUnderTest`. */
    readonly program: string;
    /** The packed tarball. */
    readonly tarball: string;
  }
}

/** Packs the project and installs the tarball alone, offline, in an empty directory with an empty HOME. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tutor-e2e-'));
  const env = {
    ...process.env,
    HOME: join(folder, 'home'),
    npm_config_cache: join(folder, 'cache'),
    npm_config_offline: 'true',
  };
  mkdirSync(join(folder, 'home'));
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app', 'package.json'), '{}\n');
  const npm = (args: string[], cwd: string): void => {
    execFileSync('npm', args, { cwd, env, stdio: 'pipe', shell: process.platform === 'win32' });
  };

  npm(['pack', '--ignore-scripts', '--pack-destination', folder], process.cwd());
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack made no tarball');
  npm(['install', '--no-audit', '--no-fund', join(folder, tarball)], join(folder, 'app'));

  project.provide('tarball', join(folder, tarball));
  project.provide(
    'program',
    join(folder, 'app', 'node_modules', 'k8s-docker-tutor', 'bin', 'k8s-docker-tutor.js'),
  );
  // A program that a test has left may still be at its end.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

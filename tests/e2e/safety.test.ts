import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { runProgram } from './program.ts';
import { emptyHome } from './terminal.ts';

// The tutor runs no other program, opens no connection, and reads nothing that was not named.

const watcher = join(import.meta.dirname, '..', 'fixtures', 'watch-doings.cjs');

/** What a run did, and the files beside the program and its state that it read or wrote. */
async function watched(words: readonly string[], input = ''): Promise<string[]> {
  using home = emptyHome();
  const bin = join(home.path, 'bin');
  mkdirSync(bin);
  for (const tool of ['docker', 'kubectl', 'git', 'npm', 'sh']) {
    writeFileSync(join(bin, tool), `#!/bin/sh\necho ran >> '${home.path}/ran'\n`, { mode: 0o755 });
  }
  for (const name of ['compose.yaml', '.env', '.bash_history', '.kube/config', '.docker/config.json']) {
    mkdirSync(dirname(join(home.path, name)), { recursive: true });
    writeFileSync(join(home.path, name), name === 'compose.yaml' ? 'services: {a: {image: b}}\n' : '');
  }
  writeFileSync(join(home.path, 'world.json'), '');
  const log = join(home.path, 'log');
  writeFileSync(log, '');
  const { stderr } = await runProgram(
    words,
    home.path,
    { PATH: bin, WATCHED: log, NODE_OPTIONS: `--require ${watcher}` },
    input,
  );
  expect(stderr).not.toMatch(/to watch/);
  expect(existsSync(join(home.path, 'ran'))).toBe(false);
  const own = dirname(dirname(inject('program')));
  const state = join(home.path, '.local', 'state', 'k8s-docker-tutor');
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.includes(own) && !line.includes(state))
    .map((line) => line.replaceAll(`${home.path}/`, '~/'));
}

describe('a run', () => {
  it.each<[words: string[], input?: string]>([
    [['--help']],
    [['--version']],
    [['learn', '--list']],
    [['learn', 'pods']],
    [['map', 'ps']],
    [['map', 'docker', 'run', '-v', './data:/data', 'nginx']],
    [['map', 'docker', 'compose', 'up']],
    [['map', 'docker', 'build', '.']],
    [['map', 'kubectl', 'apply', '-f', 'compose.yaml']],
    [['glossary', 'pod']],
    [['quiz', '--plain', '-n', '1'], '1\n\n'],
    [['quiz', 'show', 'pods.what-run-creates']],
    [['progress']],
    [['lab', '--list']],
    [['lab', 'image-not-found', '--script'], 'kubectl get pods\nls\n'],
    [['sandbox', '-c', 'kubectl get pods; docker ps; cat ~/.kube/config; curl http://example.com/']],
    [
      [
        'sandbox',
        '-c',
        'kubectl apply -f https://example.com/x.yaml; docker pull nginx; node ssh worker-1 ps',
      ],
    ],
    [['choose', '--json']],
    [['completion', 'bash']],
    [['completion', 'zsh', '--words', '--', 'learn', '']],
  ])('of %j does nothing but answer', async (words, input) => {
    expect(await watched(words, input)).toEqual([]);
  });

  it('reads the files that were named, and what compose itself reads beside them', async () => {
    expect(await watched(['map', 'compose.yaml'])).toEqual(
      expect.arrayContaining([expect.stringMatching(/^reads .*compose\.yaml$/)]),
    );
    for (const doing of await watched(['map', 'compose.yaml'])) {
      expect(doing).toMatch(/^reads .*(compose\.yaml|compose\.override\.yaml|\.env)$/);
    }
  });

  it('reads the history where that is asked for', async () => {
    for (const doing of await watched(['map', '--history'])) {
      expect(doing).toMatch(/^(reads|lists) .*(history|\.zsh|fish|PSReadLine)/i);
    }
  });

  it('is watched by something that sees: doctor runs tools, and says so in its help', async () => {
    using home = emptyHome();
    const log = join(home.path, 'log');
    writeFileSync(log, '');
    await runProgram(['doctor'], home.path, { WATCHED: log, NODE_OPTIONS: `--require ${watcher}` });
    expect(readFileSync(log, 'utf8')).toMatch(/^runs docker/m);
    const { stdout } = await runProgram(['doctor', '--help'], home.path);
    expect(stdout).toMatch(/Runs\s+docker,\s+kubectl\s+and\s+other\s+tools/);
  });
});

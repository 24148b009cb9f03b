import { expect, it } from 'vitest';
import { newSandbox, runOurs } from './run-ours.ts';

// What the simulated client leaves out, it says so by name, and does nothing.

const compose = "printf 'services: {web: {image: a, build: https://example.com/a.git}}' > compose.yaml; ";

it.each([
  [
    'docker build --call=outline .',
    'ERROR: failed to build: docker build --call=outline is not simulated here',
  ],
  [
    'docker build --progress=rawjson .',
    'ERROR: failed to build: docker build --progress=rawjson is not simulated here',
  ],
  [
    'docker buildx prune --reserved-space 1GB',
    'ERROR: docker buildx prune --reserved-space is not simulated here',
  ],
  [
    'docker volume create --type block',
    'docker volume create --type is not simulated here: it needs a swarm',
  ],
  ['docker import http://example.com/a.tar', 'docker import of a URL is not simulated here: give it a file'],
  [`${compose}docker compose build --push`, 'docker compose build --push is not simulated here'],
  [
    `${compose}docker compose build`,
    'docker compose build of https://example.com/a.git is not simulated here',
  ],
  [`${compose}docker compose config --variables`, 'docker compose config --variables is not simulated here'],
  [
    `${compose}docker compose config --lock-image-digests`,
    'docker compose config --lock-image-digests is not simulated here',
  ],
  [`${compose}docker compose up --watch`, 'docker compose up --watch is not simulated here'],
  [`${compose}docker compose up --dry-run`, 'docker compose up --dry-run is not simulated here'],
  [`${compose}docker compose --compatibility up`, 'docker compose --compatibility is not simulated here'],
])('%s is refused by name', (line, said) => {
  const sandbox = newSandbox();
  const { stdout, stderr, code } = runOurs(sandbox, line);
  expect([stdout, stderr.trimEnd().split('\n').at(-1), code]).toEqual(['', said, 1]);
});

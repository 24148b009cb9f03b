import { describe, expect, it } from 'vitest';
import type { EngineResponse } from '../../../src/sandbox/host/engine/request.ts';
import { typeToDocker } from './type-to-docker.ts';

const id = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;

function image(tags: readonly string[], more: object = {}): object {
  const platform = { os: 'linux', architecture: 'amd64' };
  const manifest = {
    ID: id,
    Available: true,
    Kind: 'image',
    Size: { Content: 1_400_000, Total: 4_200_000 },
    ImageData: { Platform: platform, Containers: [] },
  };
  const names = { Id: id, RepoTags: tags, RepoDigests: [] };
  return {
    ...names,
    Created: 0,
    Size: 4_200_000,
    SharedSize: -1,
    Containers: 0,
    Manifests: [manifest],
    ...more,
  };
}

function listed(images: readonly object[], words: readonly string[] = [], isTerminal = false): string {
  const answer = (): EngineResponse => ({ status: 200, body: images });
  return typeToDocker(['images', ...words], { answer, isTerminal }).stdout;
}

describe('docker images', () => {
  it('has a line for each tag, by name, and those without a name last', () => {
    const lines = listed(
      [image(['web:2', 'api:1']), image([], { RepoDigests: ['x@sha256:1'] })],
      ['-a'],
    ).split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['IMAGE', 'api:1', 'web:2', '<untagged>', '']);
  });

  it('leaves out what has no tag, unless all is asked for', () => {
    expect(listed([image([])])).toBe('IMAGE   ID             DISK USAGE   CONTENT SIZE   EXTRA\n');
  });

  it('marks what a container uses, also where only one of its platforms is used', () => {
    const used = { Containers: 1 };
    expect(listed([image(['web:1'], used)])).toContain('1.4MB   U    \n');
    expect(listed([image(['web:1'])])).toContain('1.4MB        \n');
  });

  it('shows each platform below its image where a tree is asked for', () => {
    expect(listed([image(['web:1', 'web:latest'])], ['--tree'])).toBe(
      [
        'IMAGE                ID             DISK USAGE   CONTENT SIZE   EXTRA',
        'web:1             ',
        'web:latest           aaaaaaaaaaaa        4.2MB          1.4MB        ',
        '└─ linux/amd64       aaaaaaaaaaaa        4.2MB          1.4MB        ',
        '',
        '',
      ].join('\n'),
    );
  });

  it('has a legend at a terminal, at the right', () => {
    expect(listed([], [], true).split('\n')[0]).toBe(' Info ->  U In Use'.padStart(80));
  });

  it.each(['-q', '--no-trunc', '--digests', '--format=json'])('has no tree with %s', (flag) => {
    const answer = (): EngineResponse => ({ status: 200, body: [] });
    const { stderr, code } = typeToDocker(['images', '--tree', flag], { answer });
    expect(stderr).toMatch(/is not yet supported with --tree\n$/);
    expect(code).toBe(1);
  });

  it('takes the columns of the settings', () => {
    const files = new Map([
      ['/home/you/.docker/config.json', '{"imagesFormat":"{{.Repository}} has {{.Tag}}"}'],
    ]);
    const answer = (): EngineResponse => ({ status: 200, body: [image(['web:1'])] });
    expect(typeToDocker(['images'], { answer, files }).stdout).toBe('web has 1\n');
    expect(typeToDocker(['images', '-q'], { answer, files }).stdout).toBe('aaaaaaaaaaaa\n');
  });

  it('names an image by its digest where it has no tag', () => {
    const untagged = image([], { Id: other, RepoDigests: [`web@${other}`] });
    expect(listed([untagged], ['-a', '--digests'])).toContain(`web          <none>    ${other}`);
  });

  it.each(['rm', 'prune', 'build'])('asks whether `docker image %s` was meant', (name) => {
    const answer = (): EngineResponse => ({ status: 200, body: [] });
    const { stderr } = typeToDocker(['images', name], { answer });
    expect(stderr).toBe(`No images found matching "${name}": did you mean "docker image ${name}"?\n`);
    expect(typeToDocker(['image', 'ls', name], { answer }).stderr).toBe('');
  });
});

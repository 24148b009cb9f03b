import { describe, expect, it } from 'vitest';
import { History } from '../../src/sandbox/history.ts';
import { broughtForward } from '../../src/sandbox/older-world.ts';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../src/sandbox/shell/shell.ts';
import type { World } from '../../src/sandbox/world.ts';

const { tables, ...fresh } = Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1, nodes: 2 }).snapshot();

/** A world as it was kept before there was a Docker host: files in a table, no volume, nothing of Docker's. */
function oldWorld(files: Readonly<Record<string, unknown>>): World {
  const volumes = Object.entries(tables['runtime/volumes'] ?? {}).filter(([key]) => key !== 'laptop/files');
  const others = Object.entries(tables).filter(([name]) => !name.startsWith('docker/'));
  return {
    ...fresh,
    tables: {
      ...Object.fromEntries(others),
      'runtime/volumes': Object.fromEntries(volumes),
      'laptop/files': { ...kubeconfig(), ...files },
    },
  };
}

function kubeconfig() {
  const volume = tables['runtime/volumes']?.['laptop/files'] as {
    readonly files: Readonly<Record<string, { readonly content?: string }>>;
  };
  const path = '/home/you/.kube/config';
  return { [path]: { kind: 'file', text: volume.files[path]?.content } };
}

function said(shell: Shell, line: string): string {
  let text = '';
  const write = (_: string, more: string): void => {
    text += more;
  };
  runToEnd(shell.run(line), shell, { write, input: () => '' });
  return text;
}

describe('a world of before the Docker host', () => {
  const old = oldWorld({
    '/home/you/notes': { kind: 'folder' },
    '/home/you/notes/a.txt': { kind: 'file', text: 'hello\n' },
    '/home/you/empty': { kind: 'folder' },
  });

  it('keeps its files, its cluster, and has a Docker host', () => {
    const { world } = broughtForward(old, []);
    expect(Object.keys(world.tables)).not.toContain('laptop/files');
    const shell = new Shell(new Sandbox(world), () => {});
    expect(said(shell, 'cat notes/a.txt; ls')).toBe('hello\nempty\nnotes\n');
    expect(said(shell, 'kubectl get nodes -o name')).toBe('node/control-plane\nnode/worker-1\n');
    expect(said(shell, 'docker run --rm -v ~/notes:/notes busybox:1.36 cat /notes/a.txt')).toMatch(
      /\nhello\n$/,
    );
    expect(said(shell, 'docker network ls -q | wc -l').trim()).toBe('3');
  });

  it('can be taken back step by step', () => {
    const undo = [
      {
        ...fresh,
        tables: { 'laptop/files': { '/home/you/notes/a.txt': { kind: 'file', text: 'before\n' } } },
      },
      { ...fresh, tables: { 'laptop/files': { '/home/you/notes/a.txt': null } } },
    ];
    const forward = broughtForward(old, undo);
    const sandbox = new Sandbox(forward.world);
    const shell = new Shell(sandbox, () => {}, History.of(forward.world, forward.undo));
    expect(said(shell, 'undo >/dev/null; cat notes/a.txt')).toBe('before\n');
    expect(said(shell, 'undo')).toBe('The last line is taken back.\n');
    expect(said(shell, 'ls notes; ls')).toBe('empty\nnotes\n');
  });

  it('is left as it is where it is none', () => {
    const world = { ...fresh, tables };
    expect(broughtForward(world, []).world).toBe(world);
  });
});

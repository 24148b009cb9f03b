import { describe, expect, it } from 'vitest';
import { libraryRepositories } from '../../../src/sandbox/images/library.ts';
import { ShellVisitor } from './shell-visitor.ts';

describe('help images', () => {
  const { out, status } = new ShellVisitor().type('help images');
  const rows = out.split('\n\n')[1]?.trimEnd().split('\n') ?? [];

  it('lists what can be pulled, with versions', () => {
    expect(status).toBe(0);
    expect(rows).toContainEqual(expect.stringMatching(/^ {2}busybox +1\.28 1\.35 1\.36 1\.37 latest$/));
    expect(rows).toContainEqual(expect.stringMatching(/^ {2}node +20 22 24 latest$/));
    expect(rows).toContainEqual(expect.stringMatching(/^ {2}hello-world +linux latest$/));
    expect(rows).toContain('  registry.example.com/shop/web');
  });

  it('fits into sixty columns', () => {
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('leaves out what a cluster is made of', () => {
    expect(libraryRepositories()).toContain('registry.k8s.io/coredns/coredns');
    expect(out).not.toMatch(/coredns|kube-|rancher/);
  });
});

import { describe, expect, it } from 'vitest';
import type { ConfigMap, OwnerReference } from '../../../../src/kubernetes/api.ts';
import { TestCluster } from './test-cluster.ts';

function map(
  test: TestCluster,
  name: string,
  owners: readonly string[] = [],
  more: Partial<OwnerReference> = {},
): ConfigMap {
  const ownerReferences = owners.map((owner) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: owner,
    uid: test.cluster.get('configmaps', 'default', owner)?.metadata.uid ?? 'nobody',
    ...more,
  }));
  return test.cluster.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', ...(owners.length > 0 ? { ownerReferences } : {}) },
  });
}

function names(test: TestCluster): string[] {
  return test.cluster
    .list('configmaps', 'default')
    .map(({ metadata }) => metadata.name)
    .filter((name) => name !== 'kube-root-ca.crt');
}

describe('what is owned', () => {
  it('goes with its last owner', () => {
    const test = new TestCluster();
    map(test, 'a');
    map(test, 'b');
    map(test, 'child', ['a', 'b']);
    test.pass(1);
    test.cluster.remove('configmaps', 'default', 'a');
    test.pass(1);
    expect(names(test)).toEqual(['b', 'child']);
    expect(test.cluster.get('configmaps', 'default', 'child')?.metadata.ownerReferences).toMatchObject([
      { name: 'b' },
    ]);
    test.cluster.remove('configmaps', 'default', 'b');
    test.pass(1);
    expect(names(test)).toEqual([]);
  });

  it('goes with the owner of its owner', () => {
    const test = new TestCluster();
    map(test, 'a');
    map(test, 'b', ['a']);
    map(test, 'c', ['b']);
    test.pass(1);
    test.cluster.remove('configmaps', 'default', 'a');
    test.pass(1);
    expect(names(test)).toEqual([]);
  });

  it('goes at once when its owner is not there, or is another of the same name', () => {
    const test = new TestCluster();
    map(test, 'a');
    map(test, 'stray', ['a'], { uid: 'somebody else' });
    map(test, 'lost', ['ghost']);
    test.pass(1);
    expect(names(test)).toEqual(['a']);
  });

  it('stays where the kind of its owner is not served', () => {
    const test = new TestCluster();
    map(test, 'child', ['x'], { apiVersion: 'example.com/v1', kind: 'Widget' });
    test.pass(1);
    expect(names(test)).toEqual(['child']);
  });

  it('goes before its owner when that is to wait, if it holds it', () => {
    const test = new TestCluster();
    map(test, 'a');
    map(test, 'holding', ['a'], { blockOwnerDeletion: true });
    map(test, 'loose', ['a']);
    const held = test.cluster.get('configmaps', 'default', 'holding');
    if (held) {
      test.cluster.update('configmaps', {
        ...held,
        metadata: { ...held.metadata, finalizers: ['example.com/mine'] },
      });
    }
    test.cluster.remove('configmaps', 'default', 'a', { propagation: 'Foreground' });
    test.pass(1);
    expect(names(test)).toEqual(['a', 'holding']);
    const now = test.cluster.get('configmaps', 'default', 'holding');
    if (now) {
      const { finalizers: _, ...metadata } = now.metadata;
      test.cluster.update('configmaps', { ...now, metadata });
    }
    test.pass(1);
    expect(names(test)).toEqual([]);
  });

  it('is left behind when it is to be', () => {
    const test = new TestCluster();
    map(test, 'a');
    map(test, 'child', ['a']);
    test.cluster.remove('configmaps', 'default', 'a', { propagation: 'Orphan' });
    test.pass(1);
    expect(names(test)).toEqual(['child']);
    expect(test.cluster.get('configmaps', 'default', 'child')?.metadata.ownerReferences).toBeUndefined();
  });
});

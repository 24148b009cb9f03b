import { beforeEach, describe, expect, it } from 'vitest';
import type { ConfigMap, Pod } from '../../../src/kubernetes/api.ts';
import { Cluster } from '../../../src/sandbox/cluster/cluster.ts';
import { Store } from '../../../src/sandbox/store.ts';
import { emptyWorld } from '../../../src/sandbox/world.ts';

const start = Date.parse('2026-01-05T09:00:00.500Z');
let cluster: Cluster;

beforeEach(() => {
  cluster = new Cluster(new Store(emptyWorld(start, 1)));
  cluster.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
});

const pod = (name: string, more: Partial<Pod['metadata']> = {}, nodeName?: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'default', name, ...more },
  spec: { containers: [{ name: 'web' }], ...(nodeName ? { nodeName } : {}) },
});
const settings = (data: Record<string, string>): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'default', name: 'settings' },
  data,
});

describe('a new object', () => {
  it('has a uid, a time, a version, and a generation where its kind counts them', () => {
    const { metadata } = cluster.create('pods', pod('web'));
    expect(metadata.uid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(metadata).toMatchObject({
      creationTimestamp: '2026-01-05T09:00:00Z',
      resourceVersion: '2',
      generation: 1,
    });
    expect(cluster.create('configmaps', settings({})).metadata.generation).toBeUndefined();
  });

  it('is given the end of its name where only the beginning is given', () => {
    const { name, generateName, ...rest } = pod('x').metadata;
    const made = cluster.create('pods', { ...pod('x'), metadata: { ...rest, generateName: 'web-' } });
    expect(made.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it.each([
    ['whose name is taken', () => cluster.create('pods', pod('web')), 'pods "web" already exists'],
    [
      'of a namespace that is not there',
      () => cluster.create('pods', pod('api', { namespace: 'shop' })),
      'namespaces "shop" not found',
    ],
  ])('%s is refused', (_, make, message) => {
    cluster.create('pods', pod('web'));
    expect(make).toThrow(message);
  });

  it('is refused in a namespace that goes', () => {
    cluster.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', finalizers: ['kubernetes'] },
    });
    cluster.remove('namespaces', undefined, 'shop');
    expect(() => cluster.create('pods', pod('web', { namespace: 'shop' }))).toThrow(
      'pods "web" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
  });
});

describe('an update', () => {
  it('counts the generation only when the wish changes', () => {
    const made = cluster.create('pods', pod('web'));
    const labelled = cluster.update('pods', {
      ...made,
      metadata: { ...made.metadata, labels: { app: 'web' } },
    });
    expect(labelled.metadata.generation).toBe(1);
    const changed = cluster.update('pods', {
      ...labelled,
      spec: { containers: [{ name: 'web', image: 'nginx:1.28' }] },
    });
    expect(changed.metadata.generation).toBe(2);
    expect(
      cluster.updateStatus('pods', { ...changed, status: { phase: 'Running' } }).metadata.generation,
    ).toBe(2);
  });

  it('that changes nothing is none', () => {
    const made = cluster.create('pods', pod('web'));
    const { revision } = cluster.store;
    expect(cluster.update('pods', { ...made })).toBe(made);
    expect(cluster.store.revision).toBe(revision);
  });

  it('of a version that is not the last is refused', () => {
    const made = cluster.create('configmaps', settings({ colour: 'blue' }));
    cluster.update('configmaps', { ...made, data: { colour: 'green' } });
    expect(() => cluster.update('configmaps', { ...made, data: { colour: 'red' } })).toThrow(
      'Operation cannot be fulfilled on configmaps "settings": the object has been modified; please apply your changes to the latest version and try again',
    );
  });

  it('of a status leaves everything else alone', () => {
    const made = cluster.create('pods', pod('web'));
    const updated = cluster.updateStatus('pods', {
      ...made,
      spec: { containers: [] },
      status: { phase: 'Running' },
    });
    expect([updated.spec?.containers.length, updated.status?.phase]).toEqual([1, 'Running']);
  });

  it('of what is not there is refused', () => {
    expect(() => cluster.update('pods', pod('web'))).toThrow('pods "web" not found');
  });
});

describe('a deletion', () => {
  it('takes what nothing holds at once', () => {
    cluster.create('configmaps', settings({}));
    cluster.remove('configmaps', 'default', 'settings');
    expect(cluster.get('configmaps', 'default', 'settings')).toBeUndefined();
  });

  it('gives a Pod on a node its time, and takes it when that is over', () => {
    cluster.create('pods', { ...pod('web', {}, 'worker-1') });
    const going = cluster.remove('pods', 'default', 'web');
    expect(going.metadata).toMatchObject({
      deletionTimestamp: '2026-01-05T09:00:30Z',
      deletionGracePeriodSeconds: 30,
      generation: 2,
    });
    cluster.remove('pods', 'default', 'web', { gracePeriodSeconds: 0 });
    expect(cluster.get('pods', 'default', 'web')).toBeUndefined();
  });

  it('again may only make the time shorter', () => {
    cluster.create('pods', pod('web', {}, 'worker-1'));
    cluster.remove('pods', 'default', 'web', { gracePeriodSeconds: 20 });
    expect(cluster.remove('pods', 'default', 'web').metadata.deletionGracePeriodSeconds).toBe(20);
    const sooner = cluster.remove('pods', 'default', 'web', { gracePeriodSeconds: 5 });
    expect(sooner.metadata.deletionTimestamp).toBe('2026-01-05T09:00:05Z');
  });

  it('takes a Pod that is on no node, or has ended, at once', () => {
    cluster.create('pods', pod('waiting'));
    cluster.remove('pods', 'default', 'waiting');
    const ended = cluster.create('pods', pod('ended', {}, 'worker-1'));
    cluster.updateStatus('pods', { ...ended, status: { phase: 'Succeeded' } });
    cluster.remove('pods', 'default', 'ended');
    expect(cluster.list('pods')).toEqual([]);
  });

  it('waits for the last finalizer', () => {
    cluster.create('configmaps', {
      ...settings({}),
      metadata: { namespace: 'default', name: 'settings', finalizers: ['example.com/keep'] },
    });
    const held = cluster.remove('configmaps', 'default', 'settings');
    expect(held.metadata.deletionTimestamp).toBe('2026-01-05T09:00:00Z');
    cluster.update('configmaps', { ...held, metadata: { ...held.metadata, finalizers: [] } });
    expect(cluster.get('configmaps', 'default', 'settings')).toBeUndefined();
  });

  it.each([
    ['Foreground', ['foregroundDeletion']],
    ['Orphan', ['orphan']],
  ] as const)('with %s is held until the garbage collector has been there', (propagation, finalizers) => {
    cluster.create('configmaps', settings({}));
    cluster.remove('configmaps', 'default', 'settings', { propagation });
    expect(cluster.get('configmaps', 'default', 'settings')?.metadata.finalizers).toEqual(finalizers);
  });

  it('of another one of the same name is refused', () => {
    cluster.create('configmaps', settings({}));
    expect(() =>
      cluster.remove('configmaps', 'default', 'settings', { preconditions: { uid: 'other' } }),
    ).toThrow(
      /^Operation cannot be fulfilled on configmaps "settings": Precondition failed: UID in precondition: other, UID in object meta: /,
    );
  });
});

describe('a question', () => {
  it('finds objects by namespace, labels, owner and node', () => {
    cluster.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default-2' } });
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u1', controller: true };
    cluster.create('pods', pod('b', { labels: { app: 'web' }, ownerReferences: [owner] }, 'worker-1'));
    cluster.create('pods', pod('a', { labels: { app: 'api' } }, 'worker-1'));
    cluster.create('pods', pod('c', { namespace: 'default-2', labels: { app: 'web' } }));
    const names = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata.name);
    expect(names(cluster.list('pods'))).toEqual(['c', 'a', 'b']);
    expect(names(cluster.list('pods', 'default'))).toEqual(['a', 'b']);
    expect(names(cluster.select('pods', 'default', { matchLabels: { app: 'web' } }))).toEqual(['b']);
    expect(names(cluster.ownedBy('pods', 'u1'))).toEqual(['b']);
    expect(names(cluster.podsOn('worker-1'))).toEqual(['a', 'b']);
  });
});

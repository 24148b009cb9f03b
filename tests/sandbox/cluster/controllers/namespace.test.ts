import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../src/sandbox/cluster/api-error.ts';
import { TestCluster } from './test-cluster.ts';
import { claim, deployment, job, pod, service, statefulSet } from './test-objects.ts';

function namespace(test: TestCluster, name = 'default') {
  return test.cluster.get('namespaces', undefined, name);
}

describe('a new Namespace', () => {
  it('has a ServiceAccount and the certificate of the cluster, and gets them back', () => {
    const test = new TestCluster();
    test.addNamespace('shop');
    test.pass(1);
    const account = test.cluster.get('serviceaccounts', 'shop', 'default');
    expect(account).toBeDefined();
    expect(test.cluster.get('configmaps', 'shop', 'kube-root-ca.crt')?.data).toEqual({
      'ca.crt': 'a certificate',
    });
    test.cluster.remove('serviceaccounts', 'shop', 'default');
    test.cluster.remove('configmaps', 'shop', 'kube-root-ca.crt');
    test.pass(1);
    expect(test.cluster.get('serviceaccounts', 'shop', 'default')?.metadata.uid).not.toBe(
      account?.metadata.uid,
    );
    expect(test.cluster.get('configmaps', 'shop', 'kube-root-ca.crt')).toBeDefined();
  });
});

describe('a Namespace that is deleted', () => {
  it('goes after five seconds when it is empty, and with what is in it', () => {
    const test = new TestCluster();
    test.addNamespace('shop');
    test.pass(1);
    test.cluster.remove('namespaces', undefined, 'shop');
    test.pass(4);
    expect(namespace(test, 'shop')?.status?.phase).toBe('Terminating');
    test.pass(1);
    expect(namespace(test, 'shop')).toBeUndefined();
    expect(test.cluster.list('serviceaccounts', 'shop')).toEqual([]);
  });

  it('takes nothing in any more', () => {
    const test = new TestCluster();
    test.cluster.remove('namespaces', undefined, 'default');
    expect(() => test.cluster.create('pods', pod('late'))).toThrow(ApiError);
  });

  it('takes with it whatever runs in it', () => {
    const test = new TestCluster();
    test.cluster.create('deployments.apps', deployment('web', 3));
    test.cluster.create('services', service('web'));
    test.cluster.create('jobs.batch', job('work'));
    test.cluster.create('jobs.batch', job('endless', {}, 0, 10_000));
    const template = { ...claim('data'), metadata: { name: 'data' } };
    test.cluster.create('statefulsets.apps', statefulSet('db', 1, { volumeClaimTemplates: [template] }));
    test.pass(20);
    test.cluster.remove('namespaces', undefined, 'default');
    test.pass(6);
    // The Pods go first, and nothing else before they are gone.
    expect(test.pods().every(({ metadata }) => metadata.deletionTimestamp !== undefined)).toBe(true);
    expect(test.cluster.list('deployments.apps')).toHaveLength(1);
    test.pass(60);
    expect(namespace(test)).toBeUndefined();
    const left = Object.entries(test.store.snapshot().tables)
      .filter(([table]) => !table.includes('/') && table !== 'timers')
      .flatMap(([, entries]) => Object.keys(entries).filter((key) => key.startsWith('default/')));
    // Events about nodes are told there by whoever tells of them; none are left here.
    expect(left).toEqual([]);
    expect(test.cluster.list('persistentvolumes')).toEqual([]);
  });

  it('says what it waits for', () => {
    const test = new TestCluster();
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'held', namespace: 'default', finalizers: ['example.com/mine'] },
    } as const;
    test.cluster.create('configmaps', map);
    test.pass(1);
    test.cluster.remove('namespaces', undefined, 'default');
    test.pass(10);
    const saying = (type: string) => namespace(test)?.status?.conditions?.find((each) => each.type === type);
    expect(saying('NamespaceContentRemaining')).toMatchObject({
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: 'Some resources are remaining: configmaps. has 1 resource instances',
    });
    expect(saying('NamespaceFinalizersRemaining')).toMatchObject({
      status: 'True',
      message:
        'Some content in the namespace has finalizers remaining: example.com/mine in 1 resource instances',
    });
    const held = test.cluster.get('configmaps', 'default', 'held');
    if (held) {
      const { finalizers: _, ...metadata } = held.metadata;
      test.cluster.update('configmaps', { ...held, metadata });
    }
    test.pass(20);
    expect(namespace(test)).toBeUndefined();
  });
});

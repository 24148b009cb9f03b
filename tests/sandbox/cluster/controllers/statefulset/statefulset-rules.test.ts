import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { claim, pod, statefulSet, template } from '../test-objects.ts';

type Spec = NonNullable<StatefulSet['spec']>;

const resource = 'statefulsets.apps';
const volumeClaimTemplates = [{ ...claim('data'), metadata: { name: 'data' } }];

function started(replicas: number, spec: Partial<Spec> = {}, seconds = 30): TestCluster {
  const test = new TestCluster();
  test.cluster.create(resource, statefulSet('db', replicas, spec));
  test.pass(seconds);
  return test;
}

function change(test: TestCluster, spec: Partial<Spec>): void {
  const found = test.cluster.get(resource, 'default', 'db');
  if (found) test.cluster.update(resource, { ...found, spec: { ...found.spec, ...spec } });
}

const imaged = (image: string, annotations: Record<string, string> = {}) =>
  template('db', { containers: [{ name: 'db', image }] }, annotations);
const images = (test: TestCluster) => test.pods().map(({ spec }) => spec?.containers[0]?.image);
const names = (test: TestCluster) => test.pods().map(({ metadata }) => metadata.name);

// pkg/controller/statefulset/stateful_set_control_test.go and stateful_pod_control_test.go of Kubernetes 1.36.3
describe('a StatefulSet whose Pods need not wait for one another', () => {
  const parallel = { podManagementPolicy: 'Parallel' };

  it('lets all go at once that are too many, and makes all at once that are missing', () => {
    const test = started(4, parallel, 3);
    expect(names(test)).toHaveLength(4);
    change(test, { replicas: 1 });
    test.simulation.settle();
    expect(test.pods().filter(({ metadata }) => metadata.deletionTimestamp)).toHaveLength(3);
    change(test, { replicas: 3 });
    test.pass(3);
    expect(names(test)).toEqual(['db-0', 'db-1', 'db-2']);
  });
});

describe('a StatefulSet', () => {
  it('counts a Pod as available only after a while', () => {
    const test = started(2, { minReadySeconds: 10 }, 5);
    const status = () => test.cluster.get(resource, 'default', 'db')?.status;
    expect(status()).toMatchObject({ replicas: 1, readyReplicas: 1, availableReplicas: 0 });
    test.pass(8);
    expect(status()).toMatchObject({ replicas: 2, availableReplicas: 1 });
    test.pass(12);
    expect(status()).toMatchObject({ readyReplicas: 2, availableReplicas: 2 });
  });

  it('leaves the Pods as they are until somebody deletes them, where it says so', () => {
    const test = started(2, { updateStrategy: { type: 'OnDelete' }, template: imaged('nginx:1') });
    change(test, { template: imaged('nginx:2') });
    test.pass(20);
    expect(images(test)).toEqual(['nginx:1', 'nginx:1']);
    test.cluster.remove('pods', 'default', 'db-0');
    test.pass(10);
    expect(images(test)).toEqual(['nginx:2', 'nginx:1']);
  });

  it('lets the first go last, and one that is not well before those that are', () => {
    const test = started(3);
    const sick = test.cluster.get('pods', 'default', 'db-1');
    const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T00:00:30Z' }];
    if (sick) test.cluster.updateStatus('pods', { ...sick, status: { ...sick.status, conditions } });
    change(test, { replicas: 0 });
    const seen: string[] = [];
    for (let second = 0; second < 12; second++) {
      seen.push(names(test).join());
      test.pass(1);
    }
    // The last one is well and waits for the one before it that is not.
    expect([...new Set(seen)]).toEqual(['db-0,db-1,db-2', 'db-0,db-1', 'db-0', '']);
  });

  it('replaces a Pod that has ended, and waits while it is on its way out', () => {
    const test = started(1, { template: imaged('nginx:1', { ends: '5', 'ends-with': '1' }) }, 4);
    const before = test.pods()[0]?.metadata.uid;
    test.pass(8);
    expect(test.events('db')).toContain('SuccessfulDelete: Delete Pod db-0 in StatefulSet db successful');
    expect(test.pods()[0]?.metadata.uid).not.toBe(before);
  });

  it('waits without a word for a Pod of its name that is somebody else’s', () => {
    const test = new TestCluster();
    test.cluster.create('pods', pod('db-0'));
    test.cluster.create(resource, statefulSet('db', 1));
    test.pass(10);
    expect(test.events('db')).toEqual([]);
    test.cluster.remove('pods', 'default', 'db-0');
    test.pass(30);
    expect(test.events('db')).toEqual(['SuccessfulCreate: Create Pod db-0 in StatefulSet db successful']);
  });

  it('says what the API refuses, of Pods and of claims', () => {
    const test = new TestCluster();
    const metadata = { name: 'none', namespace: 'default' };
    const quota = (hard: Record<string, string>) =>
      ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } }) as const;
    test.cluster.create('resourcequotas', quota({ pods: '0' }));
    test.pass(1);
    test.cluster.create(resource, statefulSet('db', 1));
    test.pass(1);
    expect(test.events('db').slice(0, 1)).toEqual([
      'FailedCreate: Create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0',
    ]);
    test.cluster.remove('resourcequotas', 'default', 'none');
    test.cluster.remove(resource, 'default', 'db');
    test.pass(30);
    test.cluster.create('resourcequotas', quota({ persistentvolumeclaims: '0' }));
    test.pass(1);
    test.cluster.create(
      resource,
      statefulSet('ab', 1, {
        volumeClaimTemplates,
        selector: { matchLabels: { app: 'ab' } },
        template: template('ab'),
      }),
    );
    test.pass(1);
    const why =
      'persistentvolumeclaims "data-ab-0" is forbidden: exceeded quota: none, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=0, limited: persistentvolumeclaims=0';
    expect(test.events('ab').slice(0, 2)).toEqual([
      `FailedCreate: Create Claim data-ab-0 for Pod ab-0 in StatefulSet ab failed error: ${why}`,
      `FailedCreate: Create Pod ab-0 in StatefulSet ab failed error: failed to create PVC data-ab-0: ${why}`,
    ]);
  });

  it('waits for a claim on its way out', () => {
    const test = started(1, { volumeClaimTemplates });
    const held = test.cluster.get('persistentvolumeclaims', 'default', 'data-db-0');
    const finalizers = ['example.com/hold'];
    if (held)
      test.cluster.update('persistentvolumeclaims', { ...held, metadata: { ...held.metadata, finalizers } });
    test.cluster.remove('persistentvolumeclaims', 'default', 'data-db-0');
    test.cluster.remove('pods', 'default', 'db-0');
    test.pass(3);
    expect(test.events('db').at(-1)).toBe(
      'FailedCreate: Create Pod db-0 in StatefulSet db failed error: pvc data-db-0 is being deleted',
    );
  });

  it('gives a Pod back the label that its number asks for', () => {
    const test = started(1);
    const found = test.cluster.get('pods', 'default', 'db-0');
    const labels = { ...found?.metadata.labels, 'statefulset.kubernetes.io/pod-name': 'other' };
    if (found) test.cluster.update('pods', { ...found, metadata: { ...found.metadata, labels } });
    test.pass(2);
    expect(test.pods()[0]?.metadata.labels?.['statefulset.kubernetes.io/pod-name']).toBe('db-0');
    expect(test.events('db').at(-1)).toBe('SuccessfulUpdate: Update Pod db-0 in StatefulSet db successful');
  });

  it('has another name for a revision whose own is taken', () => {
    const test = started(1);
    const [first] = test.cluster.list('controllerrevisions.apps', 'default');
    test.cluster.remove(resource, 'default', 'db');
    test.pass(5);
    const metadata = { name: first?.metadata.name ?? '', namespace: 'default' };
    const other = {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata,
      data: {},
      revision: 1,
    } as const;
    test.cluster.create('controllerrevisions.apps', other);
    test.cluster.create(resource, statefulSet('db', 1));
    test.pass(10);
    expect(test.cluster.get(resource, 'default', 'db')?.status).toMatchObject({
      collisionCount: 1,
      readyReplicas: 1,
    });
  });
});

// stateful_set_utils_test.go: `TestUpdateClaimOwnerRefForSetAndPod`, `TestHasStaleOwnerRef`
describe('the claims of a StatefulSet', () => {
  const policy = { whenDeleted: 'Delete', whenScaled: 'Delete' };
  const owners = (test: TestCluster, name: string) =>
    test.cluster
      .get('persistentvolumeclaims', 'default', name)
      ?.metadata.ownerReferences?.map((each) => `${each.kind}/${each.name}`);

  it('belong to it, and to their Pod while it is one too many', () => {
    const test = started(2, { volumeClaimTemplates, persistentVolumeClaimRetentionPolicy: policy });
    expect(owners(test, 'data-db-1')).toEqual(['StatefulSet/db']);
    change(test, { replicas: 1 });
    test.simulation.settle();
    expect(owners(test, 'data-db-1')).toEqual(['Pod/db-1']);
    // Wanted again before it is gone, its claim goes with it all the same. That the claim has gone is no news to
    // the set: in a real cluster of Kubernetes 1.36.3 too it waits until something else happens.
    change(test, { replicas: 2 });
    test.pass(30);
    expect(names(test)).toEqual(['db-0']);
    change(test, { minReadySeconds: 1 });
    test.pass(30);
    expect(owners(test, 'data-db-1')).toEqual(['StatefulSet/db']);
    expect(test.pods()).toHaveLength(2);
    change(test, { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' } });
    test.pass(2);
    expect(owners(test, 'data-db-1')).toBeUndefined();
  });

  it('are left alone where somebody else manages them', () => {
    const test = new TestCluster();
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'w', uid: 'w', controller: true };
    const made = claim('data-db-0');
    test.cluster.create('persistentvolumeclaims', {
      ...made,
      metadata: { ...made.metadata, ownerReferences: [widget] },
    });
    test.cluster.create(
      resource,
      statefulSet('db', 1, { volumeClaimTemplates, persistentVolumeClaimRetentionPolicy: policy }),
    );
    test.pass(20);
    expect(owners(test, 'data-db-0')).toEqual(['Widget/w']);
  });
});

import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { claim, statefulSet, template } from '../test-objects.ts';

type Spec = NonNullable<StatefulSet['spec']>;

const volumeClaimTemplates = [claim('data', { resources: { requests: { storage: '1Mi' } } })].map((each) => ({
  ...each,
  metadata: { name: 'data' },
}));

function started(replicas: number, spec: Partial<Spec> = {}, seconds = 20): TestCluster {
  const test = new TestCluster();
  test.cluster.create('statefulsets.apps', statefulSet('db', replicas, spec));
  test.pass(seconds);
  return test;
}

function get(test: TestCluster) {
  const found = test.cluster.get('statefulsets.apps', 'default', 'db');
  if (!found?.spec) throw new Error('there is no StatefulSet');
  return { ...found, spec: found.spec };
}

function change(test: TestCluster, spec: Partial<Spec>): void {
  const found = get(test);
  test.cluster.update('statefulsets.apps', { ...found, spec: { ...found.spec, ...spec } });
}

function names(test: TestCluster): string[] {
  return test.pods().map(({ metadata }) => metadata.name);
}

function imaged(image: string, annotations: Record<string, string> = {}) {
  return template('db', { containers: [{ name: 'db', image }] }, annotations);
}

function images(test: TestCluster): (string | undefined)[] {
  return test.pods().map(({ spec }) => spec?.containers[0]?.image);
}

describe('a StatefulSet', () => {
  it('makes its Pods one after another, each with a name of its own', () => {
    const test = new TestCluster();
    test.cluster.create('statefulsets.apps', statefulSet('db', 3));
    const seen: string[][] = [];
    for (let second = 0; second < 4; second++) {
      test.simulation.settle();
      seen.push(names(test));
      test.pass(1);
    }
    expect(seen).toEqual([['db-0'], ['db-0', 'db-1'], ['db-0', 'db-1', 'db-2'], ['db-0', 'db-1', 'db-2']]);
    const [first] = test.pods();
    expect(first?.metadata.labels).toEqual({
      app: 'db',
      'apps.kubernetes.io/pod-index': '0',
      'controller-revision-hash': get(test).status?.updateRevision,
      'statefulset.kubernetes.io/pod-name': 'db-0',
    });
    expect(first?.spec).toMatchObject({ hostname: 'db-0', subdomain: 'db' });
    expect(test.events('db')).toEqual(
      ['db-0', 'db-1', 'db-2'].map(
        (name) => `SuccessfulCreate: Create Pod ${name} in StatefulSet db successful`,
      ),
    );
  });

  it('counts what there is', () => {
    const { status } = get(started(2));
    expect(status).toEqual({
      observedGeneration: 1,
      replicas: 2,
      readyReplicas: 2,
      currentReplicas: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
      collisionCount: 0,
      currentRevision: status?.updateRevision,
      updateRevision: expect.stringMatching(/^db-[bcdf456789]+$/),
    });
  });

  it('makes all of them at once when they need not wait for one another', () => {
    const test = started(3, { podManagementPolicy: 'Parallel' }, 0);
    expect(names(test)).toEqual(['db-0', 'db-1', 'db-2']);
  });

  it('shrinks from the end, one after another', () => {
    const test = started(3);
    change(test, { replicas: 1 });
    test.simulation.settle();
    const leaving = () => test.pods().filter(({ metadata }) => metadata.deletionTimestamp);
    expect(leaving().map(({ metadata }) => metadata.name)).toEqual(['db-2']);
    test.pass(1);
    expect(leaving().map(({ metadata }) => metadata.name)).toEqual(['db-1']);
    test.pass(2);
    expect(names(test)).toEqual(['db-0']);
  });

  it('makes a Pod that is gone again, by its name', () => {
    const test = started(2);
    const before = test.cluster.get('pods', 'default', 'db-0')?.metadata.uid;
    test.cluster.remove('pods', 'default', 'db-0');
    test.pass(5);
    expect(names(test)).toEqual(['db-0', 'db-1']);
    expect(test.cluster.get('pods', 'default', 'db-0')?.metadata.uid).not.toBe(before);
  });

  it('begins to count where it is told to', () => {
    expect(names(started(2, { ordinals: { start: 5 } }))).toEqual(['db-5', 'db-6']);
  });
});

describe('the claims of a StatefulSet', () => {
  it('are made before their Pods, and told of', () => {
    const test = started(2, { volumeClaimTemplates });
    expect(
      test.cluster
        .list('persistentvolumeclaims')
        .map(({ metadata, status }) => [metadata.name, status?.phase]),
    ).toEqual([
      ['data-db-0', 'Bound'],
      ['data-db-1', 'Bound'],
    ]);
    expect(test.events('db').slice(0, 2)).toEqual([
      'SuccessfulCreate: Create Claim data-db-0 Pod db-0 in StatefulSet db success',
      'SuccessfulCreate: Create Pod db-0 in StatefulSet db successful',
    ]);
    const told = test.events('data-db-0').map((each) => each.split(': ')[0]);
    expect(new Set(told)).toEqual(
      new Set(['WaitForFirstConsumer', 'ExternalProvisioning', 'Provisioning', 'ProvisioningSucceeded']),
    );
    expect(told[0]).toBe('WaitForFirstConsumer');
    expect(told.at(-1)).toBe('ProvisioningSucceeded');
  });

  it('stay when the Pods and the set are gone', () => {
    const test = started(2, { volumeClaimTemplates });
    change(test, { replicas: 0 });
    test.pass(5);
    test.cluster.remove('statefulsets.apps', 'default', 'db', { propagation: 'Background' });
    test.pass(5);
    expect(test.cluster.list('persistentvolumeclaims')).toHaveLength(2);
    expect(test.pods()).toEqual([]);
  });

  it.each([
    {
      whenScaled: 'Delete',
      whenDeleted: 'Retain',
      afterScaling: ['data-db-0'],
      afterDeletion: ['data-db-0'],
    },
    {
      whenScaled: 'Retain',
      whenDeleted: 'Delete',
      afterScaling: ['data-db-0', 'data-db-1'],
      afterDeletion: [],
    },
    { whenScaled: 'Delete', whenDeleted: 'Delete', afterScaling: ['data-db-0'], afterDeletion: [] },
  ])('go as they are told to: $whenScaled when scaled, $whenDeleted when deleted', (each) => {
    const { whenScaled, whenDeleted, afterScaling, afterDeletion } = each;
    const persistentVolumeClaimRetentionPolicy = { whenScaled, whenDeleted };
    const test = started(2, { volumeClaimTemplates, persistentVolumeClaimRetentionPolicy });
    const left = () => test.cluster.list('persistentvolumeclaims').map(({ metadata }) => metadata.name);
    change(test, { replicas: 1 });
    test.pass(10);
    expect(left()).toEqual(afterScaling);
    test.cluster.remove('statefulsets.apps', 'default', 'db', { propagation: 'Background' });
    test.pass(10);
    expect(left()).toEqual(afterDeletion);
  });
});

describe('an update', () => {
  it('goes from the last to the first', () => {
    const test = started(3);
    change(test, { template: imaged('postgres:17') });
    const seen = new Set<string>();
    for (let tick = 0; tick < 30; tick++) {
      test.simulation.advance(500);
      seen.add(
        names(test)
          .map((name, place) => `${name}=${images(test)[place]}`)
          .join(' '),
      );
    }
    expect([...seen].at(-1)).toBe('db-0=postgres:17 db-1=postgres:17 db-2=postgres:17');
    expect([...seen].some((each) => each.includes('db-2=postgres:17') && each.includes('db-0=nginx'))).toBe(
      true,
    );
    expect([...seen].some((each) => each.includes('db-0=postgres:17') && each.includes('db-2=nginx'))).toBe(
      false,
    );
    expect(get(test).status?.currentRevision).toBe(get(test).status?.updateRevision);
    expect(
      test.cluster
        .list('controllerrevisions.apps')
        .map(({ revision }) => revision)
        .sort(),
    ).toEqual([1, 2]);
  });

  it('leaves those below the partition as they are, when they are made anew too', () => {
    const test = started(3, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
    change(test, { template: imaged('postgres:17') });
    test.pass(20);
    expect(images(test)).toEqual(['nginx:1.27', 'nginx:1.27', 'postgres:17']);
    test.cluster.remove('pods', 'default', 'db-0');
    test.pass(10);
    expect(images(test)).toEqual(['nginx:1.27', 'nginx:1.27', 'postgres:17']);
    expect(get(test).status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 });
  });

  it('waits for the Pods to be deleted by hand when it is told to', () => {
    const test = started(2, { updateStrategy: { type: 'OnDelete' } });
    change(test, { template: imaged('postgres:17') });
    test.pass(20);
    expect(images(test)).toEqual(['nginx:1.27', 'nginx:1.27']);
    test.cluster.remove('pods', 'default', 'db-1');
    test.pass(10);
    expect(images(test)).toEqual(['nginx:1.27', 'postgres:17']);
  });

  it('stops at a Pod that does not become ready', () => {
    const test = started(2);
    change(test, { template: imaged('postgres:broken', { 'never-ready': 'true' }) });
    test.pass(60);
    expect(images(test)).toEqual(['nginx:1.27', 'postgres:broken']);
  });

  it('that goes back takes the revision that was there before', () => {
    const test = started(1);
    change(test, { template: imaged('postgres:17') });
    test.pass(20);
    change(test, { template: template('db') });
    test.pass(20);
    const revisions = test.cluster.list('controllerrevisions.apps');
    expect(revisions.map(({ revision }) => revision).sort()).toEqual([2, 3]);
  });
});

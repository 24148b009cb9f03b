import { describe, expect, it } from 'vitest';
import type { PersistentVolumeClaim } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { claim, pod, volume } from '../test-objects.ts';

function claimOf(test: TestCluster, name = 'data') {
  return test.cluster.get('persistentvolumeclaims', 'default', name);
}

function volumeOf(test: TestCluster, name = 'disk') {
  return test.cluster.get('persistentvolumes', undefined, name);
}

/** A claim for which the scheduler has chosen a node. */
function placed(name: string): PersistentVolumeClaim {
  const annotations = { 'volume.kubernetes.io/selected-node': 'worker-1' };
  const made = claim(name);
  return { ...made, metadata: { ...made.metadata, annotations } };
}

describe('a claim', () => {
  it('is bound to a volume that fits, and both sides say so', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumes', volume('disk'));
    test.pass(1);
    expect(volumeOf(test)?.status?.phase).toBe('Available');
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: '' }));
    test.pass(1);
    expect(claimOf(test)).toMatchObject({
      metadata: {
        annotations: {
          'pv.kubernetes.io/bind-completed': 'yes',
          'pv.kubernetes.io/bound-by-controller': 'yes',
        },
        finalizers: ['kubernetes.io/pvc-protection'],
      },
      spec: { volumeName: 'disk' },
      status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
    });
    expect(volumeOf(test)).toMatchObject({
      metadata: { annotations: { 'pv.kubernetes.io/bound-by-controller': 'yes' } },
      spec: {
        claimRef: {
          kind: 'PersistentVolumeClaim',
          name: 'data',
          namespace: 'default',
          uid: claimOf(test)?.metadata.uid,
        },
      },
      status: { phase: 'Bound' },
    });
  });

  it('takes the smallest volume that is large enough', () => {
    const test = new TestCluster();
    for (const [name, storage] of [
      ['small', '500Mi'],
      ['large', '10Gi'],
      ['right', '2Gi'],
    ] as const) {
      test.cluster.create('persistentvolumes', volume(name, { capacity: { storage } }));
    }
    test.pass(1);
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: '' }));
    test.pass(1);
    expect(claimOf(test)?.spec?.volumeName).toBe('right');
  });

  it('waits for a volume, says so every fifteen seconds, and takes one that comes', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: '' }));
    test.pass(31);
    const message =
      'FailedBinding: no persistent volumes available for this claim and no storage class is set';
    expect(test.events('data')).toEqual([message, message, message]);
    expect(claimOf(test)?.status?.phase).toBe('Pending');
    test.cluster.create('persistentvolumes', volume('disk'));
    test.pass(15);
    expect(claimOf(test)?.status?.phase).toBe('Bound');
  });

  it.each([
    [{ storageClassName: 'fast' }, 'ProvisioningFailed: storageclass.storage.k8s.io "fast" not found'],
    [{}, 'WaitForFirstConsumer: waiting for first consumer to be created before binding'],
  ])('with %j says why it waits', (spec, event) => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('data', spec));
    test.pass(1);
    expect(test.events('data')).toEqual([event]);
    expect(claimOf(test)?.status?.phase).toBe('Pending');
  });

  it('that names a volume gets that one, or is told why not', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumes', volume('disk'));
    test.cluster.create('persistentvolumes', volume('tiny', { capacity: { storage: '1Mi' } }));
    test.pass(1);
    test.cluster.create('persistentvolumeclaims', claim('a', { storageClassName: '', volumeName: 'disk' }));
    test.cluster.create('persistentvolumeclaims', claim('b', { storageClassName: '', volumeName: 'disk' }));
    test.cluster.create('persistentvolumeclaims', claim('c', { storageClassName: '', volumeName: 'tiny' }));
    test.pass(1);
    expect(claimOf(test, 'a')?.status?.phase).toBe('Bound');
    expect(test.events('b')).toEqual(['FailedBinding: volume "disk" already bound to a different claim.']);
    expect(test.events('c')).toEqual([
      'VolumeMismatch: Cannot bind to requested volume "tiny": requested PV is too small',
    ]);
  });

  it('has its volume made when its node is known', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', placed('data'));
    test.pass(5);
    expect(claimOf(test)?.status?.phase).toBe('Bound');
    expect(volumeOf(test, claimOf(test)?.spec?.volumeName)?.spec?.hostPath?.path).toBe(
      `/var/local-path-provisioner/pvc-${claimOf(test)?.metadata.uid}_default_data`,
    );
  });

  it('is lost when its volume is taken away', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumes', volume('disk'));
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: '' }));
    test.pass(16);
    const disk = volumeOf(test);
    if (!disk) throw new Error('there is no volume');
    test.cluster.remove('persistentvolumes', undefined, 'disk');
    test.pass(1);
    // It is in use, so it only begins to go; somebody forces it.
    expect(volumeOf(test)?.metadata.deletionTimestamp).toBeDefined();
    const { finalizers: _, ...metadata } = volumeOf(test)?.metadata ?? disk.metadata;
    test.cluster.update('persistentvolumes', { ...disk, metadata });
    test.pass(1);
    expect(claimOf(test)?.status?.phase).toBe('Lost');
    expect(test.events('data').at(-1)).toBe(
      'ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    );
  });

  it('that is deleted stays until no Pod uses it', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('data'));
    test.cluster.create(
      'pods',
      pod('db', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] }),
    );
    test.pass(20);
    test.cluster.remove('persistentvolumeclaims', 'default', 'data');
    test.pass(10);
    expect(claimOf(test)?.metadata.deletionTimestamp).toBeDefined();
    test.cluster.remove('pods', 'default', 'db');
    test.pass(2);
    expect(claimOf(test)).toBeUndefined();
  });
});

describe('a volume whose claim is gone', () => {
  const released = (spec: Parameters<typeof volume>[1]): TestCluster => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumes', volume('disk', spec));
    test.pass(1);
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: '' }));
    test.pass(1);
    test.cluster.remove('persistentvolumeclaims', 'default', 'data');
    test.pass(10);
    return test;
  };

  it('is kept, and is nobody else’s, where it is to be retained', () => {
    const test = released({ persistentVolumeReclaimPolicy: 'Retain' });
    expect(volumeOf(test)?.status?.phase).toBe('Released');
    test.cluster.create('persistentvolumeclaims', claim('next', { storageClassName: '' }));
    test.pass(20);
    expect(claimOf(test, 'next')?.status?.phase).toBe('Pending');
  });

  it('is deleted where it lies in a node’s /tmp', () => {
    const test = released({ persistentVolumeReclaimPolicy: 'Delete', hostPath: { path: '/tmp/data' } });
    expect(volumeOf(test)).toBeUndefined();
  });

  it('cannot be deleted anywhere else, and says so', () => {
    const test = released({ persistentVolumeReclaimPolicy: 'Delete' });
    const message = 'host_path deleter only supports /tmp/.+ but received provided /mnt/data';
    expect(volumeOf(test)?.status).toMatchObject({ phase: 'Failed', message });
    expect(test.events('disk')).toEqual([`VolumeFailedDelete: ${message}`]);
  });

  it('is deleted by the provisioner that made it', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', placed('data'));
    test.pass(5);
    test.cluster.remove('persistentvolumeclaims', 'default', 'data');
    test.pass(1);
    expect(test.cluster.list('persistentvolumes').map(({ status }) => status?.phase)).toEqual(['Released']);
    test.pass(5);
    expect(test.cluster.list('persistentvolumes')).toEqual([]);
  });
});

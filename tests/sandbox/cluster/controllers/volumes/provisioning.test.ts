import { describe, expect, it } from 'vitest';
import type { PersistentVolumeClaim, StorageClass } from '../../../../../src/kubernetes/api.ts';
import { podSpec, TestCluster } from '../test-cluster.ts';
import { claim, pod, volume } from '../test-objects.ts';

function storageClass(name: string, more: Partial<StorageClass> = {}): StorageClass {
  const kinds = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' } as const;
  return { ...kinds, metadata: { name }, provisioner: 'example.com/disks', ...more };
}

function using(...names: string[]) {
  return {
    volumes: names.map((claimName, place) => ({ name: `v${place}`, persistentVolumeClaim: { claimName } })),
  };
}

function claimOf(test: TestCluster, name = 'data') {
  return test.cluster.get('persistentvolumeclaims', 'default', name);
}

const waits = 'ExternalProvisioning: Waiting for a volume to be created either by the external provisioner ';
const hint =
  ' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.';

// What is said here was seen in a real cluster of Kubernetes 1.36.3 with local-path-provisioner 0.0.37.
describe('a claim that the provisioner of folders cannot serve', () => {
  const failed = (className: string, why: string) =>
    `ProvisioningFailed: failed to provision volume with StorageClass "${className}": ${why}`;

  it.each<[spec: Partial<NonNullable<PersistentVolumeClaim['spec']>>, why: string]>([
    [
      { accessModes: ['ReadWriteMany'] },
      'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes',
    ],
    [{ selector: { matchLabels: { a: 'b' } } }, 'claim.Spec.Selector is not supported'],
    [{ storageClassName: 'now' }, 'configuration error, no node was specified'],
  ])('with %j says why, after 15 seconds again, and 30 later', (spec, why) => {
    const test = new TestCluster();
    const now = storageClass('now', {
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'Immediate',
    });
    test.cluster.create('storageclasses.storage.k8s.io', now);
    test.cluster.create('persistentvolumeclaims', claim('data', spec));
    test.cluster.create('pods', pod('web', using('data')));
    const told = () =>
      test.cluster
        .list('events')
        .filter(({ reason }) => reason === 'ProvisioningFailed')
        .map(({ count }) => count);
    test.pass(2);
    const className = spec.storageClassName ?? 'standard';
    expect(test.events('data')).toContain(
      'Provisioning: External provisioner is provisioning volume for claim "default/data"',
    );
    expect(test.events('data')).toContain(failed(className, why));
    expect(told()).toEqual([1]);
    test.pass(14);
    expect(told()).toEqual([2]);
    test.pass(28);
    expect(told()).toEqual([2]);
    test.pass(3);
    expect(told()).toEqual([3]);
    expect(claimOf(test)?.status).toEqual({ phase: 'Pending' });
  });

  it('because its class went while it worked, waits on', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('data'));
    test.cluster.create('pods', pod('web', using('data')));
    test.pass(2);
    test.cluster.remove('storageclasses.storage.k8s.io', undefined, 'standard');
    test.pass(16);
    expect(test.cluster.list('persistentvolumes')).toEqual([]);
    expect(test.events('data').at(-1)).toBe(
      'ProvisioningFailed: storageclass.storage.k8s.io "standard" not found',
    );
  });

  it('because it was deleted meanwhile is forgotten', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('data'));
    test.cluster.create('pods', pod('web', using('data')));
    test.pass(2);
    test.cluster.remove('pods', 'default', 'web');
    test.cluster.remove('persistentvolumeclaims', 'default', 'data');
    test.pass(10);
    expect(test.cluster.list('persistentvolumes')).toEqual([]);
  });
});

describe('a claim of a class', () => {
  it.each<[what: string, provisioner: string, expected: string]>([
    [
      'that plugins of old serve',
      'kubernetes.io/aws-ebs',
      'ProvisioningFailed: no volume plugin matched name: kubernetes.io/aws-ebs',
    ],
    ['that somebody else serves', 'example.com/disks', `${waits}'example.com/disks'${hint}`],
  ])('%s says so', (_, provisioner, expected) => {
    const test = new TestCluster();
    test.cluster.create('storageclasses.storage.k8s.io', storageClass('other', { provisioner }));
    test.cluster.create('persistentvolumeclaims', claim('data', { storageClassName: 'other' }));
    test.pass(1);
    expect(test.events('data').at(-1)).toBe(expected);
  });

  it('is of the newest default class where it names none', () => {
    const test = new TestCluster();
    const { storageClassName: _, ...spec } = claim('data').spec ?? {};
    test.cluster.create('persistentvolumeclaims', { ...claim('data'), spec });
    test.pass(1);
    expect(test.events('data')).toEqual([
      'FailedBinding: no persistent volumes available for this claim and no storage class is set',
    ]);
    const isDefault = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    const add = (name: string) => {
      const made = storageClass(name);
      const metadata = { ...made.metadata, annotations: isDefault };
      test.cluster.create('storageclasses.storage.k8s.io', { ...made, metadata });
    };
    add('a-old');
    test.pass(2);
    add('c-new');
    add('b-new');
    test.pass(15);
    expect(claimOf(test)?.spec?.storageClassName).toBe('b-new');
  });

  it('waits for its Pods by their names', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('data'));
    for (const name of ['a', 'b']) {
      const spec = { ...using('data'), nodeSelector: { no: 'where' } };
      test.cluster.create('pods', pod(name, spec));
    }
    test.pass(16);
    expect(test.events('data').at(-1)).toBe('WaitForPodScheduled: waiting for pods a,b to be scheduled');
    test.cluster.remove('pods', 'default', 'b');
    test.pass(15);
    expect(test.events('data').at(-1)).toBe('WaitForPodScheduled: waiting for pod a to be scheduled');
  });
});

describe('a volume that a Pod brings along', () => {
  const bringing = podSpec({
    volumes: [
      {
        name: 'scratch',
        ephemeral: {
          volumeClaimTemplate: {
            metadata: { labels: { kind: 'scratch' } },
            spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'standard' },
          },
        },
      },
      { name: 'tmp', emptyDir: {} },
    ],
  });

  it('has a claim made for it, which goes with the Pod', () => {
    const test = new TestCluster();
    const made = test.cluster.create('pods', pod('web', bringing));
    test.pass(10);
    expect(claimOf(test, 'web-scratch')).toMatchObject({
      metadata: {
        labels: { kind: 'scratch' },
        ownerReferences: [{ kind: 'Pod', name: 'web', uid: made.metadata.uid, controller: true }],
      },
      spec: { volumeMode: 'Filesystem' },
      status: { phase: 'Bound' },
    });
    expect(test.cluster.get('pods', 'default', 'web')?.spec?.nodeName).toBeDefined();
    test.cluster.remove('pods', 'default', 'web');
    test.pass(10);
    expect(claimOf(test, 'web-scratch')).toBeUndefined();
    expect(test.cluster.list('persistentvolumes')).toEqual([]);
  });

  it('takes a claim that is there, and makes none for a Pod that goes', () => {
    const test = new TestCluster();
    test.cluster.create('persistentvolumeclaims', claim('web-scratch'));
    const { metadata } = pod('gone');
    const leaving = { ...metadata, finalizers: ['example.com/hold'] };
    test.cluster.create('pods', { ...pod('gone', bringing), metadata: leaving });
    test.cluster.remove('pods', 'default', 'gone');
    test.cluster.create('pods', pod('web', bringing));
    test.pass(1);
    expect(claimOf(test, 'web-scratch')?.metadata.ownerReferences).toBeUndefined();
    expect(claimOf(test, 'gone-scratch')).toBeUndefined();
  });

  it('is waited for while a quota refuses its claim', () => {
    const test = new TestCluster();
    const metadata = { name: 'none', namespace: 'default' };
    const hard = { persistentvolumeclaims: '0' };
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } } as const;
    test.cluster.create('resourcequotas', quota);
    test.pass(1);
    test.cluster.create('pods', pod('web', bringing));
    test.pass(1);
    expect(test.events('web')).toEqual([
      'FailedScheduling: 0/2 nodes are available: waiting for ephemeral volume controller to create the persistentvolumeclaim "web-scratch". not found',
    ]);
    test.cluster.remove('resourcequotas', 'default', 'none');
    test.pass(30);
    expect(test.cluster.get('pods', 'default', 'web')?.status?.phase).toBe('Running');
  });
});

describe('a volume whose claim has turned elsewhere', () => {
  const bound = (annotations: Record<string, string>, policy = 'Retain'): TestCluster => {
    const test = new TestCluster();
    const made = test.cluster.create('persistentvolumeclaims', {
      ...claim('data', { storageClassName: '', volumeName: 'other' }),
    });
    const { name, namespace = '', uid } = made.metadata;
    const disk = volume('disk', {
      claimRef: { kind: 'PersistentVolumeClaim', name, namespace, uid },
      persistentVolumeReclaimPolicy: policy,
    });
    test.cluster.create('persistentvolumes', { ...disk, metadata: { name: 'disk', annotations } });
    test.pass(1);
    return test;
  };
  const disk = (test: TestCluster) => test.cluster.get('persistentvolumes', undefined, 'disk');

  // pkg/controller/volume/persistentvolume/pv_controller.go, `unbindVolume`
  it('is free again, where the cluster has bound it', () => {
    const test = bound({ 'pv.kubernetes.io/bound-by-controller': 'yes', own: 'x' });
    expect(disk(test)?.spec?.claimRef).toBeUndefined();
    expect(disk(test)?.metadata.annotations).toEqual({ own: 'x' });
    expect(disk(test)?.status?.phase).toBe('Available');
  });

  it('waits for that claim, where somebody has reserved it', () => {
    const test = bound({});
    expect(disk(test)?.spec?.claimRef).toEqual({
      kind: 'PersistentVolumeClaim',
      name: 'data',
      namespace: 'default',
    });
    expect(disk(test)?.status?.phase).toBe('Available');
  });

  it('is released, where it was made for that claim', () => {
    const test = bound({ 'pv.kubernetes.io/provisioned-by': 'example.com/disks' }, 'Delete');
    expect(disk(test)?.status?.phase).toBe('Released');
    expect(disk(test)?.spec?.claimRef?.uid).toBeDefined();
  });
});

describe('a claim that says it is bound', () => {
  const completed = (spec: object): PersistentVolumeClaim => ({
    ...claim('data', { storageClassName: '', ...spec }),
    metadata: {
      name: 'data',
      namespace: 'default',
      annotations: { 'pv.kubernetes.io/bind-completed': 'yes' },
    },
  });

  it.each<[what: string, spec: object, event: string]>([
    [
      'and names no volume',
      {},
      'ClaimLost: Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
    ],
    [
      'and names one of another',
      { volumeName: 'disk' },
      'ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly',
    ],
  ])('%s is lost', (_, spec, event) => {
    const test = new TestCluster();
    const claimRef = { name: 'another', namespace: 'default', uid: 'another' };
    test.cluster.create('persistentvolumes', volume('disk', { claimRef }));
    test.cluster.create('persistentvolumeclaims', completed(spec));
    test.cluster.create('pods', pod('web', using('data')));
    test.pass(20);
    expect(claimOf(test)?.status).toEqual({ phase: 'Lost' });
    expect(test.events('data')).toEqual([event]);
    const { volumeName = '' } = claimOf(test)?.spec ?? {};
    expect(test.events('web').at(-1)).toBe(
      `FailedScheduling: 0/2 nodes are available: persistentvolumeclaim "data" bound to non-existent persistentvolume "${volumeName}". not found`,
    );
  });

  it('names a volume that is not there yet, and waits for it', () => {
    const test = new TestCluster();
    test.cluster.create(
      'persistentvolumeclaims',
      claim('data', { storageClassName: '', volumeName: 'disk' }),
    );
    test.pass(1);
    expect(claimOf(test)?.status?.phase).toBe('Pending');
    const claimRef = { name: 'data', namespace: 'default' };
    test.cluster.create('persistentvolumes', volume('disk', { claimRef }));
    test.pass(1);
    expect(claimOf(test)?.status?.phase).toBe('Bound');
    const annotations = test.cluster.get('persistentvolumes', undefined, 'disk')?.metadata.annotations;
    expect(annotations).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../../../src/kubernetes/api.ts';
import { bestVolume, mismatch } from '../../../../../src/sandbox/cluster/controllers/volumes/match.ts';
import { TestServer } from '../../api/test-server.ts';

type VolumeSpec = NonNullable<PersistentVolume['spec']>;
type ClaimSpec = NonNullable<PersistentVolumeClaim['spec']>;

const wanted: ClaimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } };
const offered: VolumeSpec = {
  capacity: { storage: '2Gi' },
  accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
  hostPath: { path: '/data' },
};

function worldOf(
  volumes: Readonly<Record<string, VolumeSpec>>,
  claimSpec: ClaimSpec = wanted,
  labels: Readonly<Record<string, string>> = {},
) {
  const { cluster } = new TestServer();
  for (const [name, spec] of Object.entries(volumes)) {
    const status = { phase: 'Available' };
    const metadata = { name, labels };
    cluster.create('persistentvolumes', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata,
      spec,
      status,
    });
  }
  const claim = cluster.create('persistentvolumeclaims', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'default' },
    spec: claimSpec,
  });
  return { cluster, claim };
}

// k8s.io/component-helpers/storage/volume, FindMatchingVolume.
describe('of the volumes that are there a claim gets', () => {
  it.each<readonly [string, Record<string, VolumeSpec>, ClaimSpec, string | undefined]>([
    ['none that is too small', { a: { ...offered, capacity: { storage: '1Gi' } } }, wanted, undefined],
    [
      'the smallest that is large enough',
      {
        a: { ...offered, capacity: { storage: '5Gi' } },
        b: offered,
        c: { ...offered, capacity: { storage: '3Gi' } },
      },
      wanted,
      'b',
    ],
    ['none of another class', { a: { ...offered, storageClassName: 'fast' } }, wanted, undefined],
    [
      'one of its class',
      { a: offered, b: { ...offered, storageClassName: 'fast' } },
      { ...wanted, storageClassName: 'fast' },
      'b',
    ],
    ['none of blocks', { a: { ...offered, volumeMode: 'Block' } }, wanted, undefined],
    [
      'one of blocks where it wants that',
      { a: offered, b: { ...offered, volumeMode: 'Block' } },
      { ...wanted, volumeMode: 'Block' },
      'b',
    ],
    ['none without its modes', { a: offered }, { ...wanted, accessModes: ['ReadWriteMany'] }, undefined],
    [
      'none that is meant for another',
      { a: { ...offered, claimRef: { namespace: 'default', name: 'other' } } },
      wanted,
      undefined,
    ],
    [
      'the one that is meant for it, however large',
      {
        a: offered,
        b: { ...offered, capacity: { storage: '9Gi' }, claimRef: { namespace: 'default', name: 'data' } },
      },
      wanted,
      'b',
    ],
    [
      'none by labels that it has not',
      { a: offered },
      { ...wanted, selector: { matchLabels: { tier: 'db' } } },
      undefined,
    ],
    ['one by its labels', { a: offered }, { ...wanted, selector: { matchLabels: { app: 'web' } } }, 'a'],
  ])('%s', (_, volumes, claimSpec, name) => {
    const { cluster, claim } = worldOf(volumes, claimSpec, { app: 'web' });
    expect(bestVolume(cluster, claim)?.metadata.name).toBe(name);
  });

  it('none that cannot be reached, even if it is meant for it', () => {
    const { cluster, claim } = worldOf({
      a: offered,
      b: { ...offered, claimRef: { namespace: 'default', name: 'data' } },
    });
    expect(bestVolume(cluster, claim, () => false)).toBeUndefined();
  });

  it('only one that is meant for it where no other will do', () => {
    const { cluster, claim } = worldOf({ a: offered });
    expect(bestVolume(cluster, claim, undefined, true)).toBeUndefined();
  });

  it('none that was used before', () => {
    const { cluster, claim } = worldOf({ a: offered });
    const volume = cluster.get('persistentvolumes', undefined, 'a');
    if (volume) cluster.updateStatus('persistentvolumes', { ...volume, status: { phase: 'Released' } });
    expect(bestVolume(cluster, claim)).toBeUndefined();
  });
});

// pkg/controller/volume/persistentvolume, checkVolumeSatisfyClaim.
describe('of a volume that it asks for by name a claim is told', () => {
  it.each<readonly [string | undefined, VolumeSpec, ClaimSpec]>([
    [undefined, offered, wanted],
    ['requested PV is too small', { ...offered, capacity: { storage: '1Gi' } }, wanted],
    ['storageClassName does not match', { ...offered, storageClassName: 'fast' }, wanted],
    ['incompatible volumeMode', { ...offered, volumeMode: 'Block' }, wanted],
    ['incompatible accessMode', offered, { ...wanted, accessModes: ['ReadWriteMany'] }],
  ])('%s', (why, volumeSpec, claimSpec) => {
    const { cluster, claim } = worldOf({ a: volumeSpec }, claimSpec);
    const volume = cluster.get('persistentvolumes', undefined, 'a');
    expect(volume && mismatch(volume, claim)).toBe(why);
  });

  it('that it goes', () => {
    const { cluster, claim } = worldOf({ a: offered });
    const volume = cluster.get('persistentvolumes', undefined, 'a');
    const leaving = volume && {
      ...volume,
      metadata: { ...volume.metadata, deletionTimestamp: '2026-11-20T08:00:00Z' },
    };
    expect(leaving && mismatch(leaving, claim)).toBe('the volume is marked for deletion "a"');
  });
});

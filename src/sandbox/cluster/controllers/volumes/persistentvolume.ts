import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { type ApiObject, keyOf, objectKey } from '../../object.ts';
import type { StoredClaim, StoredVolume } from './claim-state.ts';
import { syncClaim } from './sync-claim.ts';
import { syncVolume } from './sync-volume.ts';

const name = 'persistentvolume-binder';

/** So often claims that have no volume are looked at again (`pvclaimbinder-sync-period`). */
const pauseMs = 15_000;

/**
 * Brings claims and volumes together, and reclaims volumes whose claim is gone
 * (k8s.io/kubernetes/pkg/controller/volume/persistentvolume). Its keys are `claim namespace/name` and
 * `volume /name`.
 */
export function persistentVolumeController(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['persistentvolumeclaims', 'persistentvolumes'],
    concerns(change) {
      if (change.table === 'persistentvolumeclaims') return newsOfClaim(cluster, change);
      if (change.table === 'persistentvolumes') return newsOfVolume(change);
      return [];
    },
    reconcile(key) {
      const space = key.indexOf(' ');
      const subject = key.slice(space + 1);
      if (key.startsWith('volume ')) {
        const volume = cluster.getByKey('persistentvolumes', subject);
        if (volume) syncVolume(cluster, simulation, name, volume);
        return;
      }
      const claim = cluster.getByKey('persistentvolumeclaims', subject);
      if (!claim) return;
      syncClaim(cluster, claim);
      const now = cluster.getByKey('persistentvolumeclaims', subject);
      if (now?.status?.phase === 'Pending') simulation.wake(name, key, cluster.now + pauseMs);
    },
  };
}

function newsOfClaim(cluster: Cluster, { key, before, after }: Change): readonly string[] {
  const { spec, metadata } = (after ?? before) as StoredClaim;
  const bound = boundVolumes(cluster, metadata.uid).map((each) => `volume ${keyOf(each)}`);
  const named = spec.volumeName ? [`volume ${objectKey(undefined, spec.volumeName)}`] : [];
  return [...(after === undefined ? [] : [`claim ${key}`]), ...new Set([...bound, ...named])];
}

function newsOfVolume({ key, before, after }: Change): readonly string[] {
  const { spec } = (after ?? before) as StoredVolume;
  const { namespace, name: claim } = spec.claimRef ?? {};
  const owner = claim === undefined ? [] : [`claim ${objectKey(namespace, claim)}`];
  return after === undefined ? owner : [`volume ${key}`, ...owner];
}

function boundVolumes(cluster: Cluster, uid: string): readonly StoredVolume[] {
  const claimOf = (volume: ApiObject) => {
    const { claimRef } = (volume as StoredVolume).spec;
    return claimRef?.uid ? [claimRef.uid] : [];
  };
  return cluster.store.index('persistentvolumes', 'claim', claimOf).entries(uid) as StoredVolume[];
}

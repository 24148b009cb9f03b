import type { PersistentVolumeSpec } from '../../../../kubernetes/api.ts';
import type { Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { objectKey } from '../../object.ts';
import { boundByController, provisionedBy, type StoredVolume, setVolumePhase } from './claim-state.ts';
import { component } from './sync-claim.ts';

/** Gives a volume its phase, and reclaims it when its claim is gone. */
export function syncVolume(
  cluster: Cluster,
  simulation: Simulation,
  controller: string,
  volume: StoredVolume,
): void {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) {
    setVolumePhase(cluster, volume, 'Available');
    return;
  }
  const { namespace, name = '' } = claimRef;
  const claim = cluster.get('persistentvolumeclaims', namespace, name);
  if (!claim || claim.metadata.uid !== claimRef.uid) {
    const isOver = volume.status?.phase === 'Released' || volume.status?.phase === 'Failed';
    reclaim(cluster, isOver ? volume : setVolumePhase(cluster, volume, 'Released'));
  } else if (!claim.spec.volumeName) {
    simulation.enqueue(controller, `claim ${objectKey(namespace, name)}`);
  } else if (claim.spec.volumeName === volume.metadata.name) {
    setVolumePhase(cluster, volume, 'Bound');
  } else if (
    volume.metadata.annotations?.[provisionedBy] !== undefined &&
    policyOf(volume.spec) === 'Delete'
  ) {
    reclaim(cluster, setVolumePhase(cluster, volume, 'Released'));
  } else {
    unbind(cluster, volume);
  }
}

function policyOf({ persistentVolumeReclaimPolicy = 'Retain' }: PersistentVolumeSpec): string {
  return persistentVolumeReclaimPolicy;
}

/** What a provisioner has made it deletes itself; the rest the cluster can delete only on a node's `/tmp`. */
function reclaim(cluster: Cluster, volume: StoredVolume): void {
  if (volume.status?.phase === 'Failed' || volume.metadata.deletionTimestamp !== undefined) return;
  const { spec, metadata } = volume;
  if (policyOf(spec) === 'Recycle') {
    fail(cluster, volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
    return;
  }
  if (policyOf(spec) !== 'Delete' || metadata.annotations?.[provisionedBy] !== undefined || spec.csi) {
    return;
  }
  if (!spec.hostPath) {
    const why = `error getting deleter volume plugin for volume "${metadata.name}": no deletable volume plugin matched`;
    fail(cluster, volume, 'VolumeFailedDelete', why);
  } else if (/^\/tmp\/.+/.test(spec.hostPath.path)) {
    cluster.remove('persistentvolumes', undefined, metadata.name);
  } else {
    const why = `host_path deleter only supports /tmp/.+ but received provided ${spec.hostPath.path}`;
    fail(cluster, volume, 'VolumeFailedDelete', why);
  }
}

function fail(cluster: Cluster, volume: StoredVolume, reason: string, message: string): void {
  const about = setVolumePhase(cluster, volume, 'Failed', message);
  recordEvent(cluster, { about, type: 'Warning', reason, message, component });
}

function unbind(cluster: Cluster, volume: StoredVolume): void {
  const { metadata, spec } = volume;
  const { claimRef: { uid: _, ...foreseen } = {}, ...free } = spec;
  const { annotations: { [boundByController]: isOurs, ...annotations } = {} } = metadata;
  const next =
    isOurs === undefined
      ? { ...volume, spec: { ...spec, claimRef: foreseen } }
      : { ...volume, metadata: { ...metadata, annotations }, spec: free };
  setVolumePhase(cluster, cluster.update('persistentvolumes', next), 'Available');
}

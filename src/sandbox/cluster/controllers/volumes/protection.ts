import type { Controller } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { objectKey } from '../../object.ts';
import { withoutFinalizer } from '../finalizers.ts';
import type { StoredPod } from '../pod-state.ts';
import { claimNamesOf, podsUsing, type StoredClaim, type StoredVolume } from './claim-state.ts';

const claimFinalizer = 'kubernetes.io/pvc-protection';
const volumeFinalizer = 'kubernetes.io/pv-protection';

/**
 * Keeps a claim that was deleted until no Pod that has a node names it any more
 * (k8s.io/kubernetes/pkg/controller/volume/pvcprotection).
 */
export function claimProtectionController(cluster: Cluster): Controller {
  return {
    name: 'pvc-protection',
    tables: ['persistentvolumeclaims', 'pods'],
    concerns(change) {
      if (change.table === 'persistentvolumeclaims') return change.after === undefined ? [] : [change.key];
      return change.table === 'pods' ? claimsOf(change) : [];
    },
    reconcile(key) {
      const claim = cluster.getByKey('persistentvolumeclaims', key);
      if (!claim) return;
      const { namespace = '', name } = claim.metadata;
      const isUsed = () => podsUsing(cluster, namespace, name).some(({ spec }) => spec.nodeName);
      const next = protect(claim, claimFinalizer, isUsed);
      if (next) cluster.update('persistentvolumeclaims', next);
    },
  };
}

/**
 * Keeps a volume that was deleted while it is bound
 * (k8s.io/kubernetes/pkg/controller/volume/pvprotection).
 */
export function volumeProtectionController(cluster: Cluster): Controller {
  return {
    name: 'pv-protection',
    tables: ['persistentvolumes'],
    concerns: ({ table, key, after }) => (table === 'persistentvolumes' && after !== undefined ? [key] : []),
    reconcile(key) {
      const volume = cluster.getByKey('persistentvolumes', key);
      if (!volume) return;
      const next = protect(volume, volumeFinalizer, () => volume.status?.phase === 'Bound');
      if (next) cluster.update('persistentvolumes', next);
    },
  };
}

const none: readonly string[] = [];

/** Only what ends a Pod's use, or begins it, is of interest. */
function claimsOf({ before, after }: Change): readonly string[] {
  if (after !== undefined) return none;
  const pod = before as StoredPod;
  return claimNamesOf(pod).map((each) => objectKey(pod.metadata.namespace, each));
}

/** @returns the object with or without the finalizer; undefined when nothing is to change */
function protect<T extends StoredClaim | StoredVolume>(
  object: T,
  finalizer: string,
  isUsed: () => boolean,
): T | undefined {
  const { finalizers = [], deletionTimestamp } = object.metadata;
  const isProtected = finalizers.includes(finalizer);
  if (deletionTimestamp === undefined) {
    if (isProtected) return undefined;
    return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
  }
  if (!isProtected || isUsed()) return undefined;
  return withoutFinalizer(object, finalizer);
}

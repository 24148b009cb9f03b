import type { OwnerReference } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { controlledBy, sameValue } from '../../object.ts';
import type { StoredPod } from '../pod-state.ts';
import type { StoredClaim } from '../volumes/claim-state.ts';
import { claimName, isWanted, ordinalOf, type StoredSet } from './identity.ts';

/**
 * Says of a Pod's claims who owns them, so that they go when they are to go
 * (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention):
 * the set where they go with it, the Pod where they go when it is one too many.
 */
export function ownClaims(cluster: Cluster, set: StoredSet, pod: StoredPod): void {
  const ordinal = ordinalOf(set, pod.metadata.name);
  const { volumeClaimTemplates = [] } = set.spec;
  for (const template of volumeClaimTemplates) {
    const name = claimName(set, template, ordinal);
    const claim = cluster.get('persistentvolumeclaims', set.metadata.namespace, name);
    if (!claim) continue;
    const owners = ownersOf(set, pod, claim);
    if (sameValue(owners, claim.metadata.ownerReferences ?? [])) continue;
    const { ownerReferences: _, ...metadata } = claim.metadata;
    cluster.update('persistentvolumeclaims', {
      ...claim,
      metadata: owners.length > 0 ? { ...metadata, ownerReferences: owners } : metadata,
    });
  }
}

/** Whether a claim is still another Pod's of the same name that is on its way out. */
export function hasStaleClaim(cluster: Cluster, set: StoredSet, podName: string): boolean {
  const { persistentVolumeClaimRetentionPolicy: policy, volumeClaimTemplates = [] } = set.spec;
  if (policy?.whenScaled !== 'Delete') return false;
  const ordinal = ordinalOf(set, podName);
  return volumeClaimTemplates.some((template) => {
    const name = claimName(set, template, ordinal);
    const claim = cluster.get('persistentvolumeclaims', set.metadata.namespace, name);
    return claim?.metadata.ownerReferences?.some((owner) => owner.kind === 'Pod' && owner.name === podName);
  });
}

function ownersOf(set: StoredSet, pod: StoredPod, { metadata }: StoredClaim): readonly OwnerReference[] {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } =
    set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const isOurs = ({ kind, name, uid }: OwnerReference) =>
    uid === set.metadata.uid ||
    (kind === 'StatefulSet' && name === set.metadata.name) ||
    (kind === 'Pod' && name === pod.metadata.name);
  const others = (metadata.ownerReferences ?? []).filter((each) => !isOurs(each));
  // Another manager decides alone.
  if (others.some(({ controller }) => controller)) return others;
  const isSurplus = !isWanted(set, ordinalOf(set, pod.metadata.name));
  if (whenScaled === 'Delete' && isSurplus) return [...others, controlledBy(pod)];
  return whenDeleted === 'Delete' ? [...others, controlledBy(set)] : others;
}

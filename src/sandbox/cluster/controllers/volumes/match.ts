import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import type { Cluster } from '../../cluster.ts';
import { fitsSelector } from '../../object.ts';
import { isMeantFor, type StoredClaim, type StoredVolume } from './claim-state.ts';

/**
 * The volume that fits a claim best: the one that is meant for it, or the smallest that is large enough
 * (k8s.io/component-helpers/storage/volume, `FindMatchingVolume`).
 *
 * @param isReachable whether a volume can be reached from where it is wanted
 * @param onlyForeseen whether only one that names the claim will do
 */
export function bestVolume(
  cluster: Cluster,
  claim: StoredClaim,
  isReachable: (volume: StoredVolume) => boolean = () => true,
  onlyForeseen = false,
): StoredVolume | undefined {
  let smallest: StoredVolume | undefined;
  for (const volume of cluster.list('persistentvolumes')) {
    const { metadata, spec, status } = volume;
    if (metadata.deletionTimestamp !== undefined || !isLargeEnough(volume, claim)) continue;
    if ((spec.volumeMode ?? 'Filesystem') !== (claim.spec.volumeMode ?? 'Filesystem')) continue;
    if (spec.claimRef) {
      if (!isMeantFor(volume, claim)) continue;
      return isReachable(volume) ? volume : undefined;
    }
    if (onlyForeseen || status?.phase !== 'Available') continue;
    if (claim.spec.selector && !fitsSelector(claim.spec.selector, metadata.labels)) continue;
    if ((spec.storageClassName ?? '') !== (claim.spec.storageClassName ?? '')) continue;
    if (!offersModes(volume, claim) || !isReachable(volume)) continue;
    if (!smallest || isSmaller(volume, smallest)) smallest = volume;
  }
  return smallest;
}

/** Why a volume that a claim asks for by name will not do; undefined when it will. */
export function mismatch(volume: StoredVolume, claim: StoredClaim): string | undefined {
  const { metadata, spec } = volume;
  if (metadata.deletionTimestamp !== undefined) {
    return `the volume is marked for deletion "${metadata.name}"`;
  }
  if (!isLargeEnough(volume, claim)) return 'requested PV is too small';
  if ((spec.storageClassName ?? '') !== (claim.spec.storageClassName ?? '')) {
    return 'storageClassName does not match';
  }
  if ((spec.volumeMode ?? 'Filesystem') !== (claim.spec.volumeMode ?? 'Filesystem')) {
    return 'incompatible volumeMode';
  }
  return offersModes(volume, claim) ? undefined : 'incompatible accessMode';
}

function sizeOf({ spec: { capacity: { storage = '0' } = {} } }: StoredVolume): string {
  return storage;
}

function isLargeEnough(volume: StoredVolume, { spec }: StoredClaim): boolean {
  const { storage = '0' } = spec.resources?.requests ?? {};
  return compareQuantities(sizeOf(volume), storage) !== -1;
}

function isSmaller(one: StoredVolume, other: StoredVolume): boolean {
  return compareQuantities(sizeOf(one), sizeOf(other)) === -1;
}

function offersModes({ spec }: StoredVolume, claim: StoredClaim): boolean {
  const { accessModes = [] } = claim.spec;
  return accessModes.every((mode) => spec.accessModes?.includes(mode));
}

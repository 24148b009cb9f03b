import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../../kubernetes/api.ts';
import { thousandths } from '../../../../kubernetes/quantity-text.ts';
import { inField, without } from '../filled.ts';

/**
 * What a volume is a copy of is said in two fields, which say the same
 * (k8s.io/kubernetes/pkg/api/persistentvolumeclaim, NormalizeDataSources). Of the old one only claims and
 * snapshots are taken.
 */
export function withSources(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  return inField(claim, 'spec', (spec) => {
    const { dataSource: old, dataSourceRef: ref } = spec;
    if (old && !ref) {
      const isKnown =
        (old.kind === 'PersistentVolumeClaim' && !old.apiGroup) ||
        (old.kind === 'VolumeSnapshot' && old.apiGroup === 'snapshot.storage.k8s.io');
      return isKnown ? { ...spec, dataSourceRef: old } : without(spec, 'dataSource');
    }
    return ref && !old && !ref.namespace ? { ...spec, dataSource: without(ref, 'namespace') } : spec;
  });
}

/** What is said of what a claim asks for (GetWarningsForPersistentVolumeClaimSpec). */
export function claimSpecWarnings(
  spec: PersistentVolumeClaimSpec | undefined,
  path: string,
): readonly string[] {
  return (['requests', 'limits'] as const).flatMap((list) => {
    const amount = spec?.resources?.[list]?.storage;
    if (amount === undefined || thousandths(amount) % 1000 === 0) return [];
    return [
      `${path}.resources.${list}[storage]: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`,
    ];
  });
}

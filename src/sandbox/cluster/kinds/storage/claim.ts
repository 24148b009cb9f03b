import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { forbiddenObject } from '../../api/objects/status.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, text, wide } from '../cells.ts';
import type { Decoded, KindRules } from '../kind.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { accessModesCell, classAnnotation } from './access-modes.ts';
import { defaultedClaim } from './claim-defaults.ts';
import { claimSpecWarnings, withSources } from './claim-sources.ts';
import { claimComplaints, claimUpdateComplaints } from './claim-validation.ts';

/** PersistentVolumeClaims (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/registry/core/persistentvolumeclaim). */
export const claimRules: KindRules<PersistentVolumeClaim> = {
  defaults: defaultedClaim,
  prepareCreate: (object) => withSources(beginsWith(object, { phase: 'Pending' })),
  prepareUpdate: (object, old) => withSources(keepsStatus(object, old)),
  validate: claimComplaints,
  validateUpdate: claimUpdateComplaints,
  admitUpdate: refuseToGrow,
  warnings: ({ metadata, spec }) => [
    ...(metadata.annotations?.[classAnnotation] === undefined ? [] : [oldAnnotation]),
    ...claimSpecWarnings(spec, 'spec'),
  ],
  columns: [
    nameColumn,
    text('Status'),
    text('Volume'),
    text('Capacity'),
    text('Access Modes'),
    text('StorageClass'),
    text('VolumeAttributesClass'),
    ageColumn,
    wide('VolumeMode'),
  ],
  row: (object, context) => {
    const { metadata, spec, status } = object;
    const isBound = Boolean(spec?.volumeName);
    return [
      metadata.name,
      metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
      spec?.volumeName ?? '',
      isBound ? (status?.capacity?.storage ?? '0') : '',
      isBound ? accessModesCell(status?.accessModes) : '',
      metadata.annotations?.[classAnnotation] ?? spec?.storageClassName ?? '',
      spec?.volumeAttributesClassName ?? '<unset>',
      ageOf(object, context),
      spec?.volumeMode ?? '<unset>',
    ];
  },
  hasStatus: true,
};

/**
 * A claim grows where its class lets it (k8s.io/kubernetes/plugin/pkg/admission/storage/persistentvolume/resize).
 *
 * @throws ApiError Forbidden
 */
function refuseToGrow(
  { metadata, spec }: Decoded<PersistentVolumeClaim>,
  { spec: old }: Stored<PersistentVolumeClaim>,
  cluster: Cluster,
): void {
  const size = ({ resources }: PersistentVolumeClaimSpec) => resources?.requests?.storage ?? '0';
  if (compareQuantities(size(spec), size(old)) !== 1) return;
  const name = metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '';
  if (cluster.get('storageclasses.storage.k8s.io', undefined, name)?.allowVolumeExpansion) return;
  const why =
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
  throw forbiddenObject({ plural: 'persistentvolumeclaims', group: '' }, metadata.name ?? '', why);
}

const oldAnnotation = `metadata.annotations[${classAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`;

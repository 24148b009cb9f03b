import type { PersistentVolumeClaim } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text, wide } from '../cells.ts';
import type { KindRules } from '../kind.ts';
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

const oldAnnotation = `metadata.annotations[${classAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`;

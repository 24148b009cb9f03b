import type { PersistentVolume, PersistentVolumeSpec } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { wholeUnits } from '../../../../kubernetes/quantity-text.ts';
import { type Stored, sameValue, timestamp } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, text, wide } from '../cells.ts';
import { type Complaint, forbidden, invalid, notSupported, required } from '../complaint.ts';
import { filled, inField } from '../filled.ts';
import { sortedMap } from '../go-values.ts';
import { volumeSourceDiff } from '../internal-form.ts';
import type { Decoded, KindRules } from '../kind.ts';
import { subdomainComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { hostPathComplaints, nfsComplaints } from '../pod/volume-paths.ts';
import { roundedUp } from '../resource-lists.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { complaintsOf, oneOf, requiredText } from '../value-rules.ts';
import { accessModeComplaints, accessModesCell, classAnnotation } from './access-modes.ts';
import { sourcesOf } from './volume-sources.ts';

const recycleWords =
  'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** PersistentVolumes (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/registry/core/persistentvolume). */
export const volumeRules: KindRules<PersistentVolume> = {
  defaults: (object) => {
    const begun = inField(object, 'status', (status) => filled(status, { phase: 'Pending' }));
    return inField(begun, 'spec', defaultedSpec);
  },
  prepareCreate: (object, { now }) =>
    beginsWith(object, { phase: 'Pending', lastPhaseTransitionTime: timestamp(now) }),
  prepareUpdate: keepsStatus,
  validate: ({ spec }) => specComplaints(spec),
  validateUpdate: volumeUpdateComplaints,
  warnings: ({ spec }) => (spec?.persistentVolumeReclaimPolicy === 'Recycle' ? [recycleWords] : []),
  columns: [
    nameColumn,
    text('Capacity'),
    text('Access Modes'),
    text('Reclaim Policy'),
    text('Status'),
    text('Claim'),
    text('StorageClass'),
    text('VolumeAttributesClass'),
    text('Reason'),
    ageColumn,
    wide('VolumeMode'),
  ],
  row: (object, context) => {
    const { metadata, spec, status } = object;
    const claim = spec?.claimRef;
    return [
      metadata.name,
      spec?.capacity?.storage ?? '0',
      accessModesCell(spec?.accessModes),
      spec?.persistentVolumeReclaimPolicy ?? '',
      metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
      claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '',
      metadata.annotations?.[classAnnotation] ?? spec?.storageClassName ?? '',
      spec?.volumeAttributesClassName ?? '<unset>',
      status?.reason ?? '',
      ageOf(object, context),
      spec?.volumeMode ?? '<unset>',
    ];
  },
  hasStatus: true,
};

function defaultedSpec(spec: PersistentVolumeSpec): PersistentVolumeSpec {
  const next = filled<PersistentVolumeSpec>(spec, {
    persistentVolumeReclaimPolicy: 'Retain',
    volumeMode: 'Filesystem',
  });
  const withPath = inField(next, 'hostPath', (source) => filled(source, { type: '' }));
  return inField(withPath, 'capacity', roundedUp);
}

function specComplaints(spec: PersistentVolumeSpec): readonly Complaint[] {
  const { capacity = {}, storageClassName, volumeMode, persistentVolumeReclaimPolicy: policy } = spec;
  const path = 'spec.capacity';
  const names = Object.keys(capacity);
  return [
    ...accessModeComplaints(spec.accessModes, 'spec.accessModes'),
    ...(names.length === 0 ? [required(path)] : []),
    ...(capacity.storage === undefined || names.length > 1
      ? [notSupported(path, spec.capacity ? sortedMap(spec.capacity) : null, ['storage'])]
      : []),
    ...Object.entries(capacity).flatMap(([name, amount]) => {
      const place = `${path}[${name}]`;
      const isLess = compareQuantities(amount, '0') === -1;
      return [
        ...(isLess ? [invalid(place, wholeUnits(amount), 'must be a valid resource quantity')] : []),
        ...(compareQuantities(amount, '0') === 1
          ? []
          : [invalid(place, amount, 'must be greater than zero')]),
      ];
    }),
    ...oneOf('spec.persistentVolumeReclaimPolicy', policy, ['Delete', 'Recycle', 'Retain']),
    ...(spec.nodeAffinity?.required?.nodeSelectorTerms.length === 0
      ? [
          required(
            'spec.nodeAffinity.required.nodeSelectorTerms',
            'must have at least one node selector term',
          ),
        ]
      : []),
    ...sourceComplaints(spec),
    ...(storageClassName
      ? complaintsOf('spec.storageClassName', storageClassName, subdomainComplaints(storageClassName))
      : []),
    ...oneOf('spec.volumeMode', volumeMode, ['Block', 'Filesystem']),
  ];
}

function sourceComplaints(spec: PersistentVolumeSpec): readonly Complaint[] {
  const [first, ...more] = sourcesOf(spec);
  if (first === undefined) return [required('spec', 'must specify a volume type')];
  const { hostPath, local, nfs, nodeAffinity } = spec;
  return [
    ...(first === 'hostPath' ? hostPathComplaints(hostPath, 'spec.hostPath') : []),
    ...(first === 'nfs' ? nfsComplaints(nfs, 'spec.nfs') : []),
    ...(first === 'local'
      ? [
          ...requiredText('spec.local.path', local?.path),
          ...(nodeAffinity?.required
            ? []
            : [required('spec.nodeAffinity', 'Local volume requires node affinity')]),
        ]
      : []),
    ...more.map((name) => forbidden(`spec.${name}`, 'may not specify more than 1 volume type')),
    ...(hostPath?.path === '/' && spec.persistentVolumeReclaimPolicy === 'Recycle'
      ? [forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'")]
      : []),
  ];
}

function volumeUpdateComplaints(
  { spec }: Decoded<PersistentVolume>,
  { spec: old }: Stored<PersistentVolume>,
): readonly Complaint[] {
  const sourceOf = (each: PersistentVolumeSpec) => sourcesOf(each).map((key) => [key, each[key]]);
  const why = 'spec.persistentvolumesource is immutable after creation';
  const isSame = sameValue(sourceOf(spec), sourceOf(old));
  return [
    ...(isSame ? [] : [forbidden('spec.persistentvolumesource', `${why}\n${volumeSourceDiff(old, spec)}`)]),
    ...immutableComplaints(spec.volumeMode, old.volumeMode, 'volumeMode'),
  ];
}

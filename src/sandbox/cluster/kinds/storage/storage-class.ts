import type { StorageClass } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { required } from '../complaint.ts';
import { filled } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { labelKeyComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { complaintsOf, oneOf } from '../value-rules.ts';

/** What says of a class that it is taken where none is named. */
const defaultNotes = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** StorageClasses (k8s.io/kubernetes/pkg/apis/storage/v1 and pkg/apis/storage/validation). */
export const storageClassRules: KindRules<StorageClass> = {
  defaults: (object) => filled(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: ({ provisioner, reclaimPolicy, volumeBindingMode }) => [
    ...(provisioner
      ? complaintsOf('provisioner', provisioner.toLowerCase(), labelKeyComplaints(provisioner.toLowerCase()))
      : [required('provisioner')]),
    ...oneOf('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']),
    ...oneOf('volumeBindingMode', volumeBindingMode, ['Immediate', 'WaitForFirstConsumer']),
  ],
  validateUpdate: (object, old) =>
    (['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const).flatMap((field) =>
      immutableComplaints(object[field], old[field], field),
    ),
  columns: [
    nameColumn,
    text('Provisioner'),
    text('ReclaimPolicy'),
    text('VolumeBindingMode'),
    text('AllowVolumeExpansion'),
    ageColumn,
  ],
  row: (object, context) => {
    const { metadata, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion } = object;
    const isDefault = defaultNotes.some((note) => metadata.annotations?.[note] === 'true');
    return [
      `${metadata.name}${isDefault ? ' (default)' : ''}`,
      provisioner,
      reclaimPolicy ?? 'Delete',
      volumeBindingMode ?? 'Immediate',
      allowVolumeExpansion ?? false,
      ageOf(object, context),
    ];
  },
};

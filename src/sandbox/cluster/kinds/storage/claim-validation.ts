import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { type Stored, sameValue } from '../../object.ts';
import { type Complaint, forbidden, invalid, required } from '../complaint.ts';
import { inField, without } from '../filled.ts';
import { claimSpecDiff } from '../internal-form.ts';
import type { Decoded } from '../kind.ts';
import { subdomainComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { selectorComplaints } from '../selector-validation.ts';
import { complaintsOf, oneOf } from '../value-rules.ts';
import { accessModeComplaints } from './access-modes.ts';

/** What is wrong with a claim (k8s.io/kubernetes/pkg/apis/core/validation, ValidatePersistentVolumeClaim). */
export function claimComplaints({ spec }: Decoded<PersistentVolumeClaim>): readonly Complaint[] {
  return claimSpecComplaints(spec, 'spec');
}

/** What is wrong with what is asked of a volume, wherever it stands (ValidatePersistentVolumeClaimSpec). */
export function claimSpecComplaints(spec: PersistentVolumeClaimSpec, path: string): readonly Complaint[] {
  const { accessModes = [], selector, resources, storageClassName, volumeMode } = spec;
  const modes = accessModeComplaints(
    accessModes,
    `${path}.accessModes`,
    'at least 1 access mode is required',
  );
  // That there is none is told before what is wrong with the selector, the rest after it.
  const isNone = accessModes.length === 0;
  return [
    ...(isNone ? modes : []),
    ...selectorComplaints(selector, `${path}.selector`),
    ...(isNone ? [] : modes),
    ...sizeComplaints(resources?.requests?.storage, `${path}.resources[storage]`),
    ...(storageClassName
      ? complaintsOf(`${path}.storageClassName`, storageClassName, subdomainComplaints(storageClassName))
      : []),
    ...oneOf(`${path}.volumeMode`, volumeMode, ['Block', 'Filesystem']),
  ];
}

function sizeComplaints(size: string | undefined, path: string): readonly Complaint[] {
  if (size === undefined) return [required(path)];
  return compareQuantities(size, '0') === 1 ? [] : [invalid(path, size, 'must be greater than zero')];
}

/** What of a claim may not change (ValidatePersistentVolumeClaimUpdate). */
export function claimUpdateComplaints(
  claim: Decoded<PersistentVolumeClaim>,
  old: Stored<PersistentVolumeClaim>,
): readonly Complaint[] {
  const { spec } = claim;
  const before = old.spec;
  const isBound = claim.status?.phase === 'Bound';
  const wanted = spec.resources?.requests?.storage ?? '0';
  const had = before.resources?.requests?.storage ?? '0';
  const isLess = compareQuantities(wanted, had) === -1;
  const isTooLittle = compareQuantities(wanted, old.status?.capacity?.storage ?? '0') !== 1;
  const next = munged(spec, before, isBound);
  const last = before.volumeName ? before : without(before, 'volumeName');
  return [
    ...(sameValue(before.volumeName ? next : without(next, 'volumeName'), last)
      ? []
      : [forbidden('spec', `${immutableWords}\n${claimSpecDiff(before, next)}`)]),
    ...(isLess && isTooLittle
      ? [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')]
      : []),
    ...immutableComplaints(spec.volumeMode, before.volumeMode, 'volumeMode'),
  ];
}

const immutableWords =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** The claim as upstream compares it: with what may change of a bound one put back, its size and its class of attributes. */
function munged(
  spec: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec,
  isBound: boolean,
): PersistentVolumeClaimSpec {
  if (!isBound) return spec;
  const { volumeAttributesClassName: _, ...rest } = spec;
  const { volumeAttributesClassName: attributes } = old;
  const next = attributes === undefined ? rest : { ...rest, volumeAttributesClassName: attributes };
  return inField(next, 'resources', (resources) =>
    inField(resources, 'requests', (requests) => ({ ...requests, ...old.resources?.requests })),
  );
}

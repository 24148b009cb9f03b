import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { type Stored, sameValue } from '../../object.ts';
import { type Complaint, forbidden, invalid, required } from '../complaint.ts';
import { without } from '../filled.ts';
import { claimSpecDiff } from '../internal-form.ts';
import { subdomainComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { selectorComplaints } from '../selector-validation.ts';
import { complaintsOf, oneOf } from '../value-rules.ts';
import { accessModeComplaints } from './access-modes.ts';

/** What is wrong with a claim (k8s.io/kubernetes/pkg/apis/core/validation, ValidatePersistentVolumeClaim). */
export function claimComplaints({ spec = {} }: PersistentVolumeClaim): readonly Complaint[] {
  return claimSpecComplaints(spec, 'spec');
}

/** What is wrong with what is asked of a volume, wherever it stands (ValidatePersistentVolumeClaimSpec). */
export function claimSpecComplaints(spec: PersistentVolumeClaimSpec, path: string): readonly Complaint[] {
  const { accessModes = [], selector, resources, storageClassName, volumeMode } = spec;
  const [none, ...modes] = accessModeSplit(accessModes, path);
  return [
    ...(none ?? []),
    ...selectorComplaints(selector, `${path}.selector`),
    ...modes.flat(),
    ...sizeComplaints(resources?.requests?.storage, `${path}.resources[storage]`),
    ...(storageClassName
      ? complaintsOf(`${path}.storageClassName`, storageClassName, subdomainComplaints(storageClassName))
      : []),
    ...(volumeMode === undefined ? [] : oneOf(`${path}.volumeMode`, volumeMode, ['Block', 'Filesystem'])),
  ];
}

/** That there is none is told before what is wrong with the selector, the rest after it. */
function accessModeSplit(modes: readonly string[], path: string): readonly (readonly Complaint[])[] {
  const found = accessModeComplaints(modes, `${path}.accessModes`, 'at least 1 access mode is required');
  return modes.length === 0 ? [found] : [[], found];
}

function sizeComplaints(size: string | undefined, path: string): readonly Complaint[] {
  if (size === undefined) return [required(path)];
  return compareQuantities(size, '0') === 1 ? [] : [invalid(path, size, 'must be greater than zero')];
}

/** What of a claim may not change (ValidatePersistentVolumeClaimUpdate). */
export function claimUpdateComplaints(
  claim: PersistentVolumeClaim,
  old: Stored<PersistentVolumeClaim>,
): readonly Complaint[] {
  const { spec = {} } = claim;
  const before = old.spec ?? {};
  const isBound = claim.status?.phase === 'Bound';
  const wanted = spec.resources?.requests?.storage ?? '0';
  const had = before.resources?.requests?.storage ?? '0';
  const isLess = compareQuantities(wanted, had) === -1;
  const isTooLittle = compareQuantities(wanted, old.status?.capacity?.storage ?? '0') !== 1;
  const [next, last] = [fixed(spec, before, isBound), fixed(before, before, isBound)];
  return [
    ...(sameValue(next, last)
      ? []
      : [forbidden('spec', `${immutableWords}\n${claimSpecDiff(before, munged(spec, before, isBound))}`)]),
    ...(isLess && isTooLittle
      ? [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')]
      : []),
    ...immutableComplaints(spec.volumeMode, before.volumeMode, 'volumeMode'),
  ];
}

const immutableWords =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** What may not change: a volume may be named once, a bound claim may grow. */
function fixed(
  spec: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec,
  isBound: boolean,
): PersistentVolumeClaimSpec {
  const named = old.volumeName ? spec : without(spec, 'volumeName');
  if (!isBound) return named;
  const { requests = {}, ...resources } = named.resources ?? {};
  const rest = without(named, 'volumeAttributesClassName');
  return { ...rest, resources: { ...resources, requests: without(requests, 'storage') } };
}

/** The claim as upstream compares it: with what may change put back. */
function munged(
  spec: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec,
  isBound: boolean,
): PersistentVolumeClaimSpec {
  if (!isBound) return spec;
  const storage = old.resources?.requests?.storage;
  const requests = { ...spec.resources?.requests, ...(storage === undefined ? {} : { storage }) };
  return { ...spec, resources: { ...spec.resources, requests } };
}

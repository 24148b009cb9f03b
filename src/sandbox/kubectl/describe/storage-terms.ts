import type { ObjectMeta } from '../../../kubernetes/api.ts';

const modes = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

/** Access modes by their initials, always in the same order: `RWO,ROX`. */
export function accessModesText(given: readonly string[] = []): string {
  return modes
    .filter(([mode]) => given.includes(mode))
    .map(([, initials]) => initials)
    .join(',');
}

/** The storage class of a volume or a claim; an old annotation comes first. */
export function storageClassOf({
  metadata,
  spec,
}: {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly storageClassName?: string } | undefined;
}): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '';
}

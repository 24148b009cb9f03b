import { type Complaint, forbidden, notSupported, required } from '../complaint.ts';

const short: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const supported = Object.keys(short).sort();

/** What the annotation was called that named a class before the field did. */
export const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** Access modes as a Table shows them (k8s.io/kubernetes/pkg/apis/core/helper, GetAccessModesAsString). */
export function accessModesCell(modes: readonly string[] = []): string {
  return Object.keys(short)
    .filter((mode) => modes.includes(mode))
    .map((mode) => short[mode])
    .join(',');
}

/** What is wrong with the access modes of a claim or a volume. */
export function accessModeComplaints(
  modes: readonly string[] = [],
  path: string,
  missing = '',
): readonly Complaint[] {
  const known = modes.filter((mode) => supported.includes(mode));
  const isMixed = known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod');
  return [
    ...(modes.length === 0 ? [required(path, missing)] : []),
    ...modes.filter((mode) => !supported.includes(mode)).map((mode) => notSupported(path, mode, supported)),
    ...(isMixed ? [forbidden(path, 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}

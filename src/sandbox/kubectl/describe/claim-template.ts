import type {
  ObjectMeta,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
} from '../../../kubernetes/api.ts';
import { type Description, sortedEntries } from './description.ts';
import { accessModesText, storageClassOf } from './storage-terms.ts';

/** Adds the template of a claim that a Pod's volume is made from. */
export function describeClaimTemplate(
  description: Description,
  template: { readonly metadata?: ObjectMeta; readonly spec: PersistentVolumeClaimSpec },
): void {
  const { metadata = {}, spec } = template;
  description.field('StorageClass', storageClassOf({ metadata, spec }), 2);
  description.field('Volume', spec.volumeName, 2);
  nested(description, 'Labels', metadata.labels, '=');
  nested(description, 'Annotations', metadata.annotations, ': ');
  describeClaimSpec(description, spec, undefined, 2);
}

/** Each part of such a line is indented by itself. */
function nested(
  description: Description,
  title: string,
  map: Readonly<Record<string, string>> | undefined,
  sign: string,
): void {
  const [first = '<none>', ...others] = sortedEntries(map).map(([key, value]) => `${key}${sign}${value}`);
  description.row(2, `${title}:`, `    ${first}`);
  for (const line of others) description.row(4, '', `    ${line}`);
}

/** Adds what a claim asks for, and what it was given. */
export function describeClaimSpec(
  description: Description,
  spec: PersistentVolumeClaimSpec | undefined,
  status: PersistentVolumeClaimStatus | undefined,
  level: number,
): void {
  const isBound = Boolean(spec?.volumeName);
  description.field('Capacity', isBound ? (status?.capacity?.storage ?? '0') : '', level);
  description.field('Access Modes', isBound ? accessModesText(status?.accessModes) : '', level);
  description.optional('VolumeMode', spec?.volumeMode, level);
  const source = spec?.dataSource;
  if (!source) return;
  description.title('DataSource', level).optional('APIGroup', source.apiGroup, level + 1);
  description.field('Kind', source.kind, level + 1).field('Name', source.name, level + 1);
}

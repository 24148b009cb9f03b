import type { ProjectedVolumeSource, Volume } from '../../../kubernetes/api.ts';
import { parseQuantity } from '../../../kubernetes/quantity.ts';
import { goText } from '../printing/jsonpath.ts';
import { describeClaimTemplate } from './claim-template.ts';
import { type Description, sortedEntries } from './description.ts';
import type { PlainSource } from './plain-source.ts';
import { podSources } from './volume-sources.ts';

/** Adds the volumes of a Pod, or of a template (indented). */
export function describeVolumes(
  description: Description,
  volumes: readonly Volume[] = [],
  indent = '',
): void {
  if (volumes.length === 0) {
    description.row(0, `${indent}Volumes:`, '<none>');
    return;
  }
  description.title(`${indent}Volumes`);
  for (const volume of volumes) {
    description.title(`${indent === '' ? '' : ' '}${volume.name}`, 1);
    describeVolume(description, volume);
  }
}

function describeVolume(description: Description, volume: Volume): void {
  const { emptyDir, ephemeral, downwardAPI, projected } = volume;
  if (emptyDir) {
    const { medium, sizeLimit } = emptyDir;
    description.field('Type', "EmptyDir (a temporary directory that shares a pod's lifetime)", 2);
    const isLimited = sizeLimit !== undefined && (parseQuantity(sizeLimit) ?? 0n) > 0n;
    description.field('Medium', medium, 2).field('SizeLimit', isLimited ? sizeLimit : '<unset>', 2);
  } else if (ephemeral) {
    description.field(
      'Type',
      'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
      2,
    );
    if (ephemeral.volumeClaimTemplate) describeClaimTemplate(description, ephemeral.volumeClaimTemplate);
  } else if (downwardAPI) {
    description.field('Type', 'DownwardAPI (a volume populated by information about the pod)', 2);
    description.title('Items', 2);
    for (const { fieldRef, resourceFieldRef, path } of downwardAPI.items ?? []) {
      if (fieldRef) description.row(3, `${fieldRef.fieldPath} -> ${path}`);
      if (resourceFieldRef) description.row(3, `${resourceFieldRef.resource} -> ${path}`);
    }
  } else if (projected) describeProjected(description, projected);
  else if (!describeSource(description, volume, podSources)) description.row(1, '<unknown>');
}

/** Adds the source of a volume. @returns whether one of the sources is there */
export function describeSource(
  description: Description,
  volume: object,
  sources: readonly PlainSource[],
): boolean {
  const fields = volume as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const found = sources.find(({ field }) => fields[field] !== undefined);
  const source = found && fields[found.field];
  if (!found || !source) return false;
  description.field('Type', found.type, 2);
  for (const [label, name, otherwise = ''] of found.shown) {
    description.row(2, label, shown(source[name], otherwise, sources === podSources));
  }
  if (found.field === 'csi') {
    const attributes = source.volumeAttributes as Readonly<Record<string, string>> | undefined;
    // Each line but the first starts with the indent of the level twice over.
    const lines = sortedEntries(attributes).map(([key, value]) => shortened(`${key}=${value}`));
    description.write(`VolumeAttributes:\t${lines.length === 0 ? '<none>\n' : ''}`, 2);
    lines.forEach((line, place) => {
      description.write(`${place === 0 ? '' : '        \t'}    ${line}\n`);
    });
  }
  return true;
}

function shortened(line: string): string {
  return line.length > 140 ? `${line.slice(0, 140)}...` : line;
}

/** @param isOwn whether a Secret that is named is one of the Pod's own namespace */
function shown(value: unknown, otherwise: string, isOwn: boolean): string {
  if (value === undefined) return otherwise;
  if (Array.isArray(value)) return otherwise === '' ? value.join(', ') : goText(value);
  if (typeof value !== 'object' || otherwise !== 'nil') return goText(value);
  const { name = '', namespace = '' } = { ...value } as { name?: string; namespace?: string };
  return isOwn
    ? `&LocalObjectReference{Name:${name},}`
    : `&SecretReference{Name:${name},Namespace:${namespace},}`;
}

function describeProjected(description: Description, { sources = [] }: ProjectedVolumeSource): void {
  description.field('Type', 'Projected (a volume that contains injected data from multiple sources)', 2);
  for (const { secret, downwardAPI, configMap, serviceAccountToken } of sources) {
    if (secret) {
      description.field('SecretName', secret.name, 2).field('Optional', secret.optional ?? false, 2);
    } else if (downwardAPI) description.field('DownwardAPI', true, 2);
    else if (configMap) {
      description.field('ConfigMapName', configMap.name, 2).field('Optional', configMap.optional ?? false, 2);
    } else if (serviceAccountToken) {
      description.field('TokenExpirationSeconds', serviceAccountToken.expirationSeconds, 2);
    }
  }
}

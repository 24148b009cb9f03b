import type {
  LabelSelector,
  ObjectMeta,
  PersistentVolumeClaimSpec,
  PodSpec,
  PodTemplateSpec,
} from '../../../kubernetes/api.ts';
import { shownSelector } from './go-values.ts';
import { internalTypes } from './internal-types.ts';
import { unifiedDiff } from './unified-diff.ts';

// Where a field may not change, upstream shows what there was and what there would be: in the form in which
// it keeps objects in memory, which has other names and leaves out nothing.

interface InternalField {
  readonly name: string;
  /** In the API. */
  readonly json: string;
  readonly code: string;
}

type Value = Readonly<Record<string, unknown>>;

let types: ReadonlyMap<string, readonly InternalField[]> | undefined;

/** A template as a message shows it. */
export function internalTemplate({ metadata = {}, spec }: PodTemplateSpec): unknown {
  return { ...metadataForm(metadata), Spec: internalPodSpec(spec ?? { containers: [] }) };
}

/** A part of a Pod as a message shows it. */
export function internalForm(
  type: 'SecurityContext' | 'SeccompProfile' | 'NodeSelectorTerm' | 'PodSpec',
  value: object,
): unknown {
  return formOf(type, asValue(value));
}

/** What changes between two Pods. */
export function podSpecDiff(before: PodSpec, after: PodSpec): string {
  return diffOf(internalPodSpec(before), internalPodSpec(after));
}

/** What changes between two claims. */
export function claimSpecDiff(before: PersistentVolumeClaimSpec, after: PersistentVolumeClaimSpec): string {
  const form = (spec: PersistentVolumeClaimSpec) => formOf('PersistentVolumeClaimSpec', asValue(spec));
  return diffOf(form(before), form(after));
}

/** What changes between what two volumes are. */
export function volumeSourceDiff(before: object, after: object): string {
  const form = (spec: object) => formOf('PersistentVolumeSource', asValue(spec));
  return diffOf(form(before), form(after));
}

function internalPodSpec(spec: PodSpec): unknown {
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers } = spec;
  const shared = { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers };
  const securityContext = { ...shared, ...spec.securityContext };
  return formOf('PodSpec', asValue({ ...spec, securityContext }));
}

function diffOf(before: unknown, after: unknown): string {
  return unifiedDiff(linesOf(before), linesOf(after));
}

/** JSON with one blank a level, as Go writes it. */
function linesOf(value: unknown): readonly string[] {
  return JSON.stringify(value, null, 1)
    .replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
    .split('\n');
}

function formOf(type: string, value: Value): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const { name, json, code } of fieldsOf(type)) {
    if (code === '+ObjectMeta') Object.assign(form, metadataForm(value.metadata ?? {}));
    else if (code.startsWith('+')) Object.assign(form, formOf(code.slice(1), value));
    else form[name] = fieldForm(code, value[json]);
  }
  return form;
}

function fieldForm(code: string, value: unknown): unknown {
  switch (code) {
    case '':
      return value === undefined ? null : sorted(value);
    case 's':
      return value ?? '';
    case 'n':
      return value ?? 0;
    case 'b':
      return value ?? false;
    case 'q':
      return value ?? '0';
    case 'l':
      return shownSelector(value as LabelSelector | undefined);
  }
  if (code.startsWith('*')) return value === undefined ? null : formOf(code.slice(1), asValue(value));
  if (!code.startsWith('[]')) return formOf(code, asValue(value ?? {}));
  if (!Array.isArray(value)) return null;
  return value.map((each) => formOf(code.slice(2), asValue(each)));
}

/** What a template says of its objects: it looks as in the API, in its own order. */
function metadataForm(metadata: ObjectMeta): Record<string, unknown> {
  const { name, generateName, namespace, labels, annotations, ownerReferences, finalizers } = metadata;
  const fields = { name, generateName, namespace, labels, annotations, ownerReferences, finalizers };
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([field, value]) => [field, sorted(value)]));
}

/** Maps in the order of their keys. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

function asValue(value: unknown): Value {
  return value as Value;
}

function fieldsOf(type: string): readonly InternalField[] {
  types ??= new Map(internalTypes.trim().split('\n').map(readType));
  return types.get(type) ?? [];
}

function readType(line: string): readonly [string, readonly InternalField[]] {
  const [type = '', ...fields] = line.split(' ');
  return [type, fields.map(readField)];
}

function readField(text: string): InternalField {
  if (text.startsWith('+')) return { name: '', json: '', code: text };
  const [names = '', code = ''] = text.split(':');
  const [name = '', json = `${name.charAt(0).toLowerCase()}${name.slice(1)}`] = names.split('=');
  return { name, json, code };
}

import type { JobSpec } from '../../../../kubernetes/api.ts';
import { type Complaint, invalid, required } from '../complaint.ts';
import { oneOf } from '../value-rules.ts';

/** Bounds of a Job with an index for each Pod (k8s.io/kubernetes/pkg/apis/batch/validation/validation.go). */
const most = 100_000;
const mostOfMany = 10_000;

/** What is wrong with how the Pods of a Job are told apart. */
export function modeComplaints(spec: JobSpec, path: string): readonly Complaint[] {
  const { completionMode: mode } = spec;
  if (mode === 'Indexed') return indexedComplaints(spec, path);
  if (mode !== 'NonIndexed') return mode === undefined ? [] : oneOf(`${path}.completionMode`, mode, modes);
  return (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((name) =>
    spec[name] === undefined
      ? []
      : [invalid(`${path}.${name}`, spec[name], 'requires indexed completion mode')],
  );
}

const modes = ['NonIndexed', 'Indexed'];

function indexedComplaints(spec: JobSpec, path: string): readonly Complaint[] {
  const { completions, parallelism = 0, maxFailedIndexes: failed = 0 } = spec;
  const atMost = (name: 'parallelism' | 'maxFailedIndexes', value: number, bound: number, why: string) =>
    value > bound ? [invalid(`${path}.${name}`, value, `must be less than or equal to ${why}`)] : [];
  const ofMany = `${mostOfMany} when completions are above ${most} and used with backoff limit per index`;
  const isMany = (completions ?? 0) > most && spec.backoffLimitPerIndex !== undefined;
  return [
    ...(completions === undefined
      ? [required(`${path}.completions`, 'when completion mode is Indexed')]
      : []),
    ...atMost('parallelism', parallelism, most, `${most} when completion mode is Indexed`),
    ...atMost('maxFailedIndexes', failed, completions ?? failed, 'completions'),
    ...atMost('maxFailedIndexes', failed, most, `${most}`),
    ...(isMany && spec.maxFailedIndexes === undefined
      ? [required(`${path}.maxFailedIndexes`, `must be specified when completions is above ${most}`)]
      : []),
    ...(isMany ? atMost('parallelism', parallelism, mostOfMany, ofMany) : []),
    ...(isMany ? atMost('maxFailedIndexes', failed, mostOfMany, ofMany) : []),
  ];
}

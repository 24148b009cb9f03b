import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../../../kubernetes/api.ts';
import { type Stored, sameValue } from '../../object.ts';
import { byAge } from '../age.ts';
import { wantedReplicas } from '../replicas.ts';
import { maxSurge } from './limits.ts';

export type StoredSet = Stored<ReplicaSet>;

/** The label that tells the Pods of one template from those of another. */
export const hashLabel = 'pod-template-hash';

/** Annotations of a Deployment's ReplicaSets (k8s.io/kubernetes/pkg/controller/deployment/util). */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const historyAnnotation = 'deployment.kubernetes.io/revision-history';
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

const notCopied: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maxAnnotation,
];

/** More characters of history than this are not kept. */
const longestHistory = 2000;

/** The ReplicaSet whose template is the Deployment's; the oldest, if there should be two. */
export function newSetOf(deployment: Stored<Deployment>, sets: readonly StoredSet[]): StoredSet | undefined {
  const wanted = withoutHash(deployment.spec.template);
  return byCreation(sets).find(({ spec }) => sameValue(withoutHash(spec.template), wanted));
}

/** In the order in which they were created. */
export function byCreation(sets: readonly StoredSet[]): StoredSet[] {
  return [...sets].sort(byAge);
}

/** The number of a ReplicaSet's revision; 0 where it has none. */
export function revisionOf({ metadata }: StoredSet): number {
  return wholeNumber(metadata.annotations?.[revisionAnnotation]) ?? 0;
}

/** How many replicas the Deployment wanted when it last looked at this ReplicaSet. */
export function desiredReplicas({ metadata }: ReplicaSet): number | undefined {
  return wholeNumber(metadata.annotations?.[desiredAnnotation]);
}

/** How many there might have been in all then. */
export function mostReplicas({ metadata }: ReplicaSet): number | undefined {
  return wholeNumber(metadata.annotations?.[maxAnnotation]);
}

/** The annotations of a ReplicaSet, with how many replicas the Deployment wants now. */
export function withReplicaCounts(
  deployment: Stored<Deployment>,
  annotations: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const wanted = wantedReplicas(deployment);
  return {
    ...annotations,
    [desiredAnnotation]: `${wanted}`,
    [maxAnnotation]: `${wanted + maxSurge(deployment)}`,
  };
}

/**
 * The annotations of the ReplicaSet that is the newest: those of the Deployment, the number of its revision,
 * and what that was before (`SetNewReplicaSetAnnotations`).
 */
export function newSetAnnotations(
  deployment: Stored<Deployment>,
  known: Readonly<Record<string, string>> = {},
  revision: number,
): Readonly<Record<string, string>> {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([name]) => !notCopied.includes(name),
  );
  const annotations: Record<string, string> = { ...known, ...Object.fromEntries(copied) };
  const before = known[revisionAnnotation];
  if ((Number(before ?? 0) || 0) >= revision) return annotations;
  annotations[revisionAnnotation] = `${revision}`;
  if (before === undefined) return annotations;
  const history = (known[historyAnnotation] ?? '').split(',').filter(Boolean);
  while (history.length > 0 && [...history, before].join(',').length > longestHistory) history.shift();
  annotations[historyAnnotation] = [...history, before].join(',');
  return annotations;
}

function withoutHash(template: PodTemplateSpec | undefined): PodTemplateSpec | undefined {
  if (template?.metadata?.labels?.[hashLabel] === undefined) return template;
  const { [hashLabel]: _, ...labels } = template.metadata.labels;
  return { ...template, metadata: { ...template.metadata, labels } };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../../kubernetes/api.ts';
import { selectorText } from '../../../kubernetes/selector-text.ts';
import type { Steps } from '../../effects.ts';
import { sortedKeys } from '../../go/go-json.ts';
import { namespaceOf } from '../server/served-object.ts';
import { type About, describeEvents, listOrEmpty } from './about.ts';
import { Description } from './description.ts';
import { describePodTemplate } from './pod-template.ts';
import { replicasOf } from './replicas.ts';
import { longTime } from './times.ts';

/** Describes a Deployment. */
export function* describeDeployment(deployment: Deployment, about: About): Steps<string> {
  const { metadata, spec, status } = deployment;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Selector', selectorText(spec?.selector));
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status ?? {};
  description.field(
    'Replicas',
    `${replicasOf(spec)} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
  );
  description.field('StrategyType', spec?.strategy?.type);
  description.field('MinReadySeconds', spec?.minReadySeconds ?? 0);
  const rolling = spec?.strategy?.rollingUpdate;
  if (rolling) {
    const { maxUnavailable = '', maxSurge = '' } = rolling;
    description.field('RollingUpdateStrategy', `${maxUnavailable} max unavailable, ${maxSurge} max surge`);
  }
  describePodTemplate(description, spec?.template);
  describeConditions(description, status?.conditions);
  const sets = yield* replicaSetsOf(deployment);
  if (sets.length > 0) {
    const current = currentOf(deployment, sets);
    const old = sets.filter((set) => set !== current);
    description.field('OldReplicaSets', replicaSetsText(old));
    description.field('NewReplicaSet', replicaSetsText(current ? [current] : []));
  }
  yield* describeEvents(description, deployment, about);
  return description.toString();
}

/** Adds conditions as Deployments and ReplicaSets have them, where there are some. */
export function describeConditions(
  description: Description,
  conditions: readonly { readonly type: string; readonly status: string; readonly reason?: string }[] = [],
): void {
  if (conditions.length > 0) description.title('Conditions').head(1, 'Type', 'Status', 'Reason');
  for (const { type, status, reason } of conditions) description.row(1, `${type} `, status, reason);
}

/** The ReplicaSets that a Deployment controls, the oldest first. */
function* replicaSetsOf({ metadata, spec }: Deployment): Steps<readonly ReplicaSet[]> {
  const path = `/apis/apps/v1/namespaces/${namespaceOf(metadata)}/replicasets`;
  const sets = yield* listOrEmpty<ReplicaSet>(path, { labelSelector: selectorText(spec?.selector) });
  const ageOf = (set: ReplicaSet): string => `${set.metadata.creationTimestamp} ${set.metadata.name}`;
  return sets
    .filter((set) =>
      set.metadata.ownerReferences?.some(({ controller, uid }) => controller && uid === metadata.uid),
    )
    .sort((one, other) => (ageOf(one) < ageOf(other) ? -1 : 1));
}

/** The one that has the Deployment's template. */
function currentOf({ spec }: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const wanted = templateKey(spec?.template);
  return sets.find((set) => templateKey(set.spec?.template) === wanted);
}

function templateKey(template: PodTemplateSpec | undefined): string {
  const { 'pod-template-hash': _, ...labels } = template?.metadata?.labels ?? {};
  const { creationTimestamp: _time, ...metadata } = template?.metadata ?? {};
  return JSON.stringify(sortedKeys({ ...template, metadata: { ...metadata, labels } }));
}

function replicaSetsText(sets: readonly ReplicaSet[]): string {
  const texts = sets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${replicasOf(status)}/${replicasOf(spec)} replicas created)`,
  );
  return texts.join(', ') || '<none>';
}

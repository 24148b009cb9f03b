import type { PersistentVolumeClaim, StatefulSet } from '../../../kubernetes/api.ts';
import { selectorText } from '../../../kubernetes/selector-text.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';
import { podsStatus } from './owned-pods.ts';
import { describePodTemplate } from './pod-template.ts';
import { replicasOf } from './replicas.ts';
import { storageClassOf } from './storage-terms.ts';
import { longTime } from './times.ts';

/** Describes a StatefulSet. @throws ServerFailure when its Pods cannot be had */
export function* describeStatefulSet(set: StatefulSet, about: About): Steps<string> {
  const { metadata, spec, status } = set;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  description.field('Selector', selectorText(spec?.selector));
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Replicas', `${replicasOf(spec)} desired | ${replicasOf(status)} total`);
  description.field('Update Strategy', spec?.updateStrategy?.type);
  const { partition, maxUnavailable } = spec?.updateStrategy?.rollingUpdate ?? {};
  if (partition !== undefined) {
    description.field('Partition', partition, 1).optional('MaxUnavailable', maxUnavailable, 1);
  }
  description.field('Pods Status', yield* podsStatus(set, spec?.selector));
  describePodTemplate(description, spec?.template);
  describeClaims(description, spec?.volumeClaimTemplates);
  yield* describeEvents(description, set, about);
  return description.toString();
}

function describeClaims(description: Description, claims: readonly PersistentVolumeClaim[] = []): void {
  if (claims.length === 0) description.field('Volume Claims', '<none>');
  else description.title('Volume Claims');
  for (const claim of claims) {
    const { metadata, spec } = claim;
    description.field('Name', metadata.name, 1).field('StorageClass', storageClassOf(claim), 1);
    description.labels('Labels', metadata.labels, '  ');
    description.labels('Annotations', metadata.annotations, '  ');
    description.field('Capacity', spec?.resources?.requests?.storage ?? '<default>', 1);
    description.field('Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`, 1);
  }
}

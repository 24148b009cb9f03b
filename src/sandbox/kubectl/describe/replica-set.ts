import type { ReplicaSet } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { ServerFailure } from '../failures.ts';
import { shownSelector } from '../selecting/label-selector.ts';
import { type About, describeEvents } from './about.ts';
import { describeConditions } from './deployment.ts';
import { Description } from './description.ts';
import { controllerText, podsStatus } from './owned-pods.ts';
import { describePodTemplate } from './pod-template.ts';
import { replicasOf } from './replicas.ts';

/** Describes a ReplicaSet. */
export function* describeReplicaSet(set: ReplicaSet, about: About): Steps<string> {
  const { metadata, spec, status } = set;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.field('Selector', shownSelector(spec?.selector));
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.optional('Controlled By', controllerText(set));
  description.field('Replicas', `${replicasOf(status)} current / ${replicasOf(spec)} desired`);
  description.field('Pods Status', yield* statusOrFailure(set));
  describePodTemplate(description, spec?.template);
  describeConditions(description, status?.conditions);
  yield* describeEvents(description, set, about);
  return description.toString();
}

function* statusOrFailure(set: ReplicaSet): Steps<string> {
  try {
    return yield* podsStatus(set, set.spec?.selector);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    return `error in fetching pods: ${failure.message}`;
  }
}

import type { LabelSelector, Pod } from '../../../kubernetes/api.ts';
import { selectorText } from '../../../kubernetes/selector-text.ts';
import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { namespaceOf } from '../server/served-object.ts';
import { listOf } from './about.ts';

/** What controls an object: `ReplicaSet/web-5d89d56f57`; nothing where nothing does. */
export function controllerText({ metadata }: ApiObject): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  return owner ? `${owner.kind}/${owner.name}` : '';
}

/** How many of the Pods that an object controls are in which phase. @throws ServerFailure */
export function* podsStatus({ metadata }: ApiObject, selector: LabelSelector | undefined): Steps<string> {
  const pods = yield* listOf<Pod>(`/api/v1/namespaces/${namespaceOf(metadata)}/pods`, {
    labelSelector: selectorText(selector),
  });
  const owned = pods.filter((pod) =>
    pod.metadata.ownerReferences?.some(({ controller, uid }) => controller && uid === metadata.uid),
  );
  const count = (phase: string): number => owned.filter(({ status }) => status?.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}

import type { DaemonSet } from '../../../kubernetes/api.ts';
import { labelsText, selectorText } from '../../../kubernetes/selector-text.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';
import { podsStatus } from './owned-pods.ts';
import { describePodTemplate } from './pod-template.ts';

/** Describes a DaemonSet. @throws ServerFailure when its Pods cannot be had */
export function* describeDaemonSet(set: DaemonSet, about: About): Steps<string> {
  const { metadata, spec, status } = set;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.field('Selector', selectorText(spec?.selector));
  description.field('Node-Selector', labelsText(spec?.template.spec?.nodeSelector) || '<none>');
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.row(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
  description.row(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
  description.row(
    0,
    `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`,
  );
  description.row(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
  description.row(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
  description.field('Pods Status', yield* podsStatus(set, spec?.selector));
  describePodTemplate(description, spec?.template);
  yield* describeEvents(description, set, about);
  return description.toString();
}

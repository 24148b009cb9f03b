import type { PodTemplateSpec } from '../../../kubernetes/api.ts';
import { describeContainers } from './containers.ts';
import type { Description } from './description.ts';
import { describeSpread, describeTolerations } from './scheduling.ts';
import { describeVolumes } from './volumes.ts';

/** Adds the template that Pods are made from. */
export function describePodTemplate(description: Description, template: PodTemplateSpec | undefined): void {
  description.title('Pod Template').labels('  Labels', template?.metadata?.labels);
  const { annotations = {} } = template?.metadata ?? {};
  if (Object.keys(annotations).length > 0) description.annotations('  Annotations', annotations);
  const spec = template?.spec;
  description.optional('Service Account', spec?.serviceAccountName, 1);
  if (spec?.initContainers?.length) {
    describeContainers(description, { title: 'Init Containers', containers: spec.initContainers });
  }
  describeContainers(description, { title: 'Containers', containers: spec?.containers ?? [] });
  describeVolumes(description, spec?.volumes, '  ');
  describeSpread(description, spec?.topologySpreadConstraints, '  ');
  description.optional('Priority Class Name', spec?.priorityClassName, 1);
  description.labels('  Node-Selectors', spec?.nodeSelector);
  describeTolerations(description, '  Tolerations', spec?.tolerations);
  if (!spec?.schedulingGroup) return;
  description.title('  SchedulingGroup').field('PodGroupName', spec.schedulingGroup.podGroupName, 1);
}

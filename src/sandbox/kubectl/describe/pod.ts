import type { Container, Pod } from '../../../kubernetes/api.ts';
import { qosClass } from '../../cluster/node/pods/qos-class.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents, type EventSubject, subjectOf } from './about.ts';
import { describeContainers, describeResources, describeSeccomp } from './containers.ts';
import { Description } from './description.ts';
import { controllerText } from './owned-pods.ts';
import { describeSpread, describeTolerations } from './scheduling.ts';
import { longTime, timeSince } from './times.ts';
import { describeVolumes } from './volumes.ts';

/** Describes a Pod. */
export function* describePod(pod: Pod, about: About): Steps<string> {
  const { metadata, spec, status } = pod;
  const description = new Description();
  describeHead(description, pod);
  describeStatus(description, pod, about);
  if (spec?.resources) {
    description.title('Resources');
    describeResources(description, spec.resources, 1);
  }
  if (spec?.initContainers?.length) {
    const { initContainerStatuses: statuses = [] } = status ?? {};
    describeContainers(description, {
      title: 'Init Containers',
      containers: spec.initContainers,
      statuses,
      pod,
    });
  }
  const { containerStatuses: statuses = [] } = status ?? {};
  describeContainers(description, { title: 'Containers', containers: spec?.containers ?? [], statuses, pod });
  if (spec?.ephemeralContainers?.length) {
    describeContainers(description, {
      title: 'Ephemeral Containers',
      containers: spec.ephemeralContainers as readonly Container[],
      statuses: status?.ephemeralContainerStatuses ?? [],
      pod,
    });
  }
  describeConditions(description, pod);
  describeVolumes(description, spec?.volumes);
  description.field('QoS Class', status?.qosClass ?? qosClass(pod));
  description.labels('Node-Selectors', spec?.nodeSelector);
  describeTolerations(description, 'Tolerations', spec?.tolerations);
  describeSpread(description, spec?.topologySpreadConstraints);
  if (spec?.schedulingGroup) {
    description.title('SchedulingGroup').field('PodGroupName', spec.schedulingGroup.podGroupName, 1);
  }
  const { kind: _, ...subject } = subjectOf(pod);
  const mirror = metadata.annotations?.['kubernetes.io/config.mirror'];
  const events: EventSubject = mirror === undefined ? subject : { ...subject, uid: mirror };
  yield* describeEvents(description, pod, about, [events]);
  return description.toString();
}

function describeHead(description: Description, { metadata, spec, status }: Pod): void {
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.optional('Priority', spec?.priority).optional('Priority Class Name', spec?.priorityClassName);
  description.optional('Runtime Class Name', spec?.runtimeClassName);
  description.optional('Service Account', spec?.serviceAccountName);
  description.field('Node', spec?.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>');
  if (status?.startTime) description.field('Start Time', longTime(status.startTime));
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
}

function describeStatus(description: Description, pod: Pod, { now }: About): void {
  const { metadata, spec, status } = pod;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  if (deletionTimestamp && status?.phase !== 'Failed' && status?.phase !== 'Succeeded') {
    description.field('Status', `Terminating (lasts ${timeSince(deletionTimestamp, now)})`);
    description.field('Termination Grace Period', `${deletionGracePeriodSeconds ?? 0}s`);
  } else description.field('Status', status?.phase);
  description.optional('Reason', status?.reason).optional('Message', status?.message);
  describeSeccomp(description, spec?.securityContext?.seccompProfile, 0, 0);
  description.field('IP', status?.podIP);
  const addresses = status?.podIPs ?? [];
  if (addresses.length === 0) description.field('IPs', '<none>');
  else description.title('IPs');
  for (const { ip } of addresses) description.field('IP', ip, 1);
  description.optional('Controlled By', controllerText(pod));
  description.optional('NominatedNodeName', status?.nominatedNodeName);
}

function describeConditions(description: Description, { spec, status }: Pod): void {
  const conditions = status?.conditions ?? [];
  const gates = spec?.readinessGates ?? [];
  if (gates.length > 0) description.title('Readiness Gates').row(1, 'Type', 'Status');
  for (const { conditionType } of gates) {
    const state = conditions.find(({ type }) => type === conditionType)?.status ?? '<none>';
    description.row(1, `${conditionType} `, `${state} `);
  }
  if (conditions.length > 0) description.title('Conditions').row(1, 'Type', 'Status');
  for (const condition of conditions) description.row(1, `${condition.type} `, `${condition.status} `);
}

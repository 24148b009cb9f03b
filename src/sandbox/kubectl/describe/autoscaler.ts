import type {
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';
import { longTime } from './times.ts';

/** Describes a HorizontalPodAutoscaler. */
export function* describeAutoscaler(autoscaler: HorizontalPodAutoscaler, about: About): Steps<string> {
  const { metadata, spec, status } = autoscaler;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  const { kind = '', name = '' } = spec?.scaleTargetRef ?? {};
  description.field('Reference', `${kind}/${name}`).field('Metrics', '( current / target )');
  (spec?.metrics ?? []).forEach((metric, place) => {
    describeMetric(description, metric, status?.currentMetrics?.[place]);
  });
  description.field('Min replicas', spec?.minReplicas ?? '<unset>');
  description.field('Max replicas', spec?.maxReplicas ?? 0);
  if (spec?.behavior) {
    description.title('Behavior');
    describeBehaviour(description, 'Scale Up', spec.behavior.scaleUp);
    describeBehaviour(description, 'Scale Down', spec.behavior.scaleDown);
  }
  const { currentReplicas = 0, desiredReplicas = 0, conditions = [] } = status ?? {};
  description.field(`${kind} pods`, `${currentReplicas} current / ${desiredReplicas} desired`);
  if (conditions.length > 0) description.title('Conditions').head(1, 'Type', 'Status', 'Reason', 'Message');
  for (const { type, status: state, reason, message } of conditions) {
    description.row(1, type, state, reason, message);
  }
  yield* describeEvents(description, autoscaler, about);
  return description.toString();
}

const unknown = '<unknown>';

function describeMetric(
  description: Description,
  metric: MetricSpec,
  status: MetricStatus | undefined,
): void {
  const { type, external, pods, object, resource, containerResource } = metric;
  if (type === 'External' && external) {
    const { metric: measured, target } = external;
    describeValue(description, `"${measured.name}" `, target, status?.external?.current, target.averageValue);
  } else if (type === 'Pods' && pods) {
    const current = status?.pods?.current.averageValue ?? unknown;
    description.row(1, `"${pods.metric.name}" on pods:`, `${current} / ${pods.target.averageValue ?? ''}`);
  } else if (type === 'Object' && object) {
    const { kind, name } = object.describedObject;
    const what = `"${object.metric.name}" on ${kind}/${name} `;
    const average = object.target.type === 'AverageValue' ? (object.target.averageValue ?? '') : undefined;
    describeValue(description, what, object.target, status?.object?.current, average);
  } else if (type === 'Resource' && resource) {
    describeUse(description, `resource ${resource.name} on pods`, resource.target, status?.resource?.current);
  } else if (type === 'ContainerResource' && containerResource) {
    const { name, container, target } = containerResource;
    const what = `resource ${name} of container "${container}" on pods`;
    describeUse(description, what, target, status?.containerResource?.current);
  } else description.row(1, `<unknown metric type "${type}">`);
}

function describeValue(
  description: Description,
  what: string,
  { value = '' }: MetricTarget,
  current: MetricValueStatus | undefined,
  average: string | undefined,
): void {
  if (average !== undefined) {
    description.row(1, `${what}(target average value):`, `${current?.averageValue ?? unknown} / ${average}`);
  } else description.row(1, `${what}(target value):`, `${current?.value ?? unknown} / ${value}`);
}

function describeUse(
  description: Description,
  what: string,
  { averageValue, averageUtilization }: MetricTarget,
  current: MetricValueStatus | undefined,
): void {
  if (averageValue !== undefined) {
    description.row(1, `${what}:`, `${current?.averageValue ?? unknown} / ${averageValue}`);
    return;
  }
  const percent = current?.averageUtilization;
  const used = percent === undefined ? unknown : `${percent}% (${current?.averageValue ?? ''})`;
  const wanted = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
  description.row(1, `${what}  (as a percentage of request):`, `${used} / ${wanted}`);
}

function describeBehaviour(
  description: Description,
  direction: string,
  rules: HPAScalingRules | undefined,
): void {
  if (!rules) return;
  const { stabilizationWindowSeconds, policies = [], selectPolicy = 'Max' } = rules;
  description.title(direction, 1);
  if (stabilizationWindowSeconds !== undefined) {
    description.row(2, `Stabilization Window: ${stabilizationWindowSeconds} seconds`);
  }
  if (policies.length === 0) return;
  description.row(2, `Select Policy: ${selectPolicy}`).title('Policies', 2);
  for (const { type, value, periodSeconds } of policies) {
    description.row(3, `- Type: ${type}`, `Value: ${value}`, `Period: ${periodSeconds} seconds`);
  }
}

import type {
  CrossVersionObjectReference,
  ExternalMetricSource,
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricTarget,
  ObjectMetricSource,
  PodsMetricSource,
} from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { type Complaint, forbidden, invalid, notSupported, required } from '../complaint.ts';
import { labelNameComplaints, pathNameComplaints } from '../label-rules.ts';
import { complaintsOf, oneOf } from '../value-rules.ts';

const metricTypes = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const toZero = 'must specify at least one Object or External metric to support scaling to zero replicas';
const mostWindow = 3600;
const mostPeriod = 1800;

/** What is wrong with an autoscaler (k8s.io/kubernetes/pkg/apis/autoscaling/validation). */
export function autoscalerComplaints({ spec }: HorizontalPodAutoscaler): readonly Complaint[] {
  const { minReplicas: least, maxReplicas: most = 0, metrics = [], behavior, scaleTargetRef: target } = spec;
  const path = 'spec.maxReplicas';
  return [
    ...(least !== undefined && least < 1
      ? [invalid('spec.minReplicas', least, 'must be greater than or equal to 1')]
      : []),
    ...(most === 0 ? [required(path, 'must be set and greater than 0')] : []),
    ...(most < 0 ? [invalid(path, most, 'must be greater than or equal to 1')] : []),
    ...(least !== undefined && most < least
      ? [invalid(path, most, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...referenceComplaints(target, target.kind === 'ReplicationController', 'spec.scaleTargetRef'),
    ...metrics.flatMap((metric, index) => metricComplaints(metric, `spec.metrics[${index}]`)),
    ...(least === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External')
      ? [forbidden('spec.metrics', toZero)]
      : []),
    ...(behavior?.scaleUp ? rulesComplaints(behavior.scaleUp, 'spec.behavior.scaleUp') : []),
    ...(behavior?.scaleDown ? rulesComplaints(behavior.scaleDown, 'spec.behavior.scaleDown') : []),
  ];
}

/** What is wrong with what is referred to (ValidateCrossVersionObjectReference). */
function referenceComplaints(
  { kind, name, apiVersion = '' }: CrossVersionObjectReference,
  isBare: boolean,
  path: string,
): readonly Complaint[] {
  return [
    ...(kind ? complaintsOf(`${path}.kind`, kind, pathNameComplaints(kind)) : [required(`${path}.kind`)]),
    ...(name ? complaintsOf(`${path}.name`, name, pathNameComplaints(name)) : [required(`${path}.name`)]),
    ...versionComplaints(apiVersion, isBare, `${path}.apiVersion`),
  ];
}

/** Of the first API, which has no group, only one kind can be scaled. */
function versionComplaints(apiVersion: string, isBare: boolean, path: string): readonly Complaint[] {
  const slashes = apiVersion.split('/').length - 1;
  if (slashes > 1) return [invalid(path, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)];
  return slashes === 1 || isBare ? [] : [invalid(path, apiVersion, 'apiVersion must specify API group')];
}

function metricComplaints(metric: MetricSpec, path: string): readonly Complaint[] {
  const { type, resource, containerResource, pods, object, external } = metric;
  const missing = 'must populate information for the given metric source';
  const field = `${type.charAt(0).toLowerCase()}${type.slice(1)}` as keyof MetricSpec;
  if (!metricTypes.includes(type)) {
    return [
      ...(type ? [] : [required(`${path}.type`, 'must specify a metric source type')]),
      notSupported(`${path}.type`, type, metricTypes),
      notSupported(`${path}.type`, type, metricTypes),
    ];
  }
  const others = Object.keys(metric).filter((each) => each !== 'type' && each !== field);
  return [
    ...(resource ? resourceComplaints(resource, `${path}.resource`) : []),
    ...(containerResource ? resourceComplaints(containerResource, `${path}.containerResource`) : []),
    ...(pods ? podsComplaints(pods, `${path}.pods`) : []),
    ...(object ? objectComplaints(object, `${path}.object`) : []),
    ...(external ? externalComplaints(external, `${path}.external`) : []),
    ...(metric[field] === undefined ? [required(`${path}.${field}`, missing)] : []),
    ...others.map((each) => forbidden(`${path}.${each}`, 'must populate the given metric source only')),
  ];
}

function resourceComplaints(
  {
    name,
    container,
    target,
  }: { readonly name: string; readonly container?: string; readonly target: MetricTarget },
  path: string,
): readonly Complaint[] {
  const { averageUtilization, averageValue } = target;
  const none = averageUtilization === undefined && averageValue === undefined;
  const both = averageUtilization !== undefined && averageValue !== undefined;
  return [
    ...(name ? [] : [required(`${path}.name`, 'must specify a resource name')]),
    ...(container === '' ? [required(`${path}.container`, 'must specify a container')] : []),
    ...(container ? complaintsOf(`${path}.container`, container, labelNameComplaints(container)) : []),
    ...valueComplaints(target, `${path}.target`),
    ...(none
      ? [
          required(
            `${path}.target.averageUtilization`,
            'must set either a target raw value or a target utilization',
          ),
        ]
      : []),
    ...(both
      ? [
          forbidden(
            `${path}.target.averageValue`,
            'may not set both a target raw value and a target utilization',
          ),
        ]
      : []),
  ];
}

function metricNameComplaints(name: string, path: string): readonly Complaint[] {
  return name
    ? complaintsOf(`${path}.metric.name`, name, pathNameComplaints(name))
    : [required(`${path}.metric.name`, 'must specify a metric name')];
}

function podsComplaints({ metric, target }: PodsMetricSource, path: string): readonly Complaint[] {
  return [
    ...metricNameComplaints(metric.name, path),
    ...valueComplaints(target, `${path}.target`),
    ...(target.averageValue === undefined
      ? [required(`${path}.target.averageValue`, 'must specify a positive target averageValue')]
      : []),
  ];
}

function objectComplaints(
  { describedObject, metric, target }: ObjectMetricSource,
  path: string,
): readonly Complaint[] {
  const isNone = target.value === undefined && target.averageValue === undefined;
  return [
    ...referenceComplaints(describedObject, true, `${path}.describedObject`),
    ...metricNameComplaints(metric.name, path),
    ...valueComplaints(target, `${path}.target`),
    ...(isNone
      ? [required(`${path}.target.averageValue`, 'must set either a target value or averageValue')]
      : []),
  ];
}

function externalComplaints({ metric, target }: ExternalMetricSource, path: string): readonly Complaint[] {
  const { value, averageValue } = target;
  const none = 'must set either a target value for metric or a per-pod target';
  const both = 'may not set both a target value for metric and a per-pod target';
  return [
    ...metricNameComplaints(metric.name, path),
    ...valueComplaints(target, `${path}.target`),
    ...(value === undefined && averageValue === undefined
      ? [required(`${path}.target.averageValue`, none)]
      : []),
    ...(value !== undefined && averageValue !== undefined ? [forbidden(`${path}.target.value`, both)] : []),
  ];
}

function valueComplaints(target: MetricTarget, path: string): readonly Complaint[] {
  const { type, averageUtilization: wanted } = target;
  const isKnown = ['Utilization', 'Value', 'AverageValue'].includes(type);
  return [
    ...(type ? [] : [required(`${path}.type`, 'must specify a metric target type')]),
    ...(isKnown ? [] : [invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue')]),
    ...(['value', 'averageValue'] as const).flatMap((name) => {
      const amount = target[name];
      const isPositive = amount === undefined || compareQuantities(amount, '0') === 1;
      return isPositive ? [] : [invalid(`${path}.${name}`, amount, 'must be positive')];
    }),
    ...(wanted !== undefined && wanted < 1
      ? [invalid(`${path}.averageUtilization`, wanted, 'must be greater than 0')]
      : []),
  ];
}

function rulesComplaints(rules: HPAScalingRules, path: string): readonly Complaint[] {
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [] } = rules;
  const field = `${path}.stabilizationWindowSeconds`;
  return [
    ...(window < 0 ? [invalid(field, window, 'must be greater than or equal to zero')] : []),
    ...(window > mostWindow ? [invalid(field, window, `must be less than or equal to ${mostWindow}`)] : []),
    ...(selectPolicy === undefined
      ? []
      : oneOf(`${path}.selectPolicy`, selectPolicy, ['Disabled', 'Max', 'Min'])),
    ...policies.flatMap(({ type, value, periodSeconds }, index) => {
      const place = `${path}.policies[${index}]`;
      const period = `${place}.periodSeconds`;
      return [
        ...oneOf(`${place}.type`, type, ['Percent', 'Pods']),
        ...(value > 0 ? [] : [invalid(`${place}.value`, value, 'must be greater than zero')]),
        ...(periodSeconds > 0 ? [] : [invalid(period, periodSeconds, 'must be greater than zero')]),
        ...(periodSeconds > mostPeriod
          ? [invalid(period, periodSeconds, `must be less than or equal to ${mostPeriod}`)]
          : []),
      ];
    }),
  ];
}

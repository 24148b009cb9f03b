import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
} from '../../../../kubernetes/api.ts';
import { cpuQuantity, memoryQuantity } from '../../../../kubernetes/quantity.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import { milli, type PodMetrics } from './pod-metrics.ts';
import { type Proposal, proposeReplicas } from './replica-calculator.ts';
import type { ScaleTarget } from './scale-target.ts';

/** What a metric comes to. */
export interface MetricProposal {
  readonly replicas: number;
  /** What it is called when it is the reason to scale. */
  readonly name: string;
  readonly status: MetricStatus;
}

/** Why a metric comes to nothing. */
export interface MetricFailure {
  readonly reason: string;
  /** As the condition and the event about the metric say it. */
  readonly inner: string;
  /** As the event about all metrics says it. */
  readonly error: string;
}

/** How far usage may be from its target without anything being done (`--horizontal-pod-autoscaler-tolerance`). */
const tolerance = 0.1;

/** How many replicas a metric asks for. */
export function proposalOf(
  cluster: Cluster,
  autoscaler: Stored<HorizontalPodAutoscaler>,
  spec: MetricSpec,
  target: ScaleTarget,
  metrics: PodMetrics,
): MetricProposal | MetricFailure {
  const { type, resource: ofPod, containerResource: ofContainer } = spec;
  const source = ofPod ?? ofContainer;
  const { namespace = '' } = autoscaler.metadata;
  if (!source) return unserved(spec, namespace);
  const container = ofContainer?.container;
  const proposal = ask(cluster, autoscaler, source, container, target, metrics);
  if (typeof proposal === 'string') {
    const kind = source.target.averageValue === undefined ? 'utilization' : 'usage';
    const inner = `failed to get ${source.name} ${kind}: ${proposal}`;
    return container === undefined
      ? {
          reason: 'FailedGetResourceMetric',
          inner,
          error: `failed to get ${source.name} resource metric value: ${inner}`,
        }
      : {
          reason: 'FailedGetContainerResourceMetric',
          inner,
          error: `failed to get ${container} container metric value: ${inner}`,
        };
  }
  const { utilization, average, replicas } = proposal;
  const current = {
    ...(utilization === undefined ? {} : { averageUtilization: utilization }),
    averageValue: quantityOf(source.name, average),
  };
  const status: MetricStatus =
    container === undefined
      ? { type, resource: { name: source.name, current } }
      : { type, containerResource: { container, name: source.name, current } };
  const suffix = utilization === undefined ? 'resource' : 'resource utilization (percentage of request)';
  return { replicas, name: `${source.name} ${suffix}`, status };
}

function ask(
  cluster: Cluster,
  { metadata, spec }: Stored<HorizontalPodAutoscaler>,
  source: { readonly name: string; readonly target: MetricTarget },
  container: string | undefined,
  { replicas, selector }: ScaleTarget,
  metrics: PodMetrics,
): Proposal | string {
  const { namespace = '' } = metadata;
  const { averageUtilization = 0, averageValue } = source.target;
  const { scaleUp, scaleDown } = spec.behavior ?? {};
  const toleranceOf = (text: string | undefined) => (text === undefined ? tolerance : milli(text) / 1000);
  const question = {
    replicas,
    resource: source.name,
    container,
    target:
      averageValue === undefined ? { utilization: averageUtilization } : { average: milli(averageValue) },
    tolerances: { up: toleranceOf(scaleUp?.tolerance), down: toleranceOf(scaleDown?.tolerance) },
  };
  const pods = cluster.select('pods', namespace, selector);
  return proposeReplicas(metrics(namespace), pods, question, cluster.now);
}

/** There is no adapter for metrics of other kinds in this cluster, as in most. */
function unserved({ type, pods, object, external }: MetricSpec, namespace: string): MetricFailure {
  const custom =
    'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';
  if (type === 'Pods') {
    const inner = `unable to get metric ${pods?.metric.name}: ${custom}`;
    return { reason: 'FailedGetPodsMetric', inner, error: `failed to get pods metric value: ${inner}` };
  }
  if (type === 'Object') {
    const { kind, name } = object?.describedObject ?? {};
    const inner = `unable to get metric ${object?.metric.name}: ${kind} on ${namespace} ${name}/${custom}`;
    return { reason: 'FailedGetObjectMetric', inner, error: `failed to get object metric value: ${inner}` };
  }
  const { name = '' } = external?.metric ?? {};
  const missing = `the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`;
  const inner = `unable to get external metric ${namespace}/${name}/nil: unable to fetch metrics from external metrics API: ${missing}`;
  const error = `failed to get ${name} external metric value: failed to get ${name} external metric: ${inner}`;
  return { reason: 'FailedGetExternalMetric', inner, error };
}

function quantityOf(what: string, thousandths: number): string {
  return what === 'cpu' ? cpuQuantity(thousandths * 1e6) : memoryQuantity(thousandths / 1000);
}

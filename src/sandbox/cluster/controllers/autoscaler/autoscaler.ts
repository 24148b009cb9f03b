import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerCondition,
  HorizontalPodAutoscalerStatus,
  MetricStatus,
} from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { keyOf, type Stored, timestamp } from '../../object.ts';
import { conditionOf, transitionTime } from '../conditions.ts';
import { historyOf, keepHistory } from './history.ts';
import { type MetricFailure, proposalOf } from './metric-proposals.ts';
import { normalize } from './normalize.ts';
import type { PodMetrics } from './pod-metrics.ts';
import { type ScaleTarget, scaleTarget } from './scale-target.ts';

const name = 'horizontalpodautoscaler';
const component = 'horizontal-pod-autoscaler';
const resource = 'horizontalpodautoscalers.autoscaling';

/** It looks that often (`--horizontal-pod-autoscaler-sync-period`). */
const periodMs = 15_000;

type Autoscaler = Stored<HorizontalPodAutoscaler>;

/**
 * Sets how many replicas there are by what they use (k8s.io/kubernetes/pkg/controller/podautoscaler).
 *
 * @param metrics what the metrics server knows
 */
export function autoscalerController(
  cluster: Cluster,
  simulation: Simulation,
  metrics: PodMetrics,
): Controller {
  return {
    name,
    tables: [resource],
    concerns: ({ table, key }) => (table === resource ? [`new ${key}`] : []),
    reconcile(key) {
      const space = key.indexOf(' ');
      const subject = key.slice(space + 1);
      const autoscaler = cluster.getByKey(resource, subject);
      if (!autoscaler) {
        keepHistory(cluster, subject, undefined);
        return;
      }
      if (key.startsWith('due ')) new AutoscalerSync(cluster, autoscaler, metrics).run();
      simulation.wake(name, `due ${subject}`, cluster.now + periodMs);
    },
  };
}

class AutoscalerSync {
  readonly #cluster: Cluster;
  readonly #autoscaler: Autoscaler;
  readonly #metrics: PodMetrics;
  #conditions: HorizontalPodAutoscalerCondition[];

  constructor(cluster: Cluster, autoscaler: Autoscaler, metrics: PodMetrics) {
    this.#cluster = cluster;
    this.#autoscaler = autoscaler;
    this.#metrics = metrics;
    this.#conditions = [...(autoscaler.status?.conditions ?? [])];
  }

  run(): void {
    const { spec, metadata, status } = this.#autoscaler;
    const target = scaleTarget(this.#cluster, metadata.namespace, spec.scaleTargetRef);
    if (typeof target === 'string') {
      this.#tell('Warning', 'FailedGetScale', target);
      const what = `the HPA controller was unable to get the target's current scale: ${target}`;
      this.#set('AbleToScale', 'False', 'FailedGetScale', what);
      this.#write({ desiredReplicas: 0, ...status });
      return;
    }
    const what = "the HPA controller was able to get the target's current scale";
    this.#set('AbleToScale', 'True', 'SucceededGetScale', what);
    const { replicas: current } = target;
    const { minReplicas = 1, maxReplicas } = spec;
    if (current === 0) {
      const disabled = 'scaling is disabled since the replica count of the target is zero';
      this.#set('ScalingActive', 'False', 'ScalingDisabled', disabled);
      this.#finish(target, 0, '', []);
    } else if (current > maxReplicas) {
      this.#finish(target, maxReplicas, 'Current number of replicas above Spec.MaxReplicas', []);
    } else if (current < minReplicas) {
      this.#finish(target, minReplicas, 'Current number of replicas below Spec.MinReplicas', []);
    } else {
      this.#byMetrics(target);
    }
  }

  #byMetrics(target: ScaleTarget): void {
    const { spec, status } = this.#autoscaler;
    const { replicas: current } = target;
    const { metrics: specs = [] } = spec;
    const statuses: MetricStatus[] = [];
    const failures: MetricFailure[] = [];
    let proposed = 0;
    let by = '';
    const ambiguous = this.#rivals(target);
    for (const each of specs) {
      const found = ambiguous ?? proposalOf(this.#cluster, this.#autoscaler, each, target, this.#metrics);
      if ('error' in found) {
        if (!ambiguous) this.#tell('Warning', found.reason, found.inner);
        failures.push(found);
        statuses.push({ type: '' });
      } else {
        statuses.push(found.status);
        if (found.replicas > proposed) {
          proposed = found.replicas;
          by = found.name;
        }
      }
    }
    const [first] = failures;
    if (first && (failures.length === specs.length || proposed < current)) {
      const message = `the HPA was unable to compute the replica count: ${first.inner}`;
      this.#set('ScalingActive', 'False', first.reason, ambiguous ? first.inner : message);
      const error = ambiguous
        ? first.error
        : `invalid metrics (${failures.length} invalid out of ${specs.length}), first error is: ${first.error}`;
      const { desiredReplicas = 0, lastScaleTime } = status ?? {};
      this.#write({
        currentReplicas: current,
        desiredReplicas,
        ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
        currentMetrics: statuses,
      });
      this.#tell('Warning', 'FailedComputeMetricsReplicas', error);
      return;
    }
    const valid = `the HPA was able to successfully calculate a replica count from ${by}`;
    this.#set('ScalingActive', 'True', 'ValidMetricFound', valid);
    const key = keyOf(this.#autoscaler);
    const history = historyOf(this.#cluster, key, current);
    const result = normalize(spec, history, current, proposed, this.#cluster.now);
    keepHistory(this.#cluster, key, result.history);
    this.#set('AbleToScale', 'True', result.able.reason, result.able.message);
    const { limited } = result;
    this.#set('ScalingLimited', limited.status, limited.reason, limited.message);
    const reason = proposed > current ? `${by} above target` : 'All metrics below target';
    this.#finish(target, result.replicas, reason, statuses);
  }

  /** Two autoscalers for the same Pods would work against each other. */
  #rivals({ selector }: ScaleTarget): MetricFailure | undefined {
    const { namespace = '' } = this.#autoscaler.metadata;
    const { kind, name: of } = this.#autoscaler.spec.scaleTargetRef;
    const same = this.#cluster
      .list(resource, namespace)
      .filter(({ spec }) => spec.scaleTargetRef.kind === kind && spec.scaleTargetRef.name === of);
    if (same.length < 2) return undefined;
    const text = Object.entries(selector.matchLabels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(',');
    const list = same.map(keyOf).join(' ');
    const error = `pods by selector ${text} are controlled by multiple HPAs: [${list}]`;
    this.#tell('Warning', 'AmbiguousSelector', error);
    return { reason: 'AmbiguousSelector', inner: error, error };
  }

  #finish(
    target: ScaleTarget,
    wanted: number,
    reason: string,
    currentMetrics: readonly MetricStatus[],
  ): void {
    const { now } = this.#cluster;
    const isRescaled = wanted !== target.replicas;
    if (isRescaled) {
      target.scale(wanted);
      const what = `the HPA controller was able to update the target scale to ${wanted}`;
      this.#set('AbleToScale', 'True', 'SucceededRescale', what);
      this.#tell('Normal', 'SuccessfulRescale', `New size: ${wanted}; reason: ${reason}`);
      this.#remember(target.replicas, wanted);
    }
    const lastScaleTime = isRescaled ? timestamp(now) : this.#autoscaler.status?.lastScaleTime;
    this.#write({
      currentReplicas: target.replicas,
      desiredReplicas: wanted,
      ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
      currentMetrics,
    });
  }

  #remember(before: number, after: number): void {
    if (!this.#autoscaler.spec.behavior) return;
    const key = keyOf(this.#autoscaler);
    const history = historyOf(this.#cluster, key, before);
    const change = { replicas: Math.abs(after - before), at: this.#cluster.now };
    const next =
      after > before
        ? { ...history, ups: [...history.ups, change] }
        : { ...history, downs: [...history.downs, change] };
    keepHistory(this.#cluster, key, next);
  }

  #write(status: HorizontalPodAutoscalerStatus): void {
    const { currentMetrics = [], ...others } = status;
    this.#cluster.updateStatus(resource, {
      ...this.#autoscaler,
      status: {
        ...others,
        conditions: this.#conditions,
        ...(currentMetrics.length > 0 ? { currentMetrics } : {}),
      },
    });
  }

  #set(type: string, status: 'True' | 'False', reason: string, message: string): void {
    const known = conditionOf(this.#conditions, type);
    const lastTransitionTime = transitionTime(known, status, this.#cluster.now);
    const condition = { type, status, lastTransitionTime, reason, message };
    if (known) this.#conditions = this.#conditions.map((each) => (each === known ? condition : each));
    else this.#conditions.push(condition);
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    recordEvent(this.#cluster, { about: this.#autoscaler, type, reason, message, component });
  }
}

import type { HorizontalPodAutoscalerSpec } from '../../../../kubernetes/api.ts';
import { changeWithin, downRules, type History, type Rules, upRules } from './history.ts';

/** What becomes of a proposal, and what the conditions say of it. */
export interface Normalized {
  readonly replicas: number;
  readonly history: History;
  readonly able: Telling;
  readonly limited: Telling & { readonly status: 'True' | 'False' };
}

interface Telling {
  readonly reason: string;
  readonly message: string;
}

const ready: Telling = {
  reason: 'ReadyForNewScale',
  message: 'recommended size matches current size',
};
const within: Telling = {
  reason: 'DesiredWithinRange',
  message: 'the desired count is within the acceptable range',
};
const tooFast: Telling = {
  reason: 'ScaleUpLimit',
  message: 'the desired replica count is increasing faster than the maximum scale rate',
};
const tooMany: Telling = {
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
};
const tooFew: Telling = {
  reason: 'TooFewReplicas',
  message: 'the desired replica count is less than the minimum replica count',
};
const downStabilized: Telling = {
  reason: 'ScaleDownStabilized',
  message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
};
const upStabilized: Telling = {
  reason: 'ScaleUpStabilized',
  message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
};

/** For so long the highest recommendation holds (`--horizontal-pod-autoscaler-downscale-stabilization`). */
const windowMs = 300_000;

/**
 * Holds a proposal against what was proposed before and against the limits (k8s.io/kubernetes/pkg/
 * controller/podautoscaler, `normalizeDesiredReplicas` and `normalizeDesiredReplicasWithBehaviors`).
 *
 * @param current how many replicas are asked for now
 * @param proposed by the metrics
 */
export function normalize(
  spec: HorizontalPodAutoscalerSpec,
  history: History,
  current: number,
  proposed: number,
  now: number,
): Normalized {
  const recommendations = [...history.recommendations, { replicas: proposed, at: now }];
  const remembered = { ...history, recommendations };
  if (!spec.behavior) {
    const stable = highest(history, windowMs, proposed, now);
    const able = stable === proposed ? ready : downStabilized;
    return { ...limit(spec, current, stable), history: remembered, able };
  }
  const up = upRules(spec.behavior.scaleUp);
  const down = downRules(spec.behavior.scaleDown);
  const low = lowest(history, up.windowMs, proposed, now);
  const high = highest(history, down.windowMs, proposed, now);
  const stable = Math.min(Math.max(current, low), high);
  const stabilized = proposed >= current ? upStabilized : downStabilized;
  const able = stable === proposed ? ready : stabilized;
  const limits = limitByRules(spec, history, current, stable, up, down, now);
  return { ...limits, history: remembered, able };
}

function highest({ recommendations }: History, window: number, proposed: number, now: number): number {
  const recent = recommendations.filter(({ at }) => at >= now - window);
  return recent.reduce((most, { replicas }) => Math.max(most, replicas), proposed);
}

function lowest({ recommendations }: History, window: number, proposed: number, now: number): number {
  const recent = recommendations.filter(({ at }) => at > now - window);
  return recent.reduce((least, { replicas }) => Math.min(least, replicas), proposed);
}

type Limits = Pick<Normalized, 'replicas' | 'limited'>;

function free(replicas: number): Limits {
  return { replicas, limited: { ...within, status: 'False' } };
}

function held(replicas: number, why: Telling): Limits {
  return { replicas, limited: { ...why, status: 'True' } };
}

/** Without rules it may double at a time, or come to four (`convertDesiredReplicasWithRules`). */
function limit(
  { minReplicas = 1, maxReplicas }: HorizontalPodAutoscalerSpec,
  current: number,
  wanted: number,
): Limits {
  const fast = Math.max(2 * current, 4);
  const most = Math.min(maxReplicas, fast);
  if (wanted < minReplicas) return held(minReplicas, tooFew);
  return wanted > most ? held(most, maxReplicas > fast ? tooFast : tooMany) : free(wanted);
}

function limitByRules(
  { minReplicas = 1, maxReplicas }: HorizontalPodAutoscalerSpec,
  history: History,
  current: number,
  wanted: number,
  up: Rules,
  down: Rules,
  now: number,
): Limits {
  if (wanted > current) {
    const fast = Math.max(current, rate(up, history, current, now, 'up'));
    const most = Math.min(maxReplicas, fast);
    return wanted > most ? held(most, maxReplicas > fast ? tooFast : tooMany) : free(wanted);
  }
  if (wanted < current) {
    const fast = Math.min(current, rate(down, history, current, now, 'down'));
    const least = Math.max(minReplicas, fast);
    const tooFastDown = {
      reason: 'ScaleDownLimit',
      message: 'the desired replica count is decreasing faster than the maximum scale rate',
    };
    return wanted < least ? held(least, minReplicas < fast ? tooFastDown : tooFew) : free(wanted);
  }
  return free(wanted);
}

/** How many replicas the rules allow at most, or for shrinking at least. */
function rate(
  { select, policies }: Rules,
  { ups, downs }: History,
  current: number,
  now: number,
  direction: 'up' | 'down',
): number {
  if (select === 'Disabled') return current;
  const allowed = policies.map(({ type, value, periodSeconds }) => {
    const began = current - changeWithin(ups, periodSeconds, now) + changeWithin(downs, periodSeconds, now);
    if (type === 'Pods') return direction === 'up' ? began + value : began - value;
    return direction === 'up' ? Math.ceil(began * (1 + value / 100)) : Math.trunc(began * (1 - value / 100));
  });
  // The most change is the highest count when it grows, and the lowest when it shrinks.
  return (direction === 'up') === (select !== 'Min') ? Math.max(...allowed) : Math.min(...allowed);
}

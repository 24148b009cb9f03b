import type { PodUsage } from '../../api/subresources/node-backend.ts';
import type { StoredPod } from '../pod-state.ts';
import { groupPods, type Measure, measuresOf, requestsFor } from './pod-metrics.ts';

/** How far usage may be from its target without anything being done (`--horizontal-pod-autoscaler-tolerance`). */
export interface Tolerances {
  readonly up: number;
  readonly down: number;
}

/** What one metric comes to. */
export interface Proposal {
  readonly replicas: number;
  /** In percent of what is asked for; undefined where the target is an amount. */
  readonly utilization?: number;
  /** For each Pod, in thousandths. */
  readonly average: number;
}

/** What is asked of the calculator. */
export interface Question {
  readonly replicas: number;
  readonly resource: string;
  readonly container: string | undefined;
  /** In percent of what is asked for, or in thousandths for each Pod. */
  readonly target: { readonly utilization: number } | { readonly average: number };
  readonly tolerances: Tolerances;
}

/**
 * How many replicas would bring the usage to its target (k8s.io/kubernetes/pkg/controller/podautoscaler,
 * `GetResourceReplicas` and `GetRawResourceReplicas`).
 *
 * @returns why it cannot be said, where it cannot
 */
export function proposeReplicas(
  usages: readonly PodUsage[],
  pods: readonly StoredPod[],
  question: Question,
  now: number,
): Proposal | string {
  const { resource, container, target, replicas } = question;
  const measures = measuresOf(usages, pods, resource, container);
  if (measures.size === 0) {
    return `unable to get metrics for resource ${resource}: no metrics returned from resource metrics API`;
  }
  if (pods.length === 0) return 'no pods returned by selector while calculating replica count';
  const { ready, unready, missing, ignored } = groupPods(pods, measures, resource, now);
  for (const name of [...ignored, ...unready]) measures.delete(name);
  if (measures.size === 0) return 'did not receive metrics for targeted pods (pods might be unready)';
  const requests = 'utilization' in target ? requestsFor(pods, resource, container) : undefined;
  if (typeof requests === 'string') return requests;
  const first = usageOf(measures, requests, target);
  if (typeof first === 'string') return first;
  const found = { average: first.average, ...(requests ? { utilization: first.percent } : {}) };
  const withUnready = unready.size > 0 && first.ratio > 1;
  const isFine = (ratio: number) =>
    1 - question.tolerances.down <= ratio && ratio <= 1 + question.tolerances.up;
  if (!withUnready && missing.size === 0) {
    return { ...found, replicas: isFine(first.ratio) ? replicas : Math.ceil(first.ratio * ready) };
  }
  // Those of which nothing is known count against any change.
  const assumed = (name: string): Measure => {
    const value = first.ratio > 1 ? 0 : fullUse(name, requests, target);
    return { value, at: now, windowMs: 0 };
  };
  if (first.ratio !== 1) for (const name of missing) measures.set(name, assumed(name));
  if (withUnready) for (const name of unready) measures.set(name, { value: 0, at: now, windowMs: 0 });
  const second = usageOf(measures, requests, target);
  if (typeof second === 'string') return second;
  const hasTurned = (first.ratio < 1 && second.ratio > 1) || (first.ratio > 1 && second.ratio < 1);
  if (isFine(second.ratio) || hasTurned) return { ...found, replicas };
  const next = Math.ceil(second.ratio * measures.size);
  const isBackwards = (second.ratio < 1 && next > replicas) || (second.ratio > 1 && next < replicas);
  return { ...found, replicas: isBackwards ? replicas : next };
}

function fullUse(
  name: string,
  requests: ReadonlyMap<string, number> | undefined,
  target: Question['target'],
): number {
  if (!('utilization' in target)) return target.average;
  return Math.trunc(((requests?.get(name) ?? 0) * Math.max(100, target.utilization)) / 100);
}

function usageOf(
  measures: ReadonlyMap<string, Measure>,
  requests: ReadonlyMap<string, number> | undefined,
  target: Question['target'],
): { ratio: number; percent: number; average: number } | string {
  let used = 0;
  let asked = 0;
  for (const [name, { value }] of measures) {
    used += value;
    asked += requests?.get(name) ?? 0;
  }
  const average = Math.trunc(used / measures.size);
  if (!('utilization' in target)) return { ratio: average / target.average, percent: 0, average };
  if (asked === 0) return 'no metrics returned matched known pods';
  const percent = Math.trunc((used * 100) / asked);
  return { ratio: percent / target.utilization, percent, average };
}

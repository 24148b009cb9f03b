import { wholeSeconds } from '../../kubernetes/duration.ts';
import type { Handler, Probe } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from './draft.ts';

/** A docker health check; times in milliseconds. */
export interface HealthCheck {
  readonly test: readonly string[];
  readonly interval?: number;
  readonly timeout?: number;
  readonly retries?: number;
  readonly startPeriod?: number;
}

/** What docker does where nothing is said (https://docs.docker.com/reference/dockerfile/#healthcheck). */
export const dockerHealthDefaults = { interval: 30_000, timeout: 30_000, retries: 3 } as const;

/** What is said where there is no start period, or one of nothing. */
export const noStartPeriod = {
  grade: 'exact',
  kubernetes: 'the default',
  why: 'There is no start period, and without a startup probe there is none either.',
} as const;

/** What is said of a start period, given as it was written. */
export function startPeriodWhy(value: string): string {
  return `A startup probe bears failures for ${value}, and the readiness probe waits for it. But when it never passes the kubelet restarts the container, where docker only calls it unhealthy.`;
}

/** What is said of another interval while it starts; `{value}` stands for the one given. */
export const startIntervalWhy =
  'Another interval of {value} while it starts has no field of its own. A startup probe has a `periodSeconds`, which can be shorter than that of readiness.';

/** Puts a probe on the container. */
function addProbe(draft: WorkloadDraft, kind: 'readiness' | 'liveness' | 'startup', probe: Probe): void {
  if (kind === 'readiness') draft.container.readinessProbe = probe;
  if (kind === 'liveness') draft.container.livenessProbe = probe;
  if (kind === 'startup') draft.container.startupProbe = probe;
}

/**
 * A health check of docker as a readiness probe, with docker's own defaults written out, since a probe's are
 * 10 s and 1 s. A start period becomes a startup probe that bears as many failures as fit into it
 * (https://kubernetes.io/docs/concepts/workloads/pods/probes/).
 */
export function addHealthCheck(draft: WorkloadDraft, check: HealthCheck): void {
  const handler: Handler = { exec: { command: check.test } };
  const periodSeconds = wholeSeconds(check.interval || dockerHealthDefaults.interval).seconds;
  const timeoutSeconds = wholeSeconds(check.timeout || dockerHealthDefaults.timeout).seconds;
  const failureThreshold = Math.max(1, check.retries || dockerHealthDefaults.retries);
  addProbe(draft, 'readiness', { ...handler, periodSeconds, timeoutSeconds, failureThreshold });
  if (!check.startPeriod) return;
  const startSeconds = wholeSeconds(check.startPeriod).seconds;
  addProbe(draft, 'startup', {
    ...handler,
    periodSeconds: Math.min(periodSeconds, startSeconds),
    timeoutSeconds,
    failureThreshold: failureThreshold + Math.ceil(startSeconds / Math.min(periodSeconds, startSeconds)),
  });
}

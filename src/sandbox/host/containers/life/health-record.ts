import type { ContainerRecord, HealthConfig, HealthRecord } from '../container-record.ts';

/** Nanoseconds in a millisecond. */
const nanoseconds = 1_000_000;

/** What a health check is, with what it is where nobody says it (daemon/health.go of github.com/moby/moby). */
export interface HealthPlan {
  /** The command line of a check. */
  readonly argv: readonly string[];
  /** All in milliseconds. */
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
}

/** How the health of a container is to be checked; undefined where it is not. */
export function healthPlan({ config }: ContainerRecord): HealthPlan | undefined {
  const health = config.Healthcheck;
  const [kind, ...words] = health?.Test ?? [];
  if (kind !== 'CMD' && kind !== 'CMD-SHELL') return undefined;
  const shell = config.Shell && config.Shell.length > 0 ? config.Shell : ['/bin/sh', '-c'];
  return {
    argv: kind === 'CMD' ? words : [...shell, ...words],
    interval: milliseconds(health?.Interval, 30_000),
    timeout: milliseconds(health?.Timeout, 30_000),
    startPeriod: milliseconds(health?.StartPeriod, 0),
    startInterval: milliseconds(health?.StartInterval, 5_000),
    retries: health?.Retries && health.Retries > 0 ? health.Retries : 3,
  };
}

/** What is known of the health of a container that starts. */
export function freshHealth(container: ContainerRecord, now: number): HealthRecord | undefined {
  const plan = healthPlan(container);
  if (!plan) return undefined;
  const wait = plan.startPeriod > 0 ? plan.startInterval : plan.interval;
  return { status: 'starting', failingStreak: 0, log: container.health?.log ?? [], nextAt: now + wait };
}

function milliseconds(given: HealthConfig['Interval'], otherwise: number): number {
  return given ? given / nanoseconds : otherwise;
}

/** The health of a container whose checks have stopped: it counts as unhealthy (daemon/container/health.go). */
export function unwatchedHealth({ nextAt: _, probe: __, ...health }: HealthRecord): HealthRecord {
  return { ...health, status: 'unhealthy' };
}

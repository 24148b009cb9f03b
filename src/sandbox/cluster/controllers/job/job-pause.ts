import type { Cluster } from '../../cluster.ts';
import type { StoredPod } from '../pod-state.ts';
import { finishedAt } from './job-pods.ts';

/** After a failure a Job waits so long before it makes another Pod, and twice as long after each more. */
const firstMs = 10_000;
const longestMs = 600_000;

const table = 'controllers/job-failures';

/** How often a Job has failed since it last succeeded. */
export interface FailureRecord {
  readonly failures: number;
  /** Milliseconds since 1970. */
  readonly last: number;
}

/**
 * What is known of a Job's failures, with those that are new (k8s.io/kubernetes/pkg/controller/job,
 * `newBackoffRecord`).
 */
export function failureRecord(
  cluster: Cluster,
  key: string,
  succeeded: readonly StoredPod[],
  failed: readonly StoredPod[],
): FailureRecord {
  const known = cluster.store.read(table, key) as FailureRecord | undefined;
  const times = failed.map(finishedAt);
  if (succeeded.length === 0) {
    if (times.length === 0) return known ?? { failures: 0, last: 0 };
    return { failures: (known?.failures ?? 0) + times.length, last: Math.max(...times) };
  }
  const lastSuccess = Math.max(...succeeded.map(finishedAt));
  const later = times.filter((time) => time > lastSuccess);
  return { failures: later.length, last: Math.max(0, ...later) };
}

/** Keeps the record for the next time; without one it is forgotten. */
export function keepRecord(cluster: Cluster, key: string, record: FailureRecord | undefined): void {
  if (record && record.failures > 0) cluster.store.write(table, key, record);
  else cluster.store.delete(table, key);
}

/** Until when no other Pod is made, in milliseconds since 1970. */
export function pauseEnd({ failures, last }: FailureRecord): number {
  if (failures === 0) return 0;
  return last + Math.min(firstMs * 2 ** Math.min(failures - 1, 30), longestMs);
}

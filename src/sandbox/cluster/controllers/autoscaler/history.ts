import type { HPAScalingRules } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';

const table = 'controllers/autoscaler';

interface Sample {
  readonly replicas: number;
  readonly at: number;
}

/** What an autoscaler remembers: what it thought right, and by how much it scaled. */
export interface History {
  readonly recommendations: readonly Sample[];
  readonly ups: readonly Sample[];
  readonly downs: readonly Sample[];
}

/** Nothing older than this is asked for: the longest window that the API allows. */
const longestMs = 3_600_000;

/** What an autoscaler remembers. The first time that is how many replicas there are. */
export function historyOf(cluster: Cluster, key: string, replicas: number): History {
  const known = cluster.store.read(table, key) as History | undefined;
  return (
    known ?? {
      recommendations: [{ replicas, at: cluster.now }],
      ups: [],
      downs: [],
    }
  );
}

/** Keeps what an autoscaler remembers, or forgets it. */
export function keepHistory(cluster: Cluster, key: string, history: History | undefined): void {
  if (!history) {
    cluster.store.delete(table, key);
    return;
  }
  const recent = (samples: readonly Sample[]) => samples.filter(({ at }) => at >= cluster.now - longestMs);
  const { recommendations, ups, downs } = history;
  cluster.store.write(table, key, {
    recommendations: recent(recommendations),
    ups: recent(ups),
    downs: recent(downs),
  } satisfies History);
}

/** By how many replicas it was scaled in a time that ends now. */
export function changeWithin(samples: readonly Sample[], seconds: number, now: number): number {
  return samples
    .filter(({ at }) => at > now - seconds * 1000)
    .reduce((sum, { replicas }) => sum + replicas, 0);
}

/** How fast it may go, with what the API fills in where rules leave something out. */
export interface Rules {
  readonly windowMs: number;
  readonly select: string;
  readonly policies: NonNullable<HPAScalingRules['policies']>;
}

/** The rules for growing (k8s.io/kubernetes/pkg/apis/autoscaling/v2/defaults.go). */
export function upRules(rules: HPAScalingRules = {}): Rules {
  const policies = [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ];
  return withDefaults(rules, 0, policies);
}

/** The rules for shrinking: what was thought right in the last five minutes still holds. */
export function downRules(rules: HPAScalingRules = {}): Rules {
  return withDefaults(rules, 300, [{ type: 'Percent', value: 100, periodSeconds: 15 }]);
}

function withDefaults(rules: HPAScalingRules, window: number, policies: Rules['policies']): Rules {
  return {
    windowMs: (rules.stabilizationWindowSeconds ?? window) * 1000,
    select: rules.selectPolicy ?? 'Max',
    policies: rules.policies ?? policies,
  };
}

import { scaledValue } from '../fraction.ts';
import { isAvailable, isTerminating, type StoredPod } from '../pod-state.ts';
import type { StoredDaemonSet } from './placement.ts';

/** What one step of a rolling update comes to. */
export interface RollingStep {
  readonly toDelete: readonly StoredPod[];
  /** Nodes where a new Pod is made beside the old one. */
  readonly newOn: readonly string[];
}

/**
 * Which old Pods give way now (k8s.io/kubernetes/pkg/controller/daemon/update.go).
 *
 * @param byNode a daemon's Pods on each node
 * @param wantedOn the nodes where it belongs
 */
export function rollingStep(
  set: StoredDaemonSet,
  byNode: ReadonlyMap<string, readonly StoredPod[]>,
  wantedOn: ReadonlySet<string>,
  isUpdated: (pod: StoredPod) => boolean,
  now: number,
): RollingStep {
  const { maxSurge = 0, maxUnavailable = 1 } = set.spec.updateStrategy?.rollingUpdate ?? {};
  const minReady = set.spec.minReadySeconds ?? 0;
  const isFit = (pod: StoredPod) => isAvailable(pod, minReady, now);
  const surge = scaledValue(maxSurge, wantedOn.size, 'up');
  const nodes = [...byNode].map(([node, pods]) => ({ node, ...pairOf(pods, isUpdated) }));
  if (surge > 0) return withSurge(nodes, surge, wantedOn, isFit);
  const most = Math.max(1, scaledValue(maxUnavailable, wantedOn.size, 'up'));
  return withoutSurge(nodes, most, isFit);
}

interface NodePair {
  readonly node: string;
  readonly old: StoredPod | undefined;
  readonly updated: StoredPod | undefined;
  /** Whether there are more than one of a kind, which is mended elsewhere. */
  readonly isOdd: boolean;
}

function pairOf(pods: readonly StoredPod[], isUpdated: (pod: StoredPod) => boolean): Omit<NodePair, 'node'> {
  const staying = pods.filter((pod) => !isTerminating(pod));
  const updated = staying.filter(isUpdated);
  const old = staying.filter((pod) => !isUpdated(pod));
  return { old: old[0], updated: updated[0], isOdd: old.length > 1 || updated.length > 1 };
}

/** The old one goes first: those that do not work at once, of the others as many as may be missing. */
function withoutSurge(
  nodes: readonly NodePair[],
  most: number,
  isFit: (pod: StoredPod) => boolean,
): RollingStep {
  let missing = 0;
  const broken: StoredPod[] = [];
  const candidates: StoredPod[] = [];
  for (const { old, updated, isOdd } of nodes) {
    if (isOdd || (old === undefined) === (updated === undefined)) missing += 1;
    else if (updated) missing += isFit(updated) ? 0 : 1;
    else if (old && !isFit(old)) {
      broken.push(old);
      missing += 1;
    } else if (old) candidates.push(old);
  }
  return { toDelete: [...broken, ...candidates.slice(0, Math.max(0, most - missing))], newOn: [] };
}

/** The new one comes first, and the old one goes when it works. */
function withSurge(
  nodes: readonly NodePair[],
  most: number,
  wantedOn: ReadonlySet<string>,
  isFit: (pod: StoredPod) => boolean,
): RollingStep {
  let surging = 0;
  const toDelete: StoredPod[] = [];
  const allowed: string[] = [];
  const candidates: string[] = [];
  for (const { node, old, updated, isOdd } of nodes) {
    if (isOdd) surging += 1;
    else if (old && updated && isFit(updated)) toDelete.push(old);
    else if (old && updated) surging += 1;
    else if (old && !wantedOn.has(node)) toDelete.push(old);
    else if (old) (isFit(old) ? candidates : allowed).push(node);
  }
  return { toDelete, newOn: [...allowed, ...candidates.slice(0, Math.max(0, most - surging))] };
}

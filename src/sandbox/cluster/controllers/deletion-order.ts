import { isActive, isReady, isSidecar, readySince, type StoredPod } from './pod-state.ts';

const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * Chooses the Pods to delete: those that are the least loss first (k8s.io/kubernetes/pkg/controller,
 * `ActivePodsWithRanks`, where each of the rules is explained).
 *
 * @param related Pods that share a node with these count against them
 * @param now milliseconds since 1970
 */
export function podsToDelete(
  pods: readonly StoredPod[],
  related: readonly StoredPod[],
  count: number,
  now: number,
): readonly StoredPod[] {
  if (count >= pods.length) return pods;
  const onNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec.nodeName ?? '';
    if (isActive(pod)) onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  const ranked = pods.map((pod) => rankOf(pod, onNode.get(pod.spec.nodeName ?? '') ?? 0, now));
  return ranked
    .sort(compare)
    .slice(0, count)
    .map(({ pod }) => pod);
}

interface Ranked {
  readonly pod: StoredPod;
  /** The smaller goes first; what comes earlier in the list decides. */
  readonly keys: readonly number[];
}

function rankOf(pod: StoredPod, sharing: number, now: number): Ranked {
  const since = readySince(pod);
  const { phase } = pod.status ?? {};
  const [restarts, sidecarRestarts] = mostRestarts(pod);
  return {
    pod,
    keys: [
      pod.spec.nodeName === undefined ? 0 : 1,
      phase === 'Running' ? 2 : Number(phase === 'Unknown'),
      isReady(pod) ? 1 : 0,
      Number(pod.metadata.annotations?.[deletionCost] ?? 0) || 0,
      -sharing,
      since === undefined ? 0 : magnitude(now - since),
      -restarts,
      -sidecarRestarts,
      magnitude(now - Date.parse(pod.metadata.creationTimestamp)),
    ],
  };
}

function compare(one: Ranked, other: Ranked): number {
  for (const [place, key] of one.keys.entries()) {
    const difference = key - (other.keys[place] as number);
    if (difference !== 0) return difference;
  }
  return one.pod.metadata.uid < other.pod.metadata.uid ? -1 : 1;
}

/** Ages are compared by their power of two of nanoseconds, so that which of the like ones goes is left to chance. */
function magnitude(milliseconds: number): number {
  return milliseconds > 0 ? Math.trunc(Math.log2(milliseconds * 1e6)) : -1;
}

function mostRestarts({ spec, status }: StoredPod): readonly [regular: number, sidecar: number] {
  const regular = Math.max(0, ...(status?.containerStatuses ?? []).map((each) => each.restartCount));
  const sidecars = new Set(spec.initContainers?.filter(isSidecar).map(({ name }) => name));
  const ofSidecars = (status?.initContainerStatuses ?? []).filter(({ name }) => sidecars.has(name));
  return [regular, Math.max(0, ...ofSidecars.map((each) => each.restartCount))];
}

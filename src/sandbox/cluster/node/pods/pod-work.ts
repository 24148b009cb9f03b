import type { Pod } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import type { FieldSources } from '../containers/field-values.ts';
import { addressOfNode, type NodeContext, tell } from '../node-context.ts';
import { fieldPathOf, type RoledContainer } from './pod-containers.ts';
import { sandboxOf } from './pod-facts.ts';
import type { BackOff, PodRecord } from './pod-record.ts';

/** A Pod that the kubelet works on. What it remembers is replaced as it goes on, and kept in the end. */
export interface PodWork {
  readonly context: NodeContext;
  /** Of the Pod in its table. */
  readonly key: string;
  pod: Stored<Pod>;
  record: PodRecord;
}

/** The first pause after a failure (k8s.io/kubernetes/pkg/kubelet/kubelet.go). */
const firstPause = 10_000;
const longestPause = 300_000;

/** Whether a pause that counts from a time is not over; one that is long past is none. */
export function isPausing(pause: BackOff | undefined, since: number, now: number): boolean {
  return pause !== undefined && !isForgotten(pause, since) && now - since < pause.ms;
}

/** The pause after one more failure. */
export function nextPause(pause: BackOff | undefined, since: number, now: number): BackOff {
  if (!pause || isForgotten(pause, since)) return { ms: firstPause, at: now };
  return { ms: Math.min(pause.ms * 2, longestPause), at: now };
}

/** After twice the longest pause without a failure it begins anew (k8s.io/client-go/util/flowcontrol). */
function isForgotten({ at }: BackOff, since: number): boolean {
  return since - at > 2 * longestPause;
}

/** Tells of a container of the Pod. */
export function say(
  { context, pod, record }: PodWork,
  container: RoledContainer,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  tell(context, pod, record.node, type, reason, message, fieldPathOf(container));
}

/** Replaces parts of what is remembered. */
export function remember(work: PodWork, parts: Partial<PodRecord>): void {
  work.record = { ...work.record, ...parts };
}

/** Takes away parts of what is remembered. */
export function unremember(work: PodWork, ...names: readonly (keyof PodRecord)[]): void {
  const { record } = work;
  if (names.every((name) => record[name] === undefined)) return;
  // Taking fields away from a copy would make it slow to read.
  const rest: Partial<Record<keyof PodRecord, unknown>> = {};
  for (const name in record) {
    const key = name as keyof PodRecord;
    if (!names.includes(key)) rest[key] = record[key];
  }
  work.record = rest as PodRecord;
}

/** What the fields of the Pod are read from. */
export function fieldSources({ context, record, pod }: PodWork): FieldSources {
  const node = context.cluster.get('nodes', undefined, record.node);
  const hostAddress = addressOfNode(node);
  return {
    podAddress: pod.spec?.hostNetwork ? hostAddress : sandboxOf(record).address,
    hostAddress,
    allocatable: node?.status?.allocatable ?? {},
  };
}

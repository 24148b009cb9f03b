import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../../../../kubernetes/api.ts';
import { timestamp } from '../../object.ts';
import { containersOf } from './pod-containers.ts';
import type { Phase } from './pod-phase.ts';

/** What the conditions are made from. */
export interface Situation {
  readonly pod: Pod;
  readonly phase: Phase;
  readonly statuses: ReadonlyMap<string, ContainerStatus>;
  /** The Pod has its network, and its volumes are there. */
  readonly hasSandbox: boolean;
  readonly now: number;
}

type Said = Pick<PodCondition, 'status' | 'reason' | 'message'>;

/** The conditions that are the kubelet's, in the order it writes them. */
const owned: readonly string[] = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];

const none: readonly PodCondition[] = [];

function isOfOthers({ type }: PodCondition): boolean {
  return !owned.includes(type);
}

const yes: Said = { status: 'True' };
const no: Said = { status: 'False' };

/**
 * The conditions of a Pod: those of others as they were, then the kubelet's own
 * (k8s.io/kubernetes/pkg/kubelet/status/generate.go).
 */
export function podConditions(situation: Situation): readonly PodCondition[] {
  const { pod, hasSandbox } = situation;
  const before = pod.status?.conditions ?? none;
  const others = before.some(isOfOthers) ? before.filter(isOfOthers) : none;
  const containersReady = sayContainersReady(situation);
  const said: readonly Said[] = [
    hasSandbox ? yes : no,
    sayInitialized(situation),
    sayReady(situation, containersReady, others),
    containersReady,
    yes,
  ];
  const at = timestamp(situation.now);
  const generation = pod.metadata.generation ?? 1;
  const known = recent.find(
    (each) =>
      each.at === at &&
      each.generation === generation &&
      isSaid(each.said, said) &&
      (each.before === before || isSame(each.before, before)),
  );
  if (known) return known.conditions;
  const conditions = [
    ...others,
    ...said.map((each, place) => asCondition(owned[place] as string, each, generation, before, at)),
  ];
  recent = [{ before, at, generation, said, conditions }, ...recent.slice(0, mostRecent - 1)];
  return conditions;
}

/** What conditions became lately, and what they had been: Pods that start together share them. */
let recent: readonly Recent[] = [];
const mostRecent = 6;

interface Recent {
  readonly before: readonly PodCondition[];
  readonly at: string;
  readonly generation: number;
  readonly said: readonly Said[];
  readonly conditions: readonly PodCondition[];
}

function isSame(one: readonly PodCondition[], other: readonly PodCondition[]): boolean {
  return one.length === other.length && one.every((each, place) => each === other[place]);
}

function isSaid(one: readonly Said[], other: readonly Said[]): boolean {
  return one.every((each, place) => {
    const { status, reason, message } = other[place] ?? yes;
    return each.status === status && each.reason === reason && each.message === message;
  });
}

/** Times that are not set stand as null in what the API gives; the types have no word for it. */
const unset = null as unknown as string;

function asCondition(
  type: string,
  said: Said,
  generation: number,
  before: NonNullable<PodStatus['conditions']>,
  at: string,
): PodCondition {
  const known = before.find((each) => each.type === type);
  const since = known?.status === said.status ? known.lastTransitionTime : undefined;
  return {
    lastProbeTime: unset,
    lastTransitionTime: since ?? at,
    ...(said.message ? { message: said.message } : {}),
    observedGeneration: generation,
    ...(said.reason ? { reason: said.reason } : {}),
    status: said.status,
    type,
  };
}

function sayContainersReady({ pod, phase, statuses }: Situation): Said {
  const unknown: string[] = [];
  const unready: string[] = [];
  for (const { spec, role } of containersOf(pod)) {
    if (role !== 'sidecar' && role !== 'main') continue;
    const status = statuses.get(spec.name);
    if (!status) unknown.push(spec.name);
    else if (!status.ready) unready.push(spec.name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const message = sentence(unknown, 'unready', unready);
  return message === '' ? yes : { status: 'False', reason: 'ContainersNotReady', message };
}

function sayReady({ pod }: Situation, containersReady: Said, others: readonly PodCondition[]): Said {
  if (containersReady.status !== 'True') return containersReady;
  const missing = (pod.spec?.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = others.find(({ type }) => type === conditionType);
    if (!found) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (found.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`];
  });
  if (missing.length === 0) return yes;
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: missing.join(', ') };
}

function sayInitialized({ pod, phase, statuses }: Situation): Said {
  const unknown: string[] = [];
  const incomplete: string[] = [];
  let hasStarted = false;
  for (const { spec, role } of containersOf(pod)) {
    const status = statuses.get(spec.name);
    if (role === 'main') {
      hasStarted ||= isStarted(status);
    } else if (role !== 'ephemeral') {
      if (!status) unknown.push(spec.name);
      else if (!(role === 'sidecar' ? status.started : status.ready)) incomplete.push(spec.name);
    }
  }
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'True', reason: 'PodCompleted' };
  if (hasStarted) return yes;
  const message = sentence(unknown, 'incomplete', incomplete);
  return message === '' ? yes : { status: 'False', reason: 'ContainersNotInitialized', message };
}

/** Whether a container runs or has ended (k8s.io/kubernetes/pkg/kubelet/container, `HasAnyRegularContainerStarted`). */
function isStarted(status: ContainerStatus | undefined): boolean {
  return status?.state?.running !== undefined || status?.state?.terminated !== undefined;
}

/** Lists stand as Go prints them: `[web worker]`. */
function sentence(unknown: readonly string[], word: string, others: readonly string[]): string {
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(`containers with unknown status: [${unknown.join(' ')}]`);
  if (others.length > 0) parts.push(`containers with ${word} status: [${others.join(' ')}]`);
  return parts.join(', ');
}

import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../../../../kubernetes/api.ts';
import { timestamp } from '../../object.ts';
import { statusOf } from '../containers/container-status.ts';
import { containersOf, type RoledContainer } from './pod-containers.ts';
import { generationOf } from './pod-facts.ts';
import type { Phase } from './pod-phase.ts';

/** What it becomes of conditions when the network of a Pod is there. */
interface NetworkThere {
  readonly at: string;
  readonly conditions: readonly PodCondition[];
}

/** By what they were: Pods of a template that come to a node at one time share their conditions. */
const withNetwork = new WeakMap<readonly PodCondition[], NetworkThere>();

/** The conditions of a Pod that has its network, where nothing else is another way. */
export function sandboxReady(before: readonly PodCondition[], now: number): readonly PodCondition[] {
  const at = timestamp(now);
  const known = withNetwork.get(before);
  if (known?.at === at) return known.conditions;
  const conditions = before.map((each): PodCondition => {
    if (each.type !== 'PodReadyToStartContainers' || each.status === 'True') return each;
    return { ...each, status: 'True', lastTransitionTime: at };
  });
  withNetwork.set(before, { at, conditions });
  return conditions;
}

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
  const generation = generationOf(pod);
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
    const known = other[place];
    return each.status === known?.status && each.reason === known.reason && each.message === known.message;
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
  const unready = containersOf(pod).filter(
    (each) => (each.role === 'sidecar' || each.role === 'main') && !statusOf(statuses, each).ready,
  );
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  if (unready.length === 0) return yes;
  return { status: 'False', reason: 'ContainersNotReady', message: sentence('unready', unready) };
}

function sayReady({ pod }: Situation, containersReady: Said, others: readonly PodCondition[]): Said {
  if (containersReady.status !== 'True') return containersReady;
  const missing = closedGates(pod, others);
  if (missing === '') return yes;
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: missing };
}

/** What of the conditions that others have to fulfil is not fulfilled, in words; empty when all is. */
function closedGates({ spec }: Pod, conditions: readonly PodCondition[]): string {
  const missing = (spec?.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = conditions.find(({ type }) => type === conditionType);
    if (!found) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (found.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`];
  });
  return missing.join(', ');
}

/** Whether others have said something since that makes a Pod ready or not (`NeedToReconcilePodReadiness`). */
export function isReadinessStale(pod: Pod): boolean {
  const conditions = pod.status?.conditions ?? none;
  const said = (wanted: string) => conditions.find(({ type }) => type === wanted);
  if (!pod.spec?.readinessGates || said('ContainersReady')?.status !== 'True') return false;
  return closedGates(pod, conditions) !== (said('Ready')?.message ?? '');
}

function sayInitialized({ pod, phase, statuses }: Situation): Said {
  const all = containersOf(pod);
  const incomplete = all.filter((each) => {
    const { started, ready } = statusOf(statuses, each);
    return each.role === 'sidecar' ? !started : each.role === 'init' && !ready;
  });
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  const hasStarted = all.some((each) => each.role === 'main' && isStarted(statusOf(statuses, each)));
  if (hasStarted || incomplete.length === 0) return yes;
  return { status: 'False', reason: 'ContainersNotInitialized', message: sentence('incomplete', incomplete) };
}

/** Whether a container runs or has ended (k8s.io/kubernetes/pkg/kubelet/container, `HasAnyRegularContainerStarted`). */
function isStarted({ state }: ContainerStatus): boolean {
  return state?.running !== undefined || state?.terminated !== undefined;
}

/** Lists stand as Go prints them: `[web worker]`. */
function sentence(word: string, containers: readonly RoledContainer[]): string {
  return `containers with ${word} status: [${containers.map(({ spec }) => spec.name).join(' ')}]`;
}

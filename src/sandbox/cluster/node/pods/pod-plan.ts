import { hasFailed } from '../containers/probes.ts';
import { type SeenContainer, seenContainer, shouldStart } from '../containers/seen-container.ts';
import { containersOf, type RoledContainer, shouldRestart } from './pod-containers.ts';
import { imageOf } from './pod-facts.ts';
import type { PodWork } from './pod-work.ts';

/** What is to be done for a Pod now (k8s.io/kubernetes/pkg/kubelet/kuberuntime, `computePodActions`). */
export interface Plan {
  /** Names of containers, in the order in which they are started. */
  readonly start: readonly string[];
  /** Containers to stop, and what the event says. */
  readonly kill: readonly { readonly container: RoledContainer; readonly message: string }[];
  /** Nothing of the Pod is to run any more: what still does is stopped. */
  readonly isOver: boolean;
}

/** Compares what is wanted of a Pod with what there is. */
export function planFor(work: PodWork): Plan {
  const all = containersOf(work.pod);
  const seen = (name: string) => seenContainer(work.context.runtime, work.record, name);
  const start: string[] = [];
  const kill: { container: RoledContainer; message: string }[] = [];
  for (const { spec, role } of all) {
    if (role === 'ephemeral' && !work.record.containers[spec.name]) start.push(spec.name);
  }
  const init = planInit(work, all, seen);
  if (init.isOver) return { start: [], kill: [], isOver: true };
  start.push(...init.start);
  kill.push(...init.kill);
  if (!init.isInitialized) return { start, kill, isOver: false };
  let kept = 0;
  for (const container of all.filter(({ role }) => role === 'main')) {
    const { name } = container.spec;
    const found = seen(name);
    if (found?.state !== 'running') {
      if (shouldStart(container, work.pod, found)) start.push(name);
      continue;
    }
    const why = whyReplace(work, container, 'Container');
    if (!why) {
      kept += 1;
      continue;
    }
    const isChanged = why.endsWith('changed');
    const restarts = isChanged || shouldRestart(container, work.pod, 1);
    if (restarts) start.push(name);
    kill.push({ container, message: restarts ? `${why}, will be restarted` : why });
  }
  const hasMains = start.some((name) => all.some(({ spec, role }) => role === 'main' && spec.name === name));
  if (kept === 0 && !hasMains) return { start: [], kill: [], isOver: true };
  return { start, kill, isOver: false };
}

interface InitPlan extends Plan {
  readonly isInitialized: boolean;
}

/** Init containers run one after the other; sidecars among them go on running, and are started again. */
function planInit(
  work: PodWork,
  all: readonly RoledContainer[],
  seen: (name: string) => SeenContainer | undefined,
): InitPlan {
  const inits = all.filter(({ role }) => role === 'init' || role === 'sidecar');
  const start: string[] = [];
  const kill: { container: RoledContainer; message: string }[] = [];
  let isInitialized = all.some(({ spec, role }) => role === 'main' && runsOrWaits(seen(spec.name)));
  const [first] = inits;
  if (!first) return { start, kill, isOver: false, isInitialized: true };
  let isPast = isInitialized;
  // The last one that there has been says how far the Pod is.
  for (let place = inits.length - 1; place >= 0; place--) {
    const container = inits[place] as RoledContainer;
    const { name } = container.spec;
    const found = seen(name);
    const isSidecar = container.role === 'sidecar';
    const goOn = () => {
      const next = inits[place + 1];
      if (!next) isInitialized = true;
      else if (!isPast) start.push(next.spec.name);
    };
    if (!found) {
      if (isPast && isSidecar) start.push(name);
      continue;
    }
    if (isPast && !isSidecar) continue;
    if (found.state === 'created') start.push(name);
    else if (found.state === 'running' && isSidecar) {
      const why = whyReplace(work, container, 'Init container');
      if (!why?.endsWith('startup probe') && hasStarted(work, container, found)) goOn();
      if (why) {
        kill.push({ container, message: why });
        start.push(name);
      }
    } else if (found.state === 'exited') {
      if (isSidecar) start.push(name);
      else if (found.exitCode === 0) goOn();
      else if (shouldStart(container, work.pod, found)) start.push(name);
      else return { start: [], kill: [], isOver: true, isInitialized: false };
    }
    isPast = true;
  }
  if (!isPast) start.push(first.spec.name);
  return { start: start.reverse(), kill, isOver: false, isInitialized };
}

function runsOrWaits(seen: SeenContainer | undefined): boolean {
  return seen?.state === 'running' || seen?.state === 'created';
}

/** A sidecar lets the next container start once its startup probe has succeeded. */
function hasStarted({ record }: PodWork, { spec }: RoledContainer, { id }: SeenContainer): boolean {
  if (!spec.startupProbe) return true;
  const known = record.probes[`${spec.name}/startup`];
  return known?.id === id && known.result === 'success';
}

function whyReplace(work: PodWork, { spec }: RoledContainer, word: string): string | undefined {
  const which = `${word} ${spec.name}`;
  if (work.record.containers[spec.name]?.image !== imageOf(spec)) return `${which} definition changed`;
  if (hasFailed(work, spec.name, 'liveness')) return `${which} failed liveness probe`;
  return hasFailed(work, spec.name, 'startup') ? `${which} failed startup probe` : undefined;
}

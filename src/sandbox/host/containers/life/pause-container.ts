import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, changeContainer } from '../container-record.ts';
import { demandNotRestarting, demandRunning } from '../find-container.ts';
import { healthPlan, unwatchedHealth } from './health-record.ts';

/** Freezes the processes of a container (daemon/pause.go of github.com/moby/moby). @throws EngineError */
export function pauseContainer(parts: ContainerParts, container: ContainerRecord): void {
  const { id, state, health } = container;
  demandRunning(container);
  if (state.paused) throw new EngineError(409, `container ${id} is already paused`);
  demandNotRestarting(container);
  parts.runtime.pause(laptopHost, id);
  const unwatched = health ? { health: unwatchedHealth(health) } : {};
  const known = changeContainer(parts, container, { ...unwatched, state: { ...state, paused: true } });
  tell(parts, known, 'pause');
}

/** Lets them go on. @throws EngineError when it is not paused */
export function unpauseContainer(parts: ContainerParts, container: ContainerRecord): void {
  const { id, state, health } = container;
  if (!state.paused) throw new EngineError(500, `Container ${id} is not paused`);
  parts.runtime.unpause(laptopHost, id);
  const plan = healthPlan(container);
  // Checks begin anew, after a whole interval.
  const checked = health && plan ? { health: { ...health, nextAt: parts.store.now + plan.interval } } : {};
  tell(
    parts,
    changeContainer(parts, container, { ...checked, state: { ...state, paused: false } }),
    'unpause',
  );
}

import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { leaveNetworks } from '../../networks/endpoints.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import {
  allContainers,
  type ContainerRecord,
  changeContainer,
  containerRecord,
} from '../container-record.ts';
import { noteEndedExecs } from '../streams/exec-record.ts';
import { finishStop } from './finish-stop.ts';
import { unwatchedHealth } from './health-record.ts';
import { removeContainer } from './remove-container.ts';
import { restartAfter } from './restart-policy.ts';

/** The controller that looks after containers; it is woken by this name. */
export const containerController = 'docker-container';

/** How a container ended. */
interface Exit {
  readonly exitCode: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Notices that a container has ended, where it has (`handleContainerExit` of daemon/monitor.go in
 * github.com/moby/moby): it leaves its networks, and its restart policy says what becomes of it.
 */
export function noteExit(parts: ContainerParts, id: string): void {
  const container = containerRecord(parts, id);
  const seen = parts.runtime.container(laptopHost, id);
  if (!container?.state.running || container.state.restarting) return;
  if (seen?.state !== 'exited') return;
  const { exitCode = 0, finishedAt = parts.store.now, oomKilled } = seen;
  noteEndedExecs(parts, id);
  endSharers(parts, id);
  const killed = oomKilled && !container.state.oomKilled ? noteOutOfMemory(parts, container) : container;
  const duration = finishedAt - (killed.state.startedAt ?? finishedAt);
  const restart = restartAfter(killed, exitCode, duration);
  leaveNetworks(parts, id);
  if (!restart.isWanted) {
    const known = changeContainer(parts, killed, { backOff: restart.backOff });
    endContainer(parts, known, { exitCode, at: finishedAt }, Math.floor(duration / 1000));
    return;
  }
  const { health, ...rest } = killed;
  const restartAt = parts.store.now + restart.backOff;
  const restarting: ContainerRecord = {
    ...rest,
    ...(health ? { health: unwatchedHealth(health) } : {}),
    restartCount: killed.restartCount + 1,
    backOff: restart.backOff,
    restartAt,
    exits: killed.exits + 1,
    state: { ...killed.state, restarting: true, paused: false, pid: 0, exitCode, finishedAt },
  };
  changeContainer(parts, restarting, {});
  tell(parts, restarting, 'die', dieAttributes(exitCode, Math.floor(duration / 1000)));
  parts.simulation.wake(containerController, id, restartAt);
}

/** When the first process of a namespace ends, the kernel kills all others in it. */
function endSharers(parts: ContainerParts, id: string): void {
  for (const { id: other, state, hostConfig } of allContainers(parts))
    if (
      state.running &&
      hostConfig.PidMode === `container:${id}` &&
      parts.runtime.container(laptopHost, other)?.state === 'running'
    )
      parts.runtime.kill(laptopHost, other, 'KILL');
}

/** Notes that a process of a container was killed for lack of memory. */
export function noteOutOfMemory(parts: ContainerParts, container: ContainerRecord): ContainerRecord {
  const state = { ...container.state, oomKilled: true };
  const known = changeContainer(parts, container, { state });
  tell(parts, known, 'oom');
  return known;
}

/**
 * A container has ended for good, as far as its policy is concerned.
 *
 * @param seconds how long it ran; left out for one that ended before, and only does not start again
 */
export function endContainer(
  parts: ContainerParts,
  container: ContainerRecord,
  { exitCode, at }: Exit,
  seconds?: number,
): void {
  const { health, restartAt: _, ...rest } = container;
  const ended: ContainerRecord = {
    ...rest,
    ...(health ? { health: unwatchedHealth(health) } : {}),
    exits: container.exits + 1,
    state: {
      ...container.state,
      running: false,
      paused: false,
      restarting: false,
      pid: 0,
      exitCode,
      finishedAt: at,
    },
  };
  parts.readers.drain(container.id);
  changeContainer(parts, ended, {});
  const isRestarted = ended.isRestarted;
  finishStop(parts, ended, () => {
    if (seconds !== undefined) tell(parts, ended, 'die', dieAttributes(exitCode, seconds));
  });
  const last = containerRecord(parts, container.id);
  if (last && !last.state.running && last.hostConfig.AutoRemove && !isRestarted)
    removeContainer(parts, last, { withVolumes: true });
}

function dieAttributes(exitCode: number, seconds: number): Readonly<Record<string, string>> {
  return { execDuration: `${seconds}`, exitCode: `${exitCode}` };
}

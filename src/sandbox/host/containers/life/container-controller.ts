import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { Controller } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { ContainerParts } from '../container-parts.ts';
import { containerRecord } from '../container-record.ts';
import { execOfProcess, noteExecEnd } from '../streams/exec-record.ts';
import { containerController, endContainer, noteExit, noteOutOfMemory } from './container-exit.ts';
import { startContainer } from './start-container.ts';
import { killLate } from './stop-container.ts';

const own = `${laptopHost}/`;

/**
 * Notices what becomes of the engine's containers and of the processes in them, kills those whose time to stop is
 * over, and starts again what its restart policy wants started.
 */
export function containersController(parts: ContainerParts): Controller {
  return {
    name: containerController,
    tables: ['runtime/containers', 'runtime/processes'],
    concerns({ table, key, before, after }: Change) {
      if (!key.startsWith(own)) return [];
      const name = key.slice(own.length);
      if (table === 'runtime/containers') return isNews(before, after) ? [name] : [];
      return hasEnded(before, after) ? [name] : [];
    },
    reconcile(key) {
      // Processes have the number behind a point.
      if (key.includes('.')) {
        const exec = execOfProcess(parts.store, key);
        if (exec) noteExecEnd(parts, exec);
        return;
      }
      noteMemory(parts, key);
      noteExit(parts, key);
      killLate(parts, key);
      restartLate(parts, key);
    },
  };
}

interface Seen {
  readonly state?: string;
  readonly oomKilled?: boolean;
  readonly exitCode?: number;
}

function isNews(before: unknown, after: unknown): boolean {
  const [one, other] = [before as Seen | undefined, after as Seen | undefined];
  return other !== undefined && (one?.state !== other.state || one?.oomKilled !== other.oomKilled);
}

function hasEnded(before: unknown, after: unknown): boolean {
  const [one, other] = [before as Seen | undefined, after as Seen | undefined];
  return one !== undefined && one.exitCode === undefined && (!other || other.exitCode !== undefined);
}

/** A process that is not the first may be killed for lack of memory, and the container goes on. */
function noteMemory(parts: ContainerParts, id: string): void {
  const container = containerRecord(parts, id);
  const seen = parts.runtime.container(laptopHost, id);
  if (seen?.state === 'running' && seen.oomKilled && container && !container.state.oomKilled)
    noteOutOfMemory(parts, container);
}

function restartLate(parts: ContainerParts, id: string): void {
  const container = containerRecord(parts, id);
  if (!container?.state.restarting || container.restartAt === undefined) return;
  if (container.restartAt > parts.store.now) {
    parts.simulation.wake(containerController, id, container.restartAt);
    return;
  }
  const start = () => startContainer(parts, container, false);
  unlessThrown(EngineError, start, () => {
    const failed = containerRecord(parts, id);
    if (failed) endContainer(parts, failed, { exitCode: failed.state.exitCode, at: parts.store.now });
  });
}

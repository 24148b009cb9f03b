import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineResponse, PromptResponse } from '../../engine/request.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { changeContainer, containerRecord } from '../container-record.ts';
import { findContainer } from '../find-container.ts';
import { containerController } from './container-exit.ts';
import { killContainer, signalOf, stopSignalOf } from './kill-container.ts';
import { startContainer } from './start-container.ts';
import { type Stopping, stopTable } from './stopping.ts';

/** How long a container may take to end, in seconds, when nobody says it. */
const usualGrace = 10;

/** How somebody wants a container to be stopped. */
export interface StopOptions {
  /** Empty for the container's own. */
  readonly signal: string;
  /** Seconds; negative to wait for ever, undefined for the container's own. */
  readonly seconds: number | undefined;
}

/**
 * Stops a container: it is sent its stop signal, and SIGKILL when its time is over (daemon/stop.go of
 * github.com/moby/moby).
 *
 * @param then whether it is to start again
 * @returns an answer that comes when it has ended
 * @throws EngineError
 */
export function stopContainer(
  parts: ContainerParts,
  name: string,
  options: StopOptions,
  then: 'stop' | 'restart',
): EngineResponse {
  const container = findContainer(parts, name);
  const failed = then === 'restart' ? `Cannot restart container ${name}` : `cannot stop container: ${name}`;
  const { id } = container;
  if (!container.state.running) {
    if (then === 'stop') return { status: 304 };
    const start = () => tell(parts, startContainer(parts, container, true), 'restart');
    unlessThrown(EngineError, start, ({ status, message }) => {
      throw new EngineError(status, `${failed}: ${message}`);
    });
    return { status: 204, milliseconds: 200 };
  }
  const seconds = options.seconds ?? container.config.StopTimeout ?? usualGrace;
  const stop = () => {
    const signal = options.signal === '' ? stopSignalOf(container) : signalOf(options.signal);
    const killAt = seconds < 0 ? undefined : parts.store.now + seconds * 1000;
    const stopping: Stopping = { then, ...(killAt === undefined ? {} : { killAt }) };
    parts.store.write(stopTable, id, stopping);
    const known = changeContainer(parts, container, { isRestarted: then === 'restart' });
    killContainer(parts, known, signal);
    if (killAt !== undefined) parts.simulation.wake(containerController, id, killAt);
    if (seconds === 0) killLate(parts, id);
  };
  unlessThrown(EngineError, stop, ({ message }) => {
    parts.store.delete(stopTable, id);
    throw new EngineError(500, `${failed}: ${message}`);
  });
  return { status: 102, late: () => answerOf(parts, id, name) };
}

/** Kills a container whose time to stop is over. */
export function killLate(parts: ContainerParts, id: string): void {
  const stopping = parts.store.read(stopTable, id) as Stopping | undefined;
  const container = containerRecord(parts, id);
  if (!container?.state.running || stopping?.killAt === undefined || stopping.killAt > parts.store.now)
    return;
  const { killAt: _, ...rest } = stopping;
  parts.store.write(stopTable, id, rest);
  killContainer(parts, container, 'KILL');
}

function answerOf(parts: ContainerParts, id: string, name: string): PromptResponse | undefined {
  const stopping = parts.store.read(stopTable, id) as Stopping | undefined;
  if (!stopping) return { status: 204 };
  if (!stopping.failure) return undefined;
  parts.store.delete(stopTable, id);
  const message = `Cannot restart container ${name}: ${stopping.failure.message}`;
  return { status: stopping.failure.status, body: { message } };
}

import { EngineError } from '../../engine/engine-error.ts';
import type { EngineResponse } from '../../engine/request.ts';
import { eventsFrom } from '../../events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { containerRecord } from '../container-record.ts';
import { findContainer } from '../find-container.ts';

const conditions: readonly string[] = ['', 'not-running', 'next-exit', 'removed'];

/**
 * Waits for a container: `POST /containers/{id}/wait` (daemon/wait.go of github.com/moby/moby).
 *
 * @param condition `not-running`, `next-exit` or `removed`; empty for the first
 * @returns a stream with one message, when it has come to pass
 * @throws EngineError
 */
export function waitForContainer(parts: ContainerParts, name: string, condition: string): EngineResponse {
  if (!conditions.includes(condition)) throw new EngineError(400, `invalid condition: "${condition}"`);
  const { id, exits } = findContainer(parts, name);
  let isDone = false;
  const result = () => {
    const now = containerRecord(parts, id);
    if (!now) return { StatusCode: lastExitCode(parts, id) };
    const { running, exitCode, error } = now.state;
    const isMet =
      condition === 'removed' ? false : now.exits > exits || (condition !== 'next-exit' && !running);
    if (!isMet) return undefined;
    return error === '' ? { StatusCode: exitCode } : { StatusCode: exitCode, Error: { Message: error } };
  };
  return {
    status: 200,
    stream: {
      kind: 'messages',
      next() {
        const found = isDone ? undefined : result();
        if (!found) return [];
        isDone = true;
        return [found];
      },
      get ended() {
        return isDone;
      },
      close() {
        isDone = true;
      },
    },
  };
}

/** The code that a container ended with that is gone. */
function lastExitCode({ store }: ContainerParts, id: string): number {
  const die = eventsFrom(store, 0).findLast((event) => event.id === id && event.action === 'die');
  return Number(die?.attributes.exitCode ?? 0);
}

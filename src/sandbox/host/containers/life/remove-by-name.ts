import { EngineError } from '../../engine/engine-error.ts';
import type { ContainerParts } from '../container-parts.ts';
import { containerRecord, statusOf } from '../container-record.ts';
import { findContainer } from '../find-container.ts';
import { killContainer } from './kill-container.ts';
import { removeContainer } from './remove-container.ts';

/**
 * Removes a container that somebody names: `DELETE /containers/{id}`.
 *
 * @throws EngineError when it runs, and is not to be removed by force
 */
export function removeByName(
  parts: ContainerParts,
  name: string,
  { isForced, withVolumes }: { readonly isForced: boolean; readonly withVolumes: boolean },
): void {
  const container = findContainer(parts, name);
  const refuse = (why: string): never => {
    throw new EngineError(409, `cannot remove container "${name}": ${why}`);
  };
  if (container.state.running && !isForced) {
    if (container.state.paused) refuse('container is paused and must be unpaused first');
    refuse(`container is ${statusOf(container)}: stop the container before removing or force remove`);
  }
  if (container.state.running) killContainer(parts, container, 'KILL');
  const stopped = containerRecord(parts, container.id);
  // One that is to be removed when it ends has gone by itself.
  if (stopped) removeContainer(parts, stopped, { withVolumes });
}

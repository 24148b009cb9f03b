import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { ContainerRecord } from '../container-record.ts';
import { findContainer } from '../find-container.ts';

/** The container whose network another one shares; undefined when it is gone, or none is shared. */
export function sharedContainer(parts: EngineParts, mode: string): ContainerRecord | undefined {
  if (!mode.startsWith('container:')) return undefined;
  const find = () => findContainer(parts, mode.slice('container:'.length));
  return unlessThrown(EngineError, find, () => undefined);
}

/** The name of the container that `--link` speaks of. */
export function linkedName(text: string): string {
  return text.replace(/^\//, '').replace(/:.*/s, '');
}

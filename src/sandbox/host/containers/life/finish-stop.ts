import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import type { ContainerRecord } from '../container-record.ts';
import { startContainer } from './start-container.ts';
import { type Stopping, stopTable } from './stopping.ts';

/** What follows when a container that somebody stops has ended. @param tellEnd says that it ended */
export function finishStop(parts: ContainerParts, container: ContainerRecord, tellEnd: () => void): void {
  const stopping = parts.store.read(stopTable, container.id) as Stopping | undefined;
  if (!stopping) return tellEnd();
  parts.store.delete(stopTable, container.id);
  tell(parts, container, 'stop');
  tellEnd();
  if (stopping.then !== 'restart') return;
  const restart = () => tell(parts, startContainer(parts, container, true), 'restart');
  unlessThrown(EngineError, restart, ({ status, message }) => {
    parts.store.write(stopTable, container.id, { ...stopping, failure: { status, message } });
  });
}

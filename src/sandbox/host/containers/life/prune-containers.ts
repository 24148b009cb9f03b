import { EngineError } from '../../engine/engine-error.ts';
import type { Filters } from '../../engine/filters.ts';
import { readTimestamp } from '../../engine/timestamps.ts';
import { recordEvent } from '../../events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { allContainers } from '../container-record.ts';
import { sizesOf } from '../views/container-size.ts';
import { removeContainer } from './remove-container.ts';

/** What containers may be left out by when all that do not run are removed. */
export const pruneFilters: readonly string[] = ['label', 'label!', 'until'];

/** Removes all containers that do not run: `POST /containers/prune` (daemon/prune.go of github.com/moby/moby). @throws EngineError */
export function pruneContainers(
  parts: ContainerParts,
  filters: Filters,
): { readonly ContainersDeleted: readonly string[] | null; readonly SpaceReclaimed: number } {
  const given = filters.get('until');
  if (given.length > 1) throw new EngineError(400, 'more than one until filter specified');
  const [text] = given;
  const until = text === undefined ? undefined : readTimestamp(text, parts.store.now);
  const deleted: string[] = [];
  let reclaimed = 0;
  for (const container of [...allContainers(parts)].reverse()) {
    const { Labels: labels } = container.config;
    if (container.state.running || (until !== undefined && container.created > until)) continue;
    if (!filters.hasLabels('label', labels)) continue;
    if (filters.has('label!') && filters.hasLabels('label!', labels)) continue;
    reclaimed += sizesOf(parts, container).own;
    removeContainer(parts, container, { withVolumes: false });
    deleted.push(container.id);
  }
  recordEvent(parts.store, 'container', 'prune', '', { reclaimed: `${reclaimed}` });
  return { ContainersDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: reclaimed };
}

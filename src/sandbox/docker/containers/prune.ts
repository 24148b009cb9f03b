import { cut } from '../../../docker/go-values.ts';
import { print, type Steps } from '../../effects.ts';
import { humanSize } from '../../go/go-units.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { type Filters, filterQuery, readFilters } from '../filters.ts';
import { confirm } from '../streams/confirm.ts';

/** `docker container prune` (cli/command/container/prune.go of docker/cli). */
export function* runPrune(context: DockerContext): Steps<number> {
  const filters = yield* pruneFilters(context);
  const question = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?';
  // Who says no has not failed.
  if (!context.flags.on('--force') && !(yield* confirm(question))) return 0;
  const { ContainersDeleted, SpaceReclaimed } = yield* ask<{
    readonly ContainersDeleted: readonly string[] | null;
    readonly SpaceReclaimed: number;
  }>('POST', '/containers/prune', { query: { filters: filterQuery(filters) } });
  const deleted = ContainersDeleted ?? [];
  if (deleted.length > 0) yield* print(`Deleted Containers:\n${deleted.join('\n')}\n\n`);
  yield* print(`Total reclaimed space: ${humanSize(deleted.length > 0 ? SpaceReclaimed : 0)}\n`);
  return 0;
}

/** Filters that contradict one another where they have the same value. */
const opposites: ReadonlyMap<string, string> = new Map([
  ['label', 'label!'],
  ['label!', 'label'],
]);

/**
 * The filters of a prune: those of the line and those of the settings that do not contradict them
 * (PruneFilters of docker/cli).
 */
export function* pruneFilters(context: DockerContext): Steps<Filters> {
  const given = readFilters(context.flags.texts('--filter'));
  const { pruneFilters: kept = [] } = yield* readConfig(context);
  const merged: Record<string, readonly string[]> = { ...given };
  for (const filter of kept) {
    const [name, value, hasValue] = cut(filter, '=');
    const opposite = opposites.get(name);
    if (!hasValue || (opposite !== undefined && merged[opposite]?.includes(value))) continue;
    merged[name] = [...(merged[name] ?? []), value];
  }
  return merged;
}

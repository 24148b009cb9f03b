import { print, type Steps } from '../../effects.ts';
import { humanSize } from '../../go/go-units.ts';
import { naturalOrder } from '../../go/natural-order.ts';
import { pruneFilters } from '../containers/prune.ts';
import type { DockerContext } from '../context.ts';
import { ask, oneIf } from '../engine-client.ts';
import { SilentExit } from '../failures.ts';
import { type Filters, filterQuery } from '../filters.ts';
import type { Deletion } from '../images/change.ts';
import { confirm } from '../streams/confirm.ts';

/** What one kind of thing has given back. */
interface Pruned {
  readonly space: number;
  readonly lines: readonly string[];
}

/** `docker system prune` (cli/command/system/prune.go of docker/cli): each kind in its order. */
export function* runSystemPrune(context: DockerContext): Steps<number> {
  const { flags } = context;
  const isAll = flags.on('--all');
  const hasVolumes = flags.on('--volumes');
  const filters = yield* pruneFilters(context);
  if (!flags.on('--force') && !(yield* confirm(question(isAll, hasVolumes, filters)))) {
    throw new SilentExit(0);
  }
  let reclaimed = 0;
  const kinds = [
    pruneList('/containers/prune', 'Deleted Containers:', 'ContainersDeleted', filters),
    pruneList('/networks/prune', 'Deleted Networks:', 'NetworksDeleted', filters),
    ...(hasVolumes ? [pruneList('/volumes/prune', 'Deleted Volumes:', 'VolumesDeleted', filters)] : []),
    pruneImages(filters, isAll),
    pruneList('/build/prune', 'Deleted build cache objects:', 'CachesDeleted', filters, isAll),
  ];
  for (const prune of kinds) {
    const { space, lines } = yield* prune;
    reclaimed += space;
    if (lines.length > 0) yield* print(`${lines.join('\n')}\n\n`);
  }
  yield* print(`Total reclaimed space: ${humanSize(reclaimed)}\n`);
  return 0;
}

function question(isAll: boolean, hasVolumes: boolean, filters: Filters): string {
  const kinds = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(hasVolumes ? ['all anonymous volumes not used by at least one container'] : []),
    isAll ? 'all images without at least one container associated to them' : 'all dangling images',
    isAll ? 'all build cache' : 'unused build cache',
  ];
  const given = ['label', 'label!', 'until'].flatMap((name) =>
    (filters[name] ?? []).map((value) => `${name}=${value}`),
  );
  const filtered = given.toSorted(naturalOrder).map((filter) => `\n  - ${filter}`);
  const only = given.length > 0 ? `\n  Items to be pruned will be filtered with:${filtered.join('')}\n` : '';
  const listed = kinds.map((kind) => `\n  - ${kind}`).join('');
  return `WARNING! This will remove:${listed}\n${only}\nAre you sure you want to continue?`;
}

function* pruneList(
  path: string,
  title: string,
  field: string,
  filters: Filters,
  isAll = false,
): Steps<Pruned> {
  const report = yield* ask<Readonly<Record<string, unknown>>>('POST', path, {
    query: { all: oneIf(isAll), filters: filterQuery(filters) },
  });
  const deleted = (report[field] as readonly string[] | null | undefined) ?? [];
  const space = Number(report.SpaceReclaimed ?? 0);
  return { space, lines: deleted.length > 0 ? [title, ...deleted] : [] };
}

function* pruneImages(filters: Filters, isAll: boolean): Steps<Pruned> {
  const { ImagesDeleted, SpaceReclaimed } = yield* ask<{
    readonly ImagesDeleted: readonly Deletion[] | null;
    readonly SpaceReclaimed: number;
  }>('POST', '/images/prune', {
    query: { filters: filterQuery({ ...filters, dangling: [...(filters.dangling ?? []), String(!isAll)] }) },
  });
  const deleted = (ImagesDeleted ?? []).map(({ Untagged, Deleted }) =>
    Untagged ? `untagged: ${Untagged}` : `deleted: ${Deleted}`,
  );
  return { space: SpaceReclaimed, lines: deleted.length > 0 ? ['Deleted Images:', ...deleted] : [] };
}

const warning = 'Are you sure you want to continue?';

/** `docker image prune` (cli/command/image/prune.go of docker/cli). */
export function* runImagePrune(context: DockerContext): Steps<number> {
  const { flags } = context;
  const isAll = flags.on('--all');
  const filters = yield* pruneFilters(context);
  const what = isAll ? 'all images without at least one container associated to them' : 'all dangling images';
  if (!flags.on('--force') && !(yield* confirm(`WARNING! This will remove ${what}.\n${warning}`))) {
    throw new SilentExit(0);
  }
  const { space, lines } = yield* pruneImages(filters, isAll);
  if (lines.length > 0) yield* print(`${lines.join('\n')}\n\n`);
  yield* print(`Total reclaimed space: ${humanSize(space)}\n`);
  return 0;
}

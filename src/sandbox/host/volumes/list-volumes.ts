import { type Volume, volumeSize, volumeTable } from '../../runtime/volume.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import type { Filters } from '../engine/filters.ts';
import { recordEvent } from '../events.ts';
import {
  anonymousLabel,
  dockerVolumeTable,
  removeVolume,
  runtimeVolume,
  usersOf,
  type VolumeRecord,
} from './volume-store.ts';

/** A volume as the API shows it. */
export function volumeText({
  name,
  created,
  labels,
  options,
}: VolumeRecord): Readonly<Record<string, unknown>> {
  return {
    CreatedAt: `${new Date(created).toISOString().slice(0, 19)}Z`,
    Driver: 'local',
    Labels: labels,
    Mountpoint: mountpointOf(name),
    Name: name,
    Options: options,
    Scope: 'local',
  };
}

/** Where the files of a volume are on the laptop. */
function mountpointOf(name: string): string {
  return `/var/lib/docker/volumes/${name}/_data`;
}

/** The volumes that filters let through, by name. @throws EngineError for a filter that makes no sense */
export function listVolumes(parts: EngineParts, filters: Filters): readonly VolumeRecord[] {
  const isDangling = filters.flag('dangling');
  const all = Object.values(parts.store.table(dockerVolumeTable)) as VolumeRecord[];
  return all
    .filter(
      (volume) =>
        filters.matches('name', volume.name) &&
        filters.isExact('driver', 'local') &&
        filters.hasLabels('label', volume.labels) &&
        !(filters.has('label!') && filters.hasLabels('label!', volume.labels)) &&
        (isDangling === undefined || (usersOf(parts, volume.name).length === 0) === isDangling),
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Removes the volumes that no container mounts: those that nobody named, or all of them with `all`.
 *
 * @throws EngineError for a filter that makes no sense
 */
export function pruneVolumes(
  parts: EngineParts,
  filters: Filters,
): { readonly VolumesDeleted: readonly string[]; readonly SpaceReclaimed: number } {
  const given = filters.get('all');
  if (given.length > 1) {
    throw new EngineError(400, `invalid filter 'all=[${given.join(' ')}]': only one value is expected`);
  }
  const [value = 'false'] = given;
  if (!/^(1|0|t|f|true|false)$/i.test(value)) {
    const why = `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
    throw new EngineError(400, `invalid filter 'all': ${why}`);
  }
  const isAll = /^(1|t|true)$/i.test(value);
  const gone = listVolumes(parts, filters).filter(
    ({ name, labels, options }) =>
      usersOf(parts, name).length === 0 &&
      (isAll || labels?.[anonymousLabel] !== undefined) &&
      // What is mounted from elsewhere is not for the engine to throw away.
      options === null,
  );
  let reclaimed = 0;
  for (const { name } of gone) {
    reclaimed += volumeBytes(parts, name);
    removeVolume(parts, name);
  }
  recordEvent(parts.store, 'volume', 'prune', '', { reclaimed: String(reclaimed) });
  return { VolumesDeleted: gone.map(({ name }) => name), SpaceReclaimed: reclaimed };
}

/** What a volume takes of the disk. */
export function volumeBytes({ store }: Pick<EngineParts, 'store'>, name: string): number {
  const volume = store.read(volumeTable, `${laptopHost}/${runtimeVolume(name)}`) as Volume | undefined;
  return volume && !volume.memory ? volumeSize(volume) : 0;
}

import { fullName, readReference } from '../../images/registry.ts';
import type { Store } from '../../store.ts';
import { allContainers } from '../containers/container-record.ts';
import type { Filters } from '../engine/filters.ts';
import { recordEvent } from '../events.ts';
import { sizeTogether } from './image-sizes.ts';
import { allImages, namesOf } from './image-store.ts';
import { listImages } from './list-images.ts';
import { type Removal, removeWhole, untag } from './remove-image.ts';

/**
 * Removes the images that have no name, or with `dangling=false` all that no container is made from
 * (daemon/containerd/image_prune.go of github.com/moby/moby).
 *
 * @param filters `dangling` taken out of them
 * @throws EngineError for a filter that makes no sense
 */
export function pruneImages(
  store: Store,
  filters: Filters,
  onlyDangling: boolean,
): { readonly ImagesDeleted: readonly Removal[] | null; readonly SpaceReclaimed: number } {
  const before = sizeTogether(allImages(store));
  const gone: Removal[] = [];
  const containers = allContainers({ store });
  for (const image of listImages(store, filters)) {
    const names = namesOf(store, image);
    if (onlyDangling && names.length > 0) continue;
    const users = containers.filter((container) => container.image === image.image.digest);
    if (users.length === 0) {
      gone.push(...removeWhole(store, image));
      continue;
    }
    // Of an image that is in use only the names go that no container was asked for by.
    const asked = users.map(({ config }) => nameOf(config.Image));
    const free = names.filter((name) => !asked.includes(name));
    const spare = free.length === names.length ? free.slice(1) : free;
    gone.push(...untag(store, image, spare));
  }
  const reclaimed = before - sizeTogether(allImages(store));
  recordEvent(store, 'image', 'prune', '', { reclaimed: String(reclaimed) });
  return { ImagesDeleted: gone.length > 0 ? gone : null, SpaceReclaimed: reclaimed };
}

function nameOf(text: string): string | undefined {
  const reference = readReference(text);
  return reference?.repository ? fullName(reference) : undefined;
}

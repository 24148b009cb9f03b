import type { HostImage } from '../../runtime/container-runtime.ts';
import type { Store } from '../../store.ts';
import { unlessThrown } from '../../thrown.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { Filters } from '../engine/filters.ts';
import { readTimestamp } from '../engine/timestamps.ts';
import { familiarName, repositoryOf } from './image-names.ts';
import { allImages, demandImage, imageInfo, namesOf } from './image-store.ts';
import { isPathMatch } from './path-match.ts';

/** What `docker images --filter` may be about. */
export const imageFilters = ['dangling', 'label', 'label!', 'before', 'since', 'reference', 'until'];

/**
 * The images that filters let through, the newest first. Of the names of an image those stay that are asked for.
 *
 * @throws EngineError for a filter that makes no sense
 */
export function listImages(store: Store, filters: Filters): readonly HostImage[] {
  const before = filters.get('before').map((text) => demandImage(store, text).image.created);
  const since = filters.get('since').map((text) => demandImage(store, text).image.created);
  const isDangling = filters.flag('dangling');
  const until = filters.get('until').map((text) => untilOf(text, store.now));
  const references = filters.get('reference');
  return allImages(store)
    .filter(({ image }) => {
      const { created, config } = image;
      return (
        before.every((other) => created < other) &&
        since.every((other) => created > other) &&
        until.every((end) => (imageInfo(store, image).taggedAt || created) < end) &&
        filters.hasLabels('label', config.labels) &&
        !(filters.has('label!') && filters.hasLabels('label!', config.labels))
      );
    })
    .filter((image) => isDangling === undefined || (namesOf(store, image).length === 0) === isDangling)
    .map((image) =>
      references.length === 0
        ? image
        : { ...image, tags: image.tags.filter((tag) => references.some((each) => isNamed(tag, each))) },
    )
    .filter(({ tags }) => references.length === 0 || tags.length > 0)
    .sort((one, other) => other.image.created - one.image.created);
}

function untilOf(text: string, now: number): number {
  const read = () => readTimestamp(text, now);
  return unlessThrown(EngineError, read, ({ message }): never => {
    throw new EngineError(400, `invalid value for 'until' filter: ${message}`);
  });
}

/** A pattern is held against a name in full and as it is shown, with and without its tag. */
function isNamed(full: string, pattern: string): boolean {
  const repository = repositoryOf(full);
  return [familiarName(full), familiarName(repository), full, repository].some((name) =>
    isPathMatch(pattern, name),
  );
}

import { fullName } from '../../images/registry.ts';
import type { HostImage } from '../../runtime/container-runtime.ts';
import type { Store } from '../../store.ts';
import { allContainers, type ContainerRecord } from '../containers/container-record.ts';
import { EngineError } from '../engine/engine-error.ts';
import { recordEvent } from '../events.ts';
import { demandReference, familiarName, repositoryOf, shortDigest, tagOf } from './image-names.ts';
import { demandImage, dropImage, namesOf, unnameImage } from './image-store.ts';

/** What became of a name or of an image. */
export type Removal = { readonly Untagged: string } | { readonly Deleted: string };

/**
 * Removes a name of an image, and the image with its last one; or an image by its id, with all of its names
 * (daemon/containerd/image_delete.go of github.com/moby/moby).
 *
 * @throws EngineError when there is none, or a container or another name stands in the way
 */
export function removeImage(store: Store, text: string, isForced: boolean): readonly Removal[] {
  const image = demandImage(store, text);
  const { digest } = image.image;
  const names = namesOf(store, image);
  const isById = digest.startsWith(text) || digest.slice('sha256:'.length).startsWith(text);
  const asked = isById ? names : sameNames(text, names);
  if (asked.length < names.length) return untag(store, image, asked);
  if (!isById) {
    const [name = ''] = asked;
    const user = usersOf(store, digest)[0];
    if (user && !isForced) {
      const why = `container ${shortDigest(user.id)} is using its referenced image ${shortDigest(digest)}`;
      throw conflict(familiarName(name), 'must be forced', why);
    }
    // The image stays for its container, without a name.
    if (user) return untag(store, image, asked);
  }
  demandUnused(store, image, isForced);
  if (isById && names.length > 1 && !isForced) {
    const why = 'image is referenced in multiple repositories';
    throw conflict(shortDigest(digest), 'must be forced', why);
  }
  return removeWhole(store, image);
}

/** Removes an image and all its names, whoever uses it. */
export function removeWhole(store: Store, image: HostImage): readonly Removal[] {
  const { digest } = image.image;
  const untagged = untag(store, image, namesOf(store, image));
  dropImage(store, image);
  recordEvent(store, 'image', 'delete', digest, { name: digest });
  return [...untagged, { Deleted: digest }];
}

/** Takes names away, which the image can do without. */
export function untag(store: Store, image: HostImage, names: readonly string[]): readonly Removal[] {
  unnameImage(store, image, names);
  return names.map((full) => {
    const name = familiarName(full);
    recordEvent(store, 'image', 'untag', image.image.digest, { name });
    return { Untagged: name };
  });
}

/** Neither running containers nor, unless it is forced, stopped ones may be of an image that goes. */
function demandUnused(store: Store, { image }: HostImage, isForced: boolean): void {
  const users = usersOf(store, image.digest);
  const running = users.find(({ state }) => state.running);
  const what = shortDigest(image.digest);
  if (running) {
    const why = `image is being used by running container ${shortDigest(running.id)}`;
    throw conflict(what, 'cannot be forced', why);
  }
  const [stopped] = users;
  if (stopped && !isForced) {
    const why = `image is being used by stopped container ${shortDigest(stopped.id)}`;
    throw conflict(what, 'must be forced', why);
  }
}

function usersOf(store: Store, digest: string): readonly ContainerRecord[] {
  return allContainers({ store }).filter(({ image }) => image === digest);
}

/** The names that a name stands for: by its digest a repository stands for all of its tags. */
function sameNames(text: string, names: readonly string[]): readonly string[] {
  const reference = demandReference(text);
  const full = fullName(reference);
  const repository = repositoryOf(full);
  if (reference.digest !== '') return names.filter((name) => repositoryOf(name) === repository);
  const ofRepository = names.filter((name) => repositoryOf(name) === repository);
  const hasOtherTag = ofRepository.some((name) => tagOf(name) !== '' && name !== full);
  return ofRepository.filter((name) => name === full || (tagOf(name) === '' && !hasOtherTag));
}

function conflict(reference: string, how: string, why: string): EngineError {
  return new EngineError(409, `conflict: unable to delete ${reference} (${how}) - ${why}`);
}

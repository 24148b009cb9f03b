import { fullName } from '../../images/registry.ts';
import type { HostImage, Image } from '../../runtime/container-runtime.ts';
import { keyOn, tables } from '../../runtime/records.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import { demandReference, familiarName, repositoryOf } from './image-names.ts';

/** What the engine knows of an image besides what the runtime does; keyed by its id, the digest of its manifest. */
const infoTable = 'docker/images';

/** Where an image came from. */
export interface ImageInfo {
  /** When it got its last name, in milliseconds since 1970. */
  readonly taggedAt: number;
  /** Names by digest that it was pulled under, such as `docker.io/library/nginx@sha256:…`. */
  readonly pulledDigests: readonly string[];
  /** Repositories that it was pulled from, such as `docker.io/library/nginx`. */
  readonly pulledFrom: readonly string[];
  /** Who wrote it, and what was said of it, where `commit` or `import` did. */
  readonly author?: string;
  readonly comment?: string;
  /** What describes its layers, where its own digest also covers how it was built; else that digest. */
  readonly manifest?: string;
  /** Builds that made it. */
  readonly builds?: readonly { readonly ref: string; readonly at: number }[];
}

/** The images of the engine. */
export function allImages(store: Store): readonly HostImage[] {
  const hostOf = (_: unknown, key: string) => [key.slice(0, key.indexOf('/'))];
  return store.index(tables.images, 'host', hostOf).entries(laptopHost) as readonly HostImage[];
}

/** What is known of an image. */
export function imageInfo(store: Store, { digest }: Image): ImageInfo {
  const known = store.read(infoTable, digest) as ImageInfo | undefined;
  return known ?? { taggedAt: 0, pulledDigests: [], pulledFrom: [] };
}

/** Notes something of an image. */
export function noteImage(store: Store, image: Image, changes: Partial<ImageInfo>): void {
  store.write(infoTable, image.digest, { ...imageInfo(store, image), ...changes });
}

/** All names of an image: with tags, and those by digest that it was pulled under. */
export function namesOf(store: Store, { image, tags }: HostImage): readonly string[] {
  return [...tags, ...imageInfo(store, image).pulledDigests];
}

/**
 * An image by a name, by its id or by the beginning of its id, as the engine looks for it (daemon/containerd/image.go of
 * github.com/moby/moby).
 *
 * @throws EngineError when it is no name, or there is none
 */
export function demandImage(store: Store, text: string): HostImage {
  const found = findImage(store, text);
  if (found) return found;
  const reference = demandReference(text);
  const isShort = reference.tag === '' && reference.digest === '';
  throw new EngineError(404, `No such image: ${familiarText(text, isShort)}`);
}

/** The same; undefined when there is none. @throws EngineError when it is no name */
function findImage(store: Store, text: string): HostImage | undefined {
  const reference = demandReference(text);
  const all = allImages(store);
  if (reference.digest !== '') {
    const repository = `${reference.registry}/${reference.repository}`;
    return all.find(
      (each) =>
        each.image.digest === reference.digest &&
        (reference.repository === '' ||
          namesOf(store, each).some((name) => repositoryOf(name) === repository)),
    );
  }
  const name = fullName(reference);
  const named = all.find(({ tags }) => tags.includes(name));
  if (named) return named;
  const [, hex] = /^(?:sha256:)?([0-9a-f]{4,64})$/.exec(text) ?? [];
  if (hex === undefined) return undefined;
  const begun = all.filter(({ image }) => image.digest.startsWith(`sha256:${hex}`));
  if (begun.length > 1) throw new EngineError(404, 'ambiguous reference');
  return begun[0];
}

/**
 * Gives an image a name. Another image that had it loses it, and stays without one.
 *
 * @param name with a tag or a digest; `latest` where there is neither
 * @throws EngineError when it is no name
 */
export function nameImage(store: Store, name: string, image: Image): void {
  const reference = demandReference(name);
  const full = fullName(reference);
  const info = imageInfo(store, image);
  const isByDigest = reference.digest !== '';
  const before = allImages(store).find(({ tags }) => tags.includes(full));
  if (before && before.image.id !== image.id) {
    write(store, { ...before, tags: before.tags.filter((tag) => tag !== full) });
  }
  const known = store.read(tables.images, keyOn(laptopHost, image.id)) as HostImage | undefined;
  const tags = [...new Set([...(known?.tags ?? []), ...(isByDigest ? [] : [full])])].sort();
  write(store, { image, tags, digests: [] });
  noteImage(store, image, {
    taggedAt: store.now,
    pulledDigests: isByDigest ? [...new Set([...info.pulledDigests, full])] : info.pulledDigests,
  });
}

/** Keeps an image that has no name. */
export function keepUnnamed(store: Store, image: Image): void {
  if (store.read(tables.images, keyOn(laptopHost, image.id)) !== undefined) return;
  write(store, { image, tags: [], digests: [] });
}

/** Takes names away from an image, which stays even without one. */
export function unnameImage(store: Store, image: HostImage, names: readonly string[]): void {
  const info = imageInfo(store, image.image);
  write(store, { ...image, tags: image.tags.filter((tag) => !names.includes(tag)) });
  noteImage(store, image.image, {
    pulledDigests: info.pulledDigests.filter((digest) => !names.includes(digest)),
  });
}

/** Removes an image; its layers that no other image has are gone with it. */
export function dropImage(store: Store, { image }: HostImage): void {
  store.delete(tables.images, keyOn(laptopHost, image.id));
  store.delete(infoTable, image.digest);
}

/** Digests of what the runtime noted by itself are put together from the names whenever they are shown. */
function write(store: Store, { image, tags }: HostImage): void {
  const digests = [...new Set(tags.map((tag) => `${repositoryOf(tag)}@${image.digest}`))];
  store.write(tables.images, keyOn(laptopHost, image.id), { image, tags, digests } satisfies HostImage);
}

function familiarText(text: string, isShort: boolean): string {
  return familiarName(isShort ? `${text}:latest` : text);
}

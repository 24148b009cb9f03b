import { fullName, readReference } from '../images/registry.ts';
import type { Store } from '../store.ts';
import type { HostImage, Image } from './container-runtime.ts';
import { RuntimeError } from './container-runtime.ts';
import { keyOn, tables } from './records.ts';

const mostFound = 100;

/** The images that a host has, in the table `runtime/images`. */
export class HostImages {
  readonly #store: Store;
  /** What was found before, among the images that a host had: the list is another one when something changes. */
  readonly #found = new WeakMap<readonly HostImage[], Map<string, HostImage | undefined>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** All of a host, by id. */
  list(host: string): readonly HostImage[] {
    const hostOf = (_: unknown, key: string) => [key.slice(0, key.indexOf('/'))];
    return this.#store.index(tables.images, 'host', hostOf).entries(host) as readonly HostImage[];
  }

  /** @param text a name, a digest, an id or the beginning of an id */
  find(host: string, text: string): HostImage | undefined {
    const all = this.list(host);
    const known = this.#found.get(all) ?? new Map<string, HostImage | undefined>();
    if (known.has(text)) return known.get(text);
    const found = this.#find(host, text);
    if (known.size >= mostFound) known.clear();
    known.set(text, found);
    this.#found.set(all, known);
    return found;
  }

  #find(host: string, text: string): HostImage | undefined {
    const byId = this.#store.read(tables.images, keyOn(host, text)) as HostImage | undefined;
    if (byId) return byId;
    const reference = readReference(text);
    const name = reference?.repository ? fullName(reference) : undefined;
    const found = this.list(host);
    return (
      found.find(
        ({ tags, digests }) => name !== undefined && (tags.includes(name) || digests.includes(name)),
      ) ?? found.find(({ image }) => isIdOf(text, image))
    );
  }

  /** Puts an image on a host under a name; another that had the name loses it. */
  keep(host: string, text: string, image: Image): void {
    const reference = readReference(text);
    if (!reference?.repository) throw new RuntimeError('no-image', `invalid reference format: "${text}"`);
    const name = fullName(reference);
    const digest = `${reference.registry}/${reference.repository}@${image.digest}`;
    const tag = reference.digest && !reference.tag ? undefined : name;
    const before = tag === undefined ? undefined : this.find(host, tag);
    if (tag !== undefined && before && before.image.id !== image.id) {
      this.#write(host, { ...before, tags: before.tags.filter((each) => each !== tag) });
    }
    const known = this.#store.read(tables.images, keyOn(host, image.id)) as HostImage | undefined;
    this.#write(host, {
      image,
      tags: [...new Set([...(known?.tags ?? []), ...(tag === undefined ? [] : [tag])])].sort(),
      digests: [...new Set([...(known?.digests ?? []), digest])].sort(),
    });
  }

  /** Takes a name away, and the image with its last one. By its id an image goes at once. */
  remove(host: string, text: string): void {
    const found = this.find(host, text);
    if (!found) throw new RuntimeError('no-image', `No such image: ${text}`);
    const reference = readReference(text);
    const name = reference?.repository ? fullName(reference) : '';
    const tags = found.tags.filter((each) => each !== name);
    if (tags.length === found.tags.length || tags.length === 0) {
      this.#store.delete(tables.images, keyOn(host, found.image.id));
    } else this.#write(host, { ...found, tags });
  }

  #write(host: string, image: HostImage): void {
    const key = keyOn(host, image.image.id);
    if (JSON.stringify(this.#store.read(tables.images, key)) === JSON.stringify(image)) return;
    this.#store.write(tables.images, key, image);
  }
}

function isIdOf(text: string, { id, digest }: Image): boolean {
  const hex = text.replace(/^sha256:/, '');
  if (!/^[0-9a-f]{6,64}$/.test(hex)) return false;
  return id.startsWith(`sha256:${hex}`) || digest.startsWith(`sha256:${hex}`);
}

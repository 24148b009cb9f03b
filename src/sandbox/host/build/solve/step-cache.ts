import { sha256 } from '../../../images/sha256.ts';
import type { Image } from '../../../runtime/container-runtime.ts';
import type { Store } from '../../../store.ts';

/** What builds have left behind, by the key of the step; a result that fits is not made again. */
export const cacheTable = 'docker/build-cache';
/** Images that builds began with, by their full name. */
const sourceTable = 'docker/build-sources';
/** What the builder has of each context: for a file what it was. */
const contextTable = 'docker/build-contexts';

/** A result of a step. */
export interface CachedStep {
  /** The layer; empty where there is none. */
  readonly layer: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly used: number;
  readonly uses: number;
  readonly type: 'regular' | 'source.local' | 'exec.cachemount';
  /** What made it, as `docker buildx du --verbose` shows it. */
  readonly description: string;
  /** Key of the result that it stands on. */
  readonly parent?: string;
  /** Of an image that was pulled: its full name. */
  readonly image?: string;
}

/** What BuildKit calls a result: a number of its own. */
export function cacheRecordId(key: string): string {
  const digits = BigInt(`0x${sha256(`record ${key}`).slice(0, 34)}`).toString(36);
  return digits.padStart(25, '0').slice(-25);
}

/** The result of a step that has been done before. */
export function cachedStep(store: Store, key: string): CachedStep | undefined {
  const found = store.read(cacheTable, key) as CachedStep | undefined;
  if (found) store.write(cacheTable, key, { ...found, used: store.now, uses: found.uses + 1 });
  return found;
}

/** Keeps the result of a step, instead of the one that was there. */
export function keepStep(store: Store, key: string, step: Omit<CachedStep, 'used' | 'uses'>): void {
  store.write(cacheTable, key, { ...step, used: store.now, uses: 1 } satisfies CachedStep);
}

/** Keeps what is there for long, and is used once more each time. */
function keepSource(store: Store, key: string, step: Omit<CachedStep, 'used' | 'uses' | 'created'>): void {
  const { created = store.now, uses = 0 } = (store.read(cacheTable, key) ?? {}) as Partial<CachedStep>;
  const kept: CachedStep = { ...step, created, used: store.now, uses: uses + 1 };
  store.write(cacheTable, key, kept);
}

/** Keeps what was sent to the builder: each part of a context has a place of its own. */
export function keepLocalSource(
  store: Store,
  context: string,
  part: 'context' | 'dockerfile' | '.dockerignore',
  size: number,
): void {
  const name = part === 'dockerfile' ? 'dockerfile' : 'context';
  const step = { layer: '', size, description: `local source for ${name}` };
  keepSource(store, `local ${part} ${context}`, { ...step, type: 'source.local' });
}

/** An image that a build began with, which the engine does not list. */
export function knownImage(store: Store, name: string): Image | undefined {
  return store.read(sourceTable, name) as Image | undefined;
}

/** Keeps an image that a build began with. @returns the key of its highest layer */
export function keepImageSource(store: Store, name: string, image: Image): string {
  if (knownImage(store, name)?.digest !== image.digest) store.write(sourceTable, name, image);
  let parent: string | undefined;
  for (const { digest, size, files } of image.layers) {
    if (files === '' && size === 0) continue;
    const key = `layer ${parent ?? ''} ${digest}`;
    keepSource(store, key, {
      layer: digest,
      size,
      type: 'regular',
      description: `pulled from ${name.replace(/@.*$/, '')}@${image.digest}`,
      image: name,
      ...(parent !== undefined && { parent }),
    });
    parent = key;
  }
  return parent ?? '';
}

/** What the builder has of a context: what each file was when it was sent. */
export function knownFiles(store: Store, context: string): Readonly<Record<string, string>> {
  return (store.read(contextTable, context) as Record<string, string> | undefined) ?? {};
}

/** Keeps what the builder has of a context. */
export function keepFiles(store: Store, context: string, files: Readonly<Record<string, string>>): void {
  store.write(contextTable, context, files);
}

/** Forgets some of what builds left behind. @returns the keys of the results that are gone */
export function pruneCache(
  store: Store,
  isGone: (step: CachedStep, key: string) => boolean,
): readonly string[] {
  const gone = Object.entries(store.table(cacheTable)).filter(([key, step]) =>
    isGone(step as CachedStep, key),
  );
  for (const [key, step] of gone) {
    store.delete(cacheTable, key);
    const { image, type } = step as CachedStep;
    if (image !== undefined) store.delete(sourceTable, image);
    if (type === 'source.local') store.delete(contextTable, key.replace(/^local context /, ''));
  }
  return gone.map(([key]) => key);
}

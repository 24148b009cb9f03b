import type { LabelSelector, ObjectMeta, PodSpec, PodStatus } from '../../kubernetes/api.ts';
import type { Store } from '../store.ts';
import { alreadyExists, changedSince, conflict, notFound } from './api-error.ts';
import { type Deletion, finalizersFor, graceOf, isHeld, isHeldBySpec, whileLeaving } from './deletion.ts';
import { demandNamespace } from './demand-namespace.ts';
import { nodeOf, ownersOf, placesOf } from './index-values.ts';
import type { Writable } from './object.ts';
import {
  fitsSelector,
  keyOf,
  objectKey,
  type Stored,
  sameValue,
  specOf,
  statusOf,
  timestamp,
} from './object.ts';
import { randomLetters, randomUid } from './random-names.ts';
import { type Kinds, nameOf, type Resource, type ServedResource, servedResource } from './resources.ts';

/** What a new object has to pass, whoever makes it; it may be changed on the way, or refused by an ApiError. */
export type Admission = <R extends Resource>(resource: R, object: Kinds[R], cluster: Cluster) => Kinds[R];

/** How often upstream draws a generated name again that is taken (RetryGenerateName). */
const mostDraws = 7;

/**
 * The objects of the cluster, as the API server keeps them: names that are unique, versions, finalizers,
 * owners, graceful deletion. Controllers work with it as they would with a client; requests from outside
 * pass the API first, which reads, defaults and validates them.
 *
 * Objects are values: what was read is never changed, an update hands in another one.
 */
export class Cluster {
  readonly store: Store;
  readonly #admit: Admission;
  #rehearsing = false;

  constructor(store: Store, admit: Admission = (_, object) => object) {
    this.store = store;
    this.#admit = admit;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.store.now;
  }

  get<R extends Resource>(
    resource: R,
    namespace: string | undefined,
    name: string,
  ): Stored<Kinds[R]> | undefined {
    return this.store.read(resource, objectKey(namespace, name)) as Stored<Kinds[R]> | undefined;
  }

  /** @param key as `keyOf` gives it */
  getByKey<R extends Resource>(resource: R, key: string): Stored<Kinds[R]> | undefined {
    return this.store.read(resource, key) as Stored<Kinds[R]> | undefined;
  }

  /** All of a kind, or those of a namespace, in the order of their keys. */
  list<R extends Resource>(resource: R, namespace?: string): readonly Stored<Kinds[R]>[] {
    const index = this.store.index(resource, 'namespace', placesOf);
    return index.entries(namespace === undefined ? '' : `${namespace}/`) as Stored<Kinds[R]>[];
  }

  /** Those of a namespace whose labels fit. */
  select<R extends Resource>(
    resource: R,
    namespace: string,
    selector: LabelSelector | undefined,
  ): readonly Stored<Kinds[R]>[] {
    return this.list(resource, namespace).filter(({ metadata }) => fitsSelector(selector, metadata.labels));
  }

  /** Those that an object owns, whether it manages them or not. */
  ownedBy<R extends Resource>(resource: R, uid: string): readonly Stored<Kinds[R]>[] {
    return this.store.index(resource, 'owner', ownersOf).entries(uid) as Stored<Kinds[R]>[];
  }

  /** The Pods that are bound to a node. */
  podsOn(node: string): readonly Stored<Kinds['pods']>[] {
    return this.store.index('pods', 'node', nodeOf).entries(node) as Stored<Kinds['pods']>[];
  }

  /**
   * Keeps a new object.
   *
   * @param object its `metadata.name` may be left to `generateName`; it gets a `uid` unless it has one
   * @throws ApiError AlreadyExists, NotFound for a namespace that is not there, Forbidden for one that goes
   */
  create<R extends Resource>(resource: R, object: Kinds[R]): Stored<Kinds[R]> {
    const served = servedResource(resource);
    const named = this.named(resource, object);
    const admitted = this.#admit(resource, named, this);
    const { metadata } = admitted;
    const key = keyOf(admitted);
    if (served.namespaced) {
      demandNamespace(this.get('namespaces', undefined, metadata.namespace ?? ''), served, metadata);
    }
    if (this.store.read(resource, key) !== undefined)
      throw alreadyExists(nameOf(served), metadata.name ?? '');
    const given: Writable<ObjectMeta> = { ...metadata };
    given.uid ??= this.newUid();
    given.creationTimestamp = timestamp(this.now);
    if (served.hasGeneration) given.generation = 1;
    return this.#write(resource, key, admitted, given);
  }

  /**
   * Replaces an object. When its spec has changed, its generation counts on. An object that waits for
   * deletion goes when its last finalizer is taken away.
   *
   * @throws ApiError NotFound, and Conflict when it names a version that is not the last
   */
  update<R extends Resource>(resource: R, object: Kinds[R]): Stored<Kinds[R]> {
    const served = servedResource(resource);
    const old = this.#demand<R>(served, object.metadata);
    const counts = served.hasGeneration && !sameValue(specOf(old), specOf(object));
    const { uid, creationTimestamp, generation = 1 } = old.metadata;
    const next = {
      ...object,
      metadata: {
        ...object.metadata,
        uid,
        creationTimestamp,
        ...(served.hasGeneration ? { generation: counts ? generation + 1 : generation } : {}),
      },
    };
    const isLeaving = next.metadata.deletionTimestamp !== undefined && !isHeld(next);
    if (isLeaving && !next.metadata.deletionGracePeriodSeconds) {
      this.#discard(resource, keyOf(old));
      return next as Stored<Kinds[R]>;
    }
    return this.#replace(resource, old, next);
  }

  /** Replaces an object's status, and nothing else of it. Throws as `update` does. */
  updateStatus<R extends Resource>(resource: R, object: Kinds[R]): Stored<Kinds[R]> {
    const old = this.#demand<R>(servedResource(resource), object.metadata);
    return this.#replace(resource, old, { ...old, status: statusOf(object) } as Kinds[R]);
  }

  /**
   * Deletes an object. One that finalizers hold, or a Pod that runs on a node, only begins to go: it has a
   * `deletionTimestamp` then, and whoever holds it lets it go. What it owns is the garbage collector's.
   *
   * @returns the object as it is now or was last
   * @throws ApiError NotFound, Conflict when a precondition does not hold
   */
  remove<R extends Resource>(
    resource: R,
    namespace: string | undefined,
    name: string,
    deletion: Deletion = {},
  ): Stored<Kinds[R]> {
    const served = servedResource(resource);
    const old = this.get(resource, namespace, name);
    if (!old) throw notFound(nameOf(served), name);
    const { uid, resourceVersion } = deletion.preconditions ?? {};
    if (uid !== undefined && uid !== old.metadata.uid) {
      const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`;
      throw conflict(nameOf(served), name, why);
    }
    if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(nameOf(served), name, changedSince);
    }
    const grace = graceOf(resource, old, deletion);
    const finalizers = finalizersFor(old.metadata, deletion.propagation);
    if (grace === 0 && finalizers.length === 0 && !isHeldBySpec(old)) {
      this.#discard(resource, objectKey(namespace, name));
      return old;
    }
    const { deletionTimestamp, deletionGracePeriodSeconds: before = grace } = old.metadata;
    // A second deletion may shorten the time, never lengthen it.
    const period = deletionTimestamp === undefined ? grace : Math.min(before, grace);
    const isSooner = deletionTimestamp === undefined || period < before;
    const { finalizers: _, ...metadata } = old.metadata;
    return this.#replace(resource, old, {
      ...whileLeaving(old),
      metadata: {
        ...metadata,
        ...(finalizers.length > 0 ? { finalizers } : {}),
        deletionTimestamp: isSooner ? timestamp(this.now + period * 1000) : deletionTimestamp,
        deletionGracePeriodSeconds: period,
        ...(served.hasGeneration && deletionTimestamp === undefined
          ? { generation: (old.metadata.generation ?? 0) + 1 }
          : {}),
      },
    } as Kinds[R]);
  }

  /** Tells what an attempt would give, its refusal too, and keeps nothing of it: a dry run. */
  rehearse<T>(attempt: () => T): T {
    this.#rehearsing = true;
    try {
      return attempt();
    } finally {
      this.#rehearsing = false;
    }
  }

  /** Gives a Pod its node. It is not the Pod's author who changes it, so its generation stays. */
  bind(pod: Stored<Kinds['pods']>, node: string, status: PodStatus): Stored<Kinds['pods']> {
    const old = this.#demand<'pods'>(servedResource('pods'), pod.metadata);
    return this.#replace('pods', old, { ...old, spec: boundSpec(old.spec ?? none, node), status });
  }

  /** The end of a generated name. */
  randomSuffix(length = 5): string {
    return randomLetters(this.store, length);
  }

  /** An object with a name, generated from its `generateName` where it has none; one that is taken is drawn again. */
  named<R extends Resource>(resource: R, object: Kinds[R]): Kinds[R] {
    const { name, generateName, namespace } = object.metadata;
    if (name || !generateName) return object;
    // A name has at most 63 characters, five of them are chance.
    const start = generateName.slice(0, 58);
    let generated = `${start}${this.randomSuffix()}`;
    for (let again = 0; again < mostDraws && this.get(resource, namespace, generated); again++) {
      generated = `${start}${this.randomSuffix()}`;
    }
    return { ...object, metadata: { ...object.metadata, name: generated } };
  }

  #demand<R extends Resource>(
    served: ServedResource & { table: Resource },
    metadata: ObjectMeta,
  ): Stored<Kinds[R]> {
    const { namespace, name = '', resourceVersion, uid } = metadata;
    const old = this.get(served.table as R, namespace, name);
    if (!old) throw notFound(nameOf(served), name);
    if (uid !== undefined && uid !== old.metadata.uid) {
      const why = `StorageError: invalid object, Code: 4, Key: /registry/${served.plural}/${objectKey(namespace, name)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`;
      throw conflict(nameOf(served), name, why);
    }
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(nameOf(served), name, changedSince);
    }
    return old;
  }

  /** An update that changes nothing is none: nobody is told of it. */
  #replace<R extends Resource>(resource: R, old: Stored<Kinds[R]>, next: Kinds[R]): Stored<Kinds[R]> {
    const { resourceVersion } = old.metadata;
    const isKept = next.metadata === old.metadata;
    const kept = isKept ? next : { ...next, metadata: { ...next.metadata, resourceVersion } };
    return sameValue(old, kept) ? old : this.#write(resource, keyOf(old), kept, { ...kept.metadata });
  }

  #discard(resource: Resource, key: string): void {
    if (this.#rehearsing) return;
    this.store.revision += 1;
    this.store.delete(resource, key);
  }

  /** @param metadata nobody else has it, so its version can be written into it */
  #write<R extends Resource>(
    resource: R,
    key: string,
    object: Kinds[R],
    metadata: Writable<ObjectMeta>,
  ): Stored<Kinds[R]> {
    const stored = { ...object, metadata } as unknown as Stored<Kinds[R]>;
    if (this.#rehearsing) return stored;
    this.store.revision += 1;
    metadata.resourceVersion = `${this.store.revision}`;
    this.store.write(resource, key, stored);
    return stored;
  }

  /** A random identifier in the form of RFC 9562, version 4; for who has to know it before `create`. */
  newUid(): string {
    return randomUid(this.store);
  }
}

const none: PodSpec = { containers: [] };

/** Pods that were made of one template share its spec, and on one node they go on sharing it. */
const boundSpecs = new WeakMap<PodSpec, Map<string, PodSpec>>();

function boundSpec(spec: PodSpec, node: string): PodSpec {
  let byNode = boundSpecs.get(spec);
  if (!byNode) {
    byNode = new Map();
    boundSpecs.set(spec, byNode);
  }
  let bound = byNode.get(node);
  if (!bound) {
    bound = { ...none, ...spec, nodeName: node };
    byNode.set(node, bound);
  }
  return bound;
}

import type { ObjectMeta } from '../../../../kubernetes/api.ts';
import { conflict, notFound } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { rulesOf } from '../../kinds/all-kinds.ts';
import type { Decoded, KindRules } from '../../kinds/kind.ts';
import { metadataComplaints, metadataUpdateComplaints } from '../../kinds/object-meta.ts';
import type { ApiObject, Stored } from '../../object.ts';
import type { Kinds } from '../../resources.ts';
import { nameOf } from '../../resources.ts';
import { mutate } from '../admission.ts';
import { trackUpdate, type Writer } from '../apply/managed-fields.ts';
import type { ApiContext } from '../context.ts';
import type { WriteOptions } from '../options.ts';
import type { ServedTarget } from '../target.ts';
import { badRequest, invalidObject, unexplained } from './status.ts';

/** What was stored, and what is to be said about it. */
export interface StoredObject {
  readonly object: ApiObject;
  readonly warnings: readonly string[];
}

/** How a change comes. */
export interface ChangeOptions extends Pick<WriteOptions, 'dryRun' | 'fieldManager'> {
  readonly subresource?: Writer['subresource'];
  /** Whether `managedFields` are right already, as after server-side apply. */
  readonly isTracked?: boolean;
}

/** Kinds of the API by what is common to them: each function below works for all of them. */
type AnyKind = Decoded<Kinds['pods']>;
type AnyRules = KindRules<AnyKind>;

/** What is known of the kind of a target. The kinds differ; what is done with them here does not. */
export function rulesOfTarget({ resource }: ServedTarget): AnyRules {
  return rulesOf(resource.table) as unknown as AnyRules;
}

/**
 * Keeps a new object that was decoded: defaults, admission, preparation, validation, in upstream's order
 * (k8s.io/apiserver/pkg/registry/rest, BeforeCreate).
 *
 * @throws ApiError Invalid, AlreadyExists, NotFound, Forbidden
 */
export function storeNew(
  { cluster }: ApiContext,
  target: ServedTarget,
  given: ApiObject,
  options: ChangeOptions,
): StoredObject {
  const { resource } = target;
  const rules = rulesOfTarget(target);
  const table = resource.table as 'pods';
  if (given.metadata.resourceVersion) {
    throw unexplained('resourceVersion should not be set on objects to be created');
  }
  const scoped = inNamespace(given, target);
  const { namespace = '' } = scoped.metadata;
  if (resource.namespaced && !cluster.get('namespaces', undefined, namespace)) {
    throw notFound('namespaces', namespace);
  }
  const writer: Writer = { manager: options.fieldManager, now: cluster.now };
  const attempt = (): ApiObject => {
    const defaulted = applyDefaults(rules, asNew(scoped));
    // Who wrote it is noted before the server adds what is its own.
    const tracked = options.isTracked ? defaulted : trackUpdate(undefined, defaulted, writer);
    const admitted = mutate(table, cluster.named(table, tracked), cluster) as AnyKind;
    const prepared = prepareNew(rules, admitted, cluster);
    const complaints = [
      ...metadataComplaints(prepared.metadata, resource.namespaced, rules.nameRule ?? 'subdomain'),
      ...(rules.validate?.(prepared) ?? []),
    ];
    if (complaints.length > 0) throw invalidObject(resource, prepared.metadata.name ?? '', complaints);
    return cluster.create(table, prepared);
  };
  const object = options.dryRun ? cluster.rehearse(attempt) : attempt();
  return { object, warnings: rules.warnings?.(object as AnyKind) ?? [] };
}

/**
 * Replaces an object by another that was decoded (rest.BeforeUpdate).
 *
 * @throws ApiError Invalid, Conflict
 */
export function storeChange(
  { cluster }: ApiContext,
  target: ServedTarget,
  old: Stored<ApiObject>,
  given: ApiObject,
  options: ChangeOptions,
): StoredObject {
  const { resource } = target;
  const rules = rulesOfTarget(target);
  const table = resource.table as 'pods';
  const before = old as Stored<AnyKind>;
  const writer: Writer = {
    manager: options.fieldManager,
    now: cluster.now,
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
  };
  const scoped = inNamespace(given, target);
  const attempt = (): ApiObject => {
    const defaulted = applyDefaults(rules, withSystemFields(scoped, old, rules));
    const tracked = options.isTracked ? defaulted : trackUpdate(old, defaulted, writer);
    const prepared = prepareChange(rules, tracked, before, cluster, options.subresource);
    demandVersion(target, prepared.metadata, old);
    // Upstream looks at metadata twice, so what is wrong with it stands among the causes twice.
    const meta = metadataUpdateComplaints(prepared.metadata, old.metadata);
    const complaints = [
      ...meta,
      ...meta,
      ...(options.subresource === 'status'
        ? []
        : [...(rules.validate?.(prepared) ?? []), ...(rules.validateUpdate?.(prepared, before) ?? [])]),
    ];
    if (complaints.length > 0) throw invalidObject(resource, old.metadata.name, complaints);
    if (options.subresource === undefined) rules.admitUpdate?.(prepared, before, cluster);
    return cluster.update(table, prepared);
  };
  const object = options.dryRun ? cluster.rehearse(attempt) : attempt();
  const says = options.subresource === undefined ? rules.warnings?.(object as AnyKind, before) : undefined;
  return { object, warnings: says ?? [] };
}

function applyDefaults(rules: AnyRules, object: ApiObject): AnyKind {
  return rules.defaults ? rules.defaults(object as AnyKind) : (object as AnyKind);
}

function prepareNew(rules: AnyRules, object: AnyKind, cluster: Cluster): AnyKind {
  if (rules.prepareCreate) return rules.prepareCreate(object, cluster);
  if (!rules.hasStatus) return object;
  const { status: _, ...rest } = object;
  return rest;
}

function prepareChange(
  rules: AnyRules,
  object: AnyKind,
  old: Stored<AnyKind>,
  cluster: Cluster,
  subresource: ChangeOptions['subresource'],
): AnyKind {
  if (subresource === 'status') {
    // Labels and annotations may be written along with a status, the rest may not.
    const { status: _, ...rest } = old;
    return {
      ...rest,
      metadata: object.metadata,
      ...(object.status === undefined ? {} : { status: object.status }),
    };
  }
  if (subresource === 'ephemeralcontainers') {
    const { ephemeralContainers } = object.spec ?? {};
    const { ephemeralContainers: _, ...spec } = old.spec ?? { containers: [] };
    const { resourceVersion = '', managedFields = [] } = object.metadata;
    return {
      ...old,
      metadata: { ...old.metadata, resourceVersion, managedFields },
      spec: { ...spec, ...(ephemeralContainers ? { ephemeralContainers } : {}) },
    };
  }
  if (subresource !== undefined) return object;
  if (rules.prepareUpdate) return rules.prepareUpdate(object, old, cluster);
  if (!rules.hasStatus) return object;
  const { status: _, ...rest } = object;
  return old.status === undefined ? rest : { ...rest, status: old.status };
}

/** What the server says of an object is not the client's to say. */
function asNew(object: ApiObject): ApiObject {
  const {
    uid: _uid,
    creationTimestamp: _created,
    deletionTimestamp: _deleted,
    deletionGracePeriodSeconds: _grace,
    generation: _generation,
    selfLink: _link,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}

function withSystemFields(object: ApiObject, old: Stored<ApiObject>, rules: AnyRules): ApiObject {
  const { selfLink: _, ...metadata } = object.metadata;
  const {
    uid,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    generation,
    resourceVersion,
  } = old.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: metadata.uid ?? uid,
      creationTimestamp,
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
      ...(deletionGracePeriodSeconds === undefined
        ? {}
        : { deletionGracePeriodSeconds: metadata.deletionGracePeriodSeconds ?? deletionGracePeriodSeconds }),
      ...(generation === undefined ? {} : { generation }),
      resourceVersion: metadata.resourceVersion ?? (rules.demandsVersion ? '' : resourceVersion),
    },
  };
}

function demandVersion(
  { resource }: ServedTarget,
  { resourceVersion }: ObjectMeta,
  old: Stored<ApiObject>,
): void {
  if (!resourceVersion || resourceVersion === old.metadata.resourceVersion) return;
  throw conflict(
    nameOf(resource),
    old.metadata.name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

function inNamespace(object: ApiObject, { resource, namespace = '' }: ServedTarget): ApiObject {
  const { namespace: own, ...metadata } = object.metadata;
  if (!resource.namespaced) return own === undefined ? object : { ...object, metadata };
  if (own !== undefined && own !== '' && own !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return { ...object, metadata: { ...metadata, namespace } };
}

import type { DeleteOptions } from '../../../../kubernetes/api.ts';
import { type ApiError, conflict } from '../../api-error.ts';
import type { Deletion } from '../../deletion.ts';
import { invalid, notSupported } from '../../kinds/complaint.ts';
import { type ApiObject, type Stored, timestamp } from '../../object.ts';
import type { Resource } from '../../resources.ts';
import { nameOf } from '../../resources.ts';
import type { ApiContext } from '../context.ts';
import { count, parameter, parameters } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';
import { selectionOf } from './list-objects.ts';
import { decodeObject, isObject } from './read-object.ts';
import { badRequest, forbiddenObject, invalidObject } from './status.ts';
import { demandObject } from './write-object.ts';

/** Kinds of which a deletion gives back the object and not a word of success (ReturnDeletedObject in upstream's registries). */
const givenBack: readonly Resource[] = [
  'namespaces',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'resourcequotas',
  'serviceaccounts',
  'services',
  'storageclasses.storage.k8s.io',
];

interface ReadDeletion extends Deletion {
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
}

/** Answers a DELETE of an object. @throws ApiError NotFound, Conflict, Invalid */
export function deleteObject(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  const deletion = readDeletion(target, request);
  const old = demandObject(context, target);
  demandMortal(target);
  demandPreconditions(target, old, deletion);
  const gone = removed(context, target, old, deletion);
  const isOver = deletion.dryRun ? gone === old : !isThere(context, target, old);
  const { warnings } = deletion;
  const said = warnings.length > 0 ? { warnings } : {};
  const { resource } = target;
  if (!isOver) return { status: 200, body: gone, ...said };
  if (givenBack.includes(resource.table)) return { status: 200, body: lastState(context, gone), ...said };
  const { name, uid } = old.metadata;
  const details = { name, ...(resource.group ? { group: resource.group } : {}), kind: resource.plural, uid };
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  return { status: 200, body, ...said };
}

/** Without them there is no cluster (k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle). */
const immortal: readonly string[] = ['default', 'kube-public', 'kube-system'];

function demandMortal({ resource, name = '' }: ServedTarget): void {
  if (resource.table !== 'namespaces' || !immortal.includes(name)) return;
  throw forbiddenObject(resource, name, 'this namespace may not be deleted');
}

/** Answers a DELETE of a collection: all that are selected. @throws ApiError */
export function deleteCollection(
  context: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
): ApiResponse {
  const deletion = readDeletion(target, request);
  const isSelected = selectionOf(target, request);
  const { kind, apiVersion, table } = target.resource;
  const all: readonly Stored<ApiObject>[] = context.cluster.list(table, target.namespace);
  const items = all.filter(isSelected).map((each) => removed(context, target, each, deletion));
  const metadata = { resourceVersion: `${context.cluster.store.revision}` };
  return { status: 200, body: { kind: `${kind}List`, apiVersion, metadata, items } };
}

/** Reads DeleteOptions from a body, or from the query where there is none. @throws ApiError */
export function readDeletion(
  { resource }: Pick<ServedTarget, 'resource'>,
  request: ApiRequest,
): ReadDeletion {
  const options = optionsOf(request);
  const { orphanDependents, propagationPolicy, gracePeriodSeconds, preconditions, dryRun = [] } = options;
  const kind = { kind: 'DeleteOptions', group: 'meta.k8s.io' };
  if (orphanDependents !== undefined && propagationPolicy !== undefined) {
    throw invalidObject(kind, '', [
      invalid(
        'propagationPolicy',
        propagationPolicy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    ]);
  }
  if (
    propagationPolicy !== undefined &&
    !['Foreground', 'Background', 'Orphan'].includes(propagationPolicy)
  ) {
    const known = ['Foreground', 'Background', 'Orphan', 'nil'];
    throw invalidObject(kind, '', [notSupported('propagationPolicy', propagationPolicy, known)]);
  }
  if (dryRun.some((each) => each !== 'All')) {
    throw invalidObject(kind, '', [notSupported('dryRun', dryRun, ['All'])]);
  }
  const asked =
    propagationPolicy ??
    (orphanDependents === undefined ? undefined : orphanDependents ? 'Orphan' : 'Background');
  // For Jobs the default is as old as they are (pkg/registry/batch/job/strategy.go).
  const orphans = asked === undefined && resource.table === 'jobs.batch';
  const propagation = orphans ? 'Orphan' : (asked as Deletion['propagation']);
  return {
    ...(propagation === undefined ? {} : { propagation }),
    // A negative time is one second (rest.BeforeDelete).
    ...(gracePeriodSeconds === undefined
      ? {}
      : { gracePeriodSeconds: gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds }),
    ...(preconditions === undefined ? {} : { preconditions }),
    dryRun: dryRun.length > 0,
    warnings: orphans ? [orphanedJobs] : [],
  };
}

/** A Pod that goes at once is given back as if it had begun to go. */
function lastState({ cluster }: ApiContext, object: Stored<ApiObject>): ApiObject {
  const { kind, metadata } = object;
  if (kind !== 'Pod' || metadata.deletionTimestamp !== undefined) return object;
  const deletionTimestamp = timestamp(cluster.now);
  const generation = (metadata.generation ?? 0) + 1;
  return {
    ...object,
    metadata: { ...metadata, deletionTimestamp, deletionGracePeriodSeconds: 0, generation },
  };
}

const orphanedJobs =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning';

function optionsOf(request: ApiRequest): DeleteOptions {
  const { body } = request;
  if (isObject(body)) {
    const known = { apiVersion: 'meta/v1', kind: 'DeleteOptions' };
    return decodeObject<DeleteOptions>(body, known, (why) => badRequest(why)).object;
  }
  if (body !== undefined && body !== null && body !== '') {
    throw badRequest(`couldn't get version/kind; json parse error: ${JSON.stringify(body).slice(0, 100)}`);
  }
  const grace = count(request, 'gracePeriodSeconds');
  const policy = parameter(request, 'propagationPolicy');
  const orphan = parameter(request, 'orphanDependents');
  return {
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(policy ? { propagationPolicy: policy } : {}),
    ...(orphan === undefined ? {} : { orphanDependents: orphan === 'true' || orphan === '1' }),
    dryRun: parameters(request, 'dryRun'),
  };
}

function removed(
  { cluster }: ApiContext,
  { resource }: ServedTarget,
  { metadata }: Stored<ApiObject>,
  { dryRun, ...deletion }: ReadDeletion,
): Stored<ApiObject> {
  const remove = () => cluster.remove(resource.table, metadata.namespace, metadata.name, deletion);
  return dryRun ? cluster.rehearse(remove) : remove();
}

function isThere(
  { cluster }: ApiContext,
  { resource }: ServedTarget,
  { metadata }: Stored<ApiObject>,
): boolean {
  return cluster.get(resource.table, metadata.namespace, metadata.name) !== undefined;
}

function demandPreconditions(
  { resource }: ServedTarget,
  { metadata }: Stored<ApiObject>,
  { preconditions }: Deletion,
): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid !== undefined && uid !== metadata.uid) {
    throw unmet(
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw unmet(
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }

  function unmet(why: string): ApiError {
    return conflict(nameOf({ plural: resource.kind, group: resource.group }), metadata.name, why);
  }
}

import type { Scale } from '../../../../kubernetes/api.ts';
import { ApiError } from '../../api-error.ts';
import { ageColumn, ageOf, integer, nameColumn } from '../../kinds/cells.ts';
import { invalid } from '../../kinds/complaint.ts';
import type { KindRules } from '../../kinds/kind.ts';
import type { ApiObject, Stored } from '../../object.ts';
import { servedSchema } from '../../schema/type-lines.ts';
import type { ApiContext } from '../context.ts';
import { decodeObject, readObject } from '../objects/read-object.ts';
import { badRequest, invalidObject, methodNotAllowed, noSuchPath } from '../objects/status.ts';
import { rulesOfTarget, storeChange } from '../objects/store-object.ts';
import { formOf, includeObject, tableOf } from '../objects/table.ts';
import { demandName, demandObject } from '../objects/write-object.ts';
import { contentType, writeOptions } from '../options.ts';
import { applyJsonPatch } from '../patches/json-patch.ts';
import { applyMergePatch } from '../patches/merge-patch.ts';
import { applyStrategicMerge } from '../patches/strategic-merge.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';

const scaleKind = { apiVersion: 'autoscaling/v1', kind: 'Scale' };

/** Answers for the subresource `scale`: how many replicas are wanted, and there. @throws ApiError */
export function scaleObject(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  const { scale } = rulesOfTarget(target);
  if (!scale) throw noSuchPath();
  if (!['GET', 'PUT', 'PATCH'].includes(request.method)) throw methodNotAllowed();
  const old = demandObject(context, target);
  const current = scaleOf(target, old);
  if (request.method === 'GET') return { status: 200, body: shown(context, current, request) };
  const options = writeOptions(request, request.method === 'PUT' ? 'UpdateOptions' : 'PatchOptions');
  const wanted =
    request.method === 'PUT'
      ? readObject<Scale>(request, scaleKind, options.fieldValidation).object
      : patchedScale(current, request);
  demandName(wanted, target);
  const replicas = wanted.spec?.replicas ?? 0;
  if (replicas < 0) {
    throw invalidObject({ kind: 'Scale', group: 'autoscaling' }, old.metadata.name, [
      invalid('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ]);
  }
  const { resourceVersion = '' } = wanted.metadata;
  const scaled = scale.withReplicas(old as never, replicas) as ApiObject;
  const given = { ...scaled, metadata: { ...scaled.metadata, resourceVersion } };
  const { object } = storeChange(context, target, old, given, { ...options, subresource: 'scale' });
  return { status: 200, body: scaleOf(target, object as Stored<ApiObject>) };
}

/** A Scale, or the table of it where that is asked for (k8s.io/kubernetes/pkg/printers/internalversion, printScale). */
function shown({ cluster }: ApiContext, scale: Scale, request: ApiRequest): unknown {
  if (formOf(request) !== 'table') return scale;
  const { resourceVersion } = scale.metadata;
  const object = scale as Stored<ApiObject>;
  return tableOf(scaleRules, [object], { resourceVersion }, includeObject(request), { now: cluster.now });
}

const scaleRules: KindRules<ApiObject> = {
  columns: [nameColumn, integer('Desired'), integer('Available'), ageColumn],
  row: (object, context) => {
    const { metadata, spec, status } = object as Scale;
    return [metadata.name ?? '', spec?.replicas ?? 0, status?.replicas ?? 0, ageOf(object, context)];
  },
};

function scaleOf(target: ServedTarget, object: Stored<ApiObject>): Scale {
  const { scale } = rulesOfTarget(target);
  if (!scale) throw noSuchPath();
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const replicas = scale.wanted(object as never);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid,
      resourceVersion,
      creationTimestamp,
    },
    // Go leaves out zero here.
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: scale.current(object as never), selector: scale.selector(object as never) },
  };
}

function patchedScale(current: Scale, request: ApiRequest): Scale {
  const patched = (() => {
    switch (contentType(request)) {
      case 'application/json-patch+json':
        return applyJsonPatch(current, request.body);
      case 'application/merge-patch+json':
        return applyMergePatch(current, request.body);
      case 'application/strategic-merge-patch+json': {
        return applyStrategicMerge(servedSchema(scaleKind), current, request.body);
      }
      default:
        throw new ApiError('UnsupportedMediaType', '415: Unsupported Media Type');
    }
  })();
  return decodeObject<Scale>(patched, scaleKind, (why) => badRequest(why)).object;
}

import type { Namespace } from '../../../../kubernetes/api.ts';
import type { ApiContext } from '../context.ts';
import { writeOptions } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';
import { readObject } from './read-object.ts';
import { methodNotAllowed } from './status.ts';
import { demandName, demandObject } from './write-object.ts';

/** Takes away what holds a Namespace that goes: a PUT of it with other `spec.finalizers`. @throws ApiError */
export function finalizeNamespace(
  context: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
): ApiResponse {
  if (request.method !== 'PUT') throw methodNotAllowed();
  const options = writeOptions(request, 'UpdateOptions');
  const { object } = readObject<Namespace>(request, target.resource, options.fieldValidation);
  demandName(object, target);
  const old = demandObject(context, target) as Namespace;
  const { finalizers } = object.spec ?? {};
  const spec = finalizers ? { finalizers } : {};
  const attempt = () => context.cluster.update('namespaces', { ...old, spec });
  return { status: 200, body: options.dryRun ? context.cluster.rehearse(attempt) : attempt() };
}

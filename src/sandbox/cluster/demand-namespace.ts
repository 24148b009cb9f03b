import type { Namespace, ObjectMeta } from '../../kubernetes/api.ts';
import { ApiError, notFound } from './api-error.ts';
import { nameOf, type ServedResource } from './resources.ts';

/**
 * Holds a new object against its namespace (k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle).
 *
 * @param there its namespace, where there is one
 * @throws ApiError NotFound for one that is not there, Forbidden for one that goes
 */
export function demandNamespace(
  there: Namespace | undefined,
  served: ServedResource,
  { namespace = '', name = '' }: ObjectMeta,
): void {
  if (!there) throw notFound('namespaces', namespace);
  if (there.metadata.deletionTimestamp === undefined) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw new ApiError('Forbidden', `${nameOf(served)} "${name}" is forbidden: ${why}`, {
    name,
    kind: served.plural,
    ...(served.group ? { group: served.group } : {}),
    causes: [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  });
}

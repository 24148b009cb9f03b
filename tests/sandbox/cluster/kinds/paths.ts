import { findResource } from '../../../../src/kubernetes/resources.ts';
import type { ApiObject } from '../../../../src/sandbox/cluster/object.ts';

/** Where objects of a kind are kept, in the namespace of these tests. */
export function pathOf({ apiVersion, kind }: ApiObject): string {
  const resource = findResource(kind);
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  return resource?.namespaced
    ? `${root}/namespaces/sandbox-kinds/${resource.plural}`
    : `${root}/${resource?.plural}`;
}

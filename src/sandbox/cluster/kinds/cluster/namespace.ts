import type { Namespace } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { beginsWith, keepsStatus } from '../status.ts';

/** What holds a namespace until everything in it is gone. */
const holder = 'kubernetes';

/** Namespaces (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/registry/core/namespace). */
export const namespaceRules: KindRules<Namespace> = {
  defaults: (object) => inField(labelled(object), 'status', (status) => filled(status, { phase: 'Active' })),
  prepareCreate: (object) => {
    const finalizers = object.spec.finalizers ?? [];
    const all = finalizers.includes(holder) ? finalizers : [...finalizers, holder];
    return labelled({ ...beginsWith(object, { phase: 'Active' }), spec: { finalizers: all } });
  },
  prepareUpdate: (object, old) => labelled({ ...keepsStatus(object, old), spec: old.spec }),
  columns: [nameColumn, text('Status'), ageColumn],
  row: (object, context) => [object.metadata.name, object.status?.phase ?? '', ageOf(object, context)],
  fieldLabels: {
    'status.phase': ({ status }) => status?.phase,
  },
  nameRule: 'label',
  hasStatus: true,
};

/** Every namespace can be selected by its name. */
function labelled(object: Namespace): Namespace {
  const { name, labels } = object.metadata;
  if (!name || labels?.['kubernetes.io/metadata.name'] === name) return object;
  return {
    ...object,
    metadata: { ...object.metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } },
  };
}

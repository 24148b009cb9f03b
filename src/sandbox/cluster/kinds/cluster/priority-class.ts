import type { PriorityClass } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, integer, nameColumn, text } from '../cells.ts';
import { type Complaint, forbidden } from '../complaint.ts';
import { filled } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { immutableComplaints } from '../object-meta.ts';
import { oneOf } from '../value-rules.ts';

const most = 1_000_000_000;
const systemPrefix = 'system-';
/** The classes that Kubernetes brings, and what they count. */
const systemClasses: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** PriorityClasses (k8s.io/kubernetes/pkg/apis/scheduling/v1 and pkg/apis/scheduling/validation). */
export const priorityClassRules: KindRules<PriorityClass> = {
  defaults: (object) => filled(object, { preemptionPolicy: 'PreemptLowerPriority' }),
  validate: ({ metadata, value = 0, preemptionPolicy }) => [
    ...valueComplaints(metadata.name ?? '', value),
    ...oneOf('preemptionPolicy', preemptionPolicy, ['PreemptLowerPriority', 'Never']),
  ],
  validateUpdate: (object, old) => [
    ...(object.value === old.value ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...immutableComplaints(object.preemptionPolicy, old.preemptionPolicy, 'preemptionPolicy'),
  ],
  columns: [
    nameColumn,
    integer('Value'),
    { name: 'Global-Default', type: 'boolean' },
    ageColumn,
    text('PreemptionPolicy'),
  ],
  row: (object, context) => [
    object.metadata.name,
    object.value ?? 0,
    object.globalDefault ?? false,
    ageOf(object, context),
    object.preemptionPolicy ?? '',
  ],
};

function valueComplaints(name: string, value: number): readonly Complaint[] {
  if (name.startsWith(systemPrefix)) {
    if (systemClasses[name] === value) return [];
    const start = `priority class names with '${systemPrefix}' prefix are reserved for system use only. error: `;
    const why =
      systemClasses[name] === undefined
        ? `${name} is not a known system priority class`
        : `value of ${name} PriorityClass must be ${systemClasses[name]}`;
    return [forbidden('metadata.name', `${start}${why}`)];
  }
  if (value <= most) return [];
  return [forbidden('value', `maximum allowed value of a user defined priority is ${most}`)];
}

import type { ConfigMap } from '../../../../kubernetes/api.ts';
import { type ApiObject, sameValue } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { type Complaint, forbidden, invalid, tooLong } from '../complaint.ts';
import type { KindRules } from '../kind.ts';
import { complaintsOf } from '../value-rules.ts';
import { dataKeyProblems, mostBytes, sizeOfBase64, sizeOfText } from './data-keys.ts';

/** ConfigMaps (k8s.io/kubernetes/pkg/apis/core/validation, ValidateConfigMap). */
export const configMapRules: KindRules<ConfigMap> = {
  validate: configMapComplaints,
  validateUpdate: (object, old) => frozenComplaints(object, old, ['data', 'binaryData']),
  columns: [nameColumn, text('Data'), ageColumn],
  row: (object, context) => {
    const { data = {}, binaryData = {} } = object;
    return [
      object.metadata.name,
      Object.keys(data).length + Object.keys(binaryData).length,
      ageOf(object, context),
    ];
  },
};

/** What may not change of an object that says that it does not change. */
export function frozenComplaints<T extends ApiObject & { readonly immutable?: boolean }>(
  object: T,
  old: Omit<T, 'metadata'>,
  fields: readonly (keyof T & keyof Omit<T, 'metadata'> & string)[],
): readonly Complaint[] {
  if (!old.immutable) return [];
  const why = 'field is immutable when `immutable` is set';
  return [
    ...(object.immutable ? [] : [forbidden('immutable', why)]),
    ...fields.filter((field) => !sameValue(object[field], old[field])).map((field) => forbidden(field, why)),
  ];
}

function configMapComplaints({ data = {}, binaryData = {} }: ConfigMap): readonly Complaint[] {
  const size =
    Object.values(data).reduce((sum, value) => sum + sizeOfText(value), 0) +
    Object.values(binaryData).reduce((sum, value) => sum + sizeOfBase64(value), 0);
  return [
    ...Object.keys(data).flatMap((key) => [
      ...complaintsOf(`data[${key}]`, key, dataKeyProblems(key)),
      ...(binaryData[key] === undefined
        ? []
        : [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')]),
    ]),
    ...Object.keys(binaryData).flatMap((key) =>
      complaintsOf(`binaryData[${key}]`, key, dataKeyProblems(key)),
    ),
    ...(size > mostBytes ? [tooLong('[]', mostBytes)] : []),
  ];
}

import type { ControllerRevision } from '../../../../kubernetes/api.ts';
import { controllerOf, sameValue } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { type Complaint, invalid, required } from '../complaint.ts';
import type { KindRules } from '../kind.ts';
import { isNew } from '../object-meta.ts';

/** ControllerRevisions (k8s.io/kubernetes/pkg/apis/apps/validation, ValidateControllerRevision). */
export const controllerRevisionRules: KindRules<ControllerRevision> = {
  validate: ({ metadata, data, revision }) => [
    ...notNegative(revision),
    ...(isNew(metadata) && (data === undefined || data === null)
      ? [required('data', 'data is mandatory')]
      : []),
  ],
  validateUpdate: ({ data }, old) =>
    sameValue(data, old.data) ? [] : [invalid('data', data ?? null, 'field is immutable')],
  columns: [nameColumn, text('Controller'), text('Revision'), ageColumn],
  row: (object, context) => [
    object.metadata.name,
    controllerCell(object),
    object.revision,
    ageOf(object, context),
  ],
};

function notNegative(revision: number): readonly Complaint[] {
  return revision < 0 ? [invalid('revision', revision, 'must be greater than or equal to 0')] : [];
}

function controllerCell(object: Parameters<typeof controllerOf>[0]): string {
  const owner = controllerOf(object);
  if (!owner) return '<none>';
  const [, group] = owner.apiVersion.split('/').reverse();
  return `${owner.kind.toLowerCase()}${group ? `.${group}` : ''}/${owner.name}`;
}

import type { Column, KindRules, RowContext } from '../../kinds/kind.ts';
import type { ApiObject, Stored } from '../../object.ts';
import { parameter } from '../options.ts';
import type { ApiRequest } from '../request.ts';
import { badRequest } from './status.ts';

/** In which form objects are asked for. */
export type Form = 'object' | 'table' | 'metadata';

/** How much of each object stands in a Table's rows. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

type Rules = KindRules<ApiObject>;

/** Of kinds that have no columns of their own (k8s.io/apiserver/pkg/registry/rest/table.go). */
const defaultColumns: readonly Column[] = [
  { name: 'Name', type: 'string', format: 'name' },
  { name: 'Created At', type: 'date' },
];

/** The form that a request's Accept header asks for first. */
export function formOf({ headers }: Pick<ApiRequest, 'headers'>): Form {
  for (const each of (headers.accept ?? '').split(',')) {
    const [type = '', ...parameters] = each.split(';').map((part) => part.trim());
    if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue;
    const as = parameters.find((part) => part.startsWith('as='))?.slice(3);
    if (as === undefined) return 'object';
    if (!parameters.includes('g=meta.k8s.io') || !parameters.includes('v=v1')) continue;
    if (as === 'Table') return 'table';
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'metadata';
  }
  return 'object';
}

/** @throws ApiError BadRequest */
export function includeObject(request: ApiRequest): IncludeObject {
  const value = parameter(request, 'includeObject') ?? '';
  if (value === '') return 'Metadata';
  if (value === 'None' || value === 'Metadata' || value === 'Object') return value;
  throw badRequest(`unrecognized includeObject value: "${value}"`);
}

/** Objects as a Table: what `kubectl get` prints. */
export function tableOf(
  rules: Rules,
  objects: readonly Stored<ApiObject>[],
  metadata: unknown,
  include: IncludeObject,
  context: RowContext,
  withColumns = true,
): unknown {
  const { columns = defaultColumns } = rules;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withColumns ? columns.map(columnDefinition) : null,
    rows: objects.map((object) => ({
      cells: rules.row
        ? rules.row(object, context)
        : [object.metadata.name, object.metadata.creationTimestamp],
      ...(include === 'None' ? {} : { object: include === 'Object' ? object : metadataOnly(object) }),
    })),
  };
}

/** An object's metadata and nothing else of it. */
export function metadataOnly({ metadata }: ApiObject): unknown {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

function columnDefinition({ name, type, format = undefined, priority = 0 }: Column): unknown {
  return { name, type, format: format ?? '', description: '', priority };
}

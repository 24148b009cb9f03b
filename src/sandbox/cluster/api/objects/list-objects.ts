import type { KindRules } from '../../kinds/kind.ts';
import { type ApiObject, keyOf, type Stored } from '../../object.ts';
import type { ApiContext } from '../context.ts';
import { count, parameter } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';
import { readFieldSelector } from './field-selector.ts';
import { readLabelSelector } from './label-selector.ts';
import { badRequest } from './status.ts';
import { rulesOfTarget } from './store-object.ts';
import { formOf, includeObject, metadataOnly, tableOf } from './table.ts';

/** Which objects are asked for: by label, by field, and one by its name. */
export type Selection = (object: ApiObject) => boolean;

/** Reads `labelSelector` and `fieldSelector`. @throws ApiError BadRequest */
export function selectionOf(target: ServedTarget, request: ApiRequest): Selection {
  const labels = parameter(request, 'labelSelector') ?? '';
  const fields = parameter(request, 'fieldSelector') ?? '';
  const rules = rulesOfTarget(target) as unknown as KindRules<ApiObject>;
  const byLabel = labels === '' ? undefined : readLabelSelector(labels);
  const byField = fields === '' ? undefined : readFieldSelector(fields, rules.fieldLabels);
  return (object) => (byLabel?.(object.metadata.labels) ?? true) && (byField?.(object) ?? true);
}

/** Answers a GET of a collection. @throws ApiError BadRequest */
export function listObjects(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  const { cluster } = context;
  const { resource, namespace } = target;
  demandVersion(request);
  const limit = count(request, 'limit') ?? 0;
  const after = startOf(parameter(request, 'continue') ?? '');
  const isSelected = selectionOf(target, request);
  const all: readonly Stored<ApiObject>[] = cluster.list(resource.table, namespace);
  const selected = all.filter((each) => (after === undefined || keyOf(each) > after) && isSelected(each));
  const isCut = limit > 0 && selected.length > limit;
  const page = isCut ? selected.slice(0, limit) : selected;
  const last = page.at(-1);
  const isSelective = Boolean(parameter(request, 'labelSelector') || parameter(request, 'fieldSelector'));
  const version = `${cluster.store.revision}`;
  const metadata = {
    resourceVersion: version,
    ...(isCut && last ? { continue: tokenOf(version, keyOf(last)) } : {}),
    ...(isCut && !isSelective ? { remainingItemCount: selected.length - limit } : {}),
  };
  return { status: 200, body: listBody(context, target, request, page, metadata) };
}

/** Answers a GET of one object. */
export function oneObject(
  { cluster }: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
  object: Stored<ApiObject>,
): ApiResponse {
  const rules = rulesOfTarget(target) as unknown as KindRules<ApiObject>;
  const { resourceVersion } = object.metadata;
  switch (formOf(request)) {
    case 'table': {
      const metadata = { resourceVersion };
      const body = tableOf(rules, [object], metadata, includeObject(request), { now: cluster.now });
      return { status: 200, body };
    }
    case 'metadata':
      return { status: 200, body: metadataOnly(object) };
    default:
      return { status: 200, body: object };
  }
}

function listBody(
  { cluster }: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
  items: readonly Stored<ApiObject>[],
  metadata: unknown,
): unknown {
  const { kind, apiVersion } = target.resource;
  const rules = rulesOfTarget(target) as unknown as KindRules<ApiObject>;
  switch (formOf(request)) {
    case 'table':
      return tableOf(rules, items, metadata, includeObject(request), { now: cluster.now });
    case 'metadata':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: items.map(metadataOnly),
      };
    default:
      return { kind: `${kind}List`, apiVersion, metadata, items };
  }
}

/** @throws ApiError BadRequest for a `resourceVersion` that is no number */
export function demandVersion(request: ApiRequest): void {
  const version = parameter(request, 'resourceVersion') ?? '';
  if (version === '' || /^\d+$/.test(version)) return;
  const shown = JSON.stringify(version);
  const why = `strconv.ParseUint: parsing ${shown}: invalid syntax`;
  throw badRequest(`invalid resource version: resourceVersion: Invalid value: ${shown}: ${why}`);
}

/** Where the next page begins, in the form upstream gives it: opaque to whoever hands it back. */
function tokenOf(version: string, key: string): string {
  const text = JSON.stringify({ v: 'meta.k8s.io/v1', rv: Number(version), start: encodeURIComponent(key) });
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function startOf(token: string): string | undefined {
  if (token === '') return undefined;
  try {
    const { start } = JSON.parse(atob(token.replaceAll('-', '+').replaceAll('_', '/'))) as {
      start?: unknown;
    };
    if (typeof start === 'string') return decodeURIComponent(start);
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest(
    "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
  );
}

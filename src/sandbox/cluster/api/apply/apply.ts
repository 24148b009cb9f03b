import { ApiError } from '../../api-error.ts';
import type { ApiObject } from '../../object.ts';
import { shapeOfType } from '../../schema/apply-shape.ts';
import { servedSchema } from '../../schema/type-lines.ts';
import { isObject } from '../objects/read-object.ts';
import { badRequest, unexplained } from '../objects/status.ts';
import { compareFields, fieldsOf } from '../patches/compare-fields.ts';
import { configErrors } from './apply-config.ts';
import { difference, pathsOf, union } from './field-set.ts';
import {
  type AllManaged,
  allFields,
  conflictsWith,
  emptyObject,
  entryOf,
  existingFields,
  identify,
  type Managed,
  readManaged,
  relevant,
  settled,
  trackable,
  type Writer,
  withManaged,
} from './managed-fields.ts';
import { mergeApplied, pruneApplied } from './merge-applied.ts';

/**
 * What an object becomes by server-side apply: what the configuration says, without what the same manager
 * said last time and does not say any more (structured-merge-diff, merge.Updater.Apply).
 *
 * @param live undefined when there is no such object yet
 * @param config as it was sent
 * @param force whether fields of other managers are taken over
 * @returns an object that is still to be decoded, with its `managedFields`
 * @throws ApiError Conflict when others have fields that it would change, BadRequest for a configuration
 *   that is none, one without a reason for one that does not fit the kind
 */
export function applyConfig(
  expected: { readonly apiVersion: string; readonly kind: string },
  live: ApiObject | undefined,
  config: unknown,
  writer: Writer,
  force: boolean,
): unknown {
  const given = readConfig(config, expected);
  const type = servedSchema(expected);
  const shape = shapeOfType(type);
  const errors = configErrors({ is: 'struct', type }, config);
  if (errors.length > 0) throw unfit(given, expected, errors);

  const base = live ? trackable(live) : emptyObject(type);
  const known = knownManagers(live, writer);
  const self = identify({ ...entryOf(given, writer), operation: 'Apply' });
  const all = fieldsOf(shape, trackable(given));
  const own = relevant(all, writer);
  const last = known.get(self)?.fields;
  const managed = new Map(known);
  managed.set(self, { entry: { ...entryOf(given, writer), operation: 'Apply' }, fields: own });

  const merged = mergeApplied(shape, base, trackable(given));
  const pruned = last ? pruneApplied(shape, merged, last, union(allFields(managed), all)) : merged;
  const { added, removed, modified } = compareFields(shape, base, pruned);
  const written = relevant(union(added, modified), writer);
  const conflicts = conflictsWith(managed, self, written);
  if (conflicts.size > 0 && !force) throw conflictError(conflicts);
  const gone = relevant(removed, writer);
  for (const [id, each] of managed) {
    if (id === self) continue;
    managed.set(id, {
      ...each,
      fields: difference(difference(each.fields, conflicts.get(id)?.fields ?? gone), gone),
    });
  }
  return withManaged(
    { ...expected, metadata: {}, ...(pruned as object) } as ApiObject,
    settled(managed, known, writer),
  );
}

/** Fields that somebody wrote before anybody was noted get a name. */
function knownManagers(live: ApiObject | undefined, writer: Writer): AllManaged {
  const known = readManaged(live?.metadata.managedFields);
  if (!live || known.size > 0) return known;
  const type = servedSchema(live);
  const entry = { manager: 'before-first-apply', operation: 'Update', apiVersion: live.apiVersion };
  const fields = relevant(existingFields(shapeOfType(type), type, live), writer);
  return new Map([[identify(entry), { entry, fields }]]);
}

function readConfig(config: unknown, expected: { apiVersion: string; kind: string }): ApiObject {
  if (!isObject(config)) {
    const found = Array.isArray(config) ? 'array' : typeof config;
    const why = `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
    throw badRequest(`error decoding YAML: error unmarshaling JSON: while decoding JSON: ${why}`);
  }
  const [apiVersion = '', kind = ''] = [config.apiVersion, config.kind].map((each) =>
    typeof each === 'string' ? each : '',
  );
  const { metadata } = config;
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  if (kind !== expected.kind || apiVersion !== expected.apiVersion) {
    throw badRequest(`invalid object type: ${version === '' ? '/' : `${group}/${version}`}, Kind=${kind}`);
  }
  if (isObject(metadata) && metadata.managedFields !== undefined && metadata.managedFields !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  return { ...config, apiVersion, kind, metadata: isObject(metadata) ? metadata : {} } as ApiObject;
}

function unfit(
  { metadata }: ApiObject,
  { apiVersion, kind }: { apiVersion: string; kind: string },
  errors: readonly string[],
): ApiError {
  const told = errors.length === 1 ? errors[0] : `errors:\n${errors.map((each) => `  ${each}`).join('\n')}`;
  const version = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  const where = `${metadata.namespace ?? ''}/${metadata.name ?? ''}; ${version}, Kind=${kind}`;
  return unexplained(`failed to create typed patch object (${where}): ${told}`);
}

function conflictError(conflicts: AllManaged): ApiError {
  const found = [...conflicts.values()].map((managed) => ({
    who: printed(managed),
    paths: pathsOf(managed.fields),
  }));
  const each = found.flatMap(({ who, paths }) => paths.map((path) => ({ who, path })));
  const [first] = each;
  const told =
    each.length === 1 && first
      ? `1 conflict: conflict with ${first.who}: ${first.path}`
      : `${each.length} conflicts: ${found
          .sort((one, other) => (one.who < other.who ? -1 : 1))
          .map(({ who, paths }) => [`conflicts with ${who}:`, ...paths.map((path) => `- ${path}`)].join('\n'))
          .join('\n')}`;
  return new ApiError('Conflict', `Apply failed with ${told}`, {
    causes: each.map(({ who, path }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${who}`,
      field: path,
    })),
  });
}

function printed({ entry }: Managed): string {
  const { manager = 'unknown', subresource, operation, apiVersion } = entry;
  const name = `${JSON.stringify(manager)}${subresource ? ` with subresource ${JSON.stringify(subresource)}` : ''}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

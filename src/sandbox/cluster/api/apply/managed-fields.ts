import type { ManagedFieldsEntry, ObjectMeta } from '../../../../kubernetes/api.ts';
import { type ApiObject, timestamp } from '../../object.ts';
import { type Shape, shapeOfType } from '../../schema/apply-shape.ts';
import { decode } from '../../schema/decode.ts';
import { servedSchema, type TypeSchema } from '../../schema/type-lines.ts';
import { compareFields } from '../patches/compare-fields.ts';
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  noFields,
  oneField,
  readFields,
  sameSet,
  union,
  writeFields,
} from './field-set.ts';

/** Who writes, and through which door. */
export interface Writer {
  readonly manager: string;
  readonly subresource?: 'status' | 'scale' | 'ephemeralcontainers' | 'token';
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a manager has. */
export interface Managed {
  readonly entry: Omit<ManagedFieldsEntry, 'fieldsV1' | 'fieldsType'>;
  readonly fields: FieldSet;
}

/** Those of all managers, by who they are. */
export type AllManaged = ReadonlyMap<string, Managed>;

/** What belongs to nobody: the server sets it. */
const stripped = readFields({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
    'f:deletionTimestamp': {},
    'f:deletionGracePeriodSeconds': {},
  },
});

/**
 * Says in `managedFields` who wrote what, after an ordinary write: what it added or changed is the writer's,
 * and nobody else's any more; what it took away is nobody's (structured-merge-diff, merge.Updater.Update).
 *
 * @param old undefined for a new object
 */
export function trackUpdate<T extends ApiObject>(old: ApiObject | undefined, object: T, writer: Writer): T {
  const type = servedSchema(object);
  const given = readManaged(object.metadata.managedFields);
  const known = given.size > 0 && !writer.subresource ? given : readManaged(old?.metadata.managedFields);
  // What others wrote before anybody was noted stays unnoted.
  if (old && known.size === 0) return withManaged(object, known);
  const shape = shapeOfType(type);
  const before = old ? trackable(old) : emptyObject(type);
  const { added, removed, modified } = compareFields(shape, before, trackable(object));
  const written = relevant(union(added, modified), writer);
  const gone = relevant(removed, writer);
  const id = identify({ ...entryOf(object, writer), operation: 'Update' });
  const next = new Map<string, Managed>();
  for (const [key, managed] of known) {
    if (key !== id)
      next.set(key, { ...managed, fields: difference(difference(managed.fields, written), gone) });
  }
  const own = union(difference(known.get(id)?.fields ?? noFields, gone), written);
  next.set(id, { entry: { ...entryOf(object, writer), operation: 'Update' }, fields: own });
  return withManaged(object, settled(next, known, writer));
}

/** What is written through one door of an object: its status has its own. */
export function relevant(set: FieldSet, { subresource }: Pick<Writer, 'subresource'>): FieldSet {
  const bare = difference(set, stripped);
  const status = bare.children.get('f:status');
  if (subresource === 'status') {
    const metadata = bare.children.get('f:metadata');
    const kept = [
      ...(metadata ? [['f:metadata', metadata] as const] : []),
      ...(status ? [['f:status', status] as const] : []),
    ];
    return { member: false, children: new Map(kept) };
  }
  if (!status) return bare;
  const others = [...bare.children].filter(([name]) => name !== 'f:status');
  return { member: false, children: new Map(others) };
}

/** Reads what an object says of its managers. */
export function readManaged(entries: ObjectMeta['managedFields']): AllManaged {
  return new Map(
    (entries ?? [])
      .filter(({ operation }) => operation === 'Apply' || operation === 'Update')
      .map(({ fieldsV1, fieldsType: _, ...entry }) => [
        identify(entry),
        { entry, fields: readFields(fieldsV1) },
      ]),
  );
}

/** Drops who has nothing any more, and keeps the time of who has the same as before. */
export function settled(next: AllManaged, known: AllManaged, { now }: Pick<Writer, 'now'>): AllManaged {
  return new Map(
    [...next]
      .filter(([, { fields }]) => !isEmptySet(fields))
      .map(([id, { entry, fields }]) => {
        const before = known.get(id);
        const time = before && sameSet(before.fields, fields) ? before.entry.time : timestamp(now);
        // Who only lost something did nothing now.
        const isOwn = entry.time === undefined || before === undefined;
        const kept = isOwn ? time : before.entry.time;
        return [id, { entry: kept === undefined ? entry : { ...entry, time: kept }, fields }];
      }),
  );
}

/** An object that says who its managers are: those that applied first, then by time and name. */
export function withManaged<T extends ApiObject>(object: T, managed: AllManaged): T {
  const { managedFields: _, ...metadata } = object.metadata;
  if (managed.size === 0) return { ...object, metadata };
  const entries = [...managed.values()]
    .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
    .map(
      ({ entry, fields }): ManagedFieldsEntry => ({
        ...entry,
        fieldsType: 'FieldsV1',
        fieldsV1: writeFields(fields),
      }),
    );
  return { ...object, metadata: { ...metadata, managedFields: entries } };
}

/** Tells managers apart. */
export function identify({
  manager = 'unknown',
  operation,
  apiVersion,
  subresource = '',
}: Omit<ManagedFieldsEntry, 'time'>): string {
  return JSON.stringify([operation, manager, operation === 'Update' ? apiVersion : '', subresource]);
}

/** What is noted of a writer besides its fields. */
export function entryOf({ apiVersion }: ApiObject, { manager, subresource }: Writer): Managed['entry'] {
  return { manager, apiVersion, ...(subresource === undefined ? {} : { subresource }) };
}

/** An object without what no manager can have. */
export function trackable({ metadata, ...rest }: ApiObject): unknown {
  const { managedFields: _, ...others } = metadata;
  return { ...rest, metadata: others };
}

/** What an object is before anything is said of it: the structs that Go always writes. */
export function emptyObject(type: TypeSchema): unknown {
  return decode(type, {}).value;
}

/** All that managers have, together. */
export function allFields(managed: AllManaged): FieldSet {
  return [...managed.values()].reduce((sum, { fields }) => union(sum, fields), noFields);
}

/** What managers besides one have of a set. */
export function conflictsWith(managed: AllManaged, self: string, written: FieldSet): AllManaged {
  const found = [...managed]
    .filter(([id]) => id !== self)
    .map(([id, { entry, fields }]): [string, Managed] => [
      id,
      { entry, fields: intersection(fields, written) },
    ])
    .filter(([, { fields }]) => !isEmptySet(fields));
  return new Map(found);
}

/** Everything an object has, as the property of who wrote it before anybody was noted. */
export function existingFields(shape: Shape, type: TypeSchema, object: ApiObject): FieldSet {
  const { added, modified } = compareFields(shape, emptyObject(type), trackable(object));
  const found = union(added, modified);
  return found === oneField ? noFields : difference(found, stripped);
}

function orderOf({ entry }: Managed): string {
  const { operation = '', time = '', manager = '', apiVersion = '', subresource = '' } = entry;
  return [operation, time, manager, apiVersion, subresource].join('\0');
}

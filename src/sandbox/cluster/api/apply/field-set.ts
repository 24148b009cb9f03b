/**
 * A set of places in an object, as a tree: by field (`f:replicas`), by key of a list
 * (`k:{"name":"web"}`) or by value (`v:"x"`). It is what FieldsV1 writes down
 * (sigs.k8s.io/structured-merge-diff, fieldpath.Set).
 */
export interface FieldSet {
  /** Whether the place itself is in the set, besides what is below it. */
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

/** The set with nothing in it. */
export const noFields: FieldSet = { member: false, children: new Map() };

/** The set with one place in it: the top itself. */
export const oneField: FieldSet = { member: true, children: new Map() };

/** What is in one of both sets. */
export function union(one: FieldSet, other: FieldSet): FieldSet {
  if (isEmptySet(one)) return other;
  if (isEmptySet(other)) return one;
  const children = new Map(one.children);
  for (const [name, child] of other.children) {
    const known = children.get(name);
    children.set(name, known ? union(known, child) : child);
  }
  return { member: one.member || other.member, children };
}

/** What is in both sets. */
export function intersection(one: FieldSet, other: FieldSet): FieldSet {
  return combined(one, other, (own, theirs) => own && theirs, intersection);
}

/** What is in the first set and not in the second. */
export function difference(one: FieldSet, other: FieldSet): FieldSet {
  return combined(one, other, (own, theirs) => own && !theirs, difference);
}

/** Whether there is nothing in a set. */
export function isEmptySet({ member, children }: FieldSet): boolean {
  return !member && children.size === 0;
}

/** Whether two sets are the same. */
export function sameSet(one: FieldSet, other: FieldSet): boolean {
  if (one.member !== other.member || one.children.size !== other.children.size) return false;
  return [...one.children].every(([name, child]) => {
    const theirs = other.children.get(name);
    return theirs !== undefined && sameSet(child, theirs);
  });
}

/** Reads FieldsV1; what is none reads as nothing. */
export function readFields(written: unknown): FieldSet {
  return { ...readNode(written), member: false };
}

function readNode(written: unknown): FieldSet {
  if (typeof written !== 'object' || written === null) return noFields;
  const entries = Object.entries(written);
  const children = entries
    .filter(([name]) => name !== '.')
    .map(([name, child]) => [name, readNode(child)] as const);
  return { member: children.length === 0 || entries.length > children.length, children: new Map(children) };
}

/** Writes FieldsV1: fields in the order of their names. */
export function writeFields({ member, children }: FieldSet): Readonly<Record<string, unknown>> {
  const written = [...children]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, child]) => [name, writeFields(child)] as const);
  return Object.fromEntries(member && written.length > 0 ? [['.', {}], ...written] : written);
}

/** The places of a set as messages show them: `.spec.containers[name="web"].image`. */
export function pathsOf({ member, children }: FieldSet, start = ''): readonly string[] {
  return [
    ...(member && start !== '' ? [start] : []),
    ...[...children]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([name, child]) => pathsOf(child, `${start}${stepText(name)}`)),
  ];
}

function stepText(name: string): string {
  const rest = name.slice(2);
  if (name.startsWith('f:')) return `.${rest}`;
  if (name.startsWith('v:')) return `[=${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}

function combined(
  one: FieldSet,
  other: FieldSet,
  isMember: (own: boolean, theirs: boolean) => boolean,
  inside: (own: FieldSet, theirs: FieldSet) => FieldSet,
): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [name, child] of one.children) {
    const found = inside(child, other.children.get(name) ?? noFields);
    if (!isEmptySet(found)) children.set(name, found);
  }
  return { member: isMember(one.member, other.member), children };
}

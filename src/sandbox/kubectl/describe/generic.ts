import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { goText } from '../printing/jsonpath.ts';
import { type About, describeEvents } from './about.ts';
import { Description, sortedEntries } from './description.ts';

const skipped = ['managedFields', 'name', 'namespace', 'labels', 'annotations'].map(
  (name) => `.metadata.${name}`,
);

/** Describes an object of a kind that has no description of its own: all of its fields. */
export function* describeGeneric(object: ApiObject, about: About): Steps<string> {
  const { metadata } = object;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  describeFields(description, object, 0, '');
  yield* describeEvents(description, object, about);
  return description.toString();
}

function describeFields(description: Description, fields: object, level: number, path: string): void {
  for (const [name, value] of sortedEntries(fields as Readonly<Record<string, unknown>>)) {
    const place = `${path}.${name}`;
    if (value === undefined || skipped.includes(place)) continue;
    const label = labelFor(name);
    if (Array.isArray(value)) {
      description.title(label, level);
      for (const each of value) {
        if (isMap(each)) describeFields(description, each, level + 1, place);
        else description.row(level + 1, goText(each));
      }
    } else if (isMap(value)) {
      description.title(label, level);
      describeFields(description, value, level + 1, place);
    } else description.field(label, goText(value), level);
  }
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const acronyms = ['API', 'URL', 'UID', 'GUID'];

/** The name of a field in words: `Holder Identity` for `holderIdentity`. */
function labelFor(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  return merged(camelParts(field))
    .map((part) => {
      if (acronyms.includes(part.toUpperCase())) return part.toUpperCase();
      return part.toLowerCase() === part ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join(' ');
}

/** `podIPs` are `pod`, `I`, `Ps`; what is left of an acronym belongs to the one behind it. */
function camelParts(field: string): string[] {
  return field.match(/\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}+|[^\p{L}]+/gu) ?? [];
}

function merged(parts: readonly string[]): string[] {
  const found: string[] = [];
  for (let place = 0; place < parts.length; place++) {
    const part = parts[place] ?? '';
    const next = parts[place + 1];
    const isAcronym = part.length >= 2 && part === part.toUpperCase();
    if (isAcronym && next !== undefined && /^\p{Lu}/u.test(next)) {
      found.push(part + next);
      place++;
    } else found.push(part);
  }
  return found;
}

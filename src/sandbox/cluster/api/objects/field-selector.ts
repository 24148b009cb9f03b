import type { FieldLabels } from '../../kinds/kind.ts';
import type { ApiObject } from '../../object.ts';
import { badRequest } from './status.ts';

/** Whether an object fits. */
export type FieldTest = (object: ApiObject) => boolean;

const metadata: FieldLabels<ApiObject> = {
  'metadata.name': (object) => object.metadata.name,
  'metadata.namespace': (object) => object.metadata.namespace,
};

/**
 * Reads a selector such as `status.phase!=Running,spec.nodeName=worker-1` (k8s.io/apimachinery/pkg/fields).
 *
 * @param own what can be asked of the kind besides its name and namespace
 * @throws ApiError BadRequest with the words of the kind's conversion
 */
export function readFieldSelector(text: string, own: FieldLabels<ApiObject> | undefined): FieldTest {
  const terms = splitTerms(text).map((term) => readTerm(term, text));
  const tests = terms.map(({ field, value, isEqual }) => {
    const label = valueOfField(field, own);
    // What an object does not say is the empty text.
    return (object: ApiObject) => ((label(object) ?? '') === value) === isEqual;
  });
  return (object) => tests.every((test) => test(object));
}

function valueOfField(
  field: string,
  own: FieldLabels<ApiObject> | undefined,
): FieldLabels<ApiObject>[string] {
  const labels = { ...metadata, ...own };
  const label = Object.hasOwn(labels, field) ? labels[field] : undefined;
  if (label) return label;
  // Kinds with a conversion of their own say it shorter.
  if (own) throw badRequest(`field label not supported: ${field}`);
  throw badRequest(
    `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}

interface Term {
  readonly field: string;
  readonly value: string;
  readonly isEqual: boolean;
}

function readTerm(term: string, whole: string): Term {
  const parts = /^((?:[^\\=!]|\\.|!(?!=))*)(!=|==|=)([\s\S]*)$/.exec(term);
  if (!parts) throw badRequest(`invalid selector: '${whole}'; can't understand '${term}'`);
  const [, field = '', operator, value = ''] = parts;
  return { field, value: unescaped(value), isEqual: operator !== '!=' };
}

/** A comma behind a backslash belongs to the value. */
function splitTerms(text: string): string[] {
  return [...text.matchAll(/(?:[^\\,]|\\[\s\S]|\\$)+/g)].map(([term]) => term);
}

/** Upstream tells the number of the character, not the character. */
function unescaped(value: string): string {
  const strange = /\\([^\\,=]|$)/.exec(value);
  if (strange) throw badRequest(`invalid field selector: invalid escape sequence: \\${strange[1]}`);
  if (/(^|[^\\])(\\\\)*=/.test(value))
    throw badRequest(`invalid field selector: unescaped character in value: 61`);
  return value.replace(/\\([\\,=])/g, '$1');
}

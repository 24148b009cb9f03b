import type { KubernetesObject } from './objects.ts';

/**
 * Objects as one YAML text that `kubectl apply -f` reads: block style, lists not indented, `---` between
 * the objects, apiVersion, kind and metadata first. It says the same to readers of YAML 1.1 (kubectl's own
 * is one) and 1.2: what one of them could take for something other than a text is quoted
 * (https://yaml.org/spec/1.2.2/, https://yaml.org/type/). Half of a surrogate pair, which no YAML can hold,
 * becomes U+FFFD.
 */
export function toYaml(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => `${linesOf(object, '').join('\n')}\n`).join('---\n');
}

type Json = unknown;

function linesOf(value: Json, indent: string): string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((each) => afterDash(each, indent));
  }
  const entries = isMap(value) ? entriesOf(value) : [];
  if (entries.length === 0) return [`${indent}${inline(value)}`];
  return entries.flatMap(([key, each]) => afterKey(key, each, indent));
}

function afterKey(key: string, value: Json, indent: string): string[] {
  const name = scalar(key);
  // YAML reads a key without `?` only when it is at most 1,024 characters long.
  const head = name.length > 1000 ? `${indent}? ${name}\n${indent}:` : `${indent}${name}:`;
  if (Array.isArray(value) && value.length > 0) return [head, ...linesOf(value, indent)];
  if (isMap(value) && entriesOf(value).length > 0) return [head, ...linesOf(value, `${indent}  `)];
  return withScalar(head, value, `${indent}  `);
}

function afterDash(value: Json, indent: string): string[] {
  const isNested = Array.isArray(value) ? value.length > 0 : isMap(value) && entriesOf(value).length > 0;
  if (!isNested) return withScalar(`${indent}-`, value, `${indent}  `);
  const [first = '', ...rest] = linesOf(value, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

function withScalar(head: string, value: Json, indent: string): string[] {
  if (typeof value === 'string' && fitsBlock(value)) {
    const { header, lines } = block(value);
    return [`${head} ${header}`, ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))];
  }
  return [`${head} ${inline(value)}`];
}

function inline(value: Json): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return '[]';
  return isMap(value) ? '{}' : 'null';
}

function numeral(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  // A number with an exponent and no point is a text in YAML 1.1.
  return Object.is(value, -0) ? '0' : String(value).replace(/^(-?\d+)e/, '$1.0e');
}

function isMap(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that come before all others, in this order. */
const first: readonly string[] = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

/** What is in a map, with what it is first; what is undefined is left out, as by `JSON.stringify`. */
function entriesOf(map: Readonly<Record<string, Json>>): [string, Json][] {
  const given = Object.entries(map).filter(([, value]) => value !== undefined);
  if (!given.some(([key]) => first.includes(key))) return given;
  const leading = first.flatMap((key) => given.filter(([each]) => each === key));
  return [...leading, ...given.filter(([key]) => !first.includes(key))];
}

/** A text of one line: bare where nobody can take it for something else, else in double quotes. */
function scalar(text: string): string {
  return isPlain(text) ? text : quote(text);
}

/** What is a boolean, a number or nothing to one reader or another, in any case. */
const words = /^(y|n|yes|no|on|off|true|false|null|nan|inf|infinity|e[-+]?[\d_]+)$/i;

/** Such as 512Mi and 500m: never numbers, and everywhere in manifests. */
const quantities = /^\d{1,15}(\.\d{1,9})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|Ei)$/;

const plain = /^[\p{L}_/][\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

function isPlain(text: string): boolean {
  if (quantities.test(text)) return true;
  if (!plain.test(text) || words.test(text)) return false;
  return !/: | #|[: ]$/.test(text);
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};

/** Everything that is no letter, mark, number, sign or blank is written as its number. */
function quote(text: string): string {
  const inner = text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
    return escapes[character] ?? escapeOf(character.codePointAt(0) ?? 0);
  });
  return `"${inner}"`;
}

function escapeOf(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) return '\\uFFFD';
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** Whether a text has several lines, and every reader gives back each of them as it was. */
function fitsBlock(text: string): boolean {
  return (
    /[^\n]\n/.test(text) &&
    /^[\p{L}\p{M}\p{N}\p{P}\p{S} \t\n]*$/u.test(text) &&
    // Blanks that nobody sees are better shown.
    !/[ \t](\n|$)/.test(text) &&
    !/(^|\n)\t/.test(text)
  );
}

/** A text as a literal block; a number says how far it is indented where its first line does not show it. */
function block(text: string): { header: string; lines: string[] } {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  const body = text.slice(0, end);
  const ending = text.length - body.length;
  const indicator = /^[ \n]/.test(body) ? '2' : '';
  const chomping = ending === 0 ? '-' : ending === 1 ? '' : '+';
  const blanks = Array.from({ length: Math.max(0, ending - 1) }, () => '');
  return { header: `|${indicator}${chomping}`, lines: [...body.split('\n'), ...blanks] };
}

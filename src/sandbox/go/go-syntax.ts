import { byKey } from './go-order.ts';
/** A value in Go's own syntax, as `%#v` prints what was read from JSON. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuoted(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  const pairs = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(byKey)
    .map(([key, each]) => `${goQuoted(key)}:${goSyntax(each)}`);
  return `map[string]interface {}{${pairs.join(', ')}}`;
}

/** A text in quotes, as Go's `%q` writes it. */
export function goQuoted(text: string): string {
  const named: Readonly<Record<string, string>> = { '\x07': '\\a', '\v': '\\v', '\x7f': '\\x7f' };
  const escaped = JSON.stringify(text).replace(/\\u00([01][\da-f])/g, (_, code: string) => {
    const char = String.fromCharCode(Number.parseInt(code, 16));
    return named[char] ?? `\\x${code}`;
  });
  return escaped.replace(/[\x7f]/g, '\\x7f');
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** What the escapes of a text in Go's quotes stand for; the quotes are not part of it. */
export function goUnquoted(text: string): string {
  return text.replace(/\\(x[\da-f]{2}|u[\da-f]{4}|.)/gi, (_, code: string) => {
    if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    return escapes[code] ?? code;
  });
}

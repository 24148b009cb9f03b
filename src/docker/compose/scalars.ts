import type { Scalar } from './tree.ts';

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['-0', '-0.0'].map((word) => [word, -0] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const bases: Readonly<Record<string, RegExp>> = {
  '0x': /^[\da-f]+$/i,
  '0o': /^[0-7]+$/,
  '0b': /^[01]+$/,
  '0': /^[0-7]+$/,
  '': /^\d+$/,
};

/** Go writes fractions from here on with an exponent, and whole numbers never. */
const exponentFrom = 1e6;

/**
 * What a scalar without quotes means to compose, which reads YAML as Go's library does: 1.2 with the octal
 * numbers and the underscores of 1.1, and without its `yes` and `on` (internal/libyaml/resolver.go of
 * go.yaml.in/yaml/v4). A date is a text here.
 */
export function readPlain(text: string): Scalar {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.\d]/.test(text) || text.length > 400) return text;
  const digits = text.replaceAll('_', '');
  return readWhole(digits) ?? readFraction(text.startsWith('.') ? text : digits) ?? dateText(text) ?? text;
}

function readWhole(text: string): number | bigint | undefined {
  const [, sign = '', prefix = '', rest = ''] = /^([-+]?)(0x|0o|0b|0(?=\d))?(.*)$/i.exec(text) ?? [];
  const base = prefix.toLowerCase();
  if (!bases[base]?.test(rest)) return undefined;
  const size = BigInt(base === '0' ? `0o${rest}` : `${base}${rest}`);
  // A number of 64 bits; what is larger is read as a fraction.
  if (size >= 1n << 64n || (sign === '-' && size > 1n << 63n)) return undefined;
  const value = sign === '-' ? -size : size;
  return size < exponentFrom ? Number(value) : value;
}

function readFraction(text: string): number | undefined {
  return /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** Compose reads a date without quotes as a time, and prints it as Go does. */
function dateText(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (year === '' || Number(month) < 1 || Number(month) > 12) return undefined;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > days) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} 00:00:00 +0000 UTC`;
}

/** A scalar as text, as Go's fmt.Sprint has it: `1.10` is `1.1`, since it was read as a number. */
export function scalarText(value: Scalar): string {
  if (typeof value !== 'number') return value === null ? '' : String(value);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  const hasExponent = size >= exponentFrom || (size !== 0 && size < 1e-4);
  const text = hasExponent ? value.toExponential() : String(value);
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

import { DockerRefusal } from './refusal.ts';

/** The docker client is written in Go, and reads numbers, switches and lists as Go's standard library does. */

const whatIsANumber = 'Give a number.';

/**
 * A whole number as strconv.ParseInt reads it with base 0: `0x1f`, `0b1`, `0o17`, `017` and `1_000` too.
 *
 * @param bits its size; 64 without
 */
export function parseInteger(text: string, bits = 64): bigint {
  const value = readInteger(text, /^[+-]?/);
  if (value === undefined) throw wrongNumber('ParseInt', text, 'invalid syntax', whatIsANumber);
  const limit = 1n << BigInt(bits - 1);
  if (value >= limit || value < -limit) throw outOfRange('ParseInt', text, -limit, limit - 1n);
  return value;
}

/** A whole number of no less than 0, as strconv.ParseUint reads it with base 0. */
export function parseUnsigned(text: string, bits = 64): bigint {
  const value = readInteger(text, /^/);
  if (value === undefined)
    throw wrongNumber('ParseUint', text, 'invalid syntax', 'Give a number of 0 or more.');
  const limit = 1n << BigInt(bits);
  if (value >= limit) throw outOfRange('ParseUint', text, 0n, limit - 1n);
  return value;
}

/** A number in decimal digits alone, as strconv.Atoi and ParseInt with base 10 read it. */
export function parseDecimal(text: string): bigint | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value >= 1n << 63n || value < -(1n << 63n) ? undefined : value;
}

/** Long enough for every number of 64 bits in every base, with underscores between its digits. */
const longest = 200;

/** A whole number with base 0, of any size; undefined where it is none. */
export function readInteger(text: string, sign: RegExp): bigint | undefined {
  if (text.length > longest) return undefined;
  const digits = text.replace(sign, '');
  const negative = text.startsWith('-') && digits !== text;
  const [, prefix = '', rest = ''] = /^(0[xX]|0[bB]|0[oO]|0(?=[\d_]))?(.*)$/.exec(digits) ?? [];
  // Underscores stand between digits, and after a prefix.
  if (rest.includes('__') || rest.endsWith('_') || (prefix === '' && rest.startsWith('_'))) return undefined;
  const plain = rest.replaceAll('_', '');
  const kind = prefix.toLowerCase();
  const allowed = { '0x': /^[\da-f]+$/i, '0b': /^[01]+$/, '0o': /^[0-7]+$/, '0': /^[0-7]+$/, '': /^\d+$/ }[
    kind
  ];
  if (!allowed?.test(plain)) return undefined;
  const value = BigInt((kind === '0' ? '0o' : kind) + plain);
  return negative ? -value : value;
}

/** A switch's value, as strconv.ParseBool reads it. */
export function parseSwitch(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  throw wrongNumber('ParseBool', text, 'invalid syntax', 'A switch is given alone, or as =true or =false.');
}

/** A number with a fraction, as strconv.ParseFloat reads it; undefined where it is none. */
export function parseFloating(text: string): number | undefined {
  if (/^[+-]?(\d+(_\d+)*(\.(\d+(_\d+)*)?)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i.test(text)) {
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  return readHexFloat(text);
}

/** `0x1.8p1` is 3: hexadecimal digits and a power of two. */
function readHexFloat(text: string): number | undefined {
  const [, sign, whole = '', fraction = '', exponent = ''] =
    /^([+-]?)0x([\da-f]*)(?:\.([\da-f]*))?p([+-]?\d{1,6})$/i.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '' || whole.length + fraction.length > longest)
    return undefined;
  const mantissa = Number(BigInt(`0x${whole}${fraction}`));
  const value = mantissa * 2 ** (Number(exponent) - 4 * fraction.length);
  return Number.isFinite(value) ? (sign === '-' ? -value : value) : undefined;
}

/**
 * The fields of one line of CSV, as encoding/csv reads the first record: a field may be in double quotes,
 * where two stand for one.
 */
export function parseFields(text: string): string[] {
  const fields: string[] = [];
  let at = 0;
  // Blank lines before the record are passed over.
  while (text[at] === '\n' || text.startsWith('\r\n', at)) at += text[at] === '\n' ? 1 : 2;
  if (at >= text.length) throw new DockerRefusal('EOF', 'Give a value.');
  while (true) {
    const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at);
    fields.push(field.text);
    if (text[field.end] !== ',') return fields;
    at = field.end + 1;
  }
}

function quotedField(text: string, start: number): { text: string; end: number } {
  let field = '';
  let at = start + 1;
  while (true) {
    const end = text.indexOf('"', at);
    if (end < 0) throw wrongField(text.length, 'extraneous or missing " in quoted-field');
    field += text.slice(at, end);
    at = end + 1;
    if (text[at] === '"') {
      field += '"';
      at += 1;
    } else if (at >= text.length || text[at] === ',' || text[at] === '\n' || text.startsWith('\r\n', at)) {
      return { text: field, end: at };
    } else throw wrongField(end, 'extraneous or missing " in quoted-field');
  }
}

function bareField(text: string, start: number): { text: string; end: number } {
  const length = text.slice(start).search(/,|\r?\n/);
  const end = length < 0 ? text.length : start + length;
  const field = text.slice(start, end);
  if (field.includes('"')) throw wrongField(start + field.indexOf('"'), 'bare " in non-quoted-field');
  return { text: field, end };
}

function wrongField(at: number, what: string): DockerRefusal {
  const hint =
    'Double quotes go around a whole field: \'"a,b"\'. Put single quotes around the value for the shell.';
  return new DockerRefusal(`parse error on line 1, column ${at + 1}: ${what}`, hint);
}

/** What stands before the first `separator`, what after, and whether there is one: Go's strings.Cut. */
export function cut(text: string, separator: string): [before: string, after: string, found: boolean] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, '', false] : [text.slice(0, at), text.slice(at + separator.length), true];
}

function wrongNumber(reader: string, text: string, what: string, hint: string): DockerRefusal {
  return new DockerRefusal(`strconv.${reader}: parsing ${JSON.stringify(text)}: ${what}`, hint);
}

function outOfRange(reader: string, text: string, least: bigint, most: bigint): DockerRefusal {
  return wrongNumber(reader, text, 'value out of range', `It goes from ${least} to ${most}.`);
}

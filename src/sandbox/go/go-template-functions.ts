import { throwUnless } from '../thrown.ts';
import { byKey, byText } from './go-order.ts';
import { GoNil, GoRecord } from './go-record.ts';
import { goQuoted } from './go-syntax.ts';
import type { TemplateFunction, TemplateValue } from './template-value.ts';

/** A function that was called wrongly; the message is Go's. */
export class CallError extends Error {
  override readonly name = 'CallError';
}

/** A value as Go's `%v` shows it, where numbers of JSON are floats. */
export function shownValue(value: TemplateValue): string {
  if (value === undefined) return '<no value>';
  if (value === null) return '<nil>';
  if (typeof value === 'number') return floatText(value);
  if (Array.isArray(value)) return `[${value.map(shownInside).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  if (value instanceof GoNil) return '<nil>';
  if (value instanceof GoRecord) return `{${Object.values(value.fields).map(shownInside).join(' ')}}`;
  const pairs = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(byKey);
  return `map[${pairs.map(([key, each]) => `${key}:${shownInside(each)}`).join(' ')}]`;
}

/** Below the top a pointer is an address. */
function shownInside(value: TemplateValue): string {
  return value instanceof GoRecord && value.isPointer ? someAddress : shownValue(value);
}

/** Where a value is in memory differs from run to run, and says nothing. */
const someAddress = '0xc000124000';

/** Large and small floats have an exponent. */
function floatText(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < mostPlain)) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** From this power of ten on a float has an exponent (https://pkg.go.dev/strconv#FormatFloat). */
const mostPlain = 6;

/** Whether a condition holds: nothing, zero and what is empty does not. */
export function isTrue(value: TemplateValue): boolean {
  if (value === undefined || value === null || value instanceof GoNil) return false;
  if (value instanceof GoRecord) return true;
  if (typeof value === 'object') return (Array.isArray(value) ? value : Object.keys(value)).length > 0;
  return Boolean(value);
}

/** How Go calls the type of a value. */
export function typeName(value: TemplateValue): string {
  if (value === undefined || value === null) return 'nil';
  if (value instanceof GoRecord || value instanceof GoNil) return value.type;
  if (Array.isArray(value)) return '[]interface {}';
  const names: Readonly<Record<string, string>> = {
    string: 'string',
    boolean: 'bool',
    bigint: 'int',
    number: 'float64',
  };
  return names[typeof value] ?? 'map[string]interface {}';
}

function compared(one: TemplateValue, other: TemplateValue): number {
  if (typeof one !== typeof other || typeof one === 'object') {
    const types = [typeName(one), typeName(other)];
    throw new CallError(`incompatible types for comparison: ${types.join(' and ')}`);
  }
  const [left, right] = [one as string, other as string];
  return byText(left, right);
}

function isEqual(one: TemplateValue, ...others: readonly TemplateValue[]): boolean {
  if (others.length === 0) throw new CallError('missing argument for comparison');
  return others.some((other) => {
    if (one === undefined || one === null || other === undefined || other === null) {
      return (one ?? null) === (other ?? null);
    }
    return compared(one, other) === 0;
  });
}

function indexed(item: TemplateValue, ...keys: readonly TemplateValue[]): TemplateValue {
  if (item === undefined || item === null) throw new CallError('index of untyped nil');
  return keys.reduce<TemplateValue>((found, key) => {
    if (found === undefined || found === null) throw new CallError('index of nil pointer');
    if (Array.isArray(found)) {
      if (typeof key !== 'bigint') throw new CallError(`cannot index slice/array with type ${typeName(key)}`);
      if (key < 0n || key > BigInt(found.length)) throw new CallError(`index out of range: ${key}`);
      if (key === BigInt(found.length)) {
        throw new CallError('reflect: slice index out of range');
      }
      return found[Number(key)];
    }
    if (typeof found === 'object') {
      if (typeof key !== 'string') throw new CallError(`value has type ${typeName(key)}; should be string`);
      return Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined;
    }
    if (typeof found === 'string') return byteOf(found, key);
    throw new CallError(`can't index item of type ${typeName(found)}`);
  }, item);
}

/** Texts of Go are bytes. */
function byteOf(text: string, key: TemplateValue): bigint {
  if (typeof key !== 'bigint') throw new CallError(`cannot index slice/array with type ${typeName(key)}`);
  const bytes = new TextEncoder().encode(text);
  if (key < 0n || key > BigInt(bytes.length)) throw new CallError(`index out of range: ${key}`);
  const byte = bytes[Number(key)];
  if (byte === undefined) throw new CallError('reflect: string index out of range');
  return BigInt(byte);
}

function sliced(item: TemplateValue, from: TemplateValue = 0n, to?: TemplateValue): TemplateValue {
  if (typeof item !== 'string' && !Array.isArray(item)) {
    throw new CallError(`can't slice item of type ${typeName(item)}`);
  }
  const [start, end] = [Number(from), to === undefined ? item.length : Number(to)];
  const outside = [start, end].find((place) => place < 0 || place > item.length);
  if (outside !== undefined) throw new CallError(`index out of range: ${outside}`);
  if (start > end) throw new CallError(`invalid slice index: ${start} > ${end}`);
  return item.slice(start, end);
}

function lengthOf(item: TemplateValue): bigint {
  if (typeof item === 'string') return BigInt(new TextEncoder().encode(item).length);
  if (item === undefined || item === null) throw new CallError('len of nil pointer');
  if (typeof item !== 'object') throw new CallError(`len of type ${typeName(item)}`);
  return BigInt((Array.isArray(item) ? item : Object.keys(item)).length);
}

/** Between two operands that are no texts stands a blank. */
function joined(args: readonly TemplateValue[]): string {
  return args
    .map((arg, place) => {
      const before = args[place - 1];
      const isApart = place > 0 && typeof arg !== 'string' && typeof before !== 'string';
      return (isApart ? ' ' : '') + shownNil(arg);
    })
    .join('');
}

function shownNil(value: TemplateValue): string {
  return value === undefined ? '<nil>' : shownValue(value);
}

function formatted(format: TemplateValue, ...args: readonly TemplateValue[]): string {
  const queue = [...args];
  const text = String(format).replace(/%([-+ 0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g, (...parts) => {
    const [, flags = '', width = '0', precision, verb = ''] = parts as (string | undefined)[];
    if (verb === '%') return '%';
    if (queue.length === 0) return `%!${verb}(MISSING)`;
    const shown = verbText(verb, queue.shift(), precision);
    const fill = flags.includes('0') && !flags.includes('-') ? '0' : ' ';
    const size = Number(width);
    return flags.includes('-') ? shown.padEnd(size) : shown.padStart(size, fill);
  });
  const rest = queue.map(typedText).join(', ');
  return rest === '' ? text : `${text}%!(EXTRA ${rest})`;
}

/** `int=2`, of what a format has no place for. */
function typedText(value: TemplateValue): string {
  return typeName(value) === 'nil' ? '<nil>' : `${typeName(value)}=${shownNil(value)}`;
}

function verbText(verb: string, value: TemplateValue, precision: string | undefined): string {
  const wrong = `%!${verb}(${typedText(value)})`;
  switch (verb) {
    case 'v':
      return shownNil(value);
    case 's':
      return typeof value === 'string' ? value.slice(0, precision ? Number(precision) : undefined) : wrong;
    case 'q':
      return typeof value === 'string' ? goQuoted(value) : wrong;
    case 'd':
      return typeof value === 'bigint' ? String(value) : wrong;
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong;
    case 'x':
      if (typeof value === 'string') return hexText(value);
      return typeof value === 'bigint' ? value.toString(16) : wrong;
    case 'f':
    case 'e':
      if (typeof value !== 'number') return wrong;
      return verb === 'f'
        ? value.toFixed(Number(precision ?? 6))
        : value.toExponential(Number(precision ?? 6)).replace(/e([-+])(\d)$/, 'e$10$2');
    case 'T':
      return typeName(value) === 'nil' ? '<nil>' : typeName(value);
    default:
      return wrong;
  }
}

function hexText(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const signs: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&#34;',
  "'": '&#39;',
};

/** Functions of templates by their names. */
export type TemplateFunctions = Readonly<Record<string, TemplateFunction>>;

/** Whose template it is. */
export interface TemplateSettings {
  /** What messages call it. */
  readonly name: string;
  /** Whether a key that is not there is `<no value>` instead of an error. */
  readonly isLenient: boolean;
  /** All that it may call, beside `and` and `or`. */
  readonly functions: TemplateFunctions;
}

/** The functions that every template has; `and` and `or` are no functions, as they stop early. */
export const builtinFunctions: TemplateFunctions = {
  eq: isEqual,
  ne: (one, other) => !isEqual(one, other),
  lt: (one, other) => compared(one, other) < 0,
  le: (one, other) => compared(one, other) <= 0,
  gt: (one, other) => compared(one, other) > 0,
  ge: (one, other) => compared(one, other) >= 0,
  not: (one) => !isTrue(one),
  len: lengthOf,
  index: indexed,
  slice: sliced,
  print: (...args) => joined(args),
  println: (...args) => `${args.map(shownNil).join(' ')}\n`,
  printf: formatted,
  html: (...args) => joined(args).replace(/[<>&"']/g, (sign) => String(signs[sign])),
  urlquery: (...args) => encodeURIComponent(joined(args)).replaceAll('%20', '+').replaceAll("'", '%27'),
};

/** The functions that templates of kubectl may call. */
export const kubectlFunctions: TemplateFunctions = {
  ...builtinFunctions,
  base64decode: (text) => {
    try {
      return new TextDecoder().decode(Uint8Array.from(atob(String(text)), (char) => char.charCodeAt(0)));
    } catch {
      throw new CallError('base64 decode failed: illegal base64 data at input byte 0');
    }
  },
  exists: (item, ...keys) => {
    try {
      return indexed(item, ...keys) !== undefined;
    } catch (error) {
      throwUnless(error, CallError);
      return false;
    }
  },
};

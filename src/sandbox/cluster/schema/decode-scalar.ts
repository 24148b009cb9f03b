import { parseQuantity } from '../../../kubernetes/quantity.ts';
import { quantityForm, quantityText } from '../../../kubernetes/quantity-text.ts';
import type { ValueSchema } from './type-lines.ts';

/** What Go's decoder says of a value that it cannot read. */
export class GoError extends Error {
  override readonly name = 'GoError';
}

/** How Go's decoder calls what stands in a JSON text. */
export function jsonKind(value: unknown): 'object' | 'array' | 'string' | 'number' | 'bool' {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' || typeof value === 'number' ? (typeof value as 'string') : 'object';
}

type Mismatch = (found: string, goType: string) => GoError;

const quantityLook = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

/**
 * Reads one value, never `null`.
 *
 * @param mismatch makes the error for a value of another type
 * @throws GoError
 */
export function decodeScalar(
  schema: Extract<ValueSchema, { is: 'scalar' }>,
  value: unknown,
  mismatch: Mismatch,
): unknown {
  switch (schema.scalar) {
    case 's':
      if (typeof value !== 'string') throw mismatch(jsonKind(value), schema.goName ?? 'string');
      return value;
    case 'b':
      if (typeof value !== 'boolean') throw mismatch(jsonKind(value), 'bool');
      return value;
    case 'i':
      return integer(value, 'int32', 2 ** 31, mismatch);
    case 'l':
      return integer(value, 'int64', 2 ** 63, mismatch);
    case 'bytes':
      if (typeof value !== 'string') throw mismatch(jsonKind(value), '[]uint8');
      return base64(value);
    case 'time':
    case 'micro':
      return time(value, schema.scalar, mismatch);
    case 'quantity':
      return quantity(value);
    case 'intstr':
      if (typeof value === 'string') return value;
      return integer(value, 'int32', 2 ** 31, mismatch);
    default:
      return value;
  }
}

function integer(value: unknown, goType: string, end: number, mismatch: Mismatch): number {
  if (typeof value !== 'number') throw mismatch(jsonKind(value), goType);
  if (!Number.isInteger(value) || value >= end || value < -end) {
    throw mismatch(`number ${String(value).replace(/e\+?/, 'e+')}`, goType);
  }
  return value === 0 ? 0 : value;
}

function base64(text: string): string {
  const bare = text.replace(/[\r\n]/g, '');
  const wrong = bare.search(/[^A-Za-z0-9+/]/);
  const body = wrong === -1 ? bare : bare.slice(0, wrong);
  const rest = bare.slice(body.length);
  const padding = (4 - (body.length % 4)) % 4;
  if (rest !== '='.repeat(padding) || padding === 3) {
    // Go tells the place of the first byte that does not fit, or of the last whole group where it ends too early.
    const end = rest === '' ? body.length - (body.length % 4) : body.length;
    const at = /^=+$/.test(rest) && rest.length > padding ? body.length + padding : end;
    throw new GoError(`illegal base64 data at input byte ${at}`);
  }
  return bare;
}

const timeForm = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function time(value: unknown, scalar: 'time' | 'micro', mismatch: Mismatch): string {
  if (typeof value !== 'string') throw mismatch(jsonKind(value), 'string');
  const parts = timeForm.exec(value);
  const at = parts ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) {
    const layout = scalar === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
    const shown = JSON.stringify(value);
    throw new GoError(`parsing time ${shown} as ${JSON.stringify(layout)}: cannot parse ${shown} as "2006"`);
  }
  const whole = new Date(at).toISOString().slice(0, 19);
  if (scalar === 'time') return `${whole}Z`;
  const fine = value.slice(whole.length);
  if (/^\.\d{6}(?!\d)/.test(fine)) return `${whole}${fine.slice(0, 7)}Z`;
  throw new GoError(
    `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05.000000Z07:00": cannot parse ${JSON.stringify(fine)} as ".000000"`,
  );
}

function quantity(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new GoError(regexMessage);
  }
  const text = typeof value === 'string' ? value : String(value);
  const amount = parseQuantity(text);
  if (amount !== undefined) return quantityText(amount, quantityForm(text));
  throw new GoError(quantityLook.test(text) ? "unable to parse quantity's suffix" : regexMessage);
}

const regexMessage =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

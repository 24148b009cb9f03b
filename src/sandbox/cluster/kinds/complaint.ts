/** Why a value of a field is refused (k8s.io/apimachinery/pkg/util/validation/field, ErrorType). */
export type ComplaintKind =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'InternalError'
  | 'FieldValueTypeInvalid';

/** Something that is wrong with a field of an object. */
export interface Complaint {
  readonly reason: ComplaintKind;
  /** Such as `spec.containers[0].image`. */
  readonly field: string;
  /** Without the field, such as `Required value: must be set`. */
  readonly message: string;
}

/** A field that has to be there. */
export function required(field: string, detail = ''): Complaint {
  return { reason: 'FieldValueRequired', field, message: withDetail('Required value', detail) };
}

/** A value that breaks a rule. */
export function invalid(field: string, value: unknown, detail: string): Complaint {
  return {
    reason: 'FieldValueInvalid',
    field,
    message: withDetail(`Invalid value: ${valueText(value)}`, detail),
  };
}

/** A value that is none of those there are; the list is shown in the order it is given. */
export function notSupported(field: string, value: unknown, supported: readonly string[]): Complaint {
  const list = supported.map((each) => JSON.stringify(each)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    field,
    message: `Unsupported value: ${valueText(value)}: supported values: ${list}`,
  };
}

/** A value that is there twice. */
export function duplicate(field: string, value: unknown): Complaint {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${valueText(value)}` };
}

/** A field that may not be set, or not now. */
export function forbidden(field: string, detail: string): Complaint {
  return { reason: 'FieldValueForbidden', field, message: withDetail('Forbidden', detail) };
}

/** A reference to something that is not there. */
export function missing(field: string, value: unknown): Complaint {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${valueText(value)}` };
}

/** A text with more bytes than there may be. */
export function tooLong(field: string, most: number): Complaint {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${most} bytes` };
}

/** A list with more items than there may be. */
export function tooMany(field: string, found: number, most: number): Complaint {
  const detail = `must have at most ${most} items`;
  return { reason: 'FieldValueTooMany', field, message: `Too many: ${found}: ${detail}` };
}

function withDetail(head: string, detail: string): string {
  return detail === '' ? head : `${head}: ${detail}`;
}

/** A value as the messages show it: texts quoted, numbers bare, everything else as JSON. */
function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return JSON.stringify(value);
}

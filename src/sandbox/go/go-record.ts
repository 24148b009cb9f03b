import type { TemplateFunction, TemplateValue } from './template-value.ts';

/** A pointer that points to nothing: it shows itself as `<nil>`, and has no fields. */
export class GoNil {
  readonly type: string;

  /** @param type of the pointer, such as `*container.Health` */
  constructor(type: string) {
    this.type = type;
  }
}

const absent = new WeakSet<object>();

/** A list or a map that is nil: empty in a template, null in JSON. @returns `empty` itself, marked */
export function absentValue<Value extends object>(empty: Value): Value {
  absent.add(empty);
  return empty;
}

/** Whether a list or a map is nil. */
export function isAbsent(value: object): boolean {
  return absent.has(value);
}

/** A value of a Go type with fields and methods of its own: a template finds only these in it. */
export class GoRecord {
  /** As Go calls it, such as `*formatter.ContainerContext`. */
  readonly type: string;
  readonly fields: Readonly<Record<string, TemplateValue>>;
  /** Methods that take arguments. */
  readonly methods: Readonly<Record<string, TemplateFunction>>;

  /** Whether it is reached by a pointer. */
  readonly isPointer: boolean;
  /** What JSON says of it, where that is not its fields. */
  readonly json: unknown;
  /** Whether it is a map, in which a field that is not there is no value. */
  readonly isMap: boolean;

  constructor(
    type: string,
    fields: Readonly<Record<string, TemplateValue>>,
    more: {
      readonly methods?: Readonly<Record<string, TemplateFunction>> | undefined;
      readonly isMap?: boolean;
      readonly isPointer?: boolean;
      readonly json?: unknown;
    } = {},
  ) {
    this.type = type;
    this.fields = fields;
    this.methods = more.methods ?? {};
    this.isMap = more.isMap ?? false;
    this.isPointer = more.isPointer ?? false;
    this.json = more.json;
  }
}

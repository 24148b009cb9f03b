import { byKey } from '../../go/go-order.ts';
import { indented, wordWrap } from './word-wrap.ts';

/** A schema of an OpenAPI 3 document, as far as it is explained. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

/** An OpenAPI 3 document. */
export interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** How a part of a schema is explained. */
interface Place {
  readonly schema: Schema;
  /** References that led here: what is among them is not followed again. */
  readonly seen: ReadonlySet<string>;
}

/** Says what stands in a schema, as `kubectl explain` does (k8s.io/kubectl/pkg/explain/v2). */
export class SchemaText {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #isRecursive: boolean;

  constructor(document: OpenApiDocument, isRecursive: boolean) {
    this.#schemas = document.components.schemas;
    this.#isRecursive = isRecursive;
  }

  /** What a field is; undefined when there is none. @param path to it, from the object */
  field(schema: Schema, path: readonly string[]): string | undefined {
    return this.#output({ schema, seen: new Set() }, path) || undefined;
  }

  #resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return (name === undefined ? undefined : this.#schemas[name]) ?? schema;
  }

  #output(place: Place, path: readonly string[]): string {
    const { schema, seen } = place;
    const reference = schema.$ref ?? '';
    const resolved = this.#resolved(schema);
    const [first, ...others] = path;
    if (first === undefined) return this.#whole(resolved);
    if (reference !== '' && seen.has(reference)) return '';
    const below = new Set([...seen, reference]);
    const found = resolved.properties?.[first];
    if (found) {
      const head = others.length > 0 ? '' : `FIELD: ${first} <${this.#type(found)}>\n${longEnum(found)}\n\n`;
      return head + this.#output({ schema: found, seen: new Set() }, others);
    }
    if (resolved.items) return this.#output({ schema: resolved.items, seen: below }, path);
    const { additionalProperties } = resolved;
    if (typeof additionalProperties === 'object') {
      return this.#output({ schema: additionalProperties, seen: below }, path);
    }
    for (const each of resolved.allOf ?? []) {
      const text = this.#output({ schema: each, seen: below }, path);
      if (text !== '') return text;
    }
    return '';
  }

  #whole(schema: Schema): string {
    const description = indented(wordWrap(this.#description(schema) || '<empty>', 76), 4);
    const fields = this.#fields({ schema, seen: new Set() }, 1);
    return `DESCRIPTION:\n${description}\n${fields === '' ? '' : `FIELDS:\n${fields}`}`;
  }

  #description(schema: Schema): string {
    const { description, allOf = [], items, additionalProperties } = this.#resolved(schema);
    return [
      description ? `${description}\n` : '',
      ...allOf.map((each) => this.#description(each)),
      items ? this.#description(items) : '',
      typeof additionalProperties === 'object' ? this.#description(additionalProperties) : '',
    ].join('');
  }

  #fields({ schema, seen }: Place, level: number): string {
    const reference = schema.$ref ?? '';
    if (reference !== '' && seen.has(reference)) return '';
    const below = new Set([...seen, reference]);
    const resolved = this.#resolved(schema);
    const { properties = {}, required = [] } = resolved;
    let text = '';
    for (const [name, field] of Object.entries(properties).sort(byKey)) {
      text += this.#detail(name, field, required.includes(name), level);
      if (this.#isRecursive) text += this.#fields({ schema: field, seen: below }, level + 1);
    }
    const { allOf = [], items, additionalProperties } = resolved;
    const others = [
      ...allOf,
      items,
      typeof additionalProperties === 'object' ? additionalProperties : undefined,
    ];
    for (const each of others) if (each) text += this.#fields({ schema: each, seen: below }, level);
    return text;
  }

  #detail(name: string, field: Schema, isRequired: boolean, level: number): string {
    const amount = level * 2;
    const mark = isRequired ? ' -required-' : '';
    const head = `${indented(name, amount)}\t<${this.#type(field)}>${mark}${shortEnum(field, amount)}\n`;
    if (this.#isRecursive) return head;
    const description = indented(wordWrap(field.description || '<no description>', 78 - amount), amount + 2);
    return `${head}${description}\n\n`;
  }

  /** `string`, `[]Container`, `map[string]string`. */
  #type(schema: Schema): string {
    const { items, additionalProperties, allOf = [], properties, $ref: reference, type } = schema;
    if (items) return `[]${this.#type(items)}`;
    if (typeof additionalProperties === 'object') return `map[string]${this.#type(additionalProperties)}`;
    const [only, ...more] = allOf;
    if (only && more.length === 0 && !properties) return this.#type(only);
    if (reference === undefined) return type === undefined || type === 'object' ? 'Object' : type;
    const target = this.#resolved(schema);
    if (target !== schema && target.type !== undefined && target.type !== 'object') return target.type;
    return reference.replace(/^.*[./]/, '');
  }
}

/** So many values are shown beside a field. */
const most = 4;

function shortEnum({ enum: values = [] }: Schema, indent: number): string {
  if (values.length === 0) return '';
  const shown = values.slice(0, most).map(enumText).join(', ');
  return `\n${' '.repeat(indent)}enum: ${shown}${values.length > most ? ', ....' : ''}`;
}

function longEnum({ enum: values = [] }: Schema): string {
  return values.length === 0 ? '' : `ENUM:${values.map((value) => `\n    ${enumText(value)}`).join('')}`;
}

function enumText(value: unknown): string {
  return value === '' ? '""' : String(value);
}

import { coreDescriptions, scalarDescriptions, sharedDescriptions } from './core-descriptions.ts';
import { otherDescriptions } from './other-descriptions.ts';
import type { Scalar, TypeSchema } from './type-lines.ts';

/** What a type and its fields are for, in the words of the Kubernetes project. */
export interface TypeDescription {
  readonly type: string;
  /** By the name of the field. */
  readonly fields: ReadonlyMap<string, string>;
}

/** The texts are large: load this module only when somebody asks for them. */
export function describeType({ id, fields }: TypeSchema): TypeDescription {
  const texts = (coreDescriptions[id] ?? otherDescriptions[id] ?? []).map((text) =>
    typeof text === 'number' ? (sharedDescriptions[text] ?? '') : text,
  );
  const [type = '', ...each] = texts;
  return { type, fields: new Map([...fields.keys()].map((name, index) => [name, each[index] ?? ''])) };
}

/** What a scalar is that has a form of its own, such as a quantity; empty for plain ones. */
export function describeScalar(scalar: Scalar): string {
  return scalarDescriptions[scalar] ?? '';
}

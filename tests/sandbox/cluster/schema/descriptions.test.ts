import { describe, expect, it } from 'vitest';
import { describeScalar, describeType } from '../../../../src/sandbox/cluster/schema/descriptions.ts';
import { knownType, servedSchema, typeIds } from '../../../../src/sandbox/cluster/schema/type-lines.ts';

describe('the recorded descriptions', () => {
  it('say something of every type but lists of a kind', () => {
    for (const id of typeIds()) {
      const { fields } = describeType(knownType(id));
      expect([...fields.keys()]).toEqual([...knownType(id).fields.keys()]);
    }
    expect(describeType(knownType('core.v1.Pod')).type).toMatch(/^Pod is a collection of containers/);
  });

  it('say what a scalar with a form of its own is, and nothing of plain ones', () => {
    expect(describeScalar('quantity')).toMatch(/fixed-point representation of a number/);
    expect(describeScalar('s')).toBe('');
  });
});

describe('a type that is not recorded', () => {
  it('is named', () => {
    expect(() => knownType('core.v1.Nope')).toThrow('there is no type core.v1.Nope');
    expect(() => servedSchema({ apiVersion: 'v1', kind: 'Nope' })).toThrow('there is no kind Nope in v1');
  });
});

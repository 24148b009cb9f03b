import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiObject } from '../../../../src/sandbox/cluster/object.ts';
// @ts-expect-error the cases are JavaScript, because the recorder reads them, too
import { cases } from '../../../fixtures/sandbox/kinds/cases.mjs';
import { patchType, TestServer } from '../api/test-server.ts';
import { pathOf } from './paths.ts';

type Given = ApiObject | { readonly forReal: ApiObject } | { readonly object: ApiObject };

const objects = Object.values(cases as Readonly<Record<string, Given>>).map((given) => {
  if ('forReal' in given) return given.forReal;
  return 'object' in given ? given.object : given;
});

/** An object in which one value, wherever it stands, is another or is gone. */
function damaged(value: unknown, place: readonly number[], instead: unknown): unknown {
  const [next, ...rest] = place;
  if (next === undefined || typeof value !== 'object' || value === null) return instead;
  if (Array.isArray(value)) {
    const at = next % (value.length + 1);
    return value.map((each, index) => (index === at ? damaged(each, rest, instead) : each));
  }
  const entries = Object.entries(value);
  const at = next % Math.max(entries.length, 1);
  const changed = entries.map(([key, each], index) => [
    key,
    index === at ? damaged(each, rest, instead) : each,
  ]);
  return Object.fromEntries(changed.filter(([, each]) => each !== undefined));
}

const strange = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'a',
  'A b',
  '-1',
  0,
  -1,
  70_000,
  2 ** 31,
  true,
  [],
  {},
  [{}],
  { a: {} },
  [''],
  '1e9Gi',
);
const anyObject = fc
  .tuple(fc.constantFrom(...objects), fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }), strange)
  .map(([object, place, instead]) => {
    const { apiVersion, kind, ...rest } = object;
    return { ...(damaged(rest, place, instead) as object), apiVersion, kind } as ApiObject;
  });

describe('whatever is wrong with an object, the API server says so and goes on', { timeout: 30_000 }, () => {
  it('when it is new', () => {
    const server = new TestServer();
    server.addNamespace('sandbox-kinds');
    fc.assert(
      fc.property(anyObject, (object) => {
        const { status, body } = server.ask('POST', `${pathOf(object)}?dryRun=All`, object);
        expect([201, 400, 403, 404, 409, 422, 500]).toContain(status);
        if (status === 500)
          expect(body.message).toMatch(/^unsupported role reference kind|^unable to|unrecognized/);
        if (status === 422) expect(body.message).not.toMatch(/undefined|NaN|\[object/);
      }),
      { numRuns: 400 },
    );
  });

  it('when it is a change', () => {
    const server = new TestServer();
    server.addNamespace('sandbox-kinds');
    const there = objects.filter((object, index) => {
      const isFirst = objects.findIndex(({ kind }) => kind === object.kind) === index;
      return isFirst && server.ask('POST', pathOf(object), object).status === 201;
    });
    expect(there.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(anyObject, ({ kind, ...object }) => {
        const old = there.find((each) => each.kind === kind);
        if (!old) return;
        const { apiVersion: _, metadata: __, ...change } = object;
        const path = `${pathOf(old)}/${old.metadata.name}?dryRun=All`;
        const { status, body } = server.ask('PATCH', path, change, patchType('merge'));
        expect([200, 400, 403, 404, 409, 422, 500]).toContain(status);
        if (status === 500)
          expect(body.message).toMatch(/^unsupported role reference kind|^unable to|unrecognized/);
      }),
      { numRuns: 400 },
    );
  });
});

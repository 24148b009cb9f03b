import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeObject } from '../../../../src/sandbox/cluster/api/objects/read-object.ts';
import { rulesOf } from '../../../../src/sandbox/cluster/kinds/all-kinds.ts';
import type { Cell, Column, KindRules } from '../../../../src/sandbox/cluster/kinds/kind.ts';
import type { ApiObject, Stored } from '../../../../src/sandbox/cluster/object.ts';
import { type Resource, servedResources } from '../../../../src/sandbox/cluster/resources.ts';

interface RecordedRow {
  readonly name: string;
  readonly table: Resource;
  /** When it was shown, in whole seconds. */
  readonly now: number;
  readonly cells: readonly Cell[];
  readonly object: ApiObject;
}

const {
  columns,
  rows,
}: { columns: Readonly<Record<Resource, readonly Column[]>>; rows: readonly RecordedRow[] } = JSON.parse(
  readFileSync(new URL('../../../fixtures/sandbox/kinds/rows.json', import.meta.url), 'utf8'),
);

function rulesFor(table: Resource): KindRules<ApiObject> {
  return rulesOf(table) as KindRules<ApiObject>;
}

describe('a Table has the columns of Kubernetes 1.36.3', () => {
  it.each(Object.keys(columns) as Resource[])('for %s', (table) => {
    expect(rulesFor(table).columns).toEqual(columns[table]);
  });
});

describe('a row says what it says in Kubernetes 1.36.3', () => {
  it.each(rows.map((row) => [row.name, row] as const))('of %s', (_, { table, now, cells, object }) => {
    const read = decodeObject<Stored<ApiObject>>(object, object, (why) => new Error(why));
    expect(read.unknown).toEqual([]);
    const shown = (rest: number) => rulesFor(table).row?.(read.object, { now: now + rest });
    // The time is told in whole seconds, and was a little later.
    expect([shown(0), shown(999)]).toContainEqual(cells);
  });

  it('of objects that say nothing of themselves', () => {
    for (const { table, apiVersion, kind } of servedResources) {
      const bare = decodeObject<Stored<ApiObject>>(
        { apiVersion, kind, metadata: { name: 'bare' } },
        { apiVersion, kind },
        (why) => new Error(why),
      );
      const { columns: own, row } = rulesFor(table);
      const cells = row?.(bare.object, { now: 0 });
      if (!cells) continue;
      expect(cells, table).toHaveLength(own?.length ?? 0);
      expect(`${cells}`, table).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

import { cellOf } from './mysql-cells.ts';
import type { Cell, MysqlColumn, MysqlRow, MysqlTable } from './mysql-data.ts';
import { MysqlError } from './mysql-error.ts';
import type { MysqlSession } from './mysql-session.ts';
import type { MysqlExpression, MysqlStatement } from './mysql-statements.ts';
import { columnPlace, mysqlValue } from './mysql-values.ts';

/** The table that a statement changes. */
export interface RowPlace {
  readonly database: string;
  readonly table: string;
  readonly session: MysqlSession;
}

/** A table with new rows. @throws MysqlError when one does not fit */
export function insertedRows(
  table: MysqlTable,
  { columns: named, rows }: MysqlStatement & { readonly kind: 'insert' },
  place: RowPlace,
): MysqlTable {
  const { session } = place;
  const places = named?.map((name) => columnPlace(table.columns, name, { session, part: 'insert' }));
  let { next } = table;
  const added: MysqlRow[] = [];
  for (const [number, values] of rows.entries()) {
    const given = new Map<number, MysqlExpression>();
    const isBare = named === undefined && values.length === 0;
    if (!isBare && values.length !== (places ?? table.columns).length)
      throw new MysqlError(1136, '21S01', `Column count doesn't match value count at row ${number + 1}`);
    for (const [order, value] of values.entries()) given.set(places?.[order] ?? order, value);
    const row = table.columns.map((column, at) => {
      const told = given.get(at);
      const value = told === undefined || told.kind === 'default' ? undefined : worthOf(told, session);
      const cell = cellFor(column, value, next, place, number + 1);
      if (column.increments) next = Math.max(next, Number(cell) + 1);
      return cell;
    });
    demandUnique(table, [...table.rows, ...added], row, place);
    added.push(row);
  }
  return { ...table, rows: [...table.rows, ...added], next };
}

/** What comes into a column of a new row; `value` is undefined where nothing is told. @throws MysqlError */
function cellFor(
  column: MysqlColumn,
  value: Cell | undefined,
  next: number,
  { database, table, session }: RowPlace,
  row: number,
): Cell {
  const place = { isMaria: session.isMaria, database, table, row };
  if (column.increments && (value === undefined || value === null || value === '0')) return `${next}`;
  if (value !== undefined) return cellOf(value, column, place);
  if (column.fallback) return cellOf(worthOf(column.fallback, session), column, place);
  if (!column.isNullable)
    throw new MysqlError(1364, 'HY000', `Field '${column.name}' doesn't have a default value`);
  return null;
}

function worthOf(expression: MysqlExpression, session: MysqlSession): Cell {
  return mysqlValue(expression, { session, columns: [], row: [], part: 'insert' }).value;
}

/** @throws MysqlError when a key is there already */
function demandUnique(
  { columns, keys }: MysqlTable,
  rows: readonly MysqlRow[],
  row: MysqlRow,
  { table, session }: RowPlace,
): void {
  for (const key of keys) {
    const places = key.columns.map((name) => columns.findIndex((each) => each.name === name));
    const own = places.map((at) => row[at] ?? null);
    if (own.includes(null)) continue;
    if (
      !rows.some((each) => places.every((at, order) => each[at]?.toLowerCase() === own[order]?.toLowerCase()))
    )
      continue;
    const name = session.isMaria ? key.name : `${table}.${key.name}`;
    throw new MysqlError(1062, '23000', `Duplicate entry '${own.join('-')}' for key '${name}'`);
  }
}

/** The rows after an UPDATE. @throws MysqlError when one does not fit */
export function changedRows(
  table: MysqlTable,
  changes: readonly { readonly column: string; readonly value: MysqlExpression }[],
  fits: (row: MysqlRow) => boolean,
  place: RowPlace,
): { readonly rows: readonly MysqlRow[]; readonly matched: number; readonly changed: number } {
  const { session, database, table: name } = place;
  const part = 'set' as const;
  const targets = changes.map(({ column, value }) => {
    const at = columnPlace(table.columns, column, { session, part });
    return { at, value };
  });
  const rows = [...table.rows];
  let matched = 0;
  let changed = 0;
  for (const [number, row] of table.rows.entries()) {
    if (!fits(row)) continue;
    matched += 1;
    const next = [...row];
    for (const { at, value } of targets) {
      const column = table.columns[at];
      if (!column) continue;
      const { value: worth } = mysqlValue(value, { session, columns: table.columns, row: next, part });
      next[at] = cellOf(worth, column, { isMaria: session.isMaria, database, table: name, row: matched });
    }
    if (next.every((cell, at) => cell === row[at])) continue;
    demandUnique(table, rows.toSpliced(number, 1), next, place);
    changed += 1;
    rows[number] = next;
  }
  return { rows, matched, changed };
}

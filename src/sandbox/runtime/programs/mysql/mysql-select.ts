import type { Cell, MysqlRow, MysqlTable } from './mysql-data.ts';
import { MysqlError } from './mysql-error.ts';
import type { MysqlSession } from './mysql-session.ts';
import type { MysqlExpression, MysqlStatement } from './mysql-statements.ts';
import { inOrder, isTrue, type MysqlSurroundings, mysqlValue } from './mysql-values.ts';

/** The rows of a query. */
export interface MysqlRows {
  readonly columns: readonly string[];
  /** Places of the columns that are numbers. */
  readonly numeric: readonly number[];
  readonly rows: readonly MysqlRow[];
}

/** Which rows a condition holds for. @throws MysqlError when it is wrong, whether there are rows or not */
export function fitting(
  { columns }: MysqlTable,
  where: MysqlExpression | undefined,
  session: MysqlSession,
): (row: MysqlRow) => boolean {
  const fits = (row: MysqlRow) =>
    where === undefined || isTrue(mysqlValue(where, { session, columns, row, part: 'where' }).value);
  fits([]);
  return fits;
}

/** Runs a query on a table, or on none. @throws MysqlError */
export function selected(
  statement: MysqlStatement & { readonly kind: 'select' },
  table: MysqlTable | undefined,
  session: MysqlSession,
): MysqlRows {
  const { items, where, order, limit, offset } = statement;
  if (!table && items.some(({ value }) => value === '*'))
    throw new MysqlError(1096, 'HY000', 'No tables used');
  const from = table ?? noTable;
  const found = from.rows.filter(fitting(from, where, session));
  const wanted: readonly Wanted[] = items.flatMap(({ value, title }) =>
    value === '*'
      ? from.columns.map(({ name }) => ({ value: { kind: 'column' as const, name }, title: name }))
      : [{ value, title: from.isView && value.kind === 'column' ? viewTitle(from, title) : title }],
  );
  const isAggregated = wanted.some(({ value }) => hasAggregate(value));
  const around = (row: MysqlRow, part: MysqlSurroundings['part']): MysqlSurroundings => ({
    ...{ session, columns: from.columns, row, part },
    ...(isAggregated ? { rows: found } : {}),
  });
  const keys = order.map(({ by, isDown }) => ({ isDown, by: aliased(by, wanted) }));
  for (const { by } of keys) mysqlValue(by, around([], 'order'));
  const sorted = found.toSorted((one, other) => {
    for (const { by, isDown } of keys) {
      const found = sortOrder(mysqlValue(by, around(one, 'order')), mysqlValue(by, around(other, 'order')));
      if (found !== 0) return isDown ? -found : found;
    }
    return 0;
  });
  const rows = (isAggregated ? [sorted[0] ?? []] : sorted)
    .slice(offset, limit === undefined ? undefined : offset + limit)
    .map((row) => wanted.map(({ value }) => mysqlValue(value, around(row, 'select'))));
  // What the columns are is known without a row too.
  const [first = wanted.map(({ value }) => mysqlValue(value, around([], 'select')))] = rows;
  return {
    columns: wanted.map(({ title }) => title),
    numeric: first.flatMap(({ isNumber }, place) => (isNumber ? [place] : [])),
    rows: rows.map((row) => row.map(({ value }) => value)),
  };
}

function viewTitle({ columns }: MysqlTable, title: string): string {
  return columns.find(({ name }) => name.toLowerCase() === title.toLowerCase())?.name ?? title;
}

interface Wanted {
  readonly value: MysqlExpression;
  readonly title: string;
}

const noTable: MysqlTable = { columns: [], keys: [], rows: [[]], next: 1 };

function hasAggregate(value: MysqlExpression): boolean {
  if (value.kind === 'aggregate') return true;
  if (value.kind === 'infix') return value.sides.some(hasAggregate);
  return value.kind === 'call' && value.of.some(hasAggregate);
}

/** What is sorted by may be a column of the result too, by its title or its number. */
function aliased(by: MysqlExpression, items: readonly Wanted[]): MysqlExpression {
  if (by.kind === 'value' && by.isNumber) return items[Number(by.value) - 1]?.value ?? by;
  return (by.kind === 'column' ? items.find(({ title }) => title === by.name)?.value : undefined) ?? by;
}

/** What is nothing comes first. */
function sortOrder(
  one: { readonly value: Cell; readonly isNumber: boolean },
  other: { readonly value: Cell },
): number {
  if (one.value === null || other.value === null)
    return Number(one.value !== null) - Number(other.value !== null);
  return inOrder(one.value, other.value, one.isNumber);
}

import { caught } from '../../../thrown.ts';
import type { Cluster, Column, Database, Row, Table } from './database.ts';
import { isNumeric } from './database.ts';
import { SqlError, shownError } from './sql-error.ts';
import {
  checkType,
  columnNamed,
  evaluated,
  holds,
  inOrder,
  placeOf,
  type SqlSession,
} from './sql-expressions.ts';
import { parseSql } from './sql-parser.ts';
import type { Condition, Expression, Named, Statement } from './sql-statements.ts';

/** The rows of a query, or the word with which a statement is confirmed. */
export type SqlOutcome =
  | {
      readonly columns: readonly string[];
      /** Which columns are numbers. */
      readonly numeric: readonly number[];
      readonly rows: readonly Row[];
    }
  | { readonly tag: string };

/** What statements come to: what was done before one failed is told, but undone. */
export interface SqlResult {
  readonly outcomes: readonly SqlOutcome[];
  readonly notices: readonly string[];
  /** As psql shows it. */
  readonly error?: string;
  readonly cluster: Cluster;
}

/** Runs statements on a database of a cluster. */
export function runSql(before: Cluster, text: string, session: SqlSession): SqlResult {
  const run = new Run(before, session);
  try {
    for (const statement of parseSql(text)) run.outcomes.push(run.do(statement));
    return { outcomes: run.outcomes, notices: run.notices, cluster: run.cluster };
  } catch (thrown) {
    const error = caught(thrown, SqlError);
    const { outcomes, notices } = run;
    return { outcomes, notices, error: shownError(error, text), cluster: before };
  }
}

class Run {
  readonly outcomes: SqlOutcome[] = [];
  readonly notices: string[] = [];
  readonly #session: SqlSession;
  cluster: Cluster;

  constructor(cluster: Cluster, session: SqlSession) {
    this.cluster = cluster;
    this.#session = session;
  }

  get #tables(): Database {
    return this.cluster.databases[this.#session.name] ?? {};
  }

  set #tables(tables: Database) {
    this.cluster = {
      ...this.cluster,
      databases: { ...this.cluster.databases, [this.#session.name]: tables },
    };
  }

  #has(name: string): boolean {
    return Object.hasOwn(this.#tables, name);
  }

  /** @throws SqlError when there is no such table */
  #table({ name, at }: Omit<Named, 'at'> & Partial<Named>): Table {
    const table = this.#has(name) ? this.#tables[name] : undefined;
    if (!table) throw new SqlError(`relation "${name}" does not exist`, at);
    return table;
  }

  #put(name: string, table: Table): void {
    this.#tables = { ...this.#tables, [name]: table };
  }

  /** @throws SqlError */
  do(statement: Statement): SqlOutcome {
    switch (statement.kind) {
      case 'select':
        return this.#select(statement);
      case 'insert':
        return this.#insert(statement);
      case 'update':
        return this.#update(statement);
      case 'delete': {
        const table = this.#table(statement.table);
        const fits = this.#fits(table, statement.where);
        const rows = table.rows.filter((row) => !fits(row));
        this.#put(statement.table.name, { ...table, rows });
        return { tag: `DELETE ${table.rows.length - rows.length}` };
      }
      case 'truncate':
        this.#put(statement.table.name, { ...this.#table({ name: statement.table.name }), rows: [] });
        return { tag: 'TRUNCATE TABLE' };
      case 'create':
        return this.#create(statement);
      case 'drop':
        return this.#drop(statement);
      case 'database': {
        const { databases } = this.cluster;
        if (Object.hasOwn(databases, statement.name))
          throw new SqlError(`database "${statement.name}" already exists`);
        this.cluster = { ...this.cluster, databases: { ...databases, [statement.name]: {} } };
        return { tag: 'CREATE DATABASE' };
      }
      case 'nothing':
        return { tag: statement.tag };
    }
  }

  #value(expression: Expression, columns: readonly Column[] = [], row: Row = []) {
    return evaluated(expression, { session: this.#session, columns, row });
  }

  /** @throws SqlError when the condition is wrong, whether there are rows or not */
  #fits({ columns }: Table, where: Condition | undefined): (row: Row) => boolean {
    const fits = (row: Row) => where === undefined || holds(where, { session: this.#session, columns, row });
    fits([]);
    return fits;
  }

  #select({ items, table, where, order, limit }: Statement & { readonly kind: 'select' }): SqlOutcome {
    const from = table === undefined ? { columns: [], rows: [[]] } : this.#table(table);
    const all = items.find(({ value }) => value === '*');
    if (all && table === undefined)
      throw new SqlError('SELECT * with no tables specified is not valid', all.at);
    const found = from.rows.filter(this.#fits(from, where));
    if (items.length === 1 && items[0]?.value !== '*' && items[0]?.value.kind === 'count')
      return { columns: [items[0].alias ?? 'count'], numeric: [0], rows: [[`${found.length}`]] };
    const keys = order.map(({ column, isDown }) => ({ isDown, at: columnNamed(from.columns, column) }));
    found.sort((one, other) => {
      for (const {
        isDown,
        at: [place, { type }],
      } of keys) {
        const found = sorted(one[place] ?? null, other[place] ?? null, type);
        if (found !== 0) return isDown ? -found : found;
      }
      return 0;
    });
    const wanted = items.flatMap(({ value, alias }) =>
      value === '*'
        ? from.columns.map(({ name }) => ({ value: { kind: 'column' as const, name, at: 0 }, alias }))
        : [{ value, alias }],
    );
    const rows = found
      .slice(0, limit)
      .map((row) => wanted.map(({ value }) => this.#value(value, from.columns, row)));
    // What the columns are is known without a row too.
    const [first = wanted.map(({ value }) => this.#value(value, from.columns))] = rows;
    return {
      columns: wanted.map(({ value, alias }) => alias ?? titleOf(value)),
      numeric: first.flatMap(({ type }, place) => (isNumeric(type) ? [place] : [])),
      rows: rows.map((row) => row.map(({ value }) => value)),
    };
  }

  #insert({ table: named, columns, rows }: Statement & { readonly kind: 'insert' }): SqlOutcome {
    const table = this.#table(named);
    const given =
      columns?.map((column) => columnNamed(table.columns, column, named.name)[1]) ?? table.columns;
    for (const row of rows) {
      const extra = row[given.length];
      if (extra) throw new SqlError('INSERT has more expressions than target columns', placeOf(extra));
      const missing = columns?.[row.length];
      if (missing) throw new SqlError('INSERT has more target columns than expressions', missing.at);
    }
    let all = table.columns;
    const added = rows.map((row) => {
      const told = new Map(row.map((value, place) => [given[place]?.name, value]));
      const cells = all.map((column) => {
        const value = told.get(column.name);
        if (value !== undefined) return this.#cell(value, column);
        if (column.next !== undefined) return `${column.next}`;
        return column.fallback === undefined ? null : this.#cell(column.fallback, column);
      });
      all = all.map((column) =>
        column.next === undefined || told.has(column.name) ? column : { ...column, next: column.next + 1 },
      );
      return cells;
    });
    this.#put(named.name, { columns: all, rows: [...table.rows, ...added] });
    return { tag: `INSERT 0 ${added.length}` };
  }

  #update({ table: named, changes, where }: Statement & { readonly kind: 'update' }): SqlOutcome {
    const table = this.#table(named);
    const places = changes.map(({ column, value }) => {
      const [place, own] = columnNamed(table.columns, column, named.name);
      return { place, own, value };
    });
    const fits = this.#fits(table, where);
    let count = 0;
    const rows = table.rows.map((row) => {
      if (!fits(row)) return row;
      count += 1;
      const next = [...row];
      for (const { place, own, value } of places) next[place] = this.#cell(value, own, table.columns, row);
      return next;
    });
    this.#put(named.name, { ...table, rows });
    return { tag: `UPDATE ${count}` };
  }

  /** What a column makes of a value. @throws SqlError */
  #cell(
    expression: Expression,
    { type, scale }: Column,
    columns?: readonly Column[],
    row?: Row,
  ): string | null {
    const { value } = this.#value(expression, columns, row);
    checkType(value, type, placeOf(expression));
    return value === null || scale === undefined ? value : Number(value).toFixed(scale);
  }

  #create({ table, isCareful, columns }: Statement & { readonly kind: 'create' }): SqlOutcome {
    if (this.#has(table.name)) {
      if (!isCareful) throw new SqlError(`relation "${table.name}" already exists`);
      this.notices.push(`relation "${table.name}" already exists, skipping`);
    } else {
      const made = columns.map(({ name, type, fallback, scale }) => ({
        ...{ name, type },
        ...(scale === undefined ? {} : { scale }),
        ...(fallback ? { fallback } : {}),
        ...(type.endsWith('serial') ? { next: 1 } : {}),
      }));
      this.#put(table.name, { columns: made, rows: [] });
    }
    return { tag: 'CREATE TABLE' };
  }

  #drop({ table, isCareful }: Statement & { readonly kind: 'drop' }): SqlOutcome {
    if (!this.#has(table.name)) {
      if (!isCareful) throw new SqlError(`table "${table.name}" does not exist`);
      this.notices.push(`table "${table.name}" does not exist, skipping`);
    }
    const { [table.name]: _, ...tables } = this.#tables;
    this.#tables = tables;
    return { tag: 'DROP TABLE' };
  }
}

/** What is nothing comes last. */
function sorted(one: string | null, other: string | null, type: string): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return inOrder(one, other, type);
}

function titleOf(value: Expression): string {
  return value.kind === 'column' || value.kind === 'call' ? value.name : '?column?';
}

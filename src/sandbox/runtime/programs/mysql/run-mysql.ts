import { caught } from '../../../thrown.ts';
import { accessDenied, changedUsers, mayUse } from './mysql-accounts.ts';
import type { MysqlData, MysqlDatabase, MysqlTable } from './mysql-data.ts';
import { MysqlError } from './mysql-error.ts';
import { parseMysql } from './mysql-parser.ts';
import { changedRows, insertedRows, type RowPlace } from './mysql-rows.ts';
import { fitting, type MysqlRows, selected } from './mysql-select.ts';
import type { MysqlSession } from './mysql-session.ts';
import {
  createTableText,
  describeColumns,
  describeRows,
  processRows,
  systemTable,
  systemTables,
  variableRows,
} from './mysql-show.ts';
import type { MysqlStatement, TableName } from './mysql-statements.ts';

/** What a statement comes to. */
export interface MysqlOutcome {
  readonly data: MysqlData;
  readonly rows?: MysqlRows;
  /** How many rows it changed. */
  readonly affected?: number;
  /** What it says besides, such as how many rows it looked at. */
  readonly info?: string;
  /** The database from now on. */
  readonly use?: string;
  readonly error?: { readonly code: number; readonly state: string; readonly message: string };
}

/** Runs one statement. What fails changes nothing. */
export function runMysql(data: MysqlData, text: string, session: MysqlSession): MysqlOutcome {
  try {
    return new Run(data, session).do(parseMysql(text, session.isMaria));
  } catch (thrown) {
    const { code, state, message } = caught(thrown, MysqlError);
    return { data, error: { code, state, message } };
  }
}

class Run {
  readonly #data: MysqlData;
  readonly #session: MysqlSession;

  constructor(data: MysqlData, session: MysqlSession) {
    this.#data = data;
    this.#session = session;
  }

  do(statement: MysqlStatement): MysqlOutcome {
    const data = this.#data;
    switch (statement.kind) {
      case 'select':
        return {
          data,
          rows: selected(
            statement,
            statement.table && this.#open(statement.table, 'SELECT').table,
            this.#session,
          ),
        };
      case 'insert': {
        const { table, place } = this.#open(statement.table, 'INSERT');
        const changed = insertedRows(table, statement, place);
        const { length } = statement.rows;
        return {
          ...{ data: this.#with(place, changed), affected: length },
          ...(length > 1 ? { info: `Records: ${length}  Duplicates: 0  Warnings: 0` } : {}),
        };
      }
      case 'update': {
        const { table, place } = this.#open(statement.table, 'UPDATE');
        const { rows, matched, changed } = changedRows(
          table,
          statement.changes,
          fitting(table, statement.where, this.#session),
          place,
        );
        const info = `Rows matched: ${matched}  Changed: ${changed}  Warnings: 0`;
        return { data: this.#with(place, { ...table, rows }), affected: changed, info };
      }
      case 'delete': {
        const { table, place } = this.#open(statement.table, 'DELETE');
        const fits = fitting(table, statement.where, this.#session);
        const rows = table.rows.filter((row) => !fits(row));
        return { data: this.#with(place, { ...table, rows }), affected: table.rows.length - rows.length };
      }
      case 'truncate': {
        const { table, place } = this.#open(statement.table, 'DROP');
        return { data: this.#with(place, { ...table, rows: [], next: 1 }), affected: 0 };
      }
      case 'create-table':
        return this.#createTable(statement);
      case 'drop-table':
        return this.#dropTables(statement);
      case 'create-database':
      case 'drop-database':
        return this.#changeDatabase(statement);
      case 'use':
        this.#demandDatabase(statement.name);
        return { data, use: statement.name };
      case 'describe': {
        const { table } = this.#open(statement.table, 'SELECT');
        return {
          data,
          rows: { columns: describeColumns, numeric: [], rows: describeRows(table, this.#session.isMaria) },
        };
      }
      case 'show-create': {
        const { table } = this.#open(statement.table, 'SELECT');
        const row = [
          statement.table.name,
          createTableText(statement.table.name, table, this.#session.isMaria),
        ];
        return { data, rows: { columns: ['Table', 'Create Table'], numeric: [], rows: [row] } };
      }
      case 'show-databases':
        return this.#oneColumn('Database', this.#databases());
      case 'show-tables': {
        const name = statement.database ?? this.#database();
        this.#demandDatabase(name);
        return this.#oneColumn(`Tables_in_${name}`, this.#tablesOf(name));
      }
      case 'show-processes':
        return { data, rows: processRows(this.#session) };
      case 'show-variables':
        return { data, rows: variableRows(this.#session, statement.pattern) };
      case 'nothing':
        return { data, affected: 0 };
      default:
        return {
          data: {
            ...data,
            users: changedUsers(data.users, statement, this.#session.account, this.#session.isMaria),
          },
          affected: 0,
        };
    }
  }

  #oneColumn(title: string, names: readonly string[]): MysqlOutcome {
    return { data: this.#data, rows: { columns: [title], numeric: [], rows: names.map((name) => [name]) } };
  }

  /** The databases that may be seen, those of the system too. */
  #databases(): readonly string[] {
    const { account, isMaria } = this.#session;
    const own = Object.keys(this.#data.databases).filter((name) => mayUse(this.#data.users, account, name));
    const isAll = mayUse(this.#data.users, account, '*');
    const system = isAll
      ? ['information_schema', 'mysql', 'performance_schema', 'sys']
      : ['information_schema'];
    return [...own, ...system, ...(isAll || isMaria ? [] : ['performance_schema'])].sort();
  }

  #tablesOf(database: string): readonly string[] {
    const tables = this.#data.databases[database];
    if (!tables && database !== 'mysql') throw MysqlError.notSimulated(`the tables of ${database}`);
    return tables ? Object.keys(tables).sort() : Object.keys(systemTables);
  }

  #database(): string {
    const { database } = this.#session;
    if (database === undefined) throw new MysqlError(1046, '3D000', 'No database selected');
    return database;
  }

  /** @throws MysqlError when it is not there, or is not for this user */
  #demandDatabase(name: string): void {
    const { account } = this.#session;
    if (name !== 'information_schema' && !mayUse(this.#data.users, account, name))
      throw accessDenied(account, name);
    if (!Object.hasOwn(this.#data.databases, name) && !this.#databases().includes(name))
      throw new MysqlError(1049, '42000', `Unknown database '${name}'`);
  }

  /** A table that is there, and may be used. @throws MysqlError */
  #open(named: TableName, right: string): { readonly table: MysqlTable; readonly place: RowPlace } {
    const database = named.database ?? this.#database();
    const session = this.#session;
    const place: RowPlace = { database, table: named.name, session };
    if (!mayUse(this.#data.users, session.account, database)) {
      const [name = ''] = session.account.split('@');
      throw new MysqlError(
        1142,
        '42000',
        `${right} command denied to user '${name}'@'${session.from}' for table ${session.isMaria ? `\`${database}\`.\`${named.name}\`` : `'${named.name}'`}`,
      );
    }
    const system =
      database === 'mysql' && right === 'SELECT' ? systemTable(named.name, this.#data, session) : undefined;
    const table = system ?? this.#tables(database)[named.name];
    if (table) return { table, place };
    if (!Object.hasOwn(this.#data.databases, database) && !this.#databases().includes(database))
      throw new MysqlError(1049, '42000', `Unknown database '${database}'`);
    if (!Object.hasOwn(this.#data.databases, database) && database !== 'mysql')
      throw MysqlError.notSimulated(`the tables of ${database}`);
    throw new MysqlError(1146, '42S02', `Table '${database}.${named.name}' doesn't exist`);
  }

  #tables(database: string): MysqlDatabase {
    return Object.hasOwn(this.#data.databases, database) ? (this.#data.databases[database] ?? {}) : {};
  }

  #with({ database, table: name }: RowPlace, table: MysqlTable): MysqlData {
    const tables = { ...this.#tables(database), [name]: table };
    return { ...this.#data, databases: { ...this.#data.databases, [database]: tables } };
  }

  #createTable({
    table: named,
    isCareful,
    columns,
    keys,
  }: MysqlStatement & { readonly kind: 'create-table' }): MysqlOutcome {
    const database = named.database ?? this.#database();
    this.#demandDatabase(database);
    if (!Object.hasOwn(this.#data.databases, database))
      throw MysqlError.notSimulated(`new tables in ${database}`);
    if (Object.hasOwn(this.#tables(database), named.name)) {
      if (isCareful) return { data: this.#data, affected: 0, info: '1 warning' };
      throw new MysqlError(1050, '42S01', `Table '${named.name}' already exists`);
    }
    for (const { columns: own } of keys)
      for (const name of own)
        if (!columns.some((column) => column.name === name))
          throw new MysqlError(1072, '42000', `Key column '${name}' doesn't exist in table`);
    const keyed = keys.map(({ columns: [first] }) => first);
    if (columns.some(({ increments, name }) => increments && !keyed.includes(name)))
      throw new MysqlError(
        1075,
        '42000',
        'Incorrect table definition; there can be only one auto column and it must be defined as a key',
      );
    const place: RowPlace = { database, table: named.name, session: this.#session };
    return { data: this.#with(place, { columns, keys, rows: [], next: 1 }), affected: 0 };
  }

  #dropTables({ tables, isCareful }: MysqlStatement & { readonly kind: 'drop-table' }): MysqlOutcome {
    let { databases } = this.#data;
    const missing: string[] = [];
    for (const { database = this.#database(), name } of tables) {
      this.#demandDatabase(database);
      const { [name]: dropped, ...others } = databases[database] ?? {};
      if (dropped) databases = { ...databases, [database]: others };
      else missing.push(`${database}.${name}`);
    }
    if (missing.length > 0 && !isCareful)
      throw new MysqlError(1051, '42S02', `Unknown table '${missing.join(',')}'`);
    return { data: { ...this.#data, databases }, affected: 0 };
  }

  #changeDatabase({
    kind,
    name,
    isCareful,
  }: MysqlStatement & { readonly kind: 'create-database' | 'drop-database' }): MysqlOutcome {
    const { users, databases } = this.#data;
    const { account } = this.#session;
    if (!mayUse(users, account, name)) throw accessDenied(account, name);
    const isThere = Object.hasOwn(databases, name) || this.#databases().includes(name);
    if (kind === 'create-database') {
      if (isThere && !isCareful)
        throw new MysqlError(1007, 'HY000', `Can't create database '${name}'; database exists`);
      const made = isThere ? databases : { ...databases, [name]: {} };
      return { data: { users, databases: made }, affected: 1 };
    }
    const { [name]: dropped, ...others } = databases;
    if (!dropped && isThere) throw MysqlError.notSimulated(`DROP DATABASE ${name}`);
    if (!dropped && !isCareful)
      throw new MysqlError(1008, 'HY000', `Can't drop database '${name}'; database doesn't exist`);
    return { data: { users, databases: others }, affected: Object.keys(dropped ?? {}).length };
  }
}

import type { MysqlExpression } from './mysql-statements.ts';

export type Cell = string | null;
export type MysqlRow = readonly Cell[];

/** A column of a table. */
export interface MysqlColumn {
  readonly name: string;
  /** The type alone, such as `varchar`; `int` is what `integer` is called too. */
  readonly base: string;
  /** What stands between its brackets. */
  readonly sizes: readonly number[];
  readonly isUnsigned: boolean;
  readonly isNullable: boolean;
  readonly increments: boolean;
  /** What a row has here that is told nothing. */
  readonly fallback?: MysqlExpression;
}

/** Columns whose values are there once. */
export interface MysqlKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface MysqlTable {
  readonly columns: readonly MysqlColumn[];
  readonly keys: readonly MysqlKey[];
  readonly rows: readonly MysqlRow[];
  /** The next number of its AUTO_INCREMENT column. */
  readonly next: number;
  /** Whether its columns keep their own names in a result. */
  readonly isView?: true;
}

export type MysqlDatabase = Readonly<Record<string, MysqlTable>>;

/** Who may come in, and from where. */
export interface MysqlUser {
  readonly name: string;
  /** `%` is anywhere, `localhost` the socket. */
  readonly host: string;
  /** Empty when none is asked for. */
  readonly password: string;
  /** Databases that it may do everything with; `*` is all of them, and the server. */
  readonly databases: readonly string[];
}

/** What a server holds. */
export interface MysqlData {
  readonly users: readonly MysqlUser[];
  readonly databases: Readonly<Record<string, MysqlDatabase>>;
}

const numeric = new Set([
  'tinyint',
  'smallint',
  'mediumint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
  'year',
]);

/** Whether values of a type are numbers, and stand at the right. */
export function isNumberType(base: string): boolean {
  return numeric.has(base);
}

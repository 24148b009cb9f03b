import type { Expression } from './sql-statements.ts';

/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** What a row has here that is told nothing; a serial column counts instead. */
  readonly fallback?: Expression;
  /** Digits behind the point. */
  readonly scale?: number;
  /** The next number of a serial column. */
  readonly next?: number;
}

export type Row = readonly (string | null)[];

/** A table of a database. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** The tables of a database. */
export type Database = Readonly<Record<string, Table>>;

/** What a server holds: who may come in, and its databases. */
export interface Cluster {
  readonly user: string;
  /** Undefined when everybody may come in. */
  readonly password?: string;
  readonly databases: Readonly<Record<string, Database>>;
}

/** Whether values of a type are numbers, and stand at the right. */
export function isNumeric(type: string): boolean {
  return /^(int|big|small|serial|numeric|decimal|double|real)/.test(type);
}

/** Whether values of a type are whole numbers. */
export function isWhole(type: string): boolean {
  return /^(int|bigint|bigserial|small|serial)/.test(type);
}

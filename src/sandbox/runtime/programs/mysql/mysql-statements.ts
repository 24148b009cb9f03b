import type { Cell, MysqlColumn, MysqlKey } from './mysql-data.ts';

/** A value, and how it is come by. */
export type MysqlExpression =
  | { readonly kind: 'value'; readonly value: Cell; readonly isNumber: boolean }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'default' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly MysqlExpression[] }
  /** Over all rows; without `of` it is count(*). */
  | { readonly kind: 'aggregate'; readonly name: string; readonly of: MysqlExpression | undefined }
  | {
      readonly kind: 'infix';
      readonly sign: string;
      readonly sides: readonly [MysqlExpression, MysqlExpression];
    }
  | { readonly kind: 'not'; readonly of: MysqlExpression }
  | { readonly kind: 'is-null'; readonly of: MysqlExpression; readonly isNot: boolean }
  | {
      readonly kind: 'like';
      readonly of: MysqlExpression;
      readonly pattern: MysqlExpression;
      readonly isNot: boolean;
    }
  | {
      readonly kind: 'in';
      readonly of: MysqlExpression;
      readonly list: readonly MysqlExpression[];
      readonly isNot: boolean;
    };

/** A table, with its database where that is named. */
export interface TableName {
  readonly database: string | undefined;
  readonly name: string;
}

/** A user as it is written: `'ann'@'%'`. */
export interface UserName {
  readonly name: string;
  readonly host: string;
}

export interface SelectItem {
  readonly value: MysqlExpression | '*';
  /** What the column is called. */
  readonly title: string;
}

export type MysqlStatement =
  | {
      readonly kind: 'select';
      readonly items: readonly SelectItem[];
      readonly table: TableName | undefined;
      readonly where: MysqlExpression | undefined;
      readonly order: readonly { readonly by: MysqlExpression; readonly isDown: boolean }[];
      readonly limit: number | undefined;
      readonly offset: number;
    }
  | {
      readonly kind: 'insert';
      readonly table: TableName;
      readonly columns: readonly string[] | undefined;
      readonly rows: readonly (readonly MysqlExpression[])[];
    }
  | {
      readonly kind: 'update';
      readonly table: TableName;
      readonly changes: readonly { readonly column: string; readonly value: MysqlExpression }[];
      readonly where: MysqlExpression | undefined;
    }
  | { readonly kind: 'delete'; readonly table: TableName; readonly where: MysqlExpression | undefined }
  | { readonly kind: 'truncate'; readonly table: TableName }
  | {
      readonly kind: 'create-table';
      readonly table: TableName;
      readonly isCareful: boolean;
      readonly columns: readonly MysqlColumn[];
      readonly keys: readonly MysqlKey[];
    }
  | { readonly kind: 'drop-table'; readonly tables: readonly TableName[]; readonly isCareful: boolean }
  | { readonly kind: 'create-database' | 'drop-database'; readonly name: string; readonly isCareful: boolean }
  | { readonly kind: 'use'; readonly name: string }
  | { readonly kind: 'describe' | 'show-create'; readonly table: TableName }
  | { readonly kind: 'show-databases' | 'show-processes' | 'nothing' }
  | { readonly kind: 'show-tables'; readonly database: string | undefined }
  | { readonly kind: 'show-variables'; readonly pattern: string | undefined }
  | {
      readonly kind: 'create-user' | 'alter-user';
      readonly user: UserName;
      readonly password: string;
      readonly isCareful: boolean;
    }
  | { readonly kind: 'drop-user'; readonly user: UserName; readonly isCareful: boolean }
  | { readonly kind: 'grant'; readonly database: string; readonly user: UserName };

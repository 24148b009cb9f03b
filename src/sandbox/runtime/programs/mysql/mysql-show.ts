import { accountOf } from './mysql-accounts.ts';
import type { Cell, MysqlColumn, MysqlData, MysqlRow, MysqlTable } from './mysql-data.ts';
import { rounded } from './mysql-decimals.ts';
import { serverVariables } from './mysql-functions.ts';
import { isLike } from './mysql-like.ts';
import type { MysqlSession } from './mysql-session.ts';

/** Columns of DESCRIBE. */
export const describeColumns = ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'];

/** How wide whole numbers are shown, with a sign; MySQL says it no more since 8.0.19. */
const widths: Readonly<Record<string, number>> = {
  tinyint: 4,
  smallint: 6,
  mediumint: 9,
  int: 11,
  bigint: 20,
};

function shownType({ base, sizes, isUnsigned }: MysqlColumn, isMaria: boolean): string {
  const width = widths[base];
  const isBoolean = base === 'tinyint' && sizes[0] === 1;
  const own =
    isMaria && width !== undefined ? [sizes[0] ?? width - (isUnsigned && base !== 'bigint' ? 1 : 0)] : [];
  const told = isBoolean ? [1] : width === undefined ? sizes : own;
  const inBrackets = base === 'char' && told.length === 0 ? [1] : told;
  const type = isMaria && base === 'json' ? 'longtext' : base;
  return `${type}${inBrackets.length > 0 ? `(${inBrackets.join(',')})` : ''}${isUnsigned ? ' unsigned' : ''}`;
}

/** What a column has that is told nothing; undefined when it is a moment or a number to come. */
function shownDefault({ fallback, base, sizes }: MysqlColumn, isMaria: boolean): Cell {
  if (fallback?.kind === 'call')
    return isMaria ? `${fallback.name.replace('now', 'current_timestamp')}()` : 'CURRENT_TIMESTAMP';
  if (fallback?.kind !== 'value') return null;
  return base === 'decimal' && fallback.value !== null
    ? rounded(fallback.value, sizes[1] ?? 0)
    : fallback.value;
}

/** What DESCRIBE says of a table. */
export function describeRows({ columns, keys }: MysqlTable, isMaria: boolean): readonly MysqlRow[] {
  return columns.map((column) => {
    const isIn = (name: string) => keys.some((key) => key.name === name && key.columns.includes(column.name));
    const isUnique = keys.some((key) => key.columns.length === 1 && key.columns[0] === column.name);
    const extra = column.increments ? 'auto_increment' : '';
    const isMade = column.fallback?.kind === 'call' && !isMaria;
    return [
      column.name,
      shownType(column, isMaria),
      column.isNullable ? 'YES' : 'NO',
      isIn('PRIMARY') ? 'PRI' : isUnique ? 'UNI' : '',
      shownDefault(column, isMaria),
      isMade ? 'DEFAULT_GENERATED' : extra,
    ];
  });
}

/** The statement that makes a table, as SHOW CREATE TABLE has it. */
export function createTableText(name: string, { columns, keys, next }: MysqlTable, isMaria: boolean): string {
  const lines = [
    ...columns.map((column) => columnText(column, isMaria)),
    ...keys.map((key) => {
      const own = key.columns.map((each) => `\`${each}\``).join(',');
      return key.name === 'PRIMARY' ? `PRIMARY KEY (${own})` : `UNIQUE KEY \`${key.name}\` (${own})`;
    }),
  ];
  const counts = next > 1 ? ` AUTO_INCREMENT=${next}` : '';
  const collation = isMaria ? 'utf8mb4_uca1400_ai_ci' : 'utf8mb4_0900_ai_ci';
  return `CREATE TABLE \`${name}\` (\n${lines.map((line) => `  ${line}`).join(',\n')}\n) ENGINE=InnoDB${counts} DEFAULT CHARSET=utf8mb4 COLLATE=${collation}`;
}

function columnText(column: MysqlColumn, isMaria: boolean): string {
  const { name, base, isNullable, increments, fallback } = column;
  const told = shownDefault(column, isMaria);
  const isPlain = fallback?.kind === 'call' || (isMaria && fallback?.kind === 'value' && fallback.isNumber);
  // A column of text has no default of its own in MySQL, and NULL is said of a timestamp alone.
  const isText = /text$|^json$/.test(base) && !isMaria;
  const value = told === null ? (isNullable && !isText ? 'NULL' : undefined) : isPlain ? told : `'${told}'`;
  return [
    `\`${name}\` ${shownType(column, isMaria)}`,
    isNullable ? (base === 'timestamp' ? 'NULL' : '') : 'NOT NULL',
    increments ? 'AUTO_INCREMENT' : value === undefined ? '' : `DEFAULT ${value}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** What SHOW PROCESSLIST shows of a server with one client. */
export function processRows({ isMaria, user, from, database }: MysqlSession): {
  readonly columns: readonly string[];
  readonly numeric: readonly number[];
  readonly rows: readonly MysqlRow[];
} {
  const columns = ['Id', 'User', 'Host', 'db', 'Command', 'Time', 'State', 'Info'];
  const own = [
    '8',
    user,
    from,
    database ?? null,
    'Query',
    '0',
    isMaria ? 'starting' : 'init',
    'show processlist',
  ];
  return {
    columns: isMaria ? [...columns, 'Progress'] : columns,
    numeric: isMaria ? [0, 5, 8] : [0, 5],
    rows: [isMaria ? [...own, '0.000'] : own],
  };
}

/** What SHOW VARIABLES shows, of those that the server tells. */
export function variableRows(
  session: MysqlSession,
  pattern: string | undefined,
): {
  readonly columns: readonly string[];
  readonly numeric: readonly number[];
  readonly rows: readonly MysqlRow[];
} {
  const rows = [...serverVariables(session)].filter(([name]) => isLike(name, pattern ?? '%'));
  return { columns: ['Variable_name', 'Value'], numeric: [], rows };
}

/** Tables of the database mysql that can be looked into. */
export const systemTables: Readonly<Record<string, true>> = { user: true };

/** Users that the server has of its own. */
const ownUsers = {
  mysql: ['mysql.infoschema@localhost', 'mysql.session@localhost', 'mysql.sys@localhost'],
  mariadb: ['healthcheck@127.0.0.1', 'healthcheck@::1', 'healthcheck@localhost', 'mariadb.sys@localhost'],
};

/** The table mysql.user, as far as it is simulated; undefined for another. */
export function systemTable(
  name: string,
  { users }: MysqlData,
  { isMaria }: MysqlSession,
): MysqlTable | undefined {
  if (name !== 'user') return undefined;
  const accounts = [...users.map(accountOf), ...(isMaria ? ownUsers.mariadb : ownUsers.mysql)];
  const rows = accounts.map((account) => account.split('@'));
  rows.sort(([name = '', host = ''], [other = '', otherHost = '']) =>
    host === otherHost ? (name < other ? -1 : 1) : host < otherHost ? -1 : 1,
  );
  const column = (title: string): MysqlColumn => ({
    ...{ name: title, base: 'char', sizes: [255], isUnsigned: false, isNullable: false, increments: false },
  });
  return {
    columns: [column('Host'), column('User')],
    keys: [{ name: 'PRIMARY', columns: ['Host', 'User'] }],
    rows: rows.map(([user = '', host = '']) => [host, user]),
    next: 1,
    ...(isMaria ? { isView: true as const } : {}),
  };
}

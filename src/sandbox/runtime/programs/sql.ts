import { type Cells, grid } from './sql-output.ts';

/** A table of a database. */
export interface SqlTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface Database {
  readonly tables: Readonly<Record<string, SqlTable>>;
}

export const emptyDatabase: Database = { tables: {} };

export interface SqlSession {
  readonly version: string;
  readonly user: string;
  readonly name: string;
  readonly format: string;
  readonly now: number;
}

/** What statements print, what they fail with, and the tables after them. */
export interface SqlResult {
  readonly output: string;
  readonly errors: readonly string[];
  readonly database: Database;
}

/**
 * Runs statements: `create table`, `insert`, `select` of columns or plain values, `update` and `delete` with
 * one condition, `drop table`, `\dt`, `\l`. Anything else it refuses as not simulated.
 */
export function runSql(database: Database, text: string, session: SqlSession): SqlResult {
  let output = '';
  let current = database;
  for (const statement of statementsOf(text)) {
    const done = runOne(current, statement, session);
    if (typeof done === 'string') return { output, errors: [done], database: current };
    output += done.output;
    current = done.database;
  }
  return { output, errors: [], database: current };
}

function statementsOf(text: string): readonly string[] {
  const parts = text.match(/(?:'(?:[^']|'')*'|"[^"]*"|--[^\n]*|[^;'"])+/g) ?? [];
  return parts.map((part) => part.replace(/--[^\n]*/g, '').trim()).filter(Boolean);
}

function runOne(
  database: Database,
  sql: string,
  session: SqlSession,
): { output: string; database: Database } | string {
  const say = (output: string, next = database) => ({ output: `${output}\n`, database: next });
  const put = (name: string, table: SqlTable): Database => ({
    tables: { ...database.tables, [name]: table },
  });
  const missing = (name: string) =>
    `relation "${name}" does not exist\nLINE 1: ${sql}\n        ${' '.repeat(Math.max(sql.indexOf(name), 0))}^`;
  if (/^\\dt\b/.test(sql)) return { output: listTables(database, session), database };
  if (/^\\l\b/.test(sql)) {
    const rows = [...new Set(['postgres', session.name, 'template0', 'template1'])].map((name) => [
      name,
      session.user,
      'UTF8',
    ]);
    return {
      output: ` ${grid(['Name', 'Owner', 'Encoding'], rows, [], 'aligned', 'List of databases').trimStart()}`,
      database,
    };
  }
  const create = /^create\s+table\s+(if\s+not\s+exists\s+)?"?(\w+)"?\s*\(([\s\S]*)\)$/i.exec(sql);
  if (create) {
    const [, isCareful, name = '', columns = ''] = create;
    if (database.tables[name]) return isCareful ? say('CREATE TABLE') : `relation "${name}" already exists`;
    const list = splitList(columns).filter(
      (column) => !/^(primary|unique|foreign|check|constraint)\b/i.test(column),
    );
    const described = list.map((column) => ({
      name: column.split(/\s+/)[0] ?? '',
      type: (column.split(/\s+/)[1] ?? 'text').toLowerCase(),
    }));
    return say('CREATE TABLE', put(name, { columns: described, rows: [] }));
  }
  const drop = /^drop\s+table\s+(if\s+exists\s+)?"?(\w+)"?/i.exec(sql);
  if (drop) {
    const [, isCareful, name = ''] = drop;
    if (!database.tables[name] && !isCareful) return `table "${name}" does not exist`;
    const { [name]: _, ...tables } = database.tables;
    return say('DROP TABLE', { tables });
  }
  const insert = /^insert\s+into\s+"?(\w+)"?\s*(?:\(([^)]*)\))?\s*values\s*([\s\S]*)$/i.exec(sql);
  if (insert) {
    const [, name = '', names, values = ''] = insert;
    const table = database.tables[name];
    if (!table) return missing(name);
    const given = names === undefined ? table.columns.map((column) => column.name) : splitList(names);
    const groups = splitList(values).map((group) =>
      splitList(group.replace(/^\(|\)$/g, '')).map(literalValue),
    );
    const rows = groups.map((group, index) =>
      table.columns.map(({ name: column, type }) => {
        const place = given.indexOf(column);
        if (place >= 0) return group[place] ?? null;
        return type.endsWith('serial') ? `${table.rows.length + index + 1}` : null;
      }),
    );
    return say(`INSERT 0 ${rows.length}`, put(name, { ...table, rows: [...table.rows, ...rows] }));
  }
  const change =
    /^(?:delete\s+from|update)\s+"?(\w+)"?(?:\s+set\s+([\s\S]*?))?(?:\s+where\s+([\s\S]*))?$/i.exec(sql);
  if (change) {
    const [, name = '', set, where] = change;
    const table = database.tables[name];
    if (!table) return missing(name);
    const fits = conditionOf(table, where);
    if (!fits) return `the sandbox does not simulate this condition: ${where}`;
    const hit = table.rows.filter(fits).length;
    if (set === undefined)
      return say(`DELETE ${hit}`, put(name, { ...table, rows: table.rows.filter((row) => !fits(row)) }));
    const [, column = '', value = ''] = /^(\w+)\s*=\s*([\s\S]+)$/.exec(set.trim()) ?? [];
    const place = table.columns.findIndex((each) => each.name === column);
    if (place < 0) return `column "${column}" of relation "${name}" does not exist`;
    const rows = table.rows.map((row) =>
      fits(row) ? row.map((cell, index) => (index === place ? literalValue(value) : cell)) : row,
    );
    return say(`UPDATE ${hit}`, put(name, { ...table, rows }));
  }
  if (/^select\b/i.test(sql)) return select(database, sql, session, missing);
  if (/^(begin|commit|rollback|set|grant|create\s+(user|role|database|index|schema)|alter)\b/i.test(sql))
    return say(
      sql
        .split(/\s+/)
        .slice(0, /^(create|alter)/i.test(sql) ? 2 : 1)
        .join(' ')
        .toUpperCase(),
    );
  const [word = ''] = sql.split(/\s+/);
  return `syntax error at or near "${word}"\nLINE 1: ${sql}\n        ^`;
}

function select(
  database: Database,
  sql: string,
  session: SqlSession,
  missing: (name: string) => string,
): { output: string; database: Database } | string {
  const [, list = '', name, where, order, limit] =
    /^select\s+([\s\S]*?)(?:\s+from\s+"?(\w+)"?(?:\s+where\s+([\s\S]*?))?(?:\s+order\s+by\s+(\w+(?:\s+desc)?))?(?:\s+limit\s+(\d+))?)?$/i.exec(
      sql,
    ) ?? [];
  const shown = (columns: readonly string[], rows: Cells, numeric: readonly number[]) => ({
    output: grid(columns, rows, numeric, session.format),
    database,
  });
  if (name === undefined) {
    const cells = splitList(list).map((item) => expression(item, session));
    if (cells.length === 0 || cells.some((cell) => cell === undefined))
      return `syntax error at or near "${list}"\nLINE 1: ${sql}\n        ^`;
    const known = cells.filter((cell) => cell !== undefined);
    return shown(
      known.map(([column]) => column),
      [known.map(([, value]) => value)],
      known.flatMap(([, value], index) => (/^-?\d+(\.\d+)?$/.test(value) ? [index] : [])),
    );
  }
  const table = database.tables[name];
  if (!table) return missing(name);
  const fits = conditionOf(table, where);
  if (!fits) return `the sandbox does not simulate this condition: ${where}`;
  let rows = table.rows.filter(fits);
  if (/^count\s*\(\s*\*\s*\)$/i.test(list.trim())) return shown(['count'], [[`${rows.length}`]], [0]);
  const [column, direction] = order?.split(/\s+/) ?? [];
  const key = table.columns.findIndex((each) => each.name === column);
  if (column !== undefined)
    rows = [...rows].sort(
      (one, other) =>
        (direction ? -1 : 1) * (one[key] ?? '').localeCompare(other[key] ?? '', 'en', { numeric: true }),
    );
  if (limit !== undefined) rows = rows.slice(0, Number(limit));
  const wanted = list.trim() === '*' ? table.columns.map((each) => each.name) : splitList(list);
  const places = wanted.map((each) => table.columns.findIndex((known) => known.name === each));
  const unknown = wanted.find((_, index) => (places[index] ?? -1) < 0);
  if (unknown !== undefined)
    return `column "${unknown}" does not exist\nLINE 1: ${sql}\n        ${' '.repeat(sql.indexOf(unknown))}^`;
  const numeric = places.flatMap((place, index) =>
    /^(int|big|small|serial|numeric|float|double|real)/.test(table.columns[place]?.type ?? '') ? [index] : [],
  );
  return shown(
    wanted,
    rows.map((row) => places.map((place) => row[place] ?? null)),
    numeric,
  );
}

/** A plain value, arithmetic of whole numbers, or one of a few functions; with its column's name. */
function expression(
  item: string,
  { version, user, name, now }: SqlSession,
): readonly [string, string] | undefined {
  const [, plain = '', alias] = /^([\s\S]*?)(?:\s+as\s+"?(\w+)"?)?$/i.exec(item) ?? [];
  const text = plain.trim();
  const call = /^(\w+)\s*\(\s*\)$/.exec(text)?.[1]?.toLowerCase() ?? text.toLowerCase();
  const functions: Readonly<Record<string, string>> = {
    version: `PostgreSQL ${version} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`,
    current_database: name,
    current_user: user,
    now: new Date(now).toISOString().replace('T', ' ').replace('Z', '+00'),
  };
  const known = functions[call];
  if (known !== undefined) return [alias ?? call, known];
  const column = alias ?? '?column?';
  if (/^'(?:[^']|'')*'$/.test(text)) return [column, literalValue(text) ?? ''];
  const sum = /^(-?\d+)\s*([-+*/])\s*(-?\d+)$/.exec(text);
  if (sum) {
    const [left, right] = [BigInt(sum[1] ?? 0), BigInt(sum[3] ?? 0)];
    if (sum[2] === '/' && right === 0n) return undefined;
    return [
      column,
      `${sum[2] === '+' ? left + right : sum[2] === '-' ? left - right : sum[2] === '*' ? left * right : left / right}`,
    ];
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? [column, text] : undefined;
}

function conditionOf(
  table: SqlTable,
  where: string | undefined,
): ((row: readonly (string | null)[]) => boolean) | undefined {
  if (where === undefined) return () => true;
  const [, column = '', operator = '', value = ''] =
    /^(\w+)\s*(=|<>|!=|<=|>=|<|>)\s*([\s\S]+)$/.exec(where.trim()) ?? [];
  const place = table.columns.findIndex((each) => each.name === column);
  if (place < 0 || /\b(and|or)\b/i.test(value)) return undefined;
  const wanted = literalValue(value);
  return (row) => {
    const order = (row[place] ?? '').localeCompare(wanted ?? '', 'en', { numeric: true });
    return (
      {
        '=': order === 0,
        '<>': order !== 0,
        '!=': order !== 0,
        '<': order < 0,
        '>': order > 0,
        '<=': order <= 0,
        '>=': order >= 0,
      }[operator] ?? false
    );
  };
}

function literalValue(text: string): string | null {
  const plain = text.trim();
  if (/^null$/i.test(plain)) return null;
  return plain.startsWith("'") ? plain.slice(1, -1).replaceAll("''", "'") : plain;
}

function splitList(text: string): readonly string[] {
  const found: string[] = [];
  let part = '';
  let depth = 0;
  for (const [token] of text.matchAll(/'(?:[^']|'')*'|[\s\S]/g)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === ',' && depth === 0) {
      found.push(part.trim());
      part = '';
    } else part += token;
  }
  return [...found, part.trim()].filter(Boolean);
}

function listTables({ tables }: Database, { user }: SqlSession): string {
  const rows = Object.keys(tables)
    .sort()
    .map((name) => ['public', name, 'table', user]);
  if (rows.length === 0) return 'Did not find any relations.\n';
  return grid(['Schema', 'Name', 'Type', 'Owner'], rows, [], 'aligned', 'List of relations');
}

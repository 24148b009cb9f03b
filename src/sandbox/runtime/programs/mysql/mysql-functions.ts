import type { Cell } from './mysql-data.ts';
import { MysqlError } from './mysql-error.ts';
import type { MysqlSession } from './mysql-session.ts';

/** A value; what is a number stands at the right. */
export interface MysqlValue {
  readonly value: Cell;
  readonly isNumber: boolean;
}

const nothing: MysqlValue = { value: null, isNumber: true };

/** A moment as SQL writes it, in universal time. */
function sqlTime(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replace('T', ' ');
}

/** What a function of the server gives. @throws MysqlError when there is none of the name */
export function called(written: string, of: readonly MysqlValue[], session: MysqlSession): MysqlValue {
  const name = written.toLowerCase();
  const text = (value: Cell): MysqlValue => ({ value, isNumber: false });
  const number = (value: number): MysqlValue => ({ value: `${value}`, isNumber: true });
  const [first] = of;
  const own = first?.value ?? null;
  if (of.length === 0) {
    const simple: Readonly<Record<string, () => MysqlValue>> = {
      connection_id: () => number(8),
      curdate: () => text(sqlTime(session.now).slice(0, 10)),
      current_date: () => text(sqlTime(session.now).slice(0, 10)),
      current_timestamp: () => text(sqlTime(session.now)),
      current_user: () => text(session.account),
      database: () => text(session.database ?? null),
      now: () => text(sqlTime(session.now)),
      schema: () => text(session.database ?? null),
      session_user: () => text(`${session.user}@${session.from}`),
      unix_timestamp: () => number(Math.floor(session.now / 1000)),
      user: () => text(`${session.user}@${session.from}`),
      version: () => text(session.version),
    };
    if (Object.hasOwn(simple, name)) return simple[name]?.() ?? nothing;
  } else {
    const known: Readonly<Record<string, () => MysqlValue>> = {
      char_length: () => (own === null ? nothing : number([...own].length)),
      coalesce: () => of.find(({ value }) => value !== null) ?? nothing,
      concat: () =>
        text(of.some(({ value }) => value === null) ? null : of.map(({ value }) => value).join('')),
      ifnull: () => of.find(({ value }) => value !== null) ?? nothing,
      lower: () => text(own?.toLowerCase() ?? null),
      upper: () => text(own?.toUpperCase() ?? null),
    };
    if (Object.hasOwn(known, name)) return known[name]?.() ?? nothing;
  }
  const where = session.database === undefined ? written : `${session.database}.${written}`;
  throw new MysqlError(1305, '42000', `FUNCTION ${where} does not exist`);
}

/** Variables of the server that it tells. */
export function serverVariables(session: MysqlSession): ReadonlyMap<string, string> {
  return new Map([
    ['datadir', '/var/lib/mysql/'],
    ['hostname', session.hostname],
    ['max_connections', '151'],
    ['port', `${session.port}`],
    ['version', session.version],
    ['version_comment', session.isMaria ? 'mariadb.org binary distribution' : 'MySQL Community Server - GPL'],
  ]);
}

/** What `@@name` gives. @throws MysqlError */
export function variable(written: string, session: MysqlSession): MysqlValue {
  const name = written.replace(/^@@((global|session)\.)?/i, '').toLowerCase();
  if (name === 'skip_networking') return { value: '0', isNumber: true };
  const value = serverVariables(session).get(name);
  if (value === undefined) throw MysqlError.notSimulated(`the variable ${name}`);
  return { value, isNumber: /^\d+$/.test(value) };
}

import type { MysqlUser } from './mysql-data.ts';
import { MysqlError } from './mysql-error.ts';
import type { MysqlStatement } from './mysql-statements.ts';

/** A user as the server calls it: `ann@%`. */
export function accountOf({ name, host }: Pick<MysqlUser, 'name' | 'host'>): string {
  return `${name}@${host}`;
}

/** Whether an account may do everything with a database; with `*`, with the whole server. */
export function mayUse(users: readonly MysqlUser[], account: string, database: string): boolean {
  const databases = users.find((user) => accountOf(user) === account)?.databases ?? [];
  return databases.includes('*') || databases.includes(database);
}

/** What is said to who may not use a database. */
export function accessDenied(account: string, database: string): MysqlError {
  const [name = '', host = ''] = account.split('@');
  return new MysqlError(
    1044,
    '42000',
    `Access denied for user '${name}'@'${host}' to database '${database}'`,
  );
}

/**
 * The user that somebody is taken for: the one of the most exact host (`localhost` is the socket).
 *
 * @returns undefined when there is none, or the password is another
 */
export function userFor(
  users: readonly MysqlUser[],
  name: string,
  from: string,
  password: string,
): MysqlUser | undefined {
  const fitting = users.filter((user) => user.name === name && (user.host === from || user.host === '%'));
  const [first] = fitting.toSorted((one, other) => Number(one.host === '%') - Number(other.host === '%'));
  return first?.password === password ? first : undefined;
}

type UserStatement = Extract<
  MysqlStatement,
  { readonly kind: 'create-user' | 'alter-user' | 'drop-user' | 'grant' }
>;

/** The users after a statement about one. @throws MysqlError */
export function changedUsers(
  users: readonly MysqlUser[],
  statement: UserStatement,
  account: string,
  isMaria: boolean,
): readonly MysqlUser[] {
  const { kind, user } = statement;
  if (!mayUse(users, account, '*')) {
    if (kind === 'grant') throw accessDenied(account, statement.database);
    const right = 'Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation';
    throw new MysqlError(1227, '42000', right);
  }
  const found = users.find((each) => accountOf(each) === accountOf(user));
  const others = users.filter((each) => each !== found);
  const failed = () => {
    const what = kind.replace('-', ' ').toUpperCase();
    return new MysqlError(1396, 'HY000', `Operation ${what} failed for '${user.name}'@'${user.host}'`);
  };
  if (kind === 'grant') {
    if (!found && isMaria)
      throw new MysqlError(1133, '28000', "Can't find any matching row in the user table");
    if (!found) throw new MysqlError(1410, '42000', 'You are not allowed to create a user with GRANT');
    return [
      ...others,
      { ...found, databases: [...found.databases, statement.database.replaceAll('\\_', '_')] },
    ];
  }
  if (kind === 'create-user') {
    if (found && !statement.isCareful) throw failed();
    return found ? users : [...users, { ...user, password: statement.password, databases: [] }];
  }
  if (!found && !statement.isCareful) throw failed();
  if (!found || kind === 'drop-user') return others;
  return [...others, { ...found, password: statement.password }];
}

import { tableOf, uprightRows } from './mysql-output.ts';
import type { MysqlAnswer } from './mysql-talk.ts';
import type { MysqlCommand } from './mysql-tokens.ts';

/** What a client says before its first prompt. */
export function banner({ thread, version }: MysqlAnswer, isMaria: boolean): string {
  if (isMaria)
    return `Welcome to the MariaDB monitor.  Commands end with ; or \\g.
Your MariaDB connection id is ${thread}
Server version: ${version} mariadb.org binary distribution

Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.

Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.

`;
  return `Welcome to the MySQL monitor.  Commands end with ; or \\g.
Your MySQL connection id is ${thread}
Server version: ${version} MySQL Community Server - GPL

Copyright (c) 2000, 2025, Oracle and/or its affiliates.

Oracle is a registered trademark of Oracle Corporation and/or its
affiliates. Other names may be trademarks of their respective
owners.

Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.

`;
}

/** What a client waits with. */
export function promptOf(database: string | undefined, isMaria: boolean): string {
  return isMaria ? `MariaDB [${database ?? '(none)'}]> ` : 'mysql> ';
}

/** Whether a line ends the client. */
export function isLeaving(line: string): boolean {
  return /^\s*(exit|quit|\\q)\s*;?\s*$/i.test(line);
}

/** What a client says to somebody who typed a statement. */
export function spoken(answer: MysqlAnswer, { isUpright }: MysqlCommand, isMaria: boolean): string {
  const time = isMaria ? '(0.000 sec)' : '(0.00 sec)';
  const { rows, affected = 0, info, use } = answer;
  if (use !== undefined) return 'Database changed\n';
  const counted = (count: number) => `${count} row${count === 1 ? '' : 's'}`;
  if (!rows) {
    const about = info === undefined ? '' : /warning/.test(info) ? `, ${info}` : `\n${info}`;
    const isWarning = about.startsWith(',');
    return `Query OK, ${counted(affected)} affected${isWarning ? about : ''} ${time}${isWarning ? '' : about}\n\n`;
  }
  const { length } = rows.rows;
  if (length === 0) return `Empty set ${time}\n\n`;
  const drawn = isUpright ? uprightRows(rows) : tableOf(rows, { hasTitles: true });
  return `${drawn}${counted(length)} in set ${time}\n\n`;
}

import { steps } from '../../applets/applet.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { askPassword, type Connected, sent } from './mysql-connection.ts';
import { socketOf, versionOf } from './mysql-log.ts';
import { type MysqlOptions, readMysqlOptions } from './mysql-options.ts';
import type { MysqlAnswer } from './mysql-talk.ts';

/** Commands that there are, and are not simulated. */
const leftOut = new Set(
  `debug drop extended-status flush-all-status flush-hosts flush-logs flush-privileges flush-status flush-tables
  flush-threads kill password processlist refresh reload start-replica stop-replica variables`.split(/\s+/),
);

/** mysqladmin or mariadb-admin: whether a server is alive, how it fares, and its end. */
export function mysqlAdmin(isMaria: boolean): Program {
  const name = isMaria ? 'mariadb-admin' : 'mysqladmin';
  return steps((call) => {
    const options = readMysqlOptions(call, isMaria);
    if (typeof options === 'string') {
      call.err(isMaria ? `${name}: ${options}\n` : `${name}: [ERROR] ${options}.\n`);
      return 2;
    }
    if (options.flags.has('V')) {
      call.out(`${title(call, isMaria)}\n`);
      return 0;
    }
    const isFirst = call.state === undefined;
    if (isFirst && options.isWritten && !isMaria)
      call.err(`${name}: [Warning] Using a password on the command line interface can be insecure.\n`);
    const asked = askPassword(call, options, !isFirst);
    call.state = 'asked';
    if (asked === 'waits') return 'waits';
    const ask = (more: { readonly command?: 'status' | 'shutdown'; readonly sql?: string } = {}) =>
      sent(call, options, isMaria, { password: asked.password, ...more });
    const answer = ask();
    if (answer.error || !('thread' in answer)) {
      if (answer.error) call.err(unreached(name, options, answer.error, isMaria));
      const isAnswered = (answer.error?.code ?? 2000) < 2000;
      return isAnswered && options.words.every((word) => word === 'ping') ? 0 : 1;
    }
    for (let words = [...options.words]; words.length > 0; ) {
      const word = words.shift() ?? '';
      const database = word === 'create' ? words.shift() : undefined;
      const code = run(call, { name, word, database, isMaria, answer, ask });
      if (code !== 0) return code;
    }
    return 0;
  });
}

interface Task {
  readonly name: string;
  readonly word: string;
  /** What `create` is to make. */
  readonly database: string | undefined;
  readonly isMaria: boolean;
  readonly answer: MysqlAnswer;
  ask(more: { readonly command?: 'status' | 'shutdown'; readonly sql?: string }): Connected;
}

function run(call: ProcessCall, { name, word, database, isMaria, answer, ask }: Task): number {
  switch (word) {
    case 'ping':
      call.out('mysqld is alive\n');
      return 0;
    case 'status':
      call.out(`${statusLine(answer, isMaria)}\n`);
      return 0;
    case 'version':
      call.out(
        `${title(call, isMaria)}\n\nServer version\t\t${answer.version}\nProtocol version\t10\nConnection\t\tLocalhost via UNIX socket\nUNIX socket\t\t${socketOf(isMaria)}\nUptime:\t\t\t${answer.uptime} sec\n\n${statusLine(answer, isMaria).replace(/^Uptime: \d+ {2}/, '')}\n`,
      );
      return 0;
    case 'create':
    case 'shutdown': {
      const { error } = ask(
        word === 'shutdown' ? { command: word } : { sql: `create database \`${database}\`` },
      );
      if (!error) return 0;
      const what = word === 'shutdown' ? 'shutdown failed' : `CREATE DATABASE failed`;
      call.err(`${name}: ${what}; error: '${error.message}'\n`);
      return 1;
    }
    default:
      call.err(
        leftOut.has(word)
          ? `${name}: the sandbox does not simulate ${word}\n`
          : `${name}: Unknown command: '${word}'\n`,
      );
      return 1;
  }
}

function title(call: ProcessCall, isMaria: boolean): string {
  const version = versionOf(call, isMaria);
  return isMaria
    ? `mariadb-admin from ${version.replace('-ubu2404', '')}, client 10.0 for debian-linux-gnu (x86_64)`
    : `mysqladmin  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)`;
}

function statusLine({ uptime, questions }: MysqlAnswer, isMaria: boolean): string {
  const average = (questions / Math.max(1, uptime)).toFixed(3);
  return isMaria
    ? `Uptime: ${uptime}  Threads: 1  Questions: ${questions}  Slow queries: 0  Opens: 17  Open tables: 10  Queries per second avg: ${average}`
    : `Uptime: ${uptime}  Threads: 2  Questions: ${questions}  Slow queries: 0  Opens: 119  Flush tables: 3  Open tables: 38  Queries per second avg: ${average}`;
}

/** What is said of a server that is not reached. */
function unreached(
  name: string,
  { host = 'localhost', port }: MysqlOptions,
  { code, message }: { readonly code: number; readonly message: string },
  isMaria: boolean,
): string {
  const daemon = isMaria ? 'mariadbd' : 'mysqld';
  const failed = `${name}: connect to server at '${host}' failed\nerror: '${message}'\n`;
  if (code === 2002)
    return `${failed}Check that ${daemon} is running and that the socket: '${socketOf(isMaria)}' exists!\n`;
  if (code !== 2003 && code !== 2005) return failed;
  return `${failed}Check that ${daemon} is running on ${host} and that the port is ${port}.\nYou can check this by doing 'telnet ${host} ${port}'\n`;
}

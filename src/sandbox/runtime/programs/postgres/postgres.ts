import { isoDate } from '../../http/dates.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { locally, server } from '../server.ts';
import type { Cluster } from './database.ts';
import type { PostgresAnswer, PostgresRequest } from './postgres-talk.ts';
import { runSql } from './run-sql.ts';

interface PostgresState extends Cluster {
  readonly folder: string;
  readonly port: number;
}

/** Where a server keeps what it holds, below its folder. */
export const clusterFile = 'base/cluster';

/** The folder of a server that is told none. */
export const usualFolder = '/var/lib/postgresql/data';

/** How each signal ends it. */
const shutdowns: ReadonlyMap<string, string> = new Map([
  ['INT', 'fast'],
  ['QUIT', 'immediate'],
  ['TERM', 'smart'],
]);

/** How far the process of a client is from the first. */
const clientAfter = 60;

/** The server. What it holds stands in a file of its folder, so that it lasts as long as that does. */
export const postgres: Program = server<PostgresState>({
  memory: 34_000_000,
  startMs: 200,
  begin(call) {
    if (call.args.includes('--version') || call.args.includes('-V')) {
      call.out(`postgres (PostgreSQL) ${version(call)} (Debian)\n`);
      return 0;
    }
    const { PGDATA: folder = usualFolder } = call.env;
    if (call.user.uid === 0 && call.record.parent !== 0) {
      call.err(`"root" execution of the PostgreSQL server is not permitted.
The server must be started under an unprivileged user ID to prevent
possible system security compromise.  See the documentation for
more information on how to properly start the server.
`);
      return 1;
    }
    if (!call.files.look(`${folder}/PG_VERSION`)) {
      call.err(
        `postgres: could not access the server configuration file "${folder}/postgresql.conf": No such file or directory\n`,
      );
      return 2;
    }
    const place = call.args.indexOf('-p');
    log(call, `starting PostgreSQL ${version(call)} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`);
    const port = place >= 0 ? Number(call.args[place + 1]) : 5432;
    const told = call.args.map((word) => /^listen_addresses=(.*)$/.exec(word)?.[1]).findLast((each) => each);
    return {
      ports: [port],
      ...locally(told?.split(/\s*,\s*/) ?? []),
      own: { folder, port, ...load(call, folder) },
    };
  },
  taken(call, port) {
    for (const address of ['IPv4 address "0.0.0.0"', 'IPv6 address "::"']) {
      log(call, `could not bind ${address}: Address already in use`);
      say(
        call,
        `HINT:  Is another postmaster already running on port ${port}? If not, wait a few seconds and retry.`,
      );
    }
    say(call, 'WARNING:  could not create listen socket for "*"');
    say(call, 'FATAL:  could not create any TCP/IP sockets');
    log(call, 'database system is shut down');
    return '';
  },
  ready(call, { port }) {
    log(call, `listening on IPv4 address "0.0.0.0", port ${port}`);
    log(call, `listening on IPv6 address "::", port ${port}`);
    log(call, `listening on Unix socket "/var/run/postgresql/.s.PGSQL.${port}"`);
    log(call, 'database system was shut down', 29);
    log(call, 'database system is ready to accept connections');
  },
  ends(call, signal) {
    if (signal === 'HUP') {
      log(call, 'received SIGHUP, reloading configuration files');
      return 'stays';
    }
    const kind = shutdowns.get(signal);
    if (kind === undefined) return undefined;
    log(call, `received ${kind} shutdown request`);
    if (kind === 'fast') log(call, 'aborting any active transactions');
    if (kind !== 'immediate') log(call, 'shutting down', 27);
    log(call, 'database system is shut down');
    return 0;
  },
  talk(call, own, text, from) {
    if (!text.startsWith('{"isPostgres":')) return { answer: '', own };
    const { sql, isAbout, ...login } = JSON.parse(text) as PostgresRequest;
    const shown = (answer: PostgresAnswer) => JSON.stringify(answer);
    const refusal = refusalOf(own, login, from);
    if (refusal === unsaid) return { answer: shown({ refusal }), own };
    if (refusal !== undefined) {
      say(call, `FATAL:  ${refusal}`, call.pid + clientAfter);
      return { answer: shown({ refusal: `FATAL:  ${refusal}` }), own };
    }
    if (isAbout)
      return {
        answer: shown({
          tables: Object.keys(own.databases[login.database] ?? {}).sort(),
          databases: Object.keys(own.databases),
          owner: own.user,
        }),
        own,
      };
    if (sql === undefined) return { answer: shown({}), own };
    const session = { version: version(call), user: login.user, name: login.database, now: call.now };
    const { cluster, ...answer } = runSql(own, sql, session);
    if (answer.error !== undefined) {
      const [message = ''] = answer.error.split('\n');
      say(call, message, call.pid + clientAfter);
      say(call, `STATEMENT:  ${sql}`, call.pid + clientAfter);
    }
    const { user, password, databases } = cluster;
    if (databases !== own.databases)
      call.files.write(`${own.folder}/${clusterFile}`, JSON.stringify({ user, password, databases }));
    return { answer: shown(answer), own: { ...own, databases } };
  },
  workers: () =>
    [
      'checkpointer',
      'background writer',
      'walwriter',
      'autovacuum launcher',
      'logical replication launcher',
    ].map((name) => ({ argv: [`postgres: ${name} `], user: 'postgres' })),
});

/** What the client itself says when it is asked for a password and has none. */
const unsaid = 'fe_sendauth: no password supplied';

/** Why the server does not let a client in (pg_hba.conf of the image: from elsewhere it asks for the password). */
function refusalOf(
  { user, password, databases }: Cluster,
  login: Pick<PostgresRequest, 'user' | 'database' | 'password'>,
  from: string,
): string | undefined {
  const isTrusted = from === '127.0.0.1' || password === undefined;
  if (!isTrusted && login.password === undefined) return unsaid;
  if (!isTrusted && (login.user !== user || login.password !== password))
    return `password authentication failed for user "${login.user}"`;
  if (login.user !== user) return `role "${login.user}" does not exist`;
  if (!Object.hasOwn(databases, login.database)) return `database "${login.database}" does not exist`;
  return undefined;
}

/** What the folder holds; the entrypoint has put it there. */
function load(call: ProcessCall, folder: string): Cluster {
  return JSON.parse(call.files.read(`${folder}/${clusterFile}`)) as Cluster;
}

function version(call: ProcessCall): string {
  return call.env.PG_VERSION ?? '16.10';
}

function log(call: ProcessCall, text: string, pid = call.pid): void {
  say(call, `LOG:  ${text}`, pid);
}

function say(call: ProcessCall, text: string, pid = call.pid): void {
  call.err(`${isoDate(call.now)} UTC [${pid}] ${text}\n`);
}

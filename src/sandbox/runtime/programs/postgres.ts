import { steps } from '../applets/applet.ts';
import { become } from '../applets/system-tools.ts';
import { includesCapability } from '../capabilities.ts';
import { FileError } from '../files/file-error.ts';
import { isoDate } from '../http/dates.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Outcome, Program } from '../program.ts';
import { locally, server } from './server.ts';
import { type Database, emptyDatabase, runSql } from './sql.ts';
import { SwitchError, switchedUser } from './switch-user.ts';

/** Folders and files of a database cluster. */
const clusterFiles = [
  'base',
  'global',
  'pg_hba.conf',
  'pg_ident.conf',
  'pg_wal',
  'pg_xact',
  'postgresql.auto.conf',
  'postgresql.conf',
];
const initMs = 1500;

/** The entrypoint of the image: makes the databases at the first start, and then becomes the server. */
export const postgresEntrypoint: Program = steps((call) => {
  const [command = ''] = call.args;
  const isServer = command === 'postgres' || command.startsWith('-');
  const line = command.startsWith('-') ? ['postgres', ...call.args] : call.args;
  if (!isServer) return become(call, line);
  const folder = call.env.PGDATA ?? '/var/lib/postgresql/data';
  if (call.user.uid === 0) return goOnAsPostgres(call, folder);
  if (call.files.look(`${folder}/PG_VERSION`)) {
    call.out('\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n');
    return become(call, line);
  }
  if (
    !call.env.POSTGRES_PASSWORD &&
    call.env.POSTGRES_HOST_AUTH_METHOD !== 'trust' &&
    !call.env.POSTGRES_PASSWORD_FILE
  ) {
    call.err(`Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
`);
    return 1;
  }
  const names = call.files.look(folder)?.kind === 'folder' ? call.files.list(folder) : [];
  const begun = call.state as number | undefined;
  if (begun === undefined) {
    call.out(initStart(folder));
    if (names.length > 0) {
      call.err(
        `initdb: error: directory "${folder}" exists but is not empty\ninitdb: hint: If you want to create a new database system, either remove or empty the directory "${folder}" or run initdb with an argument other than "${folder}".\n`,
      );
      return 1;
    }
    call.state = call.now + initMs;
    return { until: call.now + initMs };
  }
  if (begun > call.now) return { until: begun };
  try {
    call.files.write(`${folder}/PG_VERSION`, `${major(call)}\n`);
    for (const name of clusterFiles) {
      if (name.includes('.')) call.files.write(`${folder}/${name}`, '');
      else call.files.makeFolder(`${folder}/${name}`, 0o700);
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    call.err(`initdb: error: could not change permissions of directory "${folder}": ${error.message}\n`);
    return 1;
  }
  call.out(
    `ok\n\n\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${folder} -l logfile start\n\n`,
  );
  call.out('\nPostgreSQL init process complete; ready for start up.\n\n');
  return become(call, line);
});

/** Begins anew as the user that the server is to be. */
function goOnAsPostgres(call: ProcessCall, folder: string): Outcome {
  if (!includesCapability(call.user.capabilities, 'FOWNER'))
    for (const path of [folder, '/var/run/postgresql'])
      call.err(`chmod: changing permissions of '${path}': Operation not permitted\n`);
  try {
    if (!call.files.look(folder)) call.files.makeFolder(folder, 0o700);
    call.exec(call.argv, call.env, switchedUser(call, 'postgres', folder));
    return 'waits';
  } catch (error) {
    if (!(error instanceof SwitchError || error instanceof FileError)) throw error;
    call.err(`${error.message}\n`);
    return 1;
  }
}

function initStart(folder: string): string {
  return `The files belonging to this database system will be owned by user "postgres".
This user must also own the server process.

The database cluster will be initialized with locale "en_US.utf8".
The default database encoding has accordingly been set to "UTF8".
The default text search configuration will be set to "english".

Data page checksums are disabled.

fixing permissions on existing directory ${folder} ... ok
creating subdirectories ... ok
selecting dynamic shared memory implementation ... posix
selecting default max_connections ... 100
selecting default shared_buffers ... 128MB
selecting default time zone ... Etc/UTC
creating configuration files ... ok
running bootstrap script ... ok
performing post-bootstrap initialization ... ok
syncing data to disk ... `;
}

interface PostgresState extends Database {
  readonly folder: string;
  readonly user: string;
  readonly database: string;
}

/** The server. Its tables stand in a file of its folder, so that they last as long as that does. */
export const postgres: Program = server<PostgresState>({
  memory: 34_000_000,
  startMs: 200,
  begin(call) {
    if (call.args.includes('--version') || call.args.includes('-V')) {
      call.out(`postgres (PostgreSQL) ${version(call)} (Debian)\n`);
      return 0;
    }
    const folder = call.env.PGDATA ?? '/var/lib/postgresql/data';
    if (call.user.uid === 0 && call.record.parent !== 0) {
      call.err('"root" execution of the PostgreSQL server is not permitted.\n');
      return 1;
    }
    if (!call.files.look(`${folder}/PG_VERSION`)) {
      call.err(
        `postgres: could not access the server configuration file "${folder}/postgresql.conf": No such file or directory\n`,
      );
      return 2;
    }
    const place = call.args.indexOf('-p');
    const user = call.env.POSTGRES_USER ?? 'postgres';
    log(call, `starting PostgreSQL ${version(call)} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`);
    const port = place >= 0 ? Number(call.args[place + 1]) : 5432;
    const told = call.args.map((word) => /^listen_addresses=(.*)$/.exec(word)?.[1]).findLast((each) => each);
    return {
      ports: [port],
      ...locally(told?.split(/\s*,\s*/) ?? []),
      own: { folder, user, database: call.env.POSTGRES_DB ?? user, ...load(call, folder) },
    };
  },
  taken: (call, port) =>
    `${isoDate(call.now)} UTC [${call.pid}] LOG:  could not bind IPv4 address "0.0.0.0": Address in use\n${isoDate(call.now)} UTC [${call.pid}] HINT:  Is another postmaster already running on port ${port}? If not, wait a few seconds and retry.\n`,
  ready(call) {
    log(call, 'listening on IPv4 address "0.0.0.0", port 5432');
    log(call, 'listening on IPv6 address "::", port 5432');
    log(call, 'listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"');
    log(call, 'database system was shut down', 29);
    log(call, 'database system is ready to accept connections');
  },
  ends(call, signal) {
    if (signal === 'HUP') return undefined;
    const kind = { TERM: 'smart', INT: 'fast', QUIT: 'immediate' }[signal];
    if (kind === undefined) return undefined;
    log(call, `received ${kind} shutdown request`);
    if (signal !== 'QUIT') {
      log(call, 'aborting any active transactions');
      log(call, 'shutting down', 27);
    }
    log(call, 'database system is shut down');
    return 0;
  },
  talk(call, own, text) {
    if (!text.startsWith('{"sql":')) return { answer: '', own };
    const { sql, user, format } = JSON.parse(text) as {
      sql: string;
      user: string;
      format: 'aligned' | 'tuples';
    };
    if (user !== own.user) return { answer: JSON.stringify({ fatal: `role "${user}" does not exist` }), own };
    const { output, errors, database } = runSql(own, sql, {
      version: version(call),
      user,
      name: own.database,
      format,
      now: call.now,
    });
    for (const error of errors) {
      call.err(`${isoDate(call.now)} UTC [${call.pid + 60}] ERROR:  ${error.split('\n')[0]}\n`);
      call.err(`${isoDate(call.now)} UTC [${call.pid + 60}] STATEMENT:  ${sql}\n`);
    }
    if (database !== own && 'tables' in database)
      call.files.write(`${own.folder}/base/tables`, JSON.stringify(database.tables));
    return {
      answer: JSON.stringify({ output, errors }),
      own: database === own ? own : { ...own, tables: database.tables },
    };
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

function load(call: ProcessCall, folder: string): Database {
  const node = call.files.look(`${folder}/base/tables`);
  if (node?.kind !== 'file') return emptyDatabase;
  try {
    return { tables: JSON.parse(node.content) };
  } catch {
    return emptyDatabase;
  }
}

function version(call: ProcessCall): string {
  return call.env.PG_VERSION ?? '16.10';
}

function major(call: ProcessCall): string {
  return call.env.PG_MAJOR ?? '16';
}

function log(call: ProcessCall, text: string, pid = call.pid): void {
  call.err(`${isoDate(call.now)} UTC [${pid}] LOG:  ${text}\n`);
}

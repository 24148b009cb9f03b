import { caught } from '../../../thrown.ts';
import { steps } from '../../applets/applet.ts';
import { includesCapability } from '../../capabilities.ts';
import { FileError } from '../../files/file-error.ts';
import { ExecutableError } from '../../processes/executable.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { SwitchError, switchedUser } from '../switch-user.ts';
import type { Cluster } from './database.ts';
import { clusterFile, usualFolder } from './postgres.ts';

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
  const line = call.args[0]?.startsWith('-') ? ['postgres', ...call.args] : call.args;
  if (line[0] !== 'postgres') return become(call, line);
  const { PGDATA: folder = usualFolder } = call.env;
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
  const begun = call.state as number | undefined;
  if (begun === undefined) {
    call.out(initStart(folder));
    if (call.files.list(folder).length > 0) {
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
    call.files.write(`${folder}/PG_VERSION`, `${call.env.PG_MAJOR ?? '16'}\n`);
    for (const name of clusterFiles) {
      if (name.includes('.')) call.files.write(`${folder}/${name}`, '');
      else call.files.makeFolder(`${folder}/${name}`, 0o700);
    }
    call.files.write(`${folder}/${clusterFile}`, JSON.stringify(newCluster(call)));
  } catch (thrown) {
    const error = caught(thrown, FileError);
    call.err(`initdb: error: could not change permissions of directory "${folder}": ${error.message}\n`);
    return 1;
  }
  call.out(
    `ok\n\n\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${folder} -l logfile start\n\n`,
  );
  call.out('\nPostgreSQL init process complete; ready for start up.\n\n');
  return become(call, line);
});

/** Becomes another program, or says as bash does that it cannot. */
function become(call: ProcessCall, argv: readonly string[]): Outcome {
  try {
    call.exec(argv);
    return 'waits';
  } catch (thrown) {
    const { isMissing } = caught(thrown, ExecutableError);
    const why = isMissing ? `exec: ${argv[0]}: not found` : `${argv[0]}: Permission denied`;
    call.err(`/usr/local/bin/docker-entrypoint.sh: line 377: ${why}\n`);
    return isMissing ? 127 : 126;
  }
}

/** What the environment asks for: later it is not looked at again. @throws FileError */
function newCluster({ env, files }: ProcessCall): Cluster {
  const { POSTGRES_PASSWORD_FILE: file, POSTGRES_HOST_AUTH_METHOD: method } = env;
  const user = env.POSTGRES_USER || 'postgres';
  const password = file === undefined ? env.POSTGRES_PASSWORD : files.read(file).trimEnd();
  const databases = { postgres: {}, [env.POSTGRES_DB || user]: {} };
  return { user, databases, ...(method === 'trust' || !password ? {} : { password }) };
}

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

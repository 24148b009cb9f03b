import { join } from '../../files/paths.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome } from '../../program.ts';
import type { MysqlData, MysqlUser } from './mysql-data.ts';
import {
  endLines,
  entrypointLine,
  failureLines,
  mysqlLine,
  readyLines,
  socketOf,
  startLines,
  versionOf,
} from './mysql-log.ts';
import { batchRows, errorText } from './mysql-output.ts';
import { openedSocket } from './mysql-socket.ts';
import { dataFile, writeData } from './mysql-store.ts';
import { allCommands } from './mysql-tokens.ts';
import { runMysql } from './run-mysql.ts';

/** Why the entrypoint ends: a line of its own. */
export class InitError extends Error {
  override readonly name = 'InitError';
}

/** What databases are made from. */
export interface InitPlan {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly isMaria: boolean;
}

/** How far it has come. */
interface InitState {
  readonly phase: 'files' | 'server';
  readonly until: number;
}

const scripts = '/docker-entrypoint-initdb.d';
/** Milliseconds that the files take, and the temporary server after them. */
const initMs = { mysql: [3000, 1500], mariadb: [900, 700] } as const;
/** The numbers of the processes that it starts for a while. */
const pids = { init: 80, temporary: 124 };

const files = {
  mysql:
    `auto.cnf binlog.000001 binlog.index ca-key.pem ca.pem client-cert.pem client-key.pem ib_buffer_pool ibdata1
    ibtmp1 mysql.ibd private_key.pem public_key.pem server-cert.pem server-key.pem undo_001 undo_002`.split(
      /\s+/,
    ),
  mariadb:
    `.my-healthcheck.cnf aria_log.00000001 aria_log_control ddl_recovery.log ib_buffer_pool ib_logfile0 ibdata1
    mariadb_upgrade_info multi-master.info undo001 undo002 undo003`.split(/\s+/),
};

/**
 * Makes the databases where there are none; it is called until it is done.
 *
 * @throws InitError in the words of the entrypoint
 * @throws FileError when the folder does not take them
 */
export function initialize(call: ProcessCall, plan: InitPlan): Outcome | 'done' {
  const { folder, isMaria } = plan;
  const note = (text: string) => entrypointLine(call, 'Note', text);
  const [filesMs, serverMs] = initMs[isMaria ? 'mariadb' : 'mysql'];
  const state = call.state as InitState | undefined;
  const waitFor = (phase: InitState['phase'], milliseconds: number): Outcome => {
    const until = call.now + milliseconds;
    call.state = { phase, until } satisfies InitState;
    return { until };
  };
  if (state === undefined) {
    if (call.files.look(`${folder}/mysql`)?.kind === 'folder') {
      if (isMaria) note('MariaDB upgrade not required');
      else linkSocket(call);
      return 'done';
    }
    demandEnvironment(call, plan);
    note('Initializing database files');
    if (!isMaria && !beginFiles(call, folder)) return 1;
    return waitFor('files', filesMs);
  }
  if (state.until > call.now) return { until: state.until };
  if (state.phase === 'files') {
    makeFiles(call, plan);
    note('Database files initialized');
    note('Starting temporary server');
    if (isMaria) note('Waiting for server startup');
    say(call, startLines(call, isMaria, pids.temporary));
    const failure = openedSocket(call, isMaria, 0);
    if (failure) {
      say(call, failure);
      throw new InitError('Unable to start server.');
    }
    // Nobody is let in yet.
    call.files.remove(socketOf(isMaria));
    return waitFor('server', serverMs);
  }
  say(call, readyLines(call, isMaria, 0));
  note('Temporary server started.');
  if (!isMaria) {
    linkSocket(call);
    say(call, zoneWarnings);
  }
  if (!setUp(call, plan)) return 1;
  note('Stopping temporary server');
  say(call, endLines(call, isMaria, isMaria ? undefined : 'root'));
  note('Temporary server stopped');
  call.out('\n');
  note(`${isMaria ? 'MariaDB' : 'MySQL'} init process done. Ready for start up.`);
  call.out('\n');
  return 'done';
}

function say(call: ProcessCall, lines: readonly string[]): void {
  call.err(lines.map((line) => `${line}\n`).join(''));
}

/** Files beside those of the time zones, which are none. */
const zoneWarnings = [
  'iso3166.tab',
  'leap-seconds.list',
  'leapseconds',
  'tzdata.zi',
  'zone.tab',
  'zone1970.tab',
].map((name) => `Warning: Unable to load '/usr/share/zoneinfo/${name}' as time zone. Skipping it.`);

function linkSocket(call: ProcessCall): void {
  call.out("'/var/lib/mysql/mysql.sock' -> '/var/run/mysqld/mysqld.sock'\n");
}

/** @throws InitError when no way to a password is chosen, or a user is called root */
function demandEnvironment(call: ProcessCall, { env, isMaria }: InitPlan): void {
  if (isMaria) {
    const names = [
      'ROOT_PASSWORD',
      'ALLOW_EMPTY_ROOT_PASSWORD',
      'ALLOW_EMPTY_PASSWORD',
      'RANDOM_ROOT_PASSWORD',
    ];
    if (env.MARIADB_ROOT_PASSWORD_HASH)
      throw new InitError('the sandbox does not simulate MARIADB_ROOT_PASSWORD_HASH');
    if (!names.some((name) => env[`MARIADB_${name}`] || env[`MYSQL_${name}`]))
      throw new InitError(
        'Database is uninitialized and password option is not specified\n\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD',
      );
    return;
  }
  const options =
    '    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD';
  if (!env.MYSQL_ROOT_PASSWORD && !env.MYSQL_ALLOW_EMPTY_PASSWORD && !env.MYSQL_RANDOM_ROOT_PASSWORD)
    throw new InitError(
      `Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n${options}`,
    );
  if (env.MYSQL_USER === 'root')
    throw new InitError(
      `MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user\n    Remove MYSQL_USER="root" and use one of the following to control the root user password:\n${options}`,
    );
  if (env.MYSQL_USER && !env.MYSQL_PASSWORD)
    entrypointLine(
      call,
      'Warn',
      'MYSQL_USER specified, but missing MYSQL_PASSWORD; MYSQL_USER will not be created',
    );
  if (!env.MYSQL_USER && env.MYSQL_PASSWORD)
    entrypointLine(
      call,
      'Warn',
      'MYSQL_PASSWORD specified, but missing MYSQL_USER; MYSQL_PASSWORD will be ignored',
    );
}

/** @returns whether mysqld takes the folder: it has to be empty */
function beginFiles(call: ProcessCall, folder: string): boolean {
  const line = (who: string, text: string) => call.err(`${mysqlLine(call, who, text)}\n`);
  const version = versionOf(call, false);
  if (!version.startsWith('8.0'))
    line('0 [System] [MY-015017] [Server]', 'MySQL Server Initialization - start.');
  line(
    '0 [System] [MY-013169] [Server]',
    `/usr/sbin/mysqld (mysqld ${version}) initializing of server in progress as process ${pids.init}`,
  );
  const inIt = call.files.list(folder).filter((name) => !name.startsWith('.') && name !== 'lost+found');
  if (inIt.length === 0) {
    line('1 [System] [MY-013576] [InnoDB]', 'InnoDB initialization has started.');
    return true;
  }
  const errors = [
    ['MY-010457', '--initialize specified but the data directory has files in it. Aborting.'],
    [
      'MY-013236',
      `The designated data directory ${folder}/ is unusable. You can remove all files that the server added to it.`,
    ],
  ] as const;
  say(call, failureLines(call, false, errors));
  return false;
}

/** @throws FileError */
function makeFiles(call: ProcessCall, { folder, isMaria }: InitPlan): void {
  for (const name of ['mysql', 'performance_schema', 'sys']) {
    const path = join(folder, name);
    if (!call.files.look(path)) call.files.makeFolder(path, 0o750);
  }
  for (const name of files[isMaria ? 'mariadb' : 'mysql'])
    call.files.write(join(folder, name), name === 'mariadb_upgrade_info' ? versionOf(call, true) : '');
  call.files.write(join(folder, dataFile), JSON.stringify({ users: [], databases: {} } satisfies MysqlData));
  if (isMaria) return;
  const lines = [
    ['1 [System] [MY-013577] [InnoDB]', 'InnoDB initialization has ended.'],
    [
      '6 [Warning] [MY-010453] [Server]',
      'root@localhost is created with an empty password ! Please consider switching off the --initialize-insecure option.',
    ],
    ...(versionOf(call, false).startsWith('8.0')
      ? []
      : [['0 [System] [MY-015018] [Server]', 'MySQL Server Initialization - end.']]),
  ];
  for (const [who = '', text = ''] of lines) call.err(`${mysqlLine(call, who, text)}\n`);
}

/** Makes users and databases, and runs the scripts. @returns whether none of them failed. @throws FileError */
function setUp(call: ProcessCall, { env, folder, isMaria }: InitPlan): boolean {
  const note = (text: string) => entrypointLine(call, 'Note', text);
  const isRandom = env.MYSQL_RANDOM_ROOT_PASSWORD || (isMaria && env.MARIADB_RANDOM_ROOT_PASSWORD);
  const password = isRandom ? randomPassword(call) : (env.MYSQL_ROOT_PASSWORD ?? '');
  if (isRandom) note(`GENERATED ROOT PASSWORD: ${password}`);
  const { MYSQL_DATABASE: database, MYSQL_USER: user, MYSQL_PASSWORD: own, MYSQL_ROOT_HOST: host } = env;
  if (database) note(`Creating database ${database}`);
  const root = (from: string): MysqlUser => ({ name: 'root', host: from, password, databases: ['*'] });
  const users = [root('localhost'), ...(host && host !== 'localhost' ? [root(host)] : [])];
  if (user && own) {
    note(`Creating user ${user}`);
    if (database) note(`Giving user ${user} access to schema ${database}`);
    users.push({ name: user, host: '%', password: own, databases: database ? [database] : [] });
  }
  if (isMaria) note('Securing system users (equivalent to running mysql_secure_installation)');
  let data: MysqlData = { users, databases: database ? { [database]: {} } : {} };
  writeData(call.files, folder, data);
  call.out('\n');
  for (const name of call.files.look(scripts) ? call.files.list(scripts).toSorted() : []) {
    const path = join(scripts, name);
    if (name.startsWith('.')) continue;
    if (/\.(sh|sql\.(gz|xz|zst|bz2))$/.test(name)) {
      call.err(`docker-entrypoint.sh: the sandbox does not simulate ${path}: it runs *.sql alone\n`);
    } else if (!name.endsWith('.sql')) {
      entrypointLine(call, 'Warn', `/usr/local/bin/docker-entrypoint.sh: ignoring ${path}`);
    } else {
      note(`/usr/local/bin/docker-entrypoint.sh: running ${path}`);
      const after = ranScript(call, data, call.files.read(path), database || undefined, isMaria);
      if (!after) return false;
      data = after;
      writeData(call.files, folder, data);
      call.out('\n');
    }
    call.out('\n');
  }
  return true;
}

/** @returns what there is after a script; undefined when a statement failed */
function ranScript(
  call: ProcessCall,
  before: MysqlData,
  text: string,
  first: string | undefined,
  isMaria: boolean,
): MysqlData | undefined {
  let data = before;
  let database = first;
  for (const command of allCommands(text)) {
    const outcome = runMysql(data, command.text, {
      ...{
        isMaria,
        version: versionOf(call, isMaria),
        user: 'root',
        from: 'localhost',
        account: 'root@localhost',
      },
      ...{ database, now: call.now, port: 0, hostname: call.spec.hostname },
    });
    if (outcome.error) {
      call.err(errorText(outcome.error, command, isMaria));
      return undefined;
    }
    if (outcome.rows) call.out(batchRows(outcome.rows, { hasTitles: true }));
    data = outcome.data;
    database = outcome.use ?? database;
  }
  return data;
}

function randomPassword(call: ProcessCall): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return Array.from({ length: 32 }, () => letters[call.random(letters.length)]).join('');
}

import { caught } from '../../../thrown.ts';
import { steps } from '../../applets/applet.ts';
import { FileError } from '../../files/file-error.ts';
import { ExecutableError } from '../../processes/executable.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { SwitchError, switchedUser } from '../switch-user.ts';
import { InitError, initialize } from './mysql-init.ts';
import { entrypointLine, mysqlLine, versionOf } from './mysql-log.ts';
import { folderFor } from './mysql-store.ts';

const script = '/usr/local/bin/docker-entrypoint.sh';

/** Variables that may stand in a file: `MYSQL_PASSWORD_FILE` names it. */
const filed = ['ROOT_HOST', 'DATABASE', 'USER', 'PASSWORD', 'ROOT_PASSWORD'];

/** The entrypoint of the image mysql or mariadb: makes the databases at the first start, and then becomes the server. */
export function mysqlEntrypoint(isMaria: boolean): Program {
  const daemon = isMaria ? 'mariadbd' : 'mysqld';
  return steps((call) => {
    const line = call.args[0]?.startsWith('-') ? [daemon, ...call.args] : call.args;
    const isServer = line[0] === daemon || (isMaria && line[0] === 'mysqld');
    if (!isServer || line.some((word) => /^(-\?|--help|--print-defaults|-V|--version)$/.test(word)))
      return become(call, line, isMaria);
    const folder = folderFor(line);
    try {
      if (call.state === undefined) begin(call, line, isMaria);
      const env = withFiles(call, isMaria);
      if (call.user.uid === 0) {
        if (isMaria)
          entrypointLine(
            call,
            'Warn',
            '/sys/fs/cgroup///memory.pressure not writable, functionality unavailable to MariaDB',
          );
        entrypointLine(call, 'Note', "Switching to dedicated user 'mysql'");
        if (!call.files.look(folder)) call.files.makeFolder(folder, 0o700);
        call.exec([script, ...line], env, switchedUser(call, 'mysql', folder));
        return 'waits';
      }
      const outcome = initialize(call, { env, folder, isMaria });
      return outcome === 'done' ? become(call, line, isMaria, env) : outcome;
    } catch (error) {
      if (!(error instanceof InitError || error instanceof SwitchError || error instanceof FileError))
        throw error;
      if (error instanceof InitError) entrypointLine(call, 'ERROR', error.message);
      else call.err(`${error.message}\n`);
      return 1;
    }
  });
}

/** @throws InitError when the server does not know one of its options */
function begin(call: ProcessCall, line: readonly string[], isMaria: boolean): void {
  const { MARIADB_VERSION: maria = '', MYSQL_VERSION: mysql = '' } = call.env;
  const product = isMaria ? `MariaDB Server ${maria}` : `MySQL Server ${mysql}`;
  entrypointLine(call, 'Note', `Entrypoint script for ${product} started.`);
  // The one that many files still have; it is gone since 8.4.
  const gone = line.find((word) => /^--default[-_]authentication[-_]plugin=/.test(word));
  if (gone === undefined || isMaria || versionOf(call, false).startsWith('8.0')) return;
  const own = gone.slice(2);
  const errors = [
    mysqlLine(call, '0 [ERROR] [MY-000067] [Server]', `unknown variable '${own}'.`),
    mysqlLine(call, '0 [ERROR] [MY-010119] [Server]', 'Aborting'),
  ];
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const name = Array.from({ length: 10 }, () => letters[call.random(letters.length)]).join('');
  const command = `${line.join(' ')} --verbose --help --log-bin-index=/tmp/tmp.${name}`;
  throw new InitError(
    `mysqld failed while attempting to check config\n\tcommand was: ${command}\n\t${errors.join('\n')}`,
  );
}

/** The environment with what files hold; those of MariaDB have two names. @throws InitError */
function withFiles(call: ProcessCall, isMaria: boolean): Readonly<Record<string, string>> {
  let env: Readonly<Record<string, string>> = call.env;
  const read = (name: string, fallback: string | undefined) => {
    const { [name]: value, [`${name}_FILE`]: file, ...others } = env;
    if (value && file) throw new InitError(`Both ${name} and ${name}_FILE are set (but are exclusive)`);
    const found = value || (file ? content(call, file, isMaria) : fallback);
    env = found === undefined ? others : { ...others, [name]: found };
    return found;
  };
  for (const name of filed) {
    const own = read(`MYSQL_${name}`, name === 'ROOT_HOST' ? '%' : undefined);
    const maria = isMaria ? read(`MARIADB_${name}`, own) : undefined;
    if (maria !== undefined) env = { ...env, [`MYSQL_${name}`]: maria };
  }
  return env;
}

function content(call: ProcessCall, file: string, isMaria: boolean): string {
  try {
    return call.files.read(file).replace(/\n+$/, '');
  } catch (thrown) {
    const { message } = caught(thrown, FileError);
    throw new SwitchError(`${script}: line ${isMaria ? 36 : 39}: ${file}: ${message}`);
  }
}

/** Becomes another program, or says as bash does that it cannot. */
function become(call: ProcessCall, argv: readonly string[], isMaria: boolean, env = call.env): Outcome {
  try {
    call.exec(argv, isMaria ? withoutPasswords(env) : env);
    return 'waits';
  } catch (thrown) {
    const { isMissing } = caught(thrown, ExecutableError);
    const why = isMissing ? `exec: ${argv[0]}: not found` : `${argv[0]}: Permission denied`;
    call.err(`${script}: line ${isMaria ? 712 : 414}: ${why}\n`);
    return isMissing ? 127 : 126;
  }
}

/** The entrypoint of MariaDB does not hand its passwords on. */
function withoutPasswords(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(MARIADB|MYSQL)_(ROOT_)?(PASSWORD|PASSWORD_HASH|HOST)$/.test(name),
    ),
  );
}

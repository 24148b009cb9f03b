import { tool } from '../../applets/applet.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { socketOf } from './mysql-log.ts';
import { socketAt } from './mysql-socket.ts';

/** healthcheck.sh of the image mariadb: whether a server passes tests, with a user that it has for this. */
export const mariadbHealthcheck: Program = tool((call) => {
  if (call.args.length === 0) {
    call.err('At least one argument required\n');
    return 1;
  }
  const isUp = listens(call);
  let isConnected = false;
  for (const word of call.args) {
    if (/^--(su(=.*)?|su-mysql|datadir=.*|defaults-.*|no-defaults|no-connect)$/.test(word)) {
      isConnected ||= word === '--no-connect';
      continue;
    }
    if (!word.startsWith('--')) {
      call.err(`Unknown healthcheck option ${word}\n`);
      return 1;
    }
    const test = word.slice(2);
    if (/^(galera_|replication|mariadbupgrade)/.test(test)) {
      call.err(`healthcheck.sh: the sandbox does not simulate ${word}\n`);
      return 1;
    }
    if (!['connect', 'innodb_buffer_pool_loaded', 'innodb_initialized'].includes(test)) {
      call.err(`healthcheck unknown option or test '${test}'\n`);
      return 1;
    }
    if (!isUp) {
      sayUnreached(call);
      call.err(`healthcheck ${test} failed\n`);
      return 1;
    }
    isConnected ||= test === 'connect';
  }
  if (isConnected || isUp) return 0;
  sayUnreached(call);
  return 1;
});

function listens(call: ProcessCall): boolean {
  const socket = socketAt(call, true);
  const way = call.reach('127.0.0.1', socket?.port ?? 3306);
  return socket !== undefined && 'network' in way && call.kernel.servers.listens(way);
}

function sayUnreached(call: ProcessCall): void {
  call.err(`ERROR 2002 (HY000): Can't connect to local server through socket '${socketOf(true)}' (2)\n`);
}

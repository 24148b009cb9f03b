import type { ProcessCall } from '../../processes/process-call.ts';
import { socketOf } from './mysql-log.ts';
import type { MysqlOptions } from './mysql-options.ts';
import { socketAt } from './mysql-socket.ts';
import type { MysqlAnswer, MysqlRequest } from './mysql-talk.ts';

/** What a client that connects was told, or why it could not: errors from 2000 on are its own. */
export type Connected =
  | MysqlAnswer
  | { readonly error: { readonly code: number; readonly state: string; readonly message: string } };

/** The password that a client uses: asked for, where the command line says so. */
export type Asked = { readonly password: string } | 'waits';

/** Asks for the password where it has to be; what it was told is remembered by the caller. */
export function askPassword(call: ProcessCall, { password }: MysqlOptions, isAsked: boolean): Asked {
  if (password !== undefined) return { password };
  if (!isAsked) call.err('Enter password: ');
  const line = call.readLine(0);
  return line === undefined ? 'waits' : { password: line?.replace(/\r?\n$/, '') ?? '' };
}

/** Sends one thing to the server. */
export function sent(
  call: ProcessCall,
  options: MysqlOptions,
  isMaria: boolean,
  request: Omit<MysqlRequest, 'isMysql' | 'isLocal' | 'user'>,
): Connected {
  const { host, port, user } = options;
  const product = isMaria ? '' : ' MySQL';
  const failed = (code: number, message: string) => ({ error: { code, state: 'HY000', message } });
  const isLocal = host === undefined;
  // The client of MariaDB tries one address after another, and tells of the last.
  const refused = isMaria && host !== 'localhost' ? 115 : 111;
  const unreached = (number: number) =>
    isLocal
      ? failed(
          2002,
          `Can't connect to local${product} server through socket '${socketOf(isMaria)}' (${number})`,
        )
      : isMaria
        ? failed(2002, `Can't connect to server on '${host}' (${number})`)
        : failed(2003, `Can't connect to MySQL server on '${host}:${port}' (${number})`);
  const socket = isLocal ? socketAt(call, isMaria) : undefined;
  if (isLocal && !socket) return unreached(2);
  const [address] = call.resolve(host ?? 'localhost');
  if (address === undefined) return failed(2005, `Unknown${product} server host '${host}' (-2)`);
  const way = call.reach(address, socket?.port ?? port);
  if ('failure' in way) return unreached(way.failure === 'timeout' ? 110 : 113);
  const full: MysqlRequest = { isMysql: true, ...request, user, isLocal };
  const said = call.talk(way, JSON.stringify(full));
  if (said === undefined) return unreached(isLocal ? 111 : refused);
  if (said === '')
    return failed(
      2013,
      "Lost connection to server at 'reading initial communication packet', system error: 0",
    );
  return JSON.parse(said) as MysqlAnswer;
}

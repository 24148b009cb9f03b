import { dateParts } from '../../http/dates.ts';
import type { ProcessCall } from '../../processes/process-call.ts';

/** Where the socket of a server is. */
export function socketOf(isMaria: boolean): string {
  return isMaria ? '/run/mysqld/mysqld.sock' : '/var/run/mysqld/mysqld.sock';
}

/** The version that an image says: `8.4.6` of `8.4.6-1.el9`, `11.8.3-MariaDB-ubu2404` of `1:11.8.3+maria~ubu2404`. */
export function versionOf({ env }: Pick<ProcessCall, 'env'>, isMaria: boolean): string {
  const written = isMaria ? (env.MARIADB_VERSION ?? '11.8.3') : (env.MYSQL_VERSION ?? '8.4.6');
  const [version = ''] = /\d+(\.\d+)+/.exec(written) ?? [];
  return isMaria ? `${version}-MariaDB-ubu2404` : version;
}

/** A line of the entrypoint; what is wrong goes to the error stream. */
export function entrypointLine(call: ProcessCall, kind: 'Note' | 'Warn' | 'ERROR', text: string): void {
  const { year, monthNumber, day, hours, minutes, seconds } = dateParts(call.now);
  const line = `${year}-${monthNumber}-${day} ${hours}:${minutes}:${seconds}+00:00 [${kind}] [Entrypoint]: ${text}\n`;
  if (kind === 'Note') call.out(line);
  else call.err(line);
}

/** A line of the log of MySQL, without its end. @param who the thread, the level, the number and the part */
export function mysqlLine(call: ProcessCall, who: string, text: string): string {
  const { year, monthNumber, day, hours, minutes, seconds, milliseconds } = dateParts(call.now);
  return `${year}-${monthNumber}-${day}T${hours}:${minutes}:${seconds}.${milliseconds}000Z ${who} ${text}`;
}

/** A line of the log of MariaDB, without its end. */
export function mariaLine(call: ProcessCall, text: string, level = 'Note', thread = 0): string {
  const { year, monthNumber, day, hours, minutes, seconds } = dateParts(call.now);
  const hour = `${Number(hours)}`.padStart(2);
  return `${year}-${monthNumber}-${day} ${hour}:${minutes}:${seconds} ${thread} [${level}] ${text}`;
}

/** What a server says when it begins. */
export function startLines(call: ProcessCall, isMaria: boolean, pid = call.pid): readonly string[] {
  const version = versionOf(call, isMaria);
  if (isMaria)
    return [
      mariaLine(call, `Starting MariaDB ${version} as process ${pid}`),
      ...['Number of transaction pools: 1', 'Completed initialization of buffer pool'].map((text) =>
        mariaLine(call, `InnoDB: ${text}`),
      ),
    ];
  const isOlder = version.startsWith('8.0');
  return [
    ...(isOlder
      ? [
          mysqlLine(
            call,
            '0 [Warning] [MY-011068] [Server]',
            "The syntax '--skip-host-cache' is deprecated and will be removed in a future release. Please use SET GLOBAL host_cache_size=0 instead.",
          ),
        ]
      : [mysqlLine(call, '0 [System] [MY-015015] [Server]', 'MySQL Server - start.')]),
    mysqlLine(
      call,
      '0 [System] [MY-010116] [Server]',
      `/usr/sbin/mysqld (mysqld ${version}) starting as process ${pid}`,
    ),
    mysqlLine(call, '1 [System] [MY-013576] [InnoDB]', 'InnoDB initialization has started.'),
  ];
}

/** What a server says when it takes connections; port 0 is the socket alone. */
export function readyLines(call: ProcessCall, isMaria: boolean, port: number): readonly string[] {
  const version = versionOf(call, isMaria);
  const where = `socket: '${socketOf(isMaria)}'  port: ${port}`;
  if (isMaria)
    return [
      ...(port === 0
        ? []
        : ['0.0.0.0', '::'].map((address) =>
            mariaLine(call, `Server socket created on IP: '${address}', port: '${port}'.`),
          )),
      mariaLine(call, 'mariadbd: ready for connections.'),
      `Version: '${version}'  ${where}  mariadb.org binary distribution`,
    ];
  const x = 'socket: /var/run/mysqld/mysqlx.sock';
  return [
    mysqlLine(call, '1 [System] [MY-013577] [InnoDB]', 'InnoDB initialization has ended.'),
    mysqlLine(call, '0 [Warning] [MY-010068] [Server]', 'CA certificate ca.pem is self signed.'),
    mysqlLine(
      call,
      '0 [System] [MY-013602] [Server]',
      'Channel mysql_main configured to support TLS. Encrypted connections are now supported for this channel.',
    ),
    mysqlLine(
      call,
      '0 [Warning] [MY-011810] [Server]',
      "Insecure configuration for --pid-file: Location '/var/run/mysqld' in the path is accessible to all OS users. Consider choosing a different directory.",
    ),
    mysqlLine(
      call,
      '0 [System] [MY-011323] [Server]',
      `X Plugin ready for connections. ${port === 0 ? x.replace('s', 'S') : `Bind-address: '::' port: 33060, ${x}`}`,
    ),
    mysqlLine(
      call,
      '0 [System] [MY-010931] [Server]',
      `/usr/sbin/mysqld: ready for connections. Version: '${version}'  ${where}  MySQL Community Server - GPL.`,
    ),
  ];
}

/** What a server says when it cannot begin. @param errors each with the number that MySQL gives it */
export function failureLines(
  call: ProcessCall,
  isMaria: boolean,
  errors: readonly (readonly [number: string, text: string])[],
): readonly string[] {
  const all = [...errors, ['MY-010119', 'Aborting'] as const];
  if (isMaria) return all.map(([, text]) => mariaLine(call, text, 'ERROR'));
  const lines = all.map(([number, text]) => mysqlLine(call, `0 [ERROR] [${number}] [Server]`, text));
  return [...lines, ...endLines(call, false).slice(1)];
}

/** What a server says when it ends. @param by who wants it: `root`, or undefined for a signal */
export function endLines(call: ProcessCall, isMaria: boolean, by?: string): readonly string[] {
  const version = versionOf(call, isMaria);
  if (isMaria)
    return [
      mariaLine(
        call,
        `mariadbd (initiated by: ${by === undefined ? 'unknown' : `${by}[${by}] @ localhost []`}): Normal shutdown`,
      ),
      mariaLine(call, 'InnoDB: FTS optimize thread exiting.'),
      mariaLine(call, 'InnoDB: Starting shutdown...'),
      mariaLine(call, 'mariadbd: Shutdown complete'),
    ];
  return [
    mysqlLine(
      call,
      `${by === undefined ? 0 : 10} [System] [MY-013172] [Server]`,
      `Received SHUTDOWN from user ${by ?? '<via user signal>'}. Shutting down mysqld (Version: ${version}).`,
    ),
    mysqlLine(
      call,
      '0 [System] [MY-010910] [Server]',
      `/usr/sbin/mysqld: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`,
    ),
    ...(version.startsWith('8.0')
      ? []
      : [mysqlLine(call, '0 [System] [MY-015016] [Server]', 'MySQL Server - end.')]),
  ];
}

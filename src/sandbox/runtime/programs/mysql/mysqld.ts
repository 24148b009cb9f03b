import { unlessThrown } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { locally, server } from '../server.ts';
import { accountOf, mayUse, userFor } from './mysql-accounts.ts';
import type { MysqlData } from './mysql-data.ts';
import {
  endLines,
  failureLines,
  mariaLine,
  readyLines,
  socketOf,
  startLines,
  versionOf,
} from './mysql-log.ts';
import type { MysqlSession } from './mysql-session.ts';
import { openedSocket, socketAt } from './mysql-socket.ts';
import { folderFor, isWritten, readData } from './mysql-store.ts';
import type { MysqlAnswer, MysqlRequest } from './mysql-talk.ts';
import { runMysql } from './run-mysql.ts';

interface MysqldState {
  readonly data: MysqlData;
  readonly folder: string;
  readonly port: number;
  readonly since: number;
  readonly threads: number;
  readonly questions: number;
}

/** The server. What it holds stands in a file of its folder, so that it lasts as long as that does. */
export function mysqld(isMaria: boolean): Program {
  const say = (call: ProcessCall, lines: readonly string[]) =>
    call.err(lines.map((line) => `${line}\n`).join(''));
  const fail = (call: ProcessCall, errors: Parameters<typeof failureLines>[2]) => {
    say(call, failureLines(call, isMaria, errors));
    return 1;
  };
  const end = (call: ProcessCall) => {
    const socket = socketAt(call, isMaria);
    say(call, endLines(call, isMaria, socket?.endsFor));
    // Where it may not be removed it stays, and nobody listens there.
    if (socket)
      unlessThrown(
        FileError,
        () => call.files.remove(socketOf(isMaria)),
        () => undefined,
      );
  };
  return server<MysqldState>({
    memory: isMaria ? 95_000_000 : 380_000_000,
    startMs: 600,
    begin(call) {
      const version = versionOf(call, isMaria);
      if (call.args.includes('--version') || call.args.includes('-V')) {
        call.out(
          isMaria
            ? `mariadbd  Ver ${version} for debian-linux-gnu on x86_64 (mariadb.org binary distribution)\n`
            : `/usr/sbin/mysqld  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`,
        );
        return 0;
      }
      say(call, startLines(call, isMaria));
      // MySQL finds in /etc/my.cnf whom to go on as.
      if (isMaria && call.user.uid === 0 && !call.args.some((word) => word.startsWith('--user=')))
        return fail(call, [
          ['', 'mariadbd: Please consult the Knowledge Base to find out how to run mysqld as root!'],
        ]);
      const folder = folderFor(call.args);
      const data = readData(call.files, folder);
      if (!data)
        return fail(
          call,
          isMaria
            ? [['', "Fatal error: Can't open and lock privilege tables: Table 'mysql.db' doesn't exist"]]
            : [
                ['MY-011011', 'Failed to find valid data directory.'],
                ['MY-010020', 'Data Dictionary initialization failed.'],
              ],
        );
      const told = (name: string) =>
        call.args.map((word) => new RegExp(`^--${name}=(.*)$`).exec(word)?.[1]).findLast((each) => each);
      const port = Number(told('port') ?? 3306);
      const failure = openedSocket(call, isMaria, port);
      if (failure) {
        say(call, failure);
        return 1;
      }
      const address = told('bind-address');
      return {
        ports: [port],
        ...locally(address === undefined ? [] : [address]),
        own: { data, folder, port, since: call.now, threads: isMaria ? 2 : 7, questions: 0 },
      };
    },
    taken(call, port) {
      fail(call, [
        isMaria
          ? ['', "Can't start server: Bind on TCP/IP port. Got error: 98: Address already in use"]
          : ['MY-010262', "Can't start server: Bind on TCP/IP port: Address already in use"],
        isMaria
          ? ['', `Do you already have another server running on port: ${port} ?`]
          : ['MY-010257', `Do you already have another mysqld server running on port: ${port} ?`],
      ]);
      return '';
    },
    ready(call, { port }) {
      say(call, readyLines(call, isMaria, port));
    },
    ends(call, signal) {
      if (signal === 'HUP') return 'stays';
      if (signal !== 'TERM' && signal !== 'QUIT') return undefined;
      end(call);
      return 0;
    },
    talk(call, own, text, from) {
      if (!text.startsWith('{"isMysql":')) return { answer: '', own };
      const request = JSON.parse(text) as MysqlRequest;
      const isNew = request.sql === undefined && request.command === undefined;
      const next: MysqldState = {
        ...own,
        threads: own.threads + (isNew ? 1 : 0),
        questions: own.questions + 1,
      };
      const uptime = Math.floor((call.now - own.since) / 1000);
      const base = {
        version: versionOf(call, isMaria),
        thread: next.threads,
        uptime,
        questions: next.questions,
      };
      const shown = (answer: Partial<MysqlAnswer>) => JSON.stringify({ ...base, ...answer });
      const host = request.isLocal ? 'localhost' : from;
      const user = userFor(own.data.users, request.user, host, request.password);
      if (!user) {
        const using = `(using password: ${request.password === '' ? 'NO' : 'YES'})`;
        const message = `Access denied for user '${request.user}'@'${host}' ${using}`;
        if (isMaria) say(call, [mariaLine(call, message, 'Warning', next.threads)]);
        return { answer: shown({ error: { code: 1045, state: '28000', message } }), own: next };
      }
      const account = accountOf(user);
      if (request.command === 'shutdown') {
        if (!mayUse(own.data.users, account, '*')) {
          const message =
            'Access denied; you need (at least one of) the SHUTDOWN privilege(s) for this operation';
          return { answer: shown({ error: { code: 1227, state: '42000', message } }), own: next };
        }
        // Who wants it stands in the socket until the signal has come.
        unlessThrown(
          FileError,
          () => call.files.write(socketOf(isMaria), `${own.port} ${request.user}`),
          () => undefined,
        );
        call.kill(call.pid, 'TERM');
        return { answer: shown({}), own };
      }
      const session: MysqlSession = {
        ...{
          isMaria,
          version: base.version,
          user: request.user,
          from: host,
          account,
          now: call.now,
          port: own.port,
        },
        ...{ database: request.database, hostname: call.spec.hostname },
      };
      const sql =
        isNew && request.database !== undefined ? `use \`${request.database}\`` : (request.sql ?? '');
      const { data, ...answer } = runMysql(own.data, sql, session);
      const isKept = data === own.data || isWritten(call.files, own.folder, data);
      if (!isKept) {
        const error = { code: 1030, state: 'HY000', message: 'Got error 168 from storage engine' };
        return { answer: shown({ error }), own: next };
      }
      return { answer: shown(answer), own: { ...next, data } };
    },
  });
}

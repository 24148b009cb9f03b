import { steps } from '../applets/applet.ts';
import type { Program } from '../program.ts';

/** psql: `-c` and the input, `-t`, `-A`, `-U`, `-h`, `-p`, `-d`. */
export const psql: Program = steps((call) => {
  const { args } = call;
  if (args.includes('--version') || args.includes('-V')) {
    call.out(`psql (PostgreSQL) ${call.env.PG_VERSION ?? '16.10'} (Debian)\n`);
    return 0;
  }
  const values: Record<string, string> = {};
  const commands: string[] = [];
  const flags = new Set<string>();
  for (let place = 0; place < args.length; place++) {
    const word = args[place] ?? '';
    const [, letter = '', glued = ''] = /^-([a-zA-Z])(.*)$/.exec(word) ?? [];
    if (letter === '' && !word.startsWith('--')) values[values.d === undefined ? 'd' : 'U'] = word;
    else if ('chpUdfv'.includes(letter) && letter !== '') {
      const value = glued || (args[++place] ?? '');
      if (letter === 'c') commands.push(value);
      else values[letter] = value;
    } else
      for (const each of letter + glued)
        if (each === 'c') commands.push(args[++place] ?? '');
        else flags.add(each);
  }
  const host = values.h ?? call.env.PGHOST;
  const port = Number(values.p ?? call.env.PGPORT ?? 5432);
  const user = values.U ?? call.env.PGUSER ?? (call.user.uid === 0 ? 'root' : 'postgres');
  const where =
    host === undefined ? `connection to server on socket "/var/run/postgresql/.s.PGSQL.${port}" failed` : '';
  const refuse = (text: string) => {
    call.err(`psql: error: ${text}\n`);
    return 2;
  };
  const [address] = call.resolve(host ?? 'localhost');
  if (address === undefined)
    return refuse(`could not translate host name "${host}" to address: Name or service not known`);
  const way = call.reach(address, port);
  const named = `connection to server at "${host}" (${address}), port ${port} failed`;
  if ('failure' in way || !call.kernel.servers.listens(way)) {
    if (host === undefined)
      return refuse(
        `${where}: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`,
      );
    return refuse(
      `${named}: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`,
    );
  }
  if (flags.has('l')) commands.push('\\l');
  if (commands.length === 0) {
    const text = call.read(0);
    if (text === undefined) return 'waits';
    if (call.isTerminal(0) || text === null)
      return refuse('the sandbox has no prompt here: psql -c "select 1"');
    commands.push(text);
  }
  let code = 0;
  for (const sql of commands) {
    const format = flags.has('t') || flags.has('A') ? 'tuples' : 'aligned';
    const answer = call.talk(
      way,
      JSON.stringify({ sql, user, format: flags.has('A') ? `${format}-plain` : format }),
    );
    const {
      output,
      errors = [],
      fatal,
    } = JSON.parse(answer || '{}') as { output?: string; errors?: string[]; fatal?: string };
    if (fatal !== undefined) return refuse(`${where || named}: FATAL:  ${fatal}`);
    call.out(output ?? '');
    for (const error of errors) call.err(`ERROR:  ${error}\n`);
    code = errors.length > 0 ? 1 : 0;
  }
  return code;
});

/** pg_isready */
export const pgIsReady: Program = steps((call) => {
  const at = (flag: string) =>
    call.args.includes(flag) ? call.args[call.args.indexOf(flag) + 1] : undefined;
  const host = at('-h');
  const port = Number(at('-p') ?? 5432);
  const shown = `${host ?? '/var/run/postgresql'}:${port}`;
  const [address] = call.resolve(host ?? 'localhost');
  const way = address === undefined ? undefined : call.reach(address, port);
  const isUp = way !== undefined && 'network' in way && call.kernel.servers.listens(way);
  if (!call.args.includes('-q')) call.out(`${shown} - ${isUp ? 'accepting connections' : 'no response'}\n`);
  return isUp ? 0 : 2;
});

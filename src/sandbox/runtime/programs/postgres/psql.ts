import { caught } from '../../../thrown.ts';
import { gatherInput, steps } from '../../applets/applet.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import type { PostgresAnswer, PostgresRequest } from './postgres-talk.ts';
import { type PsqlOptions, readPsqlOptions } from './psql-options.ts';
import { type Drawn, drawn } from './psql-output.ts';
import { splitStatements } from './sql-tokens.ts';

/** psql: statements of its command line, of files and of its input. */
export const psql: Program = steps((call) => {
  if (['--version', '-V'].includes(call.args.join(' '))) {
    call.out(`psql (PostgreSQL) ${call.env.PG_VERSION ?? '16.10'} (Debian)\n`);
    return 0;
  }
  const options = readPsqlOptions(call);
  if (typeof options === 'string') {
    call.err(`psql: ${options}\npsql: hint: Try "psql --help" for more information.\n`);
    return 1;
  }
  const { text, isWhole } =
    options.tasks.length > 0 || call.isTerminal(0)
      ? { text: '', isWhole: true }
      : gatherInput(call, (call.state as string | undefined) ?? '');
  call.state = text;
  if (!isWhole) return 'waits';
  try {
    return new Client(call, options).run(text);
  } catch (thrown) {
    const error = caught(thrown, ClientError);
    call.err(`psql: error: ${error.message}\n`);
    return error.code;
  }
});

/** Why psql ends before its time. */
class ClientError extends Error {
  readonly code: number;

  constructor(message: string, code = 2) {
    super(message);
    this.code = code;
  }
}

/** psql writes errors with the place in the file before them. */
type Place = `psql:${string}:${number}: ` | '';

class Client {
  readonly #call: ProcessCall;
  readonly #options: PsqlOptions;
  #hasEnded = false;

  constructor(call: ProcessCall, options: PsqlOptions) {
    this.#call = call;
    this.#options = options;
  }

  /** @returns the exit code. @throws ClientError */
  run(input: string): number {
    // It connects before it does anything.
    this.#ask({});
    const { tasks } = this.#options;
    if (tasks.length === 0) {
      if (this.#call.isTerminal(0))
        throw new ClientError('the sandbox has no prompt here: psql -c "select 1"');
      return this.#script(input);
    }
    let code = 0;
    for (const { kind, value } of tasks) {
      if (kind === 'file') code = this.#script(this.#read(value), value);
      else code = this.#command(value) ? 0 : 1;
      if (code !== 0 && this.#options.stopsOnError) return code;
    }
    return code;
  }

  #read(path: string): string {
    try {
      return this.#call.files.read(path);
    } catch (thrown) {
      const error = caught(thrown, FileError);
      throw new ClientError(`${path}: ${error.message}`, 1);
    }
  }

  /** Statements one by one: it goes on after one that fails, unless it is told to stop. */
  #script(text: string, file?: string): number {
    for (const { command, line } of commandsOf(text)) {
      const place: Place = file === undefined ? '' : `psql:${file}:${line}: `;
      const isDone = this.#command(command, place);
      if (this.#hasEnded) return 0;
      if (!isDone && this.#options.stopsOnError) return 3;
    }
    return 0;
  }

  /** @returns whether it was done */
  #command(text: string, place: Place = ''): boolean {
    if (text.startsWith('\\')) return this.#metaCommand(text, place);
    const { outcomes = [], notices = [], error } = this.#ask({ sql: text });
    for (const notice of notices) this.#call.err(`${place}NOTICE:  ${notice}\n`);
    for (const outcome of outcomes) {
      if ('columns' in outcome) this.#draw(outcome);
      else if (!this.#options.isQuiet) this.#call.out(`${outcome.tag}\n`);
    }
    if (error !== undefined) this.#call.err(`${place}${error}`);
    return error === undefined;
  }

  #draw(result: Drawn): void {
    this.#call.out(drawn(result, this.#options.form));
  }

  #metaCommand(text: string, place: Place): boolean {
    const [name = ''] = text.split(/\s+/);
    const { user, database } = this.#options;
    const { tables = [], databases = [], owner = '' } = this.#ask({ isAbout: true });
    switch (text) {
      case '\\q':
        this.#hasEnded = true;
        return true;
      case '\\d':
      case '\\dt':
        if (tables.length === 0) this.#call.err('Did not find any relations.\n');
        else
          this.#draw({
            title: 'List of relations',
            columns: ['Schema', 'Name', 'Type', 'Owner'],
            numeric: [],
            rows: tables.map((table) => ['public', table, 'table', owner]),
          });
        return true;
      case '\\l':
        this.#draw({
          title: 'List of databases',
          columns: databaseColumns,
          numeric: [],
          rows: [...databases, 'template0', 'template1'].sort().map((each) => databaseRow(each, owner)),
        });
        return true;
      case '\\conninfo':
        this.#call.out(`You are connected to database "${database}" as user "${user}" ${this.#via()}.\n`);
        return true;
      default:
        this.#call.err(
          leftOut.has(name)
            ? `psql: the sandbox does not simulate ${text}\n`
            : `${place}invalid command ${name}\n`,
        );
        return false;
    }
  }

  #via(): string {
    const { host, port } = this.#options;
    return host === undefined
      ? `via socket in "/var/run/postgresql" at port "${port}"`
      : `on host "${host}" at port "${port}"`;
  }

  /** @throws ClientError when the server is not reached, or does not let it in */
  #ask(request: Pick<PostgresRequest, 'sql' | 'isAbout'>): PostgresAnswer {
    const { host, port, user, database, password } = this.#options;
    const [address] = this.#call.resolve(host ?? 'localhost');
    if (address === undefined)
      throw new ClientError(`could not translate host name "${host}" to address: Name or service not known`);
    const way = this.#call.reach(address, port);
    const named = host === address ? `"${host}"` : `"${host}" (${address})`;
    const where = `connection to server ${
      host === undefined ? `on socket "/var/run/postgresql/.s.PGSQL.${port}"` : `at ${named}, port ${port}`
    } failed:`;
    const full: PostgresRequest = { isPostgres: true, ...request, user, database, password };
    const said = 'failure' in way ? undefined : this.#call.talk(way, JSON.stringify(full));
    if (said === undefined)
      throw new ClientError(
        host === undefined
          ? `${where} No such file or directory\n\tIs the server running locally and accepting connections on that socket?`
          : `${where} Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`,
      );
    const answer = JSON.parse(said || '{}') as PostgresAnswer;
    if (answer.refusal !== undefined) throw new ClientError(`${where} ${answer.refusal}`);
    return answer;
  }
}

/** Commands of psql that the sandbox leaves out. */
const leftOut = new Set(
  '\\! \\? \\c \\connect \\copy \\da \\df \\di \\dn \\dp \\ds \\du \\dv \\dx \\e \\echo \\h \\i \\o \\p \\pset \\set \\timing \\watch \\x \\z'.split(
    ' ',
  ),
);

const databaseColumns = [
  'Name',
  'Owner',
  'Encoding',
  'Locale Provider',
  'Collate',
  'Ctype',
  'ICU Locale',
  'ICU Rules',
  'Access privileges',
];

function databaseRow(name: string, owner: string): readonly string[] {
  const isTemplate = name.startsWith('template');
  const own = [name, owner, 'UTF8', 'libc', 'en_US.utf8', 'en_US.utf8', '', ''];
  return [...own, isTemplate ? `=c/${owner}\n${owner}=CTc/${owner}` : ''];
}

/** What a script holds: statements and commands of psql itself, with the line that each ends in. */
function commandsOf(text: string): readonly { readonly command: string; readonly line: number }[] {
  const found: { readonly command: string; readonly line: number }[] = [];
  const lines = text.split('\n');
  let pending = '';
  for (const [place, content] of lines.entries()) {
    if (content.startsWith('\\') && pending.trim() === '') {
      found.push({ command: content.trim(), line: place + 1 });
      continue;
    }
    const parts = splitStatements(`${pending}${content}`);
    const isOpen = place < lines.length - 1 && !parts.at(-1)?.endsWith(';');
    for (const command of isOpen ? parts.slice(0, -1) : parts) found.push({ command, line: place + 1 });
    pending = isOpen && parts.length > 0 ? `${parts.at(-1)}\n` : '';
  }
  return found;
}

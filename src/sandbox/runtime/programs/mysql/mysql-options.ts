import type { ProcessCall } from '../../processes/process-call.ts';

/** What a command line of mysql or mysqladmin asks for. */
export interface MysqlOptions {
  /** Undefined for the socket. */
  readonly host: string | undefined;
  readonly port: number;
  readonly user: string;
  /** Undefined when it is to be asked for. */
  readonly password: string | undefined;
  /** Whether the password stands on the command line. */
  readonly isWritten: boolean;
  readonly database: string | undefined;
  readonly statements: string | undefined;
  readonly flags: ReadonlySet<string>;
  /** What stands there besides options. */
  readonly words: readonly string[];
}

/** Options that take a value, by their letters. */
const withValue: Readonly<Record<string, string>> = {
  '--database': 'D',
  '--execute': 'e',
  '--host': 'h',
  '--port': 'P',
  '--protocol': 'protocol',
  '--socket': 'S',
  '--user': 'u',
};

/** Options that take none. */
const plain: Readonly<Record<string, string>> = {
  '--batch': 'B',
  '--force': 'f',
  '--no-auto-rehash': 'A',
  '--raw': 'r',
  '--silent': 's',
  '--skip-column-names': 'N',
  '--table': 't',
  '--verbose': 'v',
  '--version': 'V',
  '--vertical': 'E',
};

/** Options that change nothing here. */
const ignored =
  /^--(comments|compress|connect-timeout=.*|default-character-set=.*|get-server-public-key|skip-print-query-on-error|skip-ssl.*|skip-reconnect|ssl.*|binary-mode|unbuffered)$/;

/** Reads a command line. @returns what is wrong with it, where something is */
export function readMysqlOptions(call: ProcessCall, isMaria: boolean): MysqlOptions | string {
  const queue = [...call.args];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const words: string[] = [];
  let password = call.env.MYSQL_PWD ?? '';
  let isAsked = false;
  let isWritten = false;
  const tell = (told: string | undefined) => {
    isAsked = told === undefined;
    isWritten = told !== undefined;
    password = told ?? '';
  };
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') words.push(...queue.splice(0));
    else if (word.startsWith('--')) {
      const [name = '', glued] = word.split(/=(.*)/s);
      const letter = withValue[name];
      if (name === '--password') tell(glued);
      else if (letter !== undefined) {
        const value = glued ?? queue.shift();
        if (value === undefined) return `option '${name}' requires an argument`;
        values.set(letter, value);
      } else if (plain[name] !== undefined) flags.add(plain[name] ?? '');
      else if (!ignored.test(word)) return `unknown option '${word}'`;
    } else if (word.startsWith('-') && word.length > 1) {
      const wrong = readLetters(word, { queue, values, flags, tell });
      if (wrong !== undefined) return wrong;
    } else words.push(word);
  }
  const protocol = values.get('protocol')?.toLowerCase();
  // MariaDB takes a port for a sign that the socket is not meant; MySQL does not look at it then.
  const isTcp = protocol === 'tcp' || (isMaria && protocol === undefined && values.has('P'));
  const host = values.get('h') ?? call.env.MYSQL_HOST;
  return {
    host: host === undefined || host === 'localhost' ? (isTcp ? 'localhost' : undefined) : host,
    port: Number(values.get('P') ?? call.env.MYSQL_TCP_PORT ?? 3306),
    user: values.get('u') ?? (call.user.uid === 0 ? 'root' : 'mysql'),
    password: isAsked ? undefined : password,
    isWritten,
    database: values.get('D') ?? words[0],
    statements: values.get('e'),
    flags,
    words,
  };
}

interface Reading {
  readonly queue: string[];
  readonly values: Map<string, string>;
  readonly flags: Set<string>;
  tell(password: string | undefined): void;
}

/** Reads letters behind one dash. @returns what is wrong, where something is */
function readLetters(word: string, { queue, values, flags, tell }: Reading): string | undefined {
  for (let place = 1; place < word.length; place++) {
    const letter = word.slice(place, place + 1);
    const rest = word.slice(place + 1);
    if (letter === 'p') {
      tell(rest === '' ? undefined : rest);
      return undefined;
    }
    if (Object.values(withValue).includes(letter)) {
      const value = rest || queue.shift();
      if (value === undefined) return `option '-${letter}' requires an argument`;
      values.set(letter, value);
      return undefined;
    }
    if (![...Object.values(plain), 'C', 'b', 'n', 'q'].includes(letter)) return `unknown option '-${letter}'`;
    flags.add(letter);
  }
  return undefined;
}

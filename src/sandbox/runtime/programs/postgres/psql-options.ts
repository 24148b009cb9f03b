import type { ProcessCall } from '../../processes/process-call.ts';
import type { OutputForm } from './psql-output.ts';

/** What a command line of psql asks for. */
export interface PsqlOptions {
  /** Undefined for the socket. */
  readonly host: string | undefined;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
  /** What is to be run; nothing for what it reads. */
  readonly tasks: readonly { readonly kind: 'command' | 'file'; readonly value: string }[];
  readonly form: OutputForm;
  readonly isQuiet: boolean;
  /** Whether it ends with the first error. */
  readonly stopsOnError: boolean;
}

/** Options that take a value, by their letters. */
const withValue: ReadonlyMap<string, string> = new Map([
  ['--command', 'c'],
  ['--dbname', 'd'],
  ['--file', 'f'],
  ['--host', 'h'],
  ['--port', 'p'],
  ['--set', 'v'],
  ['--username', 'U'],
  ['--variable', 'v'],
]);

/** Options that take none. */
const plain: ReadonlyMap<string, string> = new Map([
  ['--list', 'l'],
  ['--no-align', 'A'],
  ['--no-password', 'w'],
  ['--no-psqlrc', 'X'],
  ['--quiet', 'q'],
  ['--tuples-only', 't'],
]);

interface Written {
  readonly letter: string;
  readonly value: string;
}

/** Reads a command line of psql. @returns what is wrong with it, where something is */
export function readPsqlOptions(call: ProcessCall): PsqlOptions | string {
  const words = [...call.args];
  const written: Written[] = [];
  const names: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const read = word.startsWith('-') ? readOption(word, words) : word;
    if (typeof read === 'string' && word.startsWith('-')) return read;
    if (typeof read === 'string') names.push(word);
    else written.push(...read);
  }
  const last = (letter: string) => written.findLast((each) => each.letter === letter)?.value;
  const has = (letter: string) => written.some((each) => each.letter === letter);
  const [name = last('d') ?? call.env.PGDATABASE, other] =
    last('d') === undefined ? names : [last('d'), ...names];
  const url = /^postgres(?:ql)?:\/\/(?:([^:@/]+)(?::([^@/]*))?@)?([^:/]*)(?::(\d+))?(?:\/(\w*))?$/.exec(
    name ?? '',
  );
  const [, urlUser, urlPassword, urlHost, urlPort, urlName] = url ?? [];
  const user =
    urlUser ?? last('U') ?? other ?? call.env.PGUSER ?? (call.user.uid === 0 ? 'root' : 'postgres');
  return {
    host: urlHost || (last('h') ?? call.env.PGHOST),
    port: Number(urlPort ?? last('p') ?? call.env.PGPORT ?? 5432),
    user,
    database: (url ? urlName : name) || user,
    password: urlPassword ?? call.env.PGPASSWORD,
    tasks: written.flatMap(({ letter, value }) => {
      if (letter === 'l') return [{ kind: 'command', value: '\\l' } as const];
      return letter === 'c' || letter === 'f'
        ? [{ kind: letter === 'c' ? 'command' : 'file', value } as const]
        : [];
    }),
    form: { isAligned: !has('A'), isBare: has('t') },
    isQuiet: has('q'),
    stopsOnError: written.some(
      ({ letter, value }) => letter === 'v' && /^ON_ERROR_STOP=(1|on|true)$/.test(value),
    ),
  };
}

/** Reads one word of options, with the next where it belongs to it. @returns what is wrong with it, where something is */
function readOption(word: string, rest: string[]): readonly Written[] | string {
  if (word.startsWith('--')) {
    const [name = '', glued] = word.split(/=(.*)/s);
    const flag = plain.get(name);
    if (flag !== undefined) return [{ letter: flag, value: '' }];
    const letter = withValue.get(name);
    if (letter === undefined) return `unrecognized option '${word}'`;
    const value = glued ?? rest.shift();
    return value === undefined ? `option '${name}' requires an argument` : [{ letter, value }];
  }
  const found: Written[] = [];
  for (const [place, letter] of [...word].entries()) {
    if (place === 0) continue;
    if ([...withValue.values()].includes(letter)) {
      const value = word.slice(place + 1) || rest.shift();
      return value === undefined
        ? `option requires an argument -- '${letter}'`
        : [...found, { letter, value }];
    }
    if (![...plain.values()].includes(letter)) return `invalid option -- '${letter}'`;
    found.push({ letter, value: '' });
  }
  return found;
}

import { utf8Bytes } from '../../images/utf8.ts';
import { gatherInput, steps } from '../applets/applet.ts';
import { noWay } from '../processes/no-way.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import type { Reply } from './redis-commands.ts';
import { lineWords, type RedisRequest, redisVersion } from './redis-talk.ts';

/** What a command line of redis-cli asks for. */
interface Options {
  readonly host: string;
  readonly port: number;
  /** The name that goes with the password, where one was given. */
  readonly user: string | undefined;
  /** What it says first, and what `auth` has said since. */
  password: string;
  /** Whether the password stands on the command line, where others can see it. */
  readonly isShown: boolean;
  /** Whether answers are written for a reader, as on a terminal. */
  readonly isFormatted: boolean;
  readonly command: readonly string[];
}

/** Flags of redis-cli that the sandbox leaves out. */
const leftOut = new Set(
  `-2 -3 -D -X -c -d -e -i -n -r -s -t -x --bigkeys --cluster --csv --eval --help --hotkeys --intrinsic-latency --json
  --latency --ldb --lru-test --memkeys --pattern --pipe --rdb --replica --scan --sni --stat --tls --user --verbose`.split(
    /\s+/,
  ),
);

/** redis-cli: one command, or those of its input. */
export const redisCli: Program = steps((call) => {
  if (['--version', '-v'].includes(call.args.join(' '))) {
    call.out(`redis-cli ${redisVersion(call)}\n`);
    return 0;
  }
  const options = readOptions(call);
  if (typeof options === 'string') {
    call.err(`${options}\n`);
    return 1;
  }
  if (options.command.length > 0) {
    const refused = logIn(call, options) ?? send(call, options, options.command);
    if (refused !== undefined) call.err(refused);
    return refused === undefined ? 0 : 1;
  }
  if (call.isTerminal(0)) {
    call.err('redis-cli: the sandbox runs one command at a time: redis-cli get name\n');
    return 1;
  }
  const { text, isWhole } = gatherInput(call, (call.state as string | undefined) ?? '');
  call.state = text;
  if (!isWhole) return 'waits';
  // It goes on whatever fails, and tries anew with each line.
  call.err(logIn(call, options) ?? '');
  for (const line of text.split('\n')) {
    const words = lineWords(line);
    if (words.length > 0) call.err(send(call, options, words) ?? '');
  }
  return 0;
});

/** @returns what is wrong with the command line, where something is */
function readOptions(call: ProcessCall): Options | string {
  let [host, port, isShown] = ['127.0.0.1', 6379, false];
  let password = call.env.REDISCLI_AUTH ?? '';
  let user: string | undefined;
  let [isFormatted, isWarned] = [call.isTerminal(1), true];
  const rest = [...call.args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) {
      rest.unshift(word);
      break;
    }
    const [value] = rest;
    if (word === '--raw' || word === '--no-raw') isFormatted = word === '--no-raw';
    else if (word === '--no-auth-warning') isWarned = false;
    else if (leftOut.has(word)) return `redis-cli: the sandbox does not simulate ${word}`;
    else if (!['-h', '-p', '-a', '--pass', '-u'].includes(word) || value === undefined)
      return `Unrecognized option or bad number of args for: '${word}'`;
    else {
      rest.shift();
      if (word === '-h') host = value;
      else if (word === '-p') port = Number(value);
      else if (word === '-u') {
        const url = /^redis:\/\/(?:(.*):(.*)@)?([^:/]+)(?::(\d+))?(?:\/0?)?$/.exec(value);
        if (!url) return 'Invalid URI scheme';
        const [, name, secret = password, to = host, number = port] = url;
        [user, password, host, port, isShown] = [name, secret, to, Number(number), name !== undefined];
      } else [password, isShown] = [value, true];
    }
  }
  return { host, port, user, password, isShown: isShown && isWarned, isFormatted, command: rest };
}

/** Says the password, where there is one. @returns why the server is not reached; undefined when it is */
function logIn(call: ProcessCall, options: Options): string | undefined {
  if (options.isShown)
    call.err(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
    );
  const { user, password } = options;
  const login = ['auth', ...(user === undefined ? [] : [user]), password];
  const reply = ask(call, options, password === '' ? ['ping'] : login);
  if (typeof reply === 'string') return reply;
  if (password === '' || !isError(reply.answer)) return undefined;
  call.err(`AUTH failed: ${reply.answer.error}\n`);
  options.password = '';
  return undefined;
}

/** Does a command and prints its answer. @returns why the server is not reached; undefined when it is */
function send(call: ProcessCall, options: Options, words: readonly string[]): string | undefined {
  const reply = ask(call, options, words);
  if (typeof reply === 'string') return reply;
  const { answer } = reply;
  if (words[0]?.toLowerCase() === 'auth' && !isError(answer)) options.password = words.at(-1) ?? '';
  call.out(options.isFormatted ? formatted(answer) : raw(answer));
  return undefined;
}

/** @returns what the server says, or why it is not reached */
function ask(
  call: ProcessCall,
  { host, port, password }: Options,
  words: readonly string[],
): { readonly answer: Reply } | string {
  const refused = (why: string) => `Could not connect to Redis at ${host}:${port}: ${why}\n`;
  const [address] = call.resolve(host);
  if (address === undefined) return refused('Name or service not known');
  const way = call.reach(address, port);
  if ('failure' in way) return refused(noWay(way.failure));
  const said = call.talk(way, JSON.stringify({ words, password } satisfies RedisRequest));
  return said === undefined ? refused('Connection refused') : { answer: JSON.parse(said) as Reply };
}

/** An answer as redis-cli prints it for another program. */
function raw(reply: Reply): string {
  if (reply === null) return '\n';
  if (typeof reply === 'string' || typeof reply === 'number') return `${reply}\n`;
  if ('status' in reply) return `${reply.status}\n`;
  if ('error' in reply) return `${reply.error}\n\n`;
  if ('verbatim' in reply) return reply.verbatim;
  return reply.length === 0 ? '\n' : reply.map(raw).join('');
}

/** An answer as redis-cli prints it on a terminal. */
function formatted(reply: Reply): string {
  if (reply === null) return '(nil)\n';
  if (typeof reply === 'string') return `${quoted(reply)}\n`;
  if (typeof reply === 'number') return `(integer) ${reply}\n`;
  if ('error' in reply) return `(error) ${reply.error}\n`;
  if (!Array.isArray(reply)) return raw(reply);
  if (reply.length === 0) return '(empty array)\n';
  const width = `${reply.length}`.length;
  return reply.map((each: Reply, place) => `${`${place + 1}`.padStart(width)}) ${formatted(each)}`).join('');
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text between quotes, with what does not print written out, byte by byte (sdscatrepr). */
function quoted(text: string): string {
  const shown = text.replace(/[\s\S]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (/[ -~]/.test(character)) return character;
    const bytes = [...utf8Bytes(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
    return escapes[character] ?? bytes.join('');
  });
  return `"${shown}"`;
}

function isError(reply: Reply): reply is { readonly error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}

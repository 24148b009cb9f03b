import { gatherInput, steps } from '../applets/applet.ts';
import { FileError } from '../files/file-error.ts';
import { dateParts } from '../http/dates.ts';
import { noWay } from '../processes/no-way.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { type RedisData, type Reply, redisCommand } from './redis-data.ts';
import { locally, server } from './server.ts';

interface RedisState extends RedisData {
  /** The first that it listens on. */
  readonly address: string;
  readonly port: number;
  readonly password: string;
  readonly saves: boolean;
}

const dump = '/data/dump.rdb';

/** redis-server. What it holds it keeps in `/data/dump.rdb` when it ends. */
export const redisServer: Program = server<RedisState>({
  memory: 4_200_000,
  begin(call) {
    if (call.args.includes('--version') || call.args.includes('-v')) {
      call.out(
        `Redis server v=${version(call)} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=e08dbad3e06f3fb\n`,
      );
      return 0;
    }
    const [first] = call.args;
    const path = first !== undefined && !first.startsWith('--') ? first : undefined;
    let config = '';
    log(call, 'C', '#', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
    try {
      if (path !== undefined) config = call.files.read(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      log(call, 'C', '#', `Fatal error, can't open config file '${path}': ${error.message}`);
      return 1;
    }
    log(
      call,
      'C',
      '#',
      `Redis version=${version(call)}, bits=64, commit=00000000, modified=0, pid=${call.pid}, just started`,
    );
    if (call.args.length === 0)
      log(
        call,
        'C',
        '#',
        'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
      );
    else log(call, 'C', '*', 'Configuration loaded');
    const setting = (name: string) => {
      const place = call.args.indexOf(`--${name}`);
      return place >= 0
        ? call.args[place + 1]
        : new RegExp(`^\\s*${name}\\s+(.+)$`, 'm').exec(config)?.[1]?.trim();
    };
    const port = Number(setting('port') ?? 6379);
    const place = call.args.indexOf('--bind') + 1;
    const told = place > 0 ? call.args.slice(place) : (setting('bind') ?? '').split(/\s+/).filter(Boolean);
    const end = told.findIndex((word) => word.startsWith('--'));
    const addresses = told.slice(0, end < 0 ? undefined : end).map((each) => each.replace(/^-/, ''));
    return {
      ports: [port],
      ...locally(addresses),
      own: {
        address: addresses[0] ?? '*',
        port,
        password: setting('requirepass') ?? '',
        saves: setting('save') !== '',
        ...load(call),
      },
    };
  },
  taken: (call, port) =>
    logLine(
      call,
      'M',
      '#',
      `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`,
    ) + logLine(call, 'M', '#', 'Failed listening on port 6379 (tcp), aborting.'),
  ready(call, { address, port, values }) {
    call.title = `${call.argv[0]} ${address}:${port}`;
    log(call, 'M', '*', 'monotonic clock: POSIX clock_gettime');
    log(call, 'M', '*', `Running mode=standalone, port=${port}.`);
    log(call, 'M', '#', 'Server initialized');
    if (Object.keys(values).length > 0) log(call, 'M', '*', 'DB loaded from disk: 0.000 seconds');
    log(call, 'M', '*', 'Ready to accept connections');
  },
  ends(call, signal, own) {
    if (signal !== 'TERM' && signal !== 'INT') return undefined;
    call.out(
      `${call.pid}:signal-handler (${Math.floor(call.now / 1000)}) Received SIG${signal} scheduling shutdown...\n`,
    );
    log(call, 'M', '#', 'User requested shutdown...');
    if (own.saves) {
      log(call, 'M', '*', 'Saving the final RDB snapshot before exiting.');
      try {
        call.files.write(dump, JSON.stringify({ values: own.values, expires: own.expires }));
        log(call, 'M', '*', 'DB saved on disk');
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        log(
          call,
          'M',
          '#',
          `Failed opening the temp RDB file temp-${call.pid}.rdb (in server root dir /data) for saving: ${error.message}`,
        );
        return 1;
      }
    }
    log(call, 'M', '#', 'Redis is now ready to exit, bye bye...');
    return 0;
  },
  talk(call, own, text) {
    const { words, password, isPlain } = readTalk(text);
    if (own.password !== '' && password !== own.password)
      return { answer: shown({ error: 'NOAUTH Authentication required.' }, isPlain), own };
    const [reply, data] = redisCommand(own, words, call.now, version(call));
    const bytes = data === own ? 0 : JSON.stringify(data.values).length;
    if (bytes > 0) call.setMemory(bytes);
    return { answer: shown(reply, isPlain), own: data === own ? own : { ...own, ...data } };
  },
});

/** What a client says: redis-cli as JSON, anything else as a line of text. */
function readTalk(text: string): {
  readonly words: readonly string[];
  readonly password: string;
  readonly isPlain: boolean;
} {
  if (text.startsWith('{"words":'))
    return { ...(JSON.parse(text) as { words: string[]; password: string }), isPlain: true };
  return { words: text.split(/\r?\n/)[0]?.trim().split(/\s+/) ?? [], password: '', isPlain: false };
}

/** A reply as redis-cli prints it where there is no terminal, or as the protocol has it (RESP). */
function shown(reply: Reply, isPlain: boolean): string {
  if (isPlain) return plain(reply);
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`;
  if ('status' in reply) return `+${reply.status}\r\n`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  return `*${reply.length}\r\n${reply.map((each) => shown(each, false)).join('')}`;
}

function plain(reply: Reply): string {
  if (reply === null) return '\n';
  if (typeof reply === 'string' || typeof reply === 'number') return `${reply}\n`;
  if ('status' in reply) return `${reply.status}\n`;
  if ('error' in reply) return `${reply.error}\n\n`;
  return reply.length === 0 ? '\n' : reply.map(plain).join('');
}

/** redis-cli: one command, or those of its input. */
export const redisCli: Program = steps((call) => {
  let host = '127.0.0.1';
  let port = 6379;
  let password = call.env.REDISCLI_AUTH ?? '';
  let place = 0;
  for (; place < call.args.length && call.args[place]?.startsWith('-'); place++) {
    const word = call.args[place] ?? '';
    if (word === '--version' || word === '-v') {
      call.out(`redis-cli ${version(call)}\n`);
      return 0;
    }
    if (word === '-h') host = call.args[++place] ?? host;
    else if (word === '-p') port = Number(call.args[++place]);
    else if (word === '-a' || word === '--pass') password = call.args[++place] ?? '';
    else if (word === '-n' || word === '-u' || word === '--user') place += 1;
    else if (!['--raw', '--no-raw', '--no-auth-warning', '-3'].includes(word)) {
      call.err(`Unrecognized option or bad number of args for: '${word}'\n`);
      return 1;
    }
  }
  const command = call.args.slice(place);
  const send = (words: readonly string[]): number => {
    const [address] = call.resolve(host);
    const refuse = (why: string) => {
      call.err(`Could not connect to Redis at ${host}:${port}: ${why}\n`);
      return 1;
    };
    if (address === undefined) return refuse('Name or service not known');
    const way = call.reach(address, port);
    if ('failure' in way) return refuse(noWay(way.failure));
    const answer = call.talk(way, JSON.stringify({ words, password }));
    if (answer === undefined) return refuse('Connection refused');
    call.out(answer);
    return 0;
  };
  if (command.length > 0) return send(command);
  if (call.isTerminal(0)) {
    call.err('redis-cli: the sandbox runs one command at a time: redis-cli get name\n');
    return 1;
  }
  const { text, isWhole } = gatherInput(call, (call.state as string | undefined) ?? '');
  call.state = text;
  if (!isWhole) return 'waits';
  for (const line of text.split('\n'))
    if (line.trim() !== '' && send(line.trim().split(/\s+/)) !== 0) return 1;
  return 0;
});

function load(call: ProcessCall): RedisData {
  const node = call.files.look(dump);
  if (node?.kind !== 'file') return { values: {}, expires: {} };
  try {
    const { values = {}, expires = {} } = JSON.parse(node.content) as Partial<RedisData>;
    return { values, expires };
  } catch {
    return { values: {}, expires: {} };
  }
}

function version(call: ProcessCall): string {
  return call.env.REDIS_VERSION ?? '7.4.6';
}

function log(call: ProcessCall, role: string, level: string, text: string): void {
  call.out(logLine(call, role, level, text));
}

function logLine(call: ProcessCall, role: string, level: string, text: string): string {
  const { day, month, year, hours, minutes, seconds, milliseconds } = dateParts(call.now);
  return `${call.pid}:${role} ${day} ${month} ${year} ${hours}:${minutes}:${seconds}.${milliseconds} ${level} ${text}\n`;
}

import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import { dateParts } from '../http/dates.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import type { Command, Reply } from './redis-commands.ts';
import { Keyspace, type RedisData, RedisError } from './redis-data.ts';
import { redisCommand } from './redis-dispatch.ts';
import { info } from './redis-info.ts';
import { encoded, lineWords, type RedisRequest, redisVersion } from './redis-talk.ts';
import { locally, server } from './server.ts';

interface RedisState extends RedisData {
  /** The first that it listens on. */
  readonly address: string;
  readonly port: number;
  readonly password: string;
  readonly saves: boolean;
  /** How many keys of what was saved had expired when it began. */
  readonly gone: number;
}

const dump = '/data/dump.rdb';
const nothing: RedisData = { values: {}, expires: {} };

/** redis-server. What it holds it keeps in `/data/dump.rdb` when it ends. */
export const redisServer: Program = server<RedisState>({
  memory: 4_200_000,
  begin(call) {
    if (call.args.includes('--version') || call.args.includes('-v')) {
      call.out(
        `Redis server v=${redisVersion(call)} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=e08dbad3e06f3fb\n`,
      );
      return 0;
    }
    const [path] = call.args.filter((word, place) => place === 0 && !word.startsWith('--'));
    let config = '';
    try {
      if (path !== undefined) config = call.files.read(path);
    } catch (thrown) {
      const error = caught(thrown, FileError);
      log(call, 'C', '#', `Fatal error, can't open config file '${path}': ${error.message}`);
      return 1;
    }
    log(call, 'C', '#', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
    log(
      call,
      'C',
      '#',
      `Redis version=${redisVersion(call)}, bits=64, commit=00000000, modified=0, pid=${call.pid}, just started`,
    );
    if (call.args.length > 0) log(call, 'C', '#', 'Configuration loaded');
    else
      log(
        call,
        'C',
        '#',
        'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
      );
    log(call, 'M', '*', 'monotonic clock: POSIX clock_gettime');
    const setting = settingsOf(`${config}\n${call.args.join(' ').replaceAll(/(^|\s)--/g, '\n')}`);
    const port = Number(setting.get('port') ?? 6379);
    const addresses = (setting.get('bind') ?? '').split(/\s+/).filter(Boolean);
    return {
      ports: [port],
      ...locally(addresses.map((address) => address.replace(/^-/, ''))),
      own: {
        address: addresses[0] ?? '*',
        port,
        password: setting.get('requirepass') ?? '',
        saves: setting.get('save') !== '',
        ...load(call),
      },
    };
  },
  taken(call, port) {
    log(
      call,
      'M',
      '#',
      `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`,
    );
    log(call, 'M', '#', `Failed listening on port ${port} (tcp), aborting.`);
    return '';
  },
  ready(call, { address, port, values, gone }) {
    call.title = `${call.argv[0]} ${address}:${port}`;
    log(call, 'M', '*', `Running mode=standalone, port=${port}.`);
    log(call, 'M', '#', 'Server initialized');
    const count = Object.keys(values).length;
    if (count + gone > 0) {
      log(call, 'M', '*', `Loading RDB produced by version ${redisVersion(call)}`);
      log(call, 'M', '*', `Done loading RDB, keys loaded: ${count}, keys expired: ${gone}.`);
      log(call, 'M', '*', 'DB loaded from disk: 0.000 seconds');
    }
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
      if (!save(call, own)) {
        log(call, 'M', '#', "Error trying to save the DB, can't exit.");
        log(call, 'M', '#', 'Errors trying to shut down the server. Check the logs for more information.');
        return 'stays';
      }
    }
    log(call, 'M', '#', 'Redis is now ready to exit, bye bye...');
    return 0;
  },
  talk(call, own, text) {
    if (text.startsWith('{"words":')) {
      const [reply, next] = answer(call, own, JSON.parse(text) as RedisRequest);
      return { answer: JSON.stringify(reply), own: next };
    }
    // Anybody else sends lines, and is answered in the protocol's own form.
    let [said, current, password] = ['', own, ''];
    for (const line of text.split(/\r?\n/)) {
      const words = lineWords(line);
      if (words.length === 0) continue;
      const [reply, next] = answer(call, current, { words, password });
      if (words[0]?.toLowerCase() === 'auth') password = words.at(-1) ?? '';
      said += encoded(reply);
      current = next;
    }
    return { answer: said, own: current };
  },
});

/** What a configuration says: flags of the command line are lines of it, and the last of a name counts. */
function settingsOf(config: string): ReadonlyMap<string, string> {
  const lines = config.matchAll(/^[ \t]*([a-z-]+)(?:[ \t]+(.*?))?[ \t]*$/gm);
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value.replace(/^"(.*)"$/, '$1')]));
}

/** Does what a client asks for. @returns the reply, and the server after it */
function answer(call: ProcessCall, own: RedisState, asked: RedisRequest): readonly [Reply, RedisState] {
  const [reply, data] = redisCommand(own, {
    words: asked.words,
    now: call.now,
    isAllowed: own.password === '' || asked.password === own.password,
    others: serverCommands(call, own),
  });
  if (data === own) return [reply, own];
  call.setMemory(JSON.stringify(data.values).length);
  return [reply, { ...own, ...data }];
}

/** The commands that are about the server. */
function serverCommands(call: ProcessCall, own: RedisState): Readonly<Record<string, Command>> {
  const saved = (status: string): Reply => {
    if (!save(call, own)) throw new RedisError('ERR');
    return { status };
  };
  return {
    auth: { arity: -2, isFree: true, run: (_, ...words) => logIn(own, words) },
    bgsave: { arity: -1, run: () => saved('Background saving started') },
    info: {
      arity: -1,
      run: (keys, ...sections) => ({ verbatim: info(keys, redisVersion(call), sections) }),
    },
    save: { arity: 1, run: () => saved('OK') },
  };
}

/** `auth`, with the name of the one user there is or without. @throws RedisError */
function logIn({ password }: RedisState, words: readonly string[]): Reply {
  if (words.length === 1 && password === '')
    throw new RedisError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  const isRight = password === '' || words.at(-1) === password;
  if (isRight && (words.length === 1 || words[0] === 'default')) return { status: 'OK' };
  throw new RedisError('WRONGPASS invalid username-password pair or user is disabled.');
}

/** Writes down what the server holds. @returns whether it could */
function save(call: ProcessCall, { values, expires }: RedisData): boolean {
  try {
    call.files.write(dump, JSON.stringify({ values, expires }));
    log(call, 'M', '*', 'DB saved on disk');
    return true;
  } catch (thrown) {
    const error = caught(thrown, FileError);
    log(
      call,
      'M',
      '#',
      `Failed opening the temp RDB file temp-${call.pid}.rdb (in server root dir /data) for saving: ${error.message}`,
    );
    return false;
  }
}

/** What was saved: the keys that are still to be there, and how many are not. */
function load(call: ProcessCall): RedisData & { readonly gone: number } {
  const node = call.files.look(dump);
  const before = node?.kind === 'file' ? readDump(node.content) : nothing;
  const keys = new Keyspace(before, call.now);
  return { ...keys.data, gone: Object.keys(before.values).length - keys.keys().length };
}

function readDump(text: string): RedisData {
  try {
    return { ...nothing, ...(JSON.parse(text) as Partial<RedisData>) };
  } catch {
    return nothing;
  }
}

function log(call: ProcessCall, role: string, level: string, text: string): void {
  const { day, month, year, hours, minutes, seconds, milliseconds } = dateParts(call.now);
  call.out(
    `${call.pid}:${role} ${day} ${month} ${year} ${hours}:${minutes}:${seconds}.${milliseconds} ${level} ${text}\n`,
  );
}

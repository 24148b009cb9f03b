/** A value of redis. */
export type RedisValue =
  | string
  | { readonly list: readonly string[] }
  | { readonly hash: Readonly<Record<string, string>> }
  | { readonly set: readonly string[] };

/** What a redis server holds. */
export interface RedisData {
  readonly values: Readonly<Record<string, RedisValue>>;
  /** When keys expire, in milliseconds since 1970. */
  readonly expires: Readonly<Record<string, number>>;
}

/** An answer: text, a number, nothing, a list or an error. */
export type Reply =
  | string
  | number
  | null
  | readonly Reply[]
  | { readonly status: string }
  | { readonly error: string };

const wrongType: Reply = { error: 'WRONGTYPE Operation against a key holding the wrong kind of value' };
const ok: Reply = { status: 'OK' };

/** How many words each command takes at least, its own name with it. */
const least: Readonly<Record<string, number>> = {
  append: 3,
  decr: 2,
  decrby: 3,
  del: 2,
  exists: 2,
  expire: 3,
  get: 2,
  hget: 3,
  hgetall: 2,
  hset: 4,
  incr: 2,
  incrby: 3,
  keys: 2,
  llen: 2,
  lpop: 2,
  lpush: 3,
  lrange: 4,
  mget: 2,
  persist: 2,
  rpop: 2,
  rpush: 3,
  sadd: 3,
  scard: 2,
  set: 3,
  setex: 4,
  smembers: 2,
  strlen: 2,
  ttl: 2,
  type: 2,
  echo: 2,
  select: 2,
  setnx: 3,
};

/** Does a command. @returns the reply, and what the server holds then */
export function redisCommand(
  before: RedisData,
  words: readonly string[],
  now: number,
  version: string,
): readonly [Reply, RedisData] {
  const data = expired(before, now);
  const [name = '', key = '', ...args] = words;
  const command = name.toLowerCase();
  if (words.length < (least[command] ?? 1))
    return [{ error: `ERR wrong number of arguments for '${command}' command` }, data];
  const value = Object.hasOwn(data.values, key) ? data.values[key] : undefined;
  const put = (next: RedisValue): RedisData => ({ ...data, values: { ...data.values, [key]: next } });
  const isText = value === undefined || typeof value === 'string';
  const list =
    typeof value === 'object' && 'list' in value ? value.list : value === undefined ? [] : undefined;
  const hash =
    typeof value === 'object' && 'hash' in value ? value.hash : value === undefined ? {} : undefined;
  const set = typeof value === 'object' && 'set' in value ? value.set : value === undefined ? [] : undefined;
  switch (command) {
    case 'ping':
      return [key === '' ? { status: 'PONG' } : key, data];
    case 'echo':
      return [key, data];
    case 'select':
    case 'auth':
    case 'save':
    case 'bgsave':
      return [command === 'bgsave' ? { status: 'Background saving started' } : ok, data];
    case 'set': {
      const flags = args.slice(1).map((word) => word.toLowerCase());
      if (flags.includes('nx') && value !== undefined) return [null, data];
      if (flags.includes('xx') && value === undefined) return [null, data];
      const place = flags.findIndex((word) => word === 'ex' || word === 'px');
      const next = without(put(args[0] ?? ''), key);
      if (place < 0) return [ok, next];
      const span = Number(flags[place + 1]) * (flags[place] === 'ex' ? 1000 : 1);
      return [ok, { ...next, expires: { ...next.expires, [key]: now + span } }];
    }
    case 'setnx':
      return value === undefined ? [1, put(args[0] ?? '')] : [0, data];
    case 'setex': {
      const next = put(args[1] ?? '');
      return [ok, { ...next, expires: { ...next.expires, [key]: now + Number(args[0]) * 1000 } }];
    }
    case 'get':
      return [isText ? (value ?? null) : wrongType, data];
    case 'mget':
      return [
        [key, ...args].map((each) => (typeof data.values[each] === 'string' ? data.values[each] : null)),
        data,
      ];
    case 'incr':
    case 'decr':
    case 'incrby':
    case 'decrby': {
      if (!isText) return [wrongType, data];
      const by = command.endsWith('by') ? args[0] : '1';
      if (!/^-?\d+$/.test(value ?? '0') || !/^-?\d+$/.test(by ?? ''))
        return [{ error: 'ERR value is not an integer or out of range' }, data];
      const next = Number(value ?? 0) + Number(by) * (command.startsWith('decr') ? -1 : 1);
      return [next, put(`${next}`)];
    }
    case 'append': {
      if (!isText) return [wrongType, data];
      const next = (value ?? '') + (args[0] ?? '');
      return [next.length, put(next)];
    }
    case 'strlen':
      return [isText ? (value ?? '').length : wrongType, data];
    case 'del':
    case 'unlink': {
      const there = [key, ...args].filter((each) => Object.hasOwn(data.values, each));
      const values = Object.fromEntries(
        Object.entries(data.values).filter(([each]) => !there.includes(each)),
      );
      return [there.length, { ...data, values }];
    }
    case 'exists':
      return [[key, ...args].filter((each) => Object.hasOwn(data.values, each)).length, data];
    case 'keys': {
      const pattern = new RegExp(
        `^${key
          .replace(/[.+^${}()|\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      );
      return [Object.keys(data.values).filter((each) => pattern.test(each)), data];
    }
    case 'dbsize':
      return [Object.keys(data.values).length, data];
    case 'flushall':
    case 'flushdb':
      return [ok, { values: {}, expires: {} }];
    case 'type':
      return [
        {
          status:
            value === undefined
              ? 'none'
              : typeof value === 'string'
                ? 'string'
                : (Object.keys(value)[0] ?? 'none'),
        },
        data,
      ];
    case 'expire':
      return value === undefined
        ? [0, data]
        : [1, { ...data, expires: { ...data.expires, [key]: now + Number(args[0]) * 1000 } }];
    case 'persist':
      return [data.expires[key] === undefined ? 0 : 1, without(data, key)];
    case 'ttl': {
      const at = data.expires[key];
      return [value === undefined ? -2 : at === undefined ? -1 : Math.ceil((at - now) / 1000), data];
    }
    case 'lpush':
    case 'rpush': {
      if (!list) return [wrongType, data];
      const next = command === 'lpush' ? [...[...args].reverse(), ...list] : [...list, ...args];
      return [next.length, put({ list: next })];
    }
    case 'lpop':
    case 'rpop': {
      if (!list) return [wrongType, data];
      if (list.length === 0) return [null, data];
      const next = command === 'lpop' ? list.slice(1) : list.slice(0, -1);
      return [(command === 'lpop' ? list[0] : list.at(-1)) ?? null, put({ list: next })];
    }
    case 'llen':
      return [list ? list.length : wrongType, data];
    case 'lrange': {
      if (!list) return [wrongType, data];
      const at = (text: string | undefined) =>
        Number(text) < 0 ? Math.max(list.length + Number(text), 0) : Number(text);
      return [list.slice(at(args[0]), at(args[1]) + 1), data];
    }
    case 'hset': {
      if (!hash) return [wrongType, data];
      const next = { ...hash };
      for (let place = 0; place + 1 < args.length; place += 2)
        next[args[place] ?? ''] = args[place + 1] ?? '';
      return [Object.keys(next).length - Object.keys(hash).length, put({ hash: next })];
    }
    case 'hget':
      return [hash ? (hash[args[0] ?? ''] ?? null) : wrongType, data];
    case 'hgetall':
      return [hash ? Object.entries(hash).flat() : wrongType, data];
    case 'sadd': {
      if (!set) return [wrongType, data];
      const next = [...new Set([...set, ...args])];
      return [next.length - set.length, put({ set: next })];
    }
    case 'smembers':
      return [set ?? wrongType, data];
    case 'scard':
      return [set ? set.length : wrongType, data];
    case 'config':
      return [
        key.toLowerCase() === 'get'
          ? [
              args[0] ?? '',
              { maxmemory: '0', appendonly: 'no', save: '3600 1 300 100 60 10000', dir: '/data' }[
                args[0] ?? ''
              ] ?? '',
            ]
          : ok,
        data,
      ];
    case 'info':
      return [
        `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\nos:Linux x86_64\r\ntcp_port:6379\r\n\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n\r\n# Keyspace\r\n${Object.keys(data.values).length > 0 ? `db0:keys=${Object.keys(data.values).length},expires=${Object.keys(data.expires).length},avg_ttl=0\r\n` : ''}`,
        data,
      ];
    default:
      return [
        {
          error: `ERR unknown command '${name}', with args beginning with: ${[key, ...args]
            .filter(Boolean)
            .map((word) => `'${word}' `)
            .join('')}`,
        },
        data,
      ];
  }
}

function without(data: RedisData, key: string): RedisData {
  const { [key]: _, ...expires } = data.expires;
  return { ...data, expires };
}

function expired(data: RedisData, now: number): RedisData {
  const over = Object.entries(data.expires)
    .filter(([, at]) => at <= now)
    .map(([key]) => key);
  if (over.length === 0) return data;
  const keep = <T>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(entries).filter(([key]) => !over.includes(key)));
  return { values: keep(data.values), expires: keep(data.expires) };
}

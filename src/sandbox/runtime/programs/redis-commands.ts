import { globPattern } from '../text/glob.ts';
import { type Keyspace, RedisError } from './redis-data.ts';
import { settings } from './redis-info.ts';

/** An answer: text, a number, nothing, a list, a status, an error, or text that is shown as it is. */
export type Reply =
  | string
  | number
  | null
  | readonly (string | null)[]
  | { readonly status: string }
  | { readonly error: string }
  | { readonly verbatim: string };

/** One command of redis. */
export interface Command {
  /** How many words it takes, its own name with it; below zero when there may be more. */
  readonly arity: number;
  /** Whether it needs no password first. */
  readonly isFree?: boolean;
  /** @throws RedisError */
  readonly run: (keys: Keyspace, ...words: string[]) => Reply;
}

const ok: Reply = { status: 'OK' };

const table: Readonly<Record<string, Command>> = {
  append: {
    arity: 3,
    run: (keys, key, more) => {
      const text = (keys.text(key) ?? '') + more;
      keys.put(key, text);
      return text.length;
    },
  },
  config: {
    arity: -2,
    run: (_, part, name = '') => {
      if (part.toLowerCase() !== 'get') throw new RedisError('ERR the sandbox simulates CONFIG GET only');
      const value = settings.get(name);
      return value === undefined ? [] : [name, value];
    },
  },
  dbsize: { arity: 1, run: (keys) => keys.keys().length },
  decr: { arity: 2, run: (keys, key) => addTo(keys, key, -1) },
  decrby: { arity: 3, run: (keys, key, by) => addTo(keys, key, -integer(by)) },
  del: { arity: -2, run: deleted },
  echo: { arity: 2, run: (_, text) => text },
  exists: { arity: -2, run: (keys, ...all) => all.filter((key) => keys.has(key)).length },
  expire: {
    arity: 3,
    run: (keys, key, seconds) => {
      const span = integer(seconds) * 1000;
      if (!keys.has(key)) return 0;
      keys.expireIn(key, span);
      return 1;
    },
  },
  flushall: { arity: 1, run: flushed },
  flushdb: { arity: 1, run: flushed },
  get: { arity: 2, run: (keys, key) => keys.text(key) ?? null },
  hget: { arity: 3, run: (keys, key, field) => new Map(Object.entries(keys.hash(key))).get(field) ?? null },
  hgetall: { arity: 2, run: (keys, key) => Object.entries(keys.hash(key)).flat() },
  hset: {
    arity: -4,
    run: (keys, key, ...fields) => {
      if (fields.length % 2 > 0) throw wrongCount('hset');
      const before = keys.hash(key);
      const hash = { ...before, ...Object.fromEntries(pairs(fields)) };
      keys.put(key, { hash });
      return Object.keys(hash).length - Object.keys(before).length;
    },
  },
  incr: { arity: 2, run: (keys, key) => addTo(keys, key, 1) },
  incrby: { arity: 3, run: (keys, key, by) => addTo(keys, key, integer(by)) },
  keys: {
    arity: 2,
    run: (keys, pattern) => {
      const fits = globPattern(pattern, { crossesSlash: true });
      return keys.keys().filter((key) => fits.test(key));
    },
  },
  llen: { arity: 2, run: (keys, key) => keys.list(key).length },
  lpop: { arity: 2, run: (keys, key) => pop(keys, key, 'first') },
  lpush: {
    arity: -3,
    run: (keys, key, ...more) => pushed(keys, key, [...more.reverse(), ...keys.list(key)]),
  },
  lrange: {
    arity: 4,
    run: (keys, key, first, last) => {
      const [from, to] = [integer(first), integer(last)];
      const list = keys.list(key);
      const at = (place: number) => (place < 0 ? Math.max(list.length + place, 0) : place);
      // An end before the beginning of the list leaves nothing.
      return to < -list.length ? [] : list.slice(at(from), at(to) + 1);
    },
  },
  mget: {
    arity: -2,
    run: (keys, ...all) =>
      all.map((key) => {
        const value = keys.value(key);
        return typeof value === 'string' ? value : null;
      }),
  },
  mset: {
    arity: -3,
    run: (keys, ...words) => {
      if (words.length % 2 > 0) throw wrongCount('mset');
      for (const [key, text] of pairs(words)) set(keys, key, text);
      return ok;
    },
  },
  persist: {
    arity: 2,
    run: (keys, key) => {
      const was = keys.expiry(key);
      keys.persist(key);
      return was === undefined ? 0 : 1;
    },
  },
  ping: { arity: -1, run: (_, text?: string) => text ?? { status: 'PONG' } },
  rpop: { arity: 2, run: (keys, key) => pop(keys, key, 'last') },
  rpush: { arity: -3, run: (keys, key, ...more) => pushed(keys, key, [...keys.list(key), ...more]) },
  sadd: {
    arity: -3,
    run: (keys, key, ...more) => {
      const before = keys.set(key);
      const all = [...new Set([...before, ...more])];
      keys.put(key, { set: all });
      return all.length - before.length;
    },
  },
  scard: { arity: 2, run: (keys, key) => keys.set(key).length },
  select: {
    arity: 2,
    run: (_, number) => {
      if (integer(number) !== 0) throw new RedisError('ERR DB index is out of range');
      return ok;
    },
  },
  set: { arity: -3, run: setWith },
  setex: {
    arity: 4,
    run: (keys, key, seconds, text) => {
      const span = spanOf('setex', seconds, 1000);
      set(keys, key, text);
      keys.expireIn(key, span);
      return ok;
    },
  },
  setnx: {
    arity: 3,
    run: (keys, key, text) => {
      if (keys.has(key)) return 0;
      keys.put(key, text);
      return 1;
    },
  },
  smembers: { arity: 2, run: (keys, key) => keys.set(key) },
  strlen: { arity: 2, run: (keys, key) => (keys.text(key) ?? '').length },
  ttl: {
    arity: 2,
    run: (keys, key) => {
      if (!keys.has(key)) return -2;
      const at = keys.expiry(key);
      return at === undefined ? -1 : Math.ceil((at - keys.now) / 1000);
    },
  },
  type: { arity: 2, run: (keys, key) => ({ status: kindOf(keys, key) }) },
  unlink: { arity: -2, run: deleted },
};

/** The commands that are about keys, by their names. */
export const commands: ReadonlyMap<string, Command> = new Map(Object.entries(table));

/** Why a command is refused that has too many words, or too few. */
export function wrongCount(name: string): RedisError {
  return new RedisError(`ERR wrong number of arguments for '${name}' command`);
}

function integer(word: string): number {
  if (!/^(0|-?[1-9]\d*)$/.test(word)) throw new RedisError('ERR value is not an integer or out of range');
  return Number(word);
}

/** How long a key is to live, in milliseconds. @throws RedisError */
function spanOf(command: string, word: string, unit: number): number {
  const span = integer(word) * unit;
  if (span <= 0) throw new RedisError(`ERR invalid expire time in '${command}' command`);
  return span;
}

/** Gives a key a text as if it were new. */
function set(keys: Keyspace, key: string, text: string): void {
  keys.put(key, text);
  keys.persist(key);
}

/** `set` with what may follow: NX, XX, EX seconds, PX milliseconds. @throws RedisError */
function setWith(keys: Keyspace, key: string, text: string, ...options: string[]): Reply {
  let span: number | undefined;
  let isWanted = true;
  for (let place = 0; place < options.length; place++) {
    const option = options[place]?.toLowerCase();
    const value = options[place + 1];
    if (option === 'nx') isWanted = !keys.has(key);
    else if (option === 'xx') isWanted = keys.has(key);
    else if ((option === 'ex' || option === 'px') && value !== undefined) {
      span = spanOf('set', value, option === 'ex' ? 1000 : 1);
      place += 1;
    } else throw new RedisError('ERR syntax error');
  }
  if (!isWanted) return null;
  set(keys, key, text);
  if (span !== undefined) keys.expireIn(key, span);
  return ok;
}

function addTo(keys: Keyspace, key: string, by: number): Reply {
  const next = integer(keys.text(key) ?? '0') + by;
  keys.put(key, `${next}`);
  return next;
}

function deleted(keys: Keyspace, ...all: string[]): Reply {
  const there = all.filter((key) => keys.has(key));
  for (const key of there) keys.delete(key);
  return there.length;
}

function flushed(keys: Keyspace): Reply {
  keys.clear();
  return ok;
}

function pushed(keys: Keyspace, key: string, list: readonly string[]): Reply {
  keys.put(key, { list });
  return list.length;
}

/** Takes an end off a list; a list that has nothing left is gone. */
function pop(keys: Keyspace, key: string, end: 'first' | 'last'): Reply {
  const list = keys.list(key);
  const rest = end === 'first' ? list.slice(1) : list.slice(0, -1);
  if (rest.length > 0) keys.put(key, { list: rest });
  else keys.delete(key);
  return list.at(end === 'first' ? 0 : -1) ?? null;
}

function pairs(words: readonly string[]): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  let first: string | undefined;
  for (const word of words) {
    if (first === undefined) first = word;
    else {
      found.push([first, word]);
      first = undefined;
    }
  }
  return found;
}

function kindOf(keys: Keyspace, key: string): string {
  const value = keys.value(key);
  if (value === undefined) return 'none';
  return typeof value === 'string' ? 'string' : Object.keys(value).join('');
}

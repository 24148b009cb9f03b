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

/** Why a command is refused, in the words of redis. */
export class RedisError extends Error {
  override readonly name = 'RedisError';
}

/** The keys of a server as they are at a moment: those that have expired are gone. */
export class Keyspace {
  /** What the server is to hold from now on. */
  data: RedisData;
  readonly now: number;

  constructor(before: RedisData, now: number) {
    this.data = before;
    this.now = now;
    for (const [key, at] of Object.entries(before.expires)) if (at <= now) this.delete(key);
  }

  /** All keys, in the order they were made. */
  keys(): readonly string[] {
    return Object.keys(this.data.values);
  }

  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  value(key: string): RedisValue | undefined {
    return ownOf(this.data.values, key);
  }

  /** @throws RedisError when the key holds something else than text */
  text(key: string): string | undefined {
    const value = this.value(key);
    if (typeof value === 'object') throw wrongKind();
    return value;
  }

  /** @throws RedisError when the key holds something else than a list */
  list(key: string): readonly string[] {
    const value = this.value(key) ?? { list: [] };
    if (typeof value === 'string' || !('list' in value)) throw wrongKind();
    return value.list;
  }

  /** @throws RedisError when the key holds something else than a hash */
  hash(key: string): Readonly<Record<string, string>> {
    const value = this.value(key) ?? { hash: {} };
    if (typeof value === 'string' || !('hash' in value)) throw wrongKind();
    return value.hash;
  }

  /** @throws RedisError when the key holds something else than a set */
  set(key: string): readonly string[] {
    const value = this.value(key) ?? { set: [] };
    if (typeof value === 'string' || !('set' in value)) throw wrongKind();
    return value.set;
  }

  /** Puts a value in the place of what the key holds; when it expires stays as it is. */
  put(key: string, value: RedisValue): void {
    this.data = { ...this.data, values: { ...this.data.values, [key]: value } };
  }

  delete(key: string): void {
    const { [key]: _, ...values } = this.data.values;
    this.data = { ...this.data, values };
    this.persist(key);
  }

  /** When a key expires, in milliseconds since 1970; undefined when it does not. */
  expiry(key: string): number | undefined {
    return ownOf(this.data.expires, key);
  }

  expireIn(key: string, milliseconds: number): void {
    this.data = { ...this.data, expires: { ...this.data.expires, [key]: this.now + milliseconds } };
  }

  /** Lets a key stay for good. */
  persist(key: string): void {
    const { [key]: _, ...expires } = this.data.expires;
    this.data = { ...this.data, expires };
  }

  clear(): void {
    this.data = { values: {}, expires: {} };
  }
}

function wrongKind(): RedisError {
  return new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value');
}

/** What a record has for a name that may be any: `constructor` too. */
function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

import { type Keyspace, RedisError } from './redis-data.ts';

/** What `config get` knows. */
export const settings: ReadonlyMap<string, string> = new Map([
  ['appendonly', 'no'],
  ['dir', '/data'],
  ['maxmemory', '0'],
  ['port', '6379'],
  ['save', '3600 1 300 100 60 10000'],
]);

/**
 * What `info` prints: the sections that are asked for, or all that the sandbox has.
 *
 * @throws RedisError for a section that the sandbox does not have
 */
export function info(keys: Keyspace, version: string, asked: readonly string[]): string {
  const count = keys.keys().length;
  const expiring = Object.keys(keys.data.expires).length;
  const sections = [
    ['Server', `redis_version:${version}`, 'redis_mode:standalone', 'os:Linux x86_64', 'tcp_port:6379'],
    ['Replication', 'role:master', 'connected_slaves:0'],
    ['Keyspace', ...(count > 0 ? [`db0:keys=${count},expires=${expiring},avg_ttl=0`] : [])],
  ] as const;
  const names = sections.map(([title]) => title.toLowerCase());
  const wanted = asked.map((name) => name.toLowerCase());
  if (wanted.some((name) => !names.includes(name)))
    throw new RedisError(`ERR the sandbox has these sections: ${names.join(', ')}`);
  return sections
    .filter(([title]) => wanted.length === 0 || wanted.includes(title.toLowerCase()))
    .map(([title, ...lines]) => [`# ${title}`, ...lines].map((line) => `${line}\r\n`).join(''))
    .join('\r\n');
}

import { caught } from '../../thrown.ts';
import { type Command, commands, type Reply, wrongCount } from './redis-commands.ts';
import { Keyspace, type RedisData, RedisError } from './redis-data.ts';

/** Commands of redis that the sandbox leaves out, and that somebody may try. */
const leftOut = new Set(
  `bitcount blpop brpop client copy eval exec expireat geoadd getdel getex getset hdel hexists hincrby hkeys hlen hmget
  hvals incrbyfloat lindex linsert lrem lset ltrim monitor move multi object pexpire pfadd pfcount psetex psubscribe
  pttl publish randomkey rename role rpoplpush scan shutdown sinter sismember smove spop srandmember srem subscribe
  sunion watch xadd xlen xrange xread zadd zcard zincrby zrange zrank zrem zscore`.split(/\s+/),
);

/** Does what a client asks for. @returns the reply, and what the server holds then */
export function redisCommand(before: RedisData, request: AskedCommand): readonly [Reply, RedisData] {
  const keys = new Keyspace(before, request.now);
  try {
    return [runCommand(keys, request), keys.data];
  } catch (thrown) {
    const error = caught(thrown, RedisError);
    return [{ error: error.message }, keys.data];
  }
}

/** What a client asks for, and from which server. */
export interface AskedCommand {
  readonly words: readonly string[];
  readonly now: number;
  /** Whether the client has said the password. */
  readonly isAllowed: boolean;
  /** Commands that are about more than keys. */
  readonly others: Readonly<Record<string, Command>>;
}

/** In the order in which redis itself refuses (processCommand). @throws RedisError */
function runCommand(
  keys: Keyspace,
  { words: [name = '', ...words], isAllowed, others }: AskedCommand,
): Reply {
  const own = name.toLowerCase();
  const command = commands.get(own) ?? (Object.hasOwn(others, own) ? others[own] : undefined);
  if (command === undefined) {
    if (leftOut.has(own)) throw new RedisError(`ERR the sandbox does not simulate '${own}'`);
    const shown = words.map((word) => `'${word}' `).join('');
    throw new RedisError(`ERR unknown command '${name}', with args beginning with: ${shown}`);
  }
  const { arity, run, isFree } = command;
  const count = words.length + 1;
  if (arity > 0 ? count !== arity : count < -arity) throw wrongCount(own);
  if (!isAllowed && !isFree) throw new RedisError('NOAUTH Authentication required.');
  return run(keys, ...words);
}

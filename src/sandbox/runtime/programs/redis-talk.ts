import type { ProcessCall } from '../processes/process-call.ts';
import { utf8Length } from '../volume.ts';
import type { Reply } from './redis-commands.ts';

/** What redis-cli sends: a command, and the password of the connection. */
export interface RedisRequest {
  readonly words: readonly string[];
  readonly password: string;
}

/** The words of a line, those between quotes as one. */
export function lineWords(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\S+/g)].map(
    ([whole, double, single]) => double?.replace(/\\(.)/g, '$1') ?? single ?? whole,
  );
}

/** A reply in the protocol of redis (RESP). */
export function encoded(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${utf8Length(reply)}\r\n${reply}\r\n`;
  if ('status' in reply) return `+${reply.status}\r\n`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  if ('verbatim' in reply) return encoded(reply.verbatim);
  return `*${reply.length}\r\n${reply.map(encoded).join('')}`;
}

/** The version that an image has, as its environment says it. */
export function redisVersion(call: ProcessCall): string {
  return call.env.REDIS_VERSION ?? '7.4.6';
}

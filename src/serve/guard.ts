import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is turned away before anybody looks at it. */
export interface Refusal {
  readonly code: 401 | 403;
  readonly reason: 'Unauthorized' | 'Forbidden';
  readonly message: string;
}

/**
 * Turns away what does not come from this machine's own kubectl: a page in a browser may send requests to a
 * loopback port too, under a name of its own (DNS rebinding), but it knows no token.
 *
 * @param port the server listens on
 */
export function refusalOf(request: IncomingMessage, port: number, token: string): Refusal | undefined {
  const { host = '', authorization = '', origin } = request.headers;
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host) || origin !== undefined) {
    return {
      code: 403,
      reason: 'Forbidden',
      message: 'the sandbox answers only to 127.0.0.1, and never to a web page',
    };
  }
  const isOurs = isSame(authorization, `Bearer ${token}`);
  return isOurs ? undefined : { code: 401, reason: 'Unauthorized', message: 'Unauthorized' };
}

function isSame(one: string, other: string): boolean {
  const [ours, theirs] = [Buffer.from(one), Buffer.from(other)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

import type { HttpRequest, HttpResponse } from '../../container-runtime.ts';
import type { ProcessCall } from '../../processes/process-call.ts';

/** An address of the web in its parts. */
export interface Target {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** With what follows a question mark. */
  readonly path: string;
  /** As the header `Host` has it: with the port unless it is the usual one. */
  readonly authority: string;
}

/** How a request ended. */
export type Fetched =
  | { readonly response: HttpResponse; readonly address: string }
  | {
      readonly failure: 'name' | 'refused' | 'timeout' | 'no-route' | 'unreachable' | 'empty';
      readonly address: string;
    };

/** What a client remembers while it waits. */
export interface FetchState {
  readonly result: Fetched;
  /** When it is over. */
  readonly until: number;
  readonly startedAt: number;
}

/** So long a connection is tried when nobody answers (tcp_syn_retries of Linux). */
const connectMs = 131_000;
/** How long a name takes that nobody knows, and a connection. */
const nameMs = 5;

/** Reads `http://host:port/path`; the scheme may be missing. Undefined when it is none. */
export function readTarget(text: string): Target | undefined {
  const match =
    /^(?:([a-z][a-z\d]*):\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?([/?][^#]*)?(?:#.*)?$/i.exec(text);
  if (!match) return undefined;
  const [, scheme = 'http', host = '', port, path = '/'] = match;
  const usual = scheme === 'https' ? 443 : 80;
  const number = port === undefined ? usual : Number(port);
  return {
    scheme: scheme.toLowerCase(),
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    path: path.startsWith('?') ? `/${path}` : path,
    authority: number === usual ? host : `${host}:${number}`,
  };
}

/**
 * Sends a request. The answer is known at once; `until` says when the client has it.
 *
 * @param timeoutMs after which it gives up; never when it is left out
 */
export function startFetch(
  call: ProcessCall,
  target: Target,
  request: Omit<HttpRequest, 'path' | 'host'>,
  timeoutMs?: number,
): FetchState {
  const startedAt = call.now;
  const limit = timeoutMs ?? Number.POSITIVE_INFINITY;
  const done = (result: Fetched, milliseconds: number): FetchState => {
    const isLate = milliseconds > limit;
    return {
      result: isLate ? { failure: 'timeout', address: result.address } : result,
      until: startedAt + Math.max(1, Math.ceil(Math.min(milliseconds, limit))),
      startedAt,
    };
  };
  const [address] = call.resolve(target.host);
  if (address === undefined) return done({ failure: 'name', address: '' }, nameMs);
  const way = call.reach(address, target.port);
  if ('failure' in way)
    return done({ failure: way.failure, address }, way.failure === 'timeout' ? connectMs : 1);
  if (!call.kernel.servers.listens(way)) return done({ failure: 'refused', address }, 1);
  const response = call.ask(way, { ...request, path: target.path, host: target.authority });
  if (!response) return done({ failure: 'empty', address }, 1);
  return done({ response, address }, response.milliseconds);
}

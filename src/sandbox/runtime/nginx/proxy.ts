import type { HttpResponse } from '../container-runtime.ts';
import type { Directive } from './config.ts';
import type { Location } from './servers.ts';
import { logError, substitute, type Visit } from './visit.ts';

/** Proxies that pass a request on to one another for ever end here. */
const mostHops = 8;

/**
 * Passes a request on, as `proxy_pass` says.
 *
 * @returns undefined when nobody answers
 */
export function passOn(
  visit: Visit,
  target: string,
  location: Location | undefined,
  scopes: readonly (readonly Directive[])[],
): HttpResponse | undefined {
  const { call, request } = visit;
  const address = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(substitute(target, visit));
  const [, host = '', port = '80', path] = address ?? [];
  const upstream = upstreamServers(visit, host)[0];
  const [name = host, ownPort = port] = (upstream ?? `${host}:${port}`).split(':');
  const failed = (why: string) => {
    logError(
      visit,
      `${why} while connecting to upstream, client: ${visit.from}, request: "${request.method} ${request.path} HTTP/1.1", upstream: "${target}", host: "${request.host}"`,
    );
    return undefined;
  };
  const hops = Number(request.headers['x-sandbox-hops'] ?? 0);
  if (hops >= mostHops) return failed('too many proxies');
  const [found] = call.resolve(name);
  if (found === undefined) return failed(`${name} could not be resolved (3: Host not found)`);
  const way = call.reach(found, Number(ownPort));
  if ('failure' in way) {
    return failed(
      way.failure === 'refused'
        ? 'connect() failed (111: Connection refused)'
        : 'upstream timed out (110: Connection timed out)',
    );
  }
  const rest =
    path === undefined || !location ? request.path : `${path}${request.path.slice(location.path.length)}`;
  const answer = call.ask(way, {
    ...request,
    path: rest,
    host: port === '80' ? host : `${host}:${port}`,
    headers: { ...request.headers, ...setHeaders(visit, scopes), 'x-sandbox-hops': `${hops + 1}` },
  });
  return answer ?? failed('connect() failed (111: Connection refused)');
}

/** The servers behind a name that the configuration gives a list for. */
function upstreamServers({ config }: Visit, name: string): readonly string[] {
  const block =
    config.http.find((directive) => directive.name === 'upstream' && directive.args[0] === name)?.block ?? [];
  return block.filter((directive) => directive.name === 'server').map(({ args }) => args[0] ?? '');
}

function setHeaders(
  visit: Visit,
  scopes: readonly (readonly Directive[])[],
): Readonly<Record<string, string>> {
  const lists = scopes.map((scope) => scope.filter(({ name }) => name === 'proxy_set_header'));
  const list = lists.find(({ length }) => length > 0) ?? [];
  return Object.fromEntries(
    list.map(({ args: [name = '', value = ''] }) => [name.toLowerCase(), substitute(value, visit)]),
  );
}

import type { HttpResponse } from '../container-runtime.ts';
import type { Directive } from './config.ts';
import { argumentsOf, type Location, type NginxConfig } from './servers.ts';
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
  // A name that is known with the request only is asked of a resolver, and of nothing else.
  const isLate = target.includes('$') && upstream === undefined && !/^[\d.]+$/.test(name);
  if (isLate && argumentsOf('resolver', ...scopes) === undefined)
    return failed(`no resolver defined to resolve ${name}`);
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
  // With a variable in it, it is the whole of what is asked for.
  const behind = target.includes('$') || !location ? '' : request.path.slice(location.path.length);
  const rest = path === undefined ? request.path : `${path}${behind}`;
  const own = setHeaders(visit, scopes);
  const answer = call.ask(way, {
    ...request,
    path: rest,
    host: own.host ?? (port === '80' ? host : `${host}:${port}`),
    headers: { ...request.headers, connection: 'close', ...own, 'x-sandbox-hops': `${hops + 1}` },
  });
  if (!answer) return failed('connect() failed (111: Connection refused)');
  // These it says itself.
  const { Server: _server, Date: _date, Connection: _connection, ...headers } = answer.headers;
  return { ...answer, headers };
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

/**
 * What nginx says when it begins and is to pass requests on to a host that there is not; a name with a variable in it is
 * looked up with each request.
 */
export function hostNotFound(config: NginxConfig, isThere: (name: string) => boolean): string | undefined {
  const lists = config.servers.flatMap(({ locations }) => locations.map(({ directives }) => directives));
  const passes = lists.flatMap((list) => list.filter(({ name }) => name === 'proxy_pass'));
  const upstreams = config.http.filter(({ name }) => name === 'upstream');
  const members = upstreams.flatMap(({ block = [] }) => block.filter(({ name }) => name === 'server'));
  const names = new Set(upstreams.map(({ args: [name] }) => name));
  for (const { args, file, line } of [...members, ...passes]) {
    const [host = ''] = (args[0] ?? '').replace(/^https?:\/\//, '').split(/[:/]/);
    if (host.includes('$') || names.has(host) || isThere(host)) continue;
    return `host not found in upstream "${args[0]?.replace(/^https?:\/\//, '').split('/')[0]}" in ${file}:${line}`;
  }
  return undefined;
}

import type { Location, NginxConfig, Server, ServerName } from './servers.ts';

/**
 * The server of a request: that of its port whose name is the request's host (exact, then a name that begins with a
 * star, then one that ends with it, then a pattern), or else the default.
 */
export function serverFor({ servers }: NginxConfig, port: number, host: string): Server | undefined {
  const candidates = servers.filter(({ ports }) => ports.includes(port));
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const ranked = candidates
    .flatMap((server) => server.names.map((each) => ({ server, rank: rankOf(each, name) })))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank);
  return ranked[0]?.server ?? candidates.find(({ isDefault }) => isDefault) ?? candidates[0];
}

/** How well a name of a server fits; 0 when it does not. */
function rankOf({ text, pattern }: ServerName, name: string): number {
  if (pattern) return pattern.test(name) ? 1 : 0;
  if (text === name || text === `.${name}`) return 4;
  if (/^\*?\./.test(text) && name.endsWith(text.replace('*', ''))) return 3;
  return text.endsWith('.*') && name.startsWith(text.slice(0, -1)) ? 2 : 0;
}

/** An exact place first, then the longest beginning, unless a pattern fits (ngx_http_core_module, location). */
export function locationFor({ locations }: Server, path: string): Location | undefined {
  const exact = locations.find(({ kind, path: own }) => kind === 'exact' && own === path);
  if (exact) return exact;
  const [longest] = locations
    .filter(({ kind, path: own }) => kind.endsWith('prefix') && path.startsWith(own))
    .sort((one, other) => other.path.length - one.path.length);
  if (longest?.kind === 'strong-prefix') return longest;
  return locations.find(({ pattern }) => pattern?.test(path)) ?? longest;
}

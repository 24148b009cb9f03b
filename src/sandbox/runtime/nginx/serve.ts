import type { HttpResponse } from '../container-runtime.ts';
import { httpDate } from '../http/dates.ts';
import { mediaType, pathOf, reasonOf, respond } from '../http/responses.ts';
import type { Directive } from './config.ts';
import { passOn } from './proxy.ts';
import { argumentsOf, type Location, type NginxConfig, type Server } from './servers.ts';
import { logError, substitute, type Visit } from './visit.ts';

/** More internal redirects than nginx follows. */
const mostRedirects = 10;

/** The answer to a request, without the headers that every answer has. */
export function answer(visit: Visit, server: Server): HttpResponse {
  return atPath(visit, server, pathOf(visit.request.path), 0);
}

/** The server of a request: that of its port whose name is the request's host, or else the first. */
export function serverFor({ servers }: NginxConfig, port: number, host: string): Server | undefined {
  const candidates = servers.filter(({ ports }) => ports.includes(port));
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    candidates.find(({ names }) => names.some((each) => fitsName(each.toLowerCase(), name))) ??
    candidates.find(({ isDefault }) => isDefault) ??
    candidates[0]
  );
}

/** One of nginx's own pages for what went wrong. */
function errorPage(status: number, version: string): string {
  const title = `${status} ${status === 503 ? 'Service Temporarily Unavailable' : reasonOf(status)}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`;
}

function atPath(visit: Visit, server: Server, path: string, depth: number): HttpResponse {
  if (depth > mostRedirects) return failure(visit, server, 500);
  const location = locationFor(server, path);
  const scopes = [location?.directives ?? [], server.directives, visit.config.http];
  const returned =
    argumentsOf('return', location?.directives ?? []) ?? argumentsOf('return', server.directives);
  if (returned) return returns(visit, returned, scopes);
  const proxied = argumentsOf('proxy_pass', location?.directives ?? []);
  if (proxied) return passOn(visit, proxied[0] ?? '', location, scopes) ?? failure(visit, server, 502);
  if (argumentsOf('stub_status', location?.directives ?? []))
    return respond(200, { 'Content-Type': 'text/plain' }, stub);
  const tries = argumentsOf('try_files', ...scopes.slice(0, 2));
  if (tries) {
    for (const candidate of tries.slice(0, -1)) {
      const tried = substitute(candidate.replace('$uri', path), visit);
      const found = file(visit, tried, location, scopes);
      if (found && found.status < 400) return found;
    }
    const last = tries.at(-1) ?? '';
    if (last.startsWith('=')) return failure(visit, server, Number(last.slice(1)));
    return atPath(visit, server, substitute(last, visit).split('?')[0] ?? '/', depth + 1);
  }
  const found = file(visit, path, location, scopes);
  if (!found) {
    logError(
      visit,
      `open() "${rootOf(location, scopes)}${path}" failed (2: No such file or directory), client: ${visit.from}, server: ${server.names[0] ?? ''}, request: "${visit.request.method} ${visit.request.path} HTTP/1.1", host: "${visit.request.host}"`,
    );
    return failure(visit, server, 404);
  }
  return found.status >= 400 ? failure(visit, server, found.status) : found;
}

const stub =
  'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n';

/** An error of nginx itself, or the page that the configuration names for it. */
function failure(visit: Visit, server: Server, status: number): HttpResponse {
  const pages = server.directives.filter(({ name }) => name === 'error_page');
  const page = pages.find(({ args }) => args.slice(0, -1).includes(`${status}`))?.args.at(-1);
  if (page?.startsWith('/')) {
    const location = locationFor(server, page);
    const found = file(visit, page, location, [
      location?.directives ?? [],
      server.directives,
      visit.config.http,
    ]);
    if (found?.status === 200) return { ...found, status, reason: reasonOf(status) };
  }
  return respond(status, { 'Content-Type': 'text/html' }, errorPage(status, visit.version));
}

function returns(
  visit: Visit,
  args: readonly string[],
  scopes: readonly (readonly Directive[])[],
): HttpResponse {
  const [first = '', second = ''] = args;
  const status = /^\d{3}$/.test(first) ? Number(first) : 302;
  const text = substitute(status === 302 && !/^\d{3}$/.test(first) ? first : second, visit);
  if (status >= 301 && status <= 308 && status !== 304) {
    return respond(status, { 'Content-Type': 'text/html', Location: text }, errorPage(status, visit.version));
  }
  const type = argumentsOf('default_type', ...scopes)?.[0] ?? 'text/plain';
  const plain = text === '' && status >= 400 ? errorPage(status, visit.version) : text;
  return respond(
    status,
    { 'Content-Type': plain === text ? type : 'text/html', ...added(visit, scopes) },
    plain,
  );
}

/** @returns undefined when there is no such file */
function file(
  visit: Visit,
  path: string,
  location: Location | undefined,
  scopes: readonly (readonly Directive[])[],
): HttpResponse | undefined {
  const { files } = visit.call;
  const alias = argumentsOf('alias', location?.directives ?? [])?.[0];
  const whole =
    alias && location ? `${alias}${path.slice(location.path.length)}` : `${rootOf(location, scopes)}${path}`;
  const node = files.look(whole);
  if (node?.kind === 'folder') {
    if (!path.endsWith('/')) {
      const headers = { 'Content-Type': 'text/html', Location: `http://${visit.request.host}${path}/` };
      return respond(301, headers, errorPage(301, visit.version));
    }
    for (const name of argumentsOf('index', ...scopes) ?? ['index.html']) {
      const index = files.look(`${whole}${name}`);
      if (index?.kind === 'file') return file(visit, `${path}${name}`, location, scopes);
    }
    if (argumentsOf('autoindex', ...scopes)?.[0] === 'on') return listing(files.list(whole), path);
    logError(visit, `directory index of "${whole}" is forbidden, client: ${visit.from}`);
    return respond(403, {}, '');
  }
  if (node?.kind !== 'file') return undefined;
  if (!files.mayUse(node, 4)) return respond(403, {}, '');
  if (!['GET', 'HEAD'].includes(visit.request.method)) return respond(405, {}, '');
  const headers = {
    'Content-Type': mediaType(whole) ?? argumentsOf('default_type', ...scopes)?.[0] ?? 'text/plain',
    'Last-Modified': httpDate(node.at),
    ETag: `"${Math.floor(node.at / 1000).toString(16)}-${node.content.length.toString(16)}"`,
    'Accept-Ranges': 'bytes',
    ...added(visit, scopes),
  };
  return respond(200, headers, node.content);
}

function listing(names: readonly string[], path: string): HttpResponse {
  const lines = names.map((name) => `<a href="${name}">${name}</a>\r\n`).join('');
  const title = `Index of ${path}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${lines}</pre><hr></body>\r\n</html>\r\n`;
  return respond(200, { 'Content-Type': 'text/html' }, body);
}

function added(visit: Visit, scopes: readonly (readonly Directive[])[]): Readonly<Record<string, string>> {
  const lists = scopes.map((scope) => scope.filter(({ name }) => name === 'add_header'));
  const list = lists.find(({ length }) => length > 0) ?? [];
  return Object.fromEntries(
    list.map(({ args: [name = '', value = ''] }) => [name, substitute(value, visit)]),
  );
}

function rootOf(location: Location | undefined, scopes: readonly (readonly Directive[])[]): string {
  const root = argumentsOf('root', location?.directives ?? [], ...scopes)?.[0] ?? 'html';
  return (root.startsWith('/') ? root : `/etc/nginx/${root}`).replace(/\/$/, '');
}

/** An exact place first, then the longest beginning, unless a pattern fits (ngx_http_core_module, location). */
function locationFor({ locations }: Server, path: string): Location | undefined {
  const exact = locations.find(({ kind, path: own }) => kind === 'exact' && own === path);
  if (exact) return exact;
  const pattern = locations.find(
    ({ kind, path: own, ignoreCase }) => kind === 'pattern' && fits(own, path, ignoreCase),
  );
  if (pattern) return pattern;
  const prefixes = locations.filter(({ kind, path: own }) => kind === 'prefix' && path.startsWith(own));
  return prefixes.reduce<Location | undefined>(
    (longest, each) => (longest && longest.path.length >= each.path.length ? longest : each),
    undefined,
  );
}

function fits(pattern: string, path: string, ignoreCase: boolean): boolean {
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '').test(path);
  } catch {
    return false;
  }
}

function fitsName(pattern: string, name: string): boolean {
  if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1));
  return pattern === name;
}

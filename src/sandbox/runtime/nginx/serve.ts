import type { HttpResponse } from '../container-runtime.ts';
import type { FileNode } from '../file-tree.ts';
import { httpDate } from '../http/dates.ts';
import { mediaType, pathOf, reasonOf, respond } from '../http/responses.ts';
import { utf8Length } from '../volume.ts';
import type { Directive } from './config.ts';
import { listing } from './listing.ts';
import { passOn } from './proxy.ts';
import { locationFor } from './select.ts';
import { argumentsOf, type Location, type Server } from './servers.ts';
import { logError, substitute, type Visit } from './visit.ts';

/** More internal redirects than nginx follows. */
const mostRedirects = 10;

/** The answer to a request, without the headers that every answer has. */
export function answer(visit: Visit, server: Server): HttpResponse {
  const { path } = visit.request;
  const answering = new Answering(visit, server);
  return /^[^?]*%(?![\da-f]{2})/i.test(path) ? answering.ownPage(400) : answering.atPath(pathOf(path));
}

/** What of a status nginx says in other words than the rest of the world. */
const ownReasons: ReadonlyMap<number, string> = new Map([[302, 'Moved Temporarily']]);
const ownTitles: ReadonlyMap<number, string> = new Map([[401, 'Authorization Required']]);

/** Statuses after which it closes the connection (ngx_http_special_response_handler). */
const closing = new Set([400, 413, 500, 501]);

/** Statuses that `add_header` is for, unless it says `always`. */
const withHeaders = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** One of nginx's own pages, for what went wrong or is elsewhere; undefined for a status that it has none of. */
function ownPage(status: number, version: string): string | undefined {
  const reason = ownTitles.get(status) ?? reasonOf(status);
  if (status < 301 || reason === '') return undefined;
  const title = `${status} ${reason}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`;
}

/** A request in one of the servers. */
class Answering {
  readonly #visit: Visit;
  readonly #server: Server;
  #redirects = 0;
  /** What the answer's status is to be, where a page is sent for an error. */
  #status: number | undefined;

  constructor(visit: Visit, server: Server) {
    this.#visit = visit;
    this.#server = server;
  }

  atPath(path: string): HttpResponse {
    return this.#at(path, locationFor(this.#server, path));
  }

  #at(path: string, location: Location | undefined): HttpResponse {
    if (this.#redirects > mostRedirects) return this.ownPage(500);
    const own = location?.directives ?? [];
    const place: Place = {
      path,
      location,
      own,
      scopes: [own, this.#server.directives, this.#visit.config.http],
    };
    const returned = argumentsOf('return', this.#server.directives) ?? argumentsOf('return', own);
    if (returned) return this.#returns(returned, place);
    const [target] = argumentsOf('proxy_pass', own) ?? [];
    if (target !== undefined)
      return passOn(this.#visit, target, location, place.scopes) ?? this.#failure(502, place);
    if (argumentsOf('stub_status', own)) return respond(200, { 'Content-Type': 'text/plain' }, stub);
    const tries = argumentsOf('try_files', own, this.#server.directives);
    return tries ? this.#tries(tries, place) : (this.#file(place) ?? this.#missing(place));
  }

  #missing(place: Place): HttpResponse {
    const { request, from } = this.#visit;
    logError(
      this.#visit,
      `open() "${wholePath(place)}" failed (2: No such file or directory), client: ${from}, server: ${this.#server.names[0]?.text ?? ''}, request: "${request.method} ${request.path} HTTP/1.1", host: "${request.host}"`,
    );
    return this.#failure(404, place);
  }

  #tries(tries: readonly string[], place: Place): HttpResponse {
    const { files } = this.#visit.call;
    const filled = (text: string) => substitute(text.replaceAll('$uri', place.path), this.#visit);
    for (const candidate of tries.slice(0, -1)) {
      // What is written with a slash at its end is for a folder, any other for a file.
      const path = filled(candidate.replace(/\/$/, ''));
      const node = files.look(wholePath({ ...place, path }));
      if (node?.kind !== (candidate.endsWith('/') ? 'folder' : 'file')) continue;
      return this.#file({ ...place, path }) ?? this.#missing(place);
    }
    const last = tries.slice(-1).map(filled).join('');
    if (last.startsWith('=')) return this.#failure(Number(last.slice(1)), place);
    this.#redirects += 1;
    const named = this.#server.locations.find(({ kind, path }) => kind === 'named' && path === last);
    return named ? this.#at(place.path, named) : this.atPath(pathOf(last));
  }

  /** An error of nginx itself, or what the configuration names for it. */
  #failure(status: number, { scopes }: Place): HttpResponse {
    const pages = scopes.flatMap((scope) => scope.filter(({ name }) => name === 'error_page'));
    const page = pages.find(({ args }) => args.slice(0, -1).includes(`${status}`));
    const path = page?.args.at(-1);
    if (this.#status !== undefined || !page || !path?.startsWith('/')) return this.ownPage(status, scopes);
    const [given] = page.args.filter((word) => /^=\d+$/.test(word));
    this.#status = given === undefined ? status : Number(given.slice(1));
    this.#redirects += 1;
    const found = this.atPath(path);
    return { ...found, status: this.#status, reason: reasonOf(this.#status) };
  }

  ownPage(status: number, scopes: Place['scopes'] = []): HttpResponse {
    const page = ownPage(status, this.#visit.version) ?? '';
    const headers = {
      ...(page === '' ? {} : { 'Content-Type': 'text/html' }),
      ...(closing.has(status) ? { Connection: 'close' } : {}),
      ...this.#added(status, { scopes }),
    };
    return respond(status, headers, page);
  }

  #returns([first = '', second]: readonly string[], place: Place): HttpResponse {
    const isStatus = /^\d{3}$/.test(first);
    const status = isStatus ? Number(first) : 302;
    const text = substitute((isStatus ? second : first) ?? '', this.#visit);
    if ([301, 302, 303, 307, 308].includes(status)) return this.#redirect(status, text, place);
    const added = this.#added(status, place);
    if (status === 204) return { ...respond(204, added, ''), headers: added };
    if (second === undefined && status >= 300) return this.#failure(status, place);
    return respond(status, { 'Content-Type': this.#typeOf(place.path, place), ...added }, text);
  }

  #typeOf(path: string, { scopes }: Place): string {
    const [usual = 'text/plain'] = argumentsOf('default_type', ...scopes) ?? [];
    return mediaType(path) ?? usual;
  }

  /** Where it leads within the server it says in full, before the other headers (ngx_http_header_filter). */
  #redirect(status: number, to: string, place: Place): HttpResponse {
    const { request, port, version } = this.#visit;
    const isOwn = to.startsWith('/') && argumentsOf('absolute_redirect', ...place.scopes)?.[0] !== 'off';
    const host = `${request.host.replace(/:\d+$/, '')}${port === 80 ? '' : `:${port}`}`;
    const page = ownPage(status, version) ?? '';
    const headers = {
      'Content-Type': 'text/html',
      'Content-Length': `${utf8Length(page)}`,
      ...(isOwn ? { Location: `http://${host}${to}`, Connection: 'keep-alive' } : { Location: to }),
      ...this.#added(status, place),
    };
    return {
      status,
      reason: ownReasons.get(status) ?? reasonOf(status),
      headers,
      body: page,
      milliseconds: 1,
    };
  }

  /** @returns undefined when there is no such file */
  #file(place: Place): HttpResponse | undefined {
    const { call, request } = this.#visit;
    const whole = wholePath(place);
    const node = call.files.look(whole);
    if (node?.kind === 'folder') return this.#folder(whole, place);
    if (node?.kind !== 'file') return undefined;
    if (!this.#mayRead(node)) return this.#failure(403, place);
    if (!['GET', 'HEAD'].includes(request.method)) return this.#failure(405, place);
    const isFound = this.#status === undefined || this.#status === 200;
    return respond(
      200,
      {
        'Content-Type': this.#typeOf(whole, place),
        'Last-Modified': httpDate(node.at),
        ETag: `"${Math.floor(node.at / 1000).toString(16)}-${utf8Length(node.content).toString(16)}"`,
        ...this.#added(this.#status ?? 200, place),
        ...(isFound ? { 'Accept-Ranges': 'bytes' } : {}),
      },
      node.content,
    );
  }

  #folder(whole: string, place: Place): HttpResponse {
    const { path, scopes } = place;
    const { call, from, request } = this.#visit;
    const query = /\?.+/.exec(request.path)?.[0] ?? '';
    if (!path.endsWith('/')) return this.#redirect(301, `${path}/${query}`, place);
    for (const name of argumentsOf('index', ...scopes) ?? ['index.html']) {
      if (call.files.look(`${whole}${name}`)?.kind !== 'file') continue;
      this.#redirects += 1;
      return this.atPath(`${path}${name}`);
    }
    if (argumentsOf('autoindex', ...scopes)?.[0] === 'on') return listing(call.files, whole, path);
    logError(this.#visit, `directory index of "${whole}" is forbidden, client: ${from}`);
    return this.#failure(403, place);
  }

  /** Whether the workers may read a file: they are another user when the master is root. */
  #mayRead(node: FileNode & { readonly kind: 'file' }): boolean {
    const { call } = this.#visit;
    if (call.user.uid !== 0) return call.files.mayUse(node, 4);
    return (node.mode & (node.owner.startsWith(`${workerId}:`) ? 0o400 : 0o004)) !== 0;
  }

  #added(status: number, { scopes }: Pick<Place, 'scopes'>): Readonly<Record<string, string>> {
    const lists = scopes.map((scope) => scope.filter(({ name }) => name === 'add_header'));
    const list = lists.find(({ length }) => length > 0) ?? [];
    return Object.fromEntries(
      list
        .filter(({ args }) => withHeaders.has(status) || args[2] === 'always')
        .map(({ args: [name, value = ''] }) => [name, substitute(value, this.#visit)]),
    );
  }
}

/** The user `nginx` of the image. */
const workerId = 101;

/** Where a request is in the configuration. */
interface Place {
  readonly path: string;
  readonly location: Location | undefined;
  readonly own: readonly Directive[];
  /** From the innermost to the outermost. */
  readonly scopes: readonly (readonly Directive[])[];
}

/** The file that a path stands for. */
function wholePath({ path, location, own, scopes }: Place): string {
  const [alias] = argumentsOf('alias', own) ?? [];
  if (alias !== undefined && location) return `${alias}${path.slice(location.path.length)}`;
  const [root = 'html'] = argumentsOf('root', ...scopes) ?? [];
  return `${(root.startsWith('/') ? root : `/etc/nginx/${root}`).replace(/\/$/, '')}${path}`;
}

const stub =
  'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n';

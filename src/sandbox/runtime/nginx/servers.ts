import { caught } from '../../thrown.ts';
import { ConfigError, type Directive } from './config.ts';
import { checkDirectives } from './directives.ts';

/** A place of a server: what its path begins with or is, a pattern for it, or a name for what is sent on to it. */
export interface Location {
  readonly kind: 'prefix' | 'strong-prefix' | 'exact' | 'pattern' | 'named';
  readonly path: string;
  /** What it is, where it is a pattern. */
  readonly pattern?: RegExp;
  readonly directives: readonly Directive[];
}

/** A name of a server: `web.example`, `*.example`, `.example`, `web.*`, or a pattern. */
export interface ServerName {
  readonly text: string;
  readonly pattern?: RegExp;
}

export interface Server {
  readonly ports: readonly number[];
  /** Those of them that it listens on at the loopback address alone: `listen 127.0.0.1:8080;`. */
  readonly localPorts: readonly number[];
  readonly names: readonly ServerName[];
  readonly isDefault: boolean;
  readonly locations: readonly Location[];
  readonly directives: readonly Directive[];
}

/** What nginx makes of its configuration. */
export interface NginxConfig {
  readonly servers: readonly Server[];
  /** Those of all servers. */
  readonly ports: readonly number[];
  /** Those outside of `http`, such as `user`. */
  readonly main: readonly Directive[];
  readonly http: readonly Directive[];
}

/**
 * The servers of a configuration.
 *
 * @throws ConfigError in nginx's words for what is out of place
 */
export function readServers(directives: readonly Directive[]): NginxConfig {
  checkDirectives(directives);
  const http = directives.filter(({ name }) => name === 'http').flatMap(({ block = [] }) => block);
  const servers = http.filter(({ name }) => name === 'server').map(readServer);
  if (!directives.some(({ name }) => name === 'events'))
    throw new ConfigError('no "events" section in configuration', true);
  const ports = [...new Set(servers.flatMap((server) => server.ports))];
  return { main: directives, http, servers, ports };
}

/** The arguments of the last directive of a name, of the innermost list that has one. */
export function argumentsOf(
  name: string,
  ...lists: readonly (readonly Directive[])[]
): readonly string[] | undefined {
  for (const list of lists) {
    const found = list.findLast((directive) => directive.name === name);
    if (found) return found.args;
  }
  return undefined;
}

const loopback = /^(127\.[\d.]+|localhost|\[::1\])(:|$)/;

function readServer({ block = [] }: Directive): Server {
  const listens = block.filter(({ name }) => name === 'listen');
  const read = listens.flatMap((listen) => readListen(listen));
  const open = new Set(read.filter(({ isLocal }) => !isLocal).map(({ port }) => port));
  const ports = [...new Set(read.map(({ port }) => port))];
  return {
    ports: listens.length > 0 ? ports : [80],
    localPorts: ports.filter((port) => !open.has(port)),
    names: block.filter(({ name }) => name === 'server_name').flatMap(readNames),
    isDefault: listens.some(({ args }) => args.includes('default_server')),
    locations: block.filter(({ name }) => name === 'location').map(readLocation),
    directives: block,
  };
}

/** @returns nothing for a socket in a file. @throws ConfigError for a port that there is not */
function readListen({
  args,
  file,
  line,
}: Directive): readonly { readonly port: number; readonly isLocal: boolean }[] {
  const [address = ''] = args;
  if (address.startsWith('unix:')) return [];
  const wrong = (text: string) =>
    new ConfigError(`${text} in "${address}" of the "listen" directive in ${file}:${line}`);
  const host = address.replace(/:\d+$/, '');
  const number = Number(/(?:^|:)(\d+)$/.exec(address)?.[1] ?? 80);
  if (number < 1 || number > 65_535) throw wrong('invalid port');
  if (!/^(\d+|\*|localhost|[\d.]+|\[.*\])$/.test(host)) throw wrong('host not found');
  return [{ port: number, isLocal: loopback.test(address) }];
}

function readNames(directive: Directive): readonly ServerName[] {
  return directive.args.map((text) =>
    text.startsWith('~')
      ? { text, pattern: patternOf(text.slice(1), 'i', directive) }
      : { text: text.toLowerCase() },
  );
}

const kinds: ReadonlyMap<string, Location['kind']> = new Map([
  ['=', 'exact'],
  ['^~', 'strong-prefix'],
  ['~', 'pattern'],
  ['~*', 'pattern'],
]);

/** A pattern of the configuration. @throws ConfigError for one that is none */
function patternOf(source: string, flags: string, { file, line }: Directive): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (thrown) {
    caught(thrown, SyntaxError);
    throw new ConfigError(`the sandbox does not understand the pattern "${source}" in ${file}:${line}`);
  }
}

function readLocation(directive: Directive): Location {
  const { args, block = [] } = directive;
  const [first = '', second] = args;
  const kind = second === undefined ? (first.startsWith('@') ? 'named' : 'prefix') : kinds.get(first);
  const place = { kind: kind ?? 'prefix', path: second ?? first, directives: block };
  if (second === undefined || kind !== 'pattern') return place;
  return { ...place, pattern: patternOf(second, first === '~*' ? 'i' : '', directive) };
}

import { ConfigError, type Directive } from './config.ts';

/** A place of a server: what its path begins with or is, or a pattern for it. */
export interface Location {
  readonly kind: 'prefix' | 'exact' | 'pattern';
  readonly path: string;
  readonly ignoreCase: boolean;
  readonly directives: readonly Directive[];
}

export interface Server {
  readonly ports: readonly number[];
  /** Those of them that it listens on at the loopback address alone: `listen 127.0.0.1:8080;`. */
  readonly localPorts: readonly number[];
  readonly names: readonly string[];
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

/** Directives that the sandbox follows, and those that change nothing that shows in it. */
const known = new Set(
  `absolute_redirect accept_mutex access_log add_header alias auth_basic autoindex charset client_body_buffer_size
  client_body_temp_path client_body_timeout client_header_buffer_size client_header_timeout client_max_body_size daemon
  default_type deny allow directio disable_symlinks env error_log error_page etag events expires fastcgi_temp_path
  gzip gzip_comp_level gzip_http_version gzip_min_length gzip_proxied gzip_static gzip_types gzip_vary http
  http2 if if_modified_since ignore_invalid_headers index internal keepalive_requests keepalive_timeout
  large_client_header_buffers limit_conn limit_conn_zone limit_rate limit_req limit_req_zone lingering_close listen
  load_module location log_format log_not_found map map_hash_bucket_size master_process multi_accept open_file_cache
  pid port_in_redirect proxy_buffer_size proxy_buffering proxy_buffers proxy_cache proxy_cache_path proxy_cache_valid
  proxy_connect_timeout proxy_hide_header proxy_http_version proxy_intercept_errors proxy_next_upstream proxy_pass
  proxy_pass_request_headers proxy_read_timeout proxy_redirect proxy_request_buffering proxy_send_timeout
  proxy_set_header proxy_ssl_server_name proxy_ssl_verify proxy_temp_path real_ip_header resolver resolver_timeout
  return rewrite root satisfy scgi_temp_path send_timeout sendfile server server_name server_names_hash_bucket_size
  server_tokens set set_real_ip_from ssl_certificate ssl_certificate_key ssl_ciphers ssl_protocols
  ssl_session_cache ssl_session_timeout stub_status sub_filter tcp_nodelay tcp_nopush try_files types
  types_hash_max_size underscores_in_headers upstream use user uwsgi_temp_path worker_connections worker_processes
  worker_rlimit_nofile worker_shutdown_timeout zone`.split(/\s+/),
);

/** Blocks whose inside has a form of its own. */
const freeForm = new Set(['types', 'map', 'geo', 'upstream', 'split_clients']);

/**
 * The servers of a configuration.
 *
 * @throws ConfigError in nginx's words for what is out of place
 */
export function readServers(directives: readonly Directive[]): NginxConfig {
  check(directives, 'main');
  const http = directives.filter(({ name }) => name === 'http').flatMap(({ block = [] }) => block);
  if (!directives.some(({ name }) => name === 'events'))
    throw new ConfigError('no "events" section in configuration');
  const servers = http.filter(({ name }) => name === 'server').map(readServer);
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

function check(directives: readonly Directive[], within: string): void {
  for (const { name, args, block, file, line } of directives) {
    const at = `in ${file}:${line}`;
    if (!known.has(name)) throw new ConfigError(`unknown directive "${name}" ${at}`);
    const belongs =
      name === 'server'
        ? within === 'http'
        : name === 'location'
          ? ['server', 'location'].includes(within)
          : true;
    if (!belongs) throw new ConfigError(`"${name}" directive is not allowed here ${at}`);
    const needsBlock = ['server', 'location', 'http', 'events', 'if', 'upstream', 'types', 'map'].includes(
      name,
    );
    if (needsBlock && !block) throw new ConfigError(`directive "${name}" has no opening "{" ${at}`);
    if (!needsBlock && block) throw new ConfigError(`directive "${name}" is not terminated by ";" ${at}`);
    if (['listen', 'root', 'proxy_pass', 'return', 'alias'].includes(name) && args.length === 0) {
      throw new ConfigError(`invalid number of arguments in "${name}" directive ${at}`);
    }
    if (block && !freeForm.has(name)) check(block, name);
  }
}

const loopback = /^(127\.[\d.]+|localhost|\[::1\])(:|$)/;

function readServer({ block = [] }: Directive): Server {
  const listens = block.filter(({ name }) => name === 'listen').map(({ args }) => args);
  const portsAt = (addresses: readonly string[]): readonly number[] =>
    addresses.map(portOf).filter((port) => port !== undefined);
  const addresses = listens.map(([address = '80']) => address);
  const ports = portsAt(addresses);
  const open = portsAt(addresses.filter((address) => !loopback.test(address)));
  return {
    ports: ports.length > 0 ? [...new Set(ports)] : [80],
    localPorts: ports.filter((port) => !open.includes(port)),
    names: block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args),
    isDefault: listens.some((args) => args.includes('default_server')),
    locations: block.filter(({ name }) => name === 'location').map(readLocation),
    directives: block,
  };
}

function portOf(address: string): number | undefined {
  if (address.startsWith('unix:')) return undefined;
  const port = /(?:^|:)(\d+)$/.exec(address)?.[1];
  if (port === undefined) return 80;
  if (Number(port) < 1 || Number(port) > 65_535)
    throw new ConfigError(`invalid port in "${address}" of the "listen" directive`);
  return Number(port);
}

function readLocation({ args, block = [] }: Directive): Location {
  const [sign = '', path = ''] = args.length > 1 ? args : ['', args[0]];
  return {
    kind: sign === '=' ? 'exact' : sign.startsWith('~') ? 'pattern' : 'prefix',
    path,
    ignoreCase: sign === '~*',
    directives: block,
  };
}

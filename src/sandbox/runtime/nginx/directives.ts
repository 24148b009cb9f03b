import { ConfigError, type Directive } from './config.ts';

/** What nginx takes of a directive. */
interface Rule {
  /** Blocks that it may stand in. */
  readonly within: readonly string[];
  /** How many words may follow its name. */
  readonly least: number;
  readonly most: number;
  /** What its `{ … }` holds: directives, or what has a form of its own. */
  readonly block?: 'directives' | 'own';
}

const any = 99;

/**
 * Directives that the sandbox follows, and those that change nothing that shows in it: the blocks they may stand in, how
 * many words they take, and their names (nginx.org/en/docs/dirindex.html).
 */
const rows: readonly (readonly [within: string, least: number, most: number, names: string])[] = [
  ['main', 1, 1, 'daemon env load_module master_process pid worker_processes worker_rlimit_nofile'],
  ['main', 1, 1, 'worker_shutdown_timeout'],
  ['main', 1, 2, 'user'],
  ['main http server location', 1, 2, 'error_log'],
  ['events', 1, 1, 'accept_mutex multi_accept use worker_connections'],
  ['http', 1, 1, 'map_hash_bucket_size server_names_hash_bucket_size'],
  ['http', 2, any, 'limit_conn_zone limit_req_zone log_format proxy_cache_path'],
  [
    'http server',
    1,
    1,
    'client_header_buffer_size client_header_timeout http2 ignore_invalid_headers ssl_certificate',
  ],
  ['http server', 1, 1, 'ssl_certificate_key ssl_ciphers ssl_session_timeout underscores_in_headers'],
  ['http server', 1, any, 'ssl_protocols ssl_session_cache'],
  ['http server', 2, 2, 'large_client_header_buffers'],
  ['http server location', 1, 1, 'absolute_redirect allow auth_basic auth_basic_user_file autoindex charset'],
  [
    'http server location',
    1,
    1,
    'client_body_buffer_size client_body_timeout client_max_body_size default_type deny',
  ],
  [
    'http server location',
    1,
    1,
    'directio disable_symlinks etag gzip gzip_comp_level gzip_http_version gzip_min_length',
  ],
  [
    'http server location',
    1,
    1,
    'gzip_static gzip_vary if_modified_since limit_rate lingering_close log_not_found',
  ],
  [
    'http server location',
    1,
    1,
    'port_in_redirect proxy_buffer_size proxy_buffering proxy_cache proxy_connect_timeout',
  ],
  [
    'http server location',
    1,
    1,
    'proxy_hide_header proxy_http_version proxy_intercept_errors proxy_read_timeout',
  ],
  ['http server location', 1, 1, 'proxy_pass_request_headers proxy_request_buffering proxy_send_timeout'],
  [
    'http server location',
    1,
    1,
    'proxy_ssl_server_name proxy_ssl_verify real_ip_header resolver_timeout root satisfy',
  ],
  [
    'http server location',
    1,
    1,
    'send_timeout sendfile server_tokens set_real_ip_from tcp_nodelay tcp_nopush',
  ],
  ['http server location', 1, 1, 'types_hash_max_size'],
  [
    'http server location',
    1,
    any,
    'access_log client_body_temp_path expires fastcgi_temp_path gzip_proxied gzip_types',
  ],
  [
    'http server location',
    1,
    any,
    'index limit_req open_file_cache proxy_cache_valid proxy_next_upstream proxy_redirect',
  ],
  ['http server location', 1, any, 'proxy_temp_path resolver scgi_temp_path uwsgi_temp_path'],
  ['http server location', 2, 2, 'limit_conn proxy_buffers proxy_set_header sub_filter'],
  ['http server location', 2, any, 'error_page'],
  ['http server location if', 2, 3, 'add_header'],
  ['http server location upstream', 1, 2, 'keepalive_requests keepalive_timeout'],
  ['server', 1, any, 'listen server_name'],
  ['server location', 0, 1, 'stub_status'],
  ['server location', 2, any, 'try_files'],
  ['server location if', 1, 2, 'return'],
  ['server location if', 2, 2, 'set'],
  ['server location if', 2, 3, 'rewrite'],
  ['location', 0, 0, 'internal'],
  ['location', 1, 1, 'alias'],
  ['location if', 1, 1, 'proxy_pass'],
  ['upstream', 0, 0, 'ip_hash least_conn'],
  ['upstream', 1, 2, 'keepalive zone'],
];

const blocks: readonly (readonly [string, Rule])[] = [
  ['events', { within: ['main'], least: 0, most: 0, block: 'directives' }],
  ['http', { within: ['main'], least: 0, most: 0, block: 'directives' }],
  ['if', { within: ['server', 'location'], least: 1, most: any, block: 'directives' }],
  ['location', { within: ['server', 'location'], least: 1, most: 2, block: 'directives' }],
  ['map', { within: ['http'], least: 2, most: 2, block: 'own' }],
  ['types', { within: ['http', 'server', 'location'], least: 0, most: 0, block: 'own' }],
  ['upstream', { within: ['http'], least: 1, most: 1, block: 'directives' }],
];

const rules: ReadonlyMap<string, Rule> = new Map([
  ...rows.flatMap(([within, least, most, names]) =>
    names.split(' ').map((name) => [name, { within: within.split(' '), least, most }] as const),
  ),
  ...blocks,
]);

const serverBlock: Rule = { within: ['http'], least: 0, most: 0, block: 'directives' };
const upstreamServer: Rule = { within: ['upstream'], least: 1, most: any };

/** Directives that are on or off. */
const flags = new Set(
  `absolute_redirect accept_mutex autoindex daemon etag gzip gzip_vary http2 ignore_invalid_headers log_not_found
  master_process multi_accept port_in_redirect proxy_buffering proxy_intercept_errors proxy_pass_request_headers
  proxy_request_buffering proxy_ssl_server_name proxy_ssl_verify sendfile tcp_nodelay tcp_nopush
  underscores_in_headers`.split(/\s+/),
);

/** Those of which a block has one at most, as far as learners write them twice. */
const single = new Set(
  'alias client_max_body_size default_type pid proxy_pass root try_files user worker_connections worker_processes'.split(
    ' ',
  ),
);

/**
 * Looks through directives and all that is in them.
 *
 * @throws ConfigError in nginx's words, in the order in which it looks (ngx_conf_handler)
 */
export function checkDirectives(directives: readonly Directive[], within = 'main'): void {
  const seen = new Set<string>();
  for (const directive of directives) {
    const { name, args, block } = directive;
    const rule = name === 'server' ? (within === 'upstream' ? upstreamServer : serverBlock) : rules.get(name);
    const wrong = (text: string) => new ConfigError(`${text} in ${directive.file}:${directive.line}`);
    if (!rule) throw wrong(`unknown directive "${name}"`);
    if (!rule.within.includes(within)) throw wrong(`"${name}" directive is not allowed here`);
    if (rule.block && !block) throw wrong(`directive "${name}" has no opening "{"`);
    if (!rule.block && block) throw wrong(`directive "${name}" is not terminated by ";"`);
    if (args.length < rule.least || args.length > rule.most)
      throw wrong(`invalid number of arguments in "${name}" directive`);
    if (single.has(name) && seen.has(name)) throw wrong(`"${name}" directive is duplicate`);
    if (name === 'upstream' && seen.has(`upstream ${args[0]}`))
      throw wrong(`duplicate upstream "${args[0]}"`);
    seen.add(name).add(`${name} ${args[0]}`);
    const wrongValue = wrongValueOf(directive);
    if (wrongValue !== undefined) throw wrong(wrongValue);
    if (rule.block === 'directives') checkDirectives(block ?? [], name);
  }
}

/** What is wrong with the words of a directive, where something is. */
function wrongValueOf({ name, args, block = [] }: Directive): string | undefined {
  const [first = ''] = args;
  if (flags.has(name) && !/^(on|off)$/i.test(first))
    return `invalid value "${first}" in "${name}" directive, it must be "on" or "off"`;
  if (name === 'return' && /^\d{4,}$/.test(first)) return `invalid return code "${first}"`;
  if (name === 'set' && !first.startsWith('$')) return `invalid variable name "${first}"`;
  if (name === 'proxy_pass' && !/^https?:\/\/|\$/i.test(first)) return 'invalid URL prefix';
  if (name === 'location' && args.length === 2 && !['=', '~', '~*', '^~'].includes(first))
    return `invalid location modifier "${first}"`;
  if (name === 'upstream' && !block.some((each) => each.name === 'server'))
    return 'no servers are inside upstream';
  return undefined;
}

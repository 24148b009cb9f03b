import { caught } from '../../thrown.ts';
import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { FileError } from '../files/file-error.ts';
import { logDate } from '../http/dates.ts';
import { pathOf } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { utf8Length } from '../volume.ts';
import { serverFor } from './select.ts';
import { argumentsOf, type NginxConfig, type Server } from './servers.ts';

/** Where nginx writes what goes wrong; in the image it leads to the container's log. */
export const errorLog = '/var/log/nginx/error.log';

/** A request on its way through the configuration. */
export interface Visit {
  readonly call: ProcessCall;
  readonly config: NginxConfig;
  readonly request: HttpRequest;
  readonly from: string;
  readonly port: number;
  readonly version: string;
}

/** The time of a request's answer, as nginx's error log has it, and what happened. */
export function logError({ call }: Visit, message: string): void {
  const time = new Date(call.now).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
  writeLog(call, errorLog, `${time} [error] 29#29: *1 ${message}\n`);
}

/** Writes into one of nginx's logs, wherever it leads. */
export function writeLog(call: ProcessCall, path: string, text: string): void {
  try {
    const to = call.open(path, 'append');
    if (to.kind === 'log') call.kernel.logs.write(to.key, to.stream, text);
    else if (to.kind === 'file') call.files.append(to.path, text);
  } catch (thrown) {
    caught(thrown, FileError);
  }
}

const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** The line of the access log, in the format that `access_log` names. */
export function accessLine(visit: Visit, server: Server, response: HttpResponse): string {
  const { call, request, config } = visit;
  const [, format = 'combined'] = argumentsOf('access_log', server.directives, config.http) ?? [];
  const own = config.http.find(({ name, args }) => name === 'log_format' && args[0] === format);
  const text = own?.args.slice(1).join('') ?? combined;
  const values: Readonly<Record<string, string>> = {
    body_bytes_sent: `${request.method === 'HEAD' ? 0 : utf8Length(response.body)}`,
    remote_user: '',
    request: `${request.method} ${request.path} HTTP/1.1`,
    status: `${response.status}`,
    time_local: logDate(call.now),
  };
  return `${text.replace(variable, (whole) => {
    const name = whole.replace(/\W/g, '');
    return (values[name] ?? variableOf(name, visit)) || '-';
  })}\n`;
}

const variable = /\$\{\w+\}|\$\w+/g;

/** What variables of the configuration stand for. */
export function substitute(text: string, visit: Visit): string {
  return text.replace(variable, (whole) => variableOf(whole.replace(/\W/g, ''), visit));
}

/** The value of a variable; of one that is not known, nothing. */
function variableOf(name: string, visit: Visit): string {
  const { request, from, port, call, config } = visit;
  const host = request.host.replace(/:\d+$/, '');
  const query = /\?(.*)/.exec(request.path)?.[1] ?? '';
  const values: ReadonlyMap<string, string> = new Map([
    ['args', query],
    ['host', host],
    ['hostname', call.spec.hostname],
    ['http_host', request.host],
    ['is_args', query === '' ? '' : '?'],
    ['proxy_add_x_forwarded_for', [request.headers['x-forwarded-for'], from].filter(Boolean).join(', ')],
    ['proxy_host', host],
    ['query_string', query],
    ['remote_addr', from],
    ['request_method', request.method],
    ['request_uri', request.path],
    ['scheme', 'http'],
    ['server_addr', call.address],
    ['server_name', serverFor(config, port, request.host)?.names[0]?.text ?? ''],
    ['server_port', `${port}`],
    ['uri', pathOf(request.path)],
  ]);
  const known = values.get(name);
  if (known !== undefined) return known;
  if (name.startsWith('http_')) return request.headers[name.slice('http_'.length).replaceAll('_', '-')] ?? '';
  if (!name.startsWith('arg_')) return '';
  const own = query.split('&').find((part) => part.startsWith(`${name.slice('arg_'.length)}=`));
  return own?.replace(/^[^=]*=/, '') ?? '';
}

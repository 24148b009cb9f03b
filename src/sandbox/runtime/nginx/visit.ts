import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { FileError } from '../files/file-error.ts';
import { logDate } from '../http/dates.ts';
import { pathOf } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { NginxConfig } from './servers.ts';

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
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

/** The line of the access log in the format of the image (log_format main). */
export function accessLine({ request, from, call }: Visit, response: HttpResponse): string {
  const agent = request.headers['user-agent'] ?? '-';
  const bytes = request.method === 'HEAD' ? '0' : (response.headers['Content-Length'] ?? '0');
  const referer = request.headers.referer ?? '-';
  const forwarded = request.headers['x-forwarded-for'] ?? '-';
  return `${from} - - [${logDate(call.now)}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${bytes} "${referer}" "${agent}" "${forwarded}"\n`;
}

/** What variables of the configuration stand for. */
export function substitute(text: string, { request, from, port, call }: Visit): string {
  const host = request.host.replace(/:\d+$/, '');
  const values: Readonly<Record<string, string>> = {
    host,
    hostname: call.spec.hostname,
    http_host: request.host,
    http_user_agent: request.headers['user-agent'] ?? '',
    proxy_add_x_forwarded_for: [request.headers['x-forwarded-for'], from].filter(Boolean).join(', '),
    proxy_host: host,
    remote_addr: from,
    request_method: request.method,
    request_uri: request.path,
    scheme: 'http',
    server_addr: call.address,
    server_port: `${port}`,
    uri: pathOf(request.path),
    is_args: request.path.includes('?') ? '?' : '',
    args: request.path.split('?')[1] ?? '',
    query_string: request.path.split('?')[1] ?? '',
  };
  return text.replace(
    /\$\{(\w+)\}|\$(\w+)/g,
    (_, braced?: string, plain?: string) => values[braced ?? plain ?? ''] ?? '',
  );
}

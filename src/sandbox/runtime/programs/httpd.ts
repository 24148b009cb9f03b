import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { dateParts, httpDate, logDate } from '../http/dates.ts';
import { mediaType, pathOf, respond } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { locally, server } from './server.ts';

const root = '/usr/local/apache2';

/** Apache's web server. */
export const httpd: Program = server({
  memory: 7_200_000,
  begin(call) {
    if (call.args.includes('-v')) {
      call.out(`Server version: Apache/${version(call)} (Unix)\n`);
      return 0;
    }
    if (call.args.includes('-t')) {
      call.err('Syntax OK\n');
      return 0;
    }
    const config = call.files.look(`${root}/conf/httpd.conf`);
    const text = config?.kind === 'file' ? config.content : '';
    const told = [...text.matchAll(/^\s*Listen\s+(?:(\S+):)?(\d+)/gim)];
    const ports = told.map(([, , port]) => Number(port));
    const addresses = told.map(([, address]) => address ?? '*');
    const folder = /^\s*DocumentRoot\s+"?([^"\n]+)"?/im.exec(text)?.[1] ?? `${root}/htdocs`;
    return { ports: ports.length > 0 ? ports : [80], ...locally(addresses), own: { folder } };
  },
  taken: (_, port) =>
    `(98)Address already in use: AH00072: make_sock: could not bind to address [::]:${port}\n(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
  ready(call) {
    const name = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${call.address}. Set the 'ServerName' directive globally to suppress this message\n`;
    call.err(name + name);
    log(
      call,
      'mpm_event:notice',
      `AH00489: Apache/${version(call)} (Unix) configured -- resuming normal operations`,
    );
    log(call, 'core:notice', "AH00094: Command line: 'httpd -D FOREGROUND'");
  },
  ends(call, signal) {
    if (signal === 'WINCH') {
      log(call, 'mpm_event:notice', 'AH00492: caught SIGWINCH, shutting down gracefully');
      return 0;
    }
    if (signal !== 'TERM' && signal !== 'INT') return undefined;
    log(call, 'mpm_event:notice', 'AH00491: caught SIGTERM, shutting down');
    return 0;
  },
  serve(call, { folder }, request, from) {
    const response = answer(call, folder, request);
    const bytes = request.method === 'HEAD' ? '-' : (response.headers['Content-Length'] ?? '-');
    call.out(
      `${from} - - [${logDate(call.now)}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${bytes}\n`,
    );
    return response;
  },
  workers: () => [
    { argv: ['httpd', '-DFOREGROUND'], user: 'www-data' },
    { argv: ['httpd', '-DFOREGROUND'], user: 'www-data' },
  ],
});

function answer(call: ProcessCall, folder: string, request: HttpRequest): HttpResponse {
  const common = { Date: httpDate(call.now), Server: `Apache/${version(call)} (Unix)` };
  const path = pathOf(request.path);
  const whole = `${folder}${path}${path.endsWith('/') ? 'index.html' : ''}`;
  const node = call.files.look(whole);
  const page = (status: number, title: string, text: string) =>
    respond(
      status,
      { ...common, 'Content-Type': 'text/html; charset=iso-8859-1' },
      `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`,
    );
  if (node?.kind === 'folder') {
    const to = `http://${request.host}${path}/`;
    const moved = page(301, 'Moved Permanently', `The document has moved <a href="${to}">here</a>.`);
    return { ...moved, headers: { ...moved.headers, Location: to } };
  }
  if (node?.kind !== 'file') return page(404, 'Not Found', 'The requested URL was not found on this server.');
  if (!call.files.mayUse(node, 4))
    return page(403, 'Forbidden', "You don't have permission to access this resource.");
  const headers = {
    ...common,
    'Last-Modified': httpDate(node.at),
    ETag: `"${node.content.length.toString(16)}-${node.at.toString(16)}"`,
    'Accept-Ranges': 'bytes',
    'Content-Type': mediaType(whole) ?? 'text/plain',
  };
  const found = respond(200, headers, node.content);
  return request.method === 'HEAD' ? { ...found, body: '' } : found;
}

function version(call: ProcessCall): string {
  return call.env.HTTPD_VERSION ?? '2.4.65';
}

function log(call: ProcessCall, where: string, text: string): void {
  const { weekday, month, day, hours, minutes, seconds, milliseconds, year } = dateParts(call.now);
  call.err(
    `[${weekday} ${month} ${day} ${hours}:${minutes}:${seconds}.${milliseconds}000 ${year}] [${where}] [pid ${call.pid}:tid ${call.pid}] ${text}\n`,
  );
}

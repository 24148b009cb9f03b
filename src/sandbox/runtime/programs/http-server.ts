import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { httpDate } from '../http/dates.ts';
import { mediaType, pathOf, respond } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';

/** What `python3 -m http.server` answers: files of a folder, and what its folders hold. */
export function answerFromFolder(call: ProcessCall, folder: string, request: HttpRequest): HttpResponse {
  if (!['GET', 'HEAD'].includes(request.method))
    return failure(501, `Unsupported method ('${request.method}')`, 'Server does not support this operation');
  const path = pathOf(request.path);
  const whole = `${folder}${path}`;
  const target = call.files.look(whole);
  if (target?.kind === 'folder' && !path.endsWith('/'))
    return { ...respond(301, { Location: `${path}/` }, ''), reason: 'Moved Permanently' };
  const index = `${whole}index.html`;
  const [file, name] = target?.kind === 'folder' ? [call.files.look(index), index] : [target, whole];
  if (file?.kind === 'file' && call.files.mayUse(file, 4)) {
    const type = mediaType(name) ?? 'application/octet-stream';
    return respond(200, { 'Content-type': type, 'Last-Modified': httpDate(file.at) }, file.content);
  }
  return target?.kind === 'folder'
    ? listing(call, whole, path)
    : failure(404, 'File not found', 'Nothing matches the given URI');
}

function listing(call: ProcessCall, whole: string, path: string): HttpResponse {
  const items = call.files
    .list(whole)
    .map((name) => (call.files.look(`${whole}${name}`)?.kind === 'folder' ? `${name}/` : name))
    .map((name) => `<li><a href="${encodeURI(name).replaceAll('&', '%26')}">${escaped(name)}</a></li>\n`)
    .join('');
  const title = `Directory listing for ${escaped(path)}`;
  return respond(
    200,
    { 'Content-type': 'text/html; charset=utf-8' },
    `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${items}</ul>\n<hr>\n</body>\n</html>\n`,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function failure(status: number, reason: string, why: string): HttpResponse {
  const page = `<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: ${status}</p>\n        <p>Message: ${reason}.</p>\n        <p>Error code explanation: ${status} - ${why}.</p>\n    </body>\n</html>\n`;
  const headers = { Connection: 'close', 'Content-Type': 'text/html;charset=utf-8' };
  return { ...respond(status, headers, page), reason };
}

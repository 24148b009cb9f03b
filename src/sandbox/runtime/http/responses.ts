import type { HttpResponse } from '../container-runtime.ts';
import { utf8Length } from '../volume.ts';

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** What stands behind a status in the first line of an answer. */
export function reasonOf(status: number): string {
  return reasons[status] ?? '';
}

/** An answer; its length is among its headers. */
export function respond(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  milliseconds = 1,
): HttpResponse {
  return {
    status,
    reason: reasonOf(status),
    headers: { ...headers, 'Content-Length': `${utf8Length(body)}` },
    body,
    milliseconds,
  };
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'application/javascript',
  json: 'application/json',
  md: 'text/markdown',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'text/xml',
};

/** The type of a file by its name's ending; undefined when it says nothing. */
export function mediaType(path: string): string | undefined {
  return types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}

/** The path of a request without what follows a question mark, and decoded. */
export function pathOf(target: string): string {
  const path = target.replace(/[?#].*$/s, '') || '/';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

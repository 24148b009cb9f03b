import { askEngine, now, pause, type Steps } from '../../effects.ts';
import type { EngineRequest, MessageStream } from '../../host/engine/request.ts';
import type { HttpRequest, HttpResponse } from '../../runtime/container-runtime.ts';
import { utf8Length } from '../../runtime/volume.ts';

/** Where the Docker Engine of the learner's machine listens. */
const sockets = ['/var/run/docker.sock', '/run/docker.sock'];

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  404: 'Not Found',
  409: 'Conflict',
  500: 'Internal Server Error',
};

/**
 * `curl --unix-socket`: asks the Docker Engine itself.
 *
 * @returns undefined where nobody listens on the socket
 */
export function* askSocket(socket: string, request: HttpRequest): Steps<HttpResponse | undefined> {
  if (!sockets.includes(socket)) return undefined;
  const response = isForm(request) ? refusedForm : yield* askEngine(engineRequest(request));
  const { status } = response;
  const body = 'stream' in response ? yield* streamed(response.stream) : textOf(response.body);
  const isJson =
    'stream' in response ? response.stream.kind === 'messages' : typeof response.body === 'object';
  const type = isJson ? 'application/json' : 'text/plain; charset=utf-8';
  const headers = {
    'Api-Version': '1.55',
    ...(body === '' ? {} : { 'Content-Type': type }),
    'Docker-Experimental': 'false',
    Ostype: 'linux',
    Server: 'Docker/29.7.2 (linux)',
    Date: new Date(yield* now()).toUTCString(),
    ...(status === 204 ? {} : { 'Content-Length': `${utf8Length(body)}` }),
  };
  return { status, reason: reasons[status] ?? '', headers, body, milliseconds: 0 };
}

const form = 'application/x-www-form-urlencoded';

/** What curl sends where it is told nothing else of it is no JSON. */
function isForm({ headers, body }: HttpRequest): boolean {
  return body !== '' && headers['content-type'] === form;
}

const refusedForm = {
  status: 400,
  body: { message: `unsupported Content-Type header (${form}): must be 'application/json'` },
} as const;

function engineRequest({ method, path, headers, body }: HttpRequest): EngineRequest {
  const url = new URL(path, 'http://localhost');
  const query: Record<string, string | readonly string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length > 1 ? values : values.join('');
  }
  return {
    method: method as EngineRequest['method'],
    path: url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, ''),
    query,
    headers,
    ...(body === '' ? {} : { body: parsed(body) }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textOf(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
}

/** Everything that a stream gives, up to its end. */
function* streamed(
  stream:
    | MessageStream
    | { readonly kind: 'output'; next(): readonly { text: string }[]; ended: boolean; close(): void },
): Steps<string> {
  let text = '';
  try {
    for (;;) {
      for (const piece of stream.next()) {
        text += stream.kind === 'output' ? (piece as { text: string }).text : `${JSON.stringify(piece)}\r\n`;
      }
      if (stream.ended) return text;
      yield* pause(1000);
    }
  } finally {
    stream.close();
  }
}

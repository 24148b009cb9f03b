import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiRequest, ApiResponse } from '../sandbox/cluster/api/request.ts';
import { fromProtobuf } from '../sandbox/cluster/schema/protobuf.ts';
import { goJsonComplaint } from '../sandbox/go/go-json-complaint.ts';
import { readManifests } from '../sandbox/kubectl/manifests/manifest-yaml.ts';

/** The API server takes no larger body (k8s.io/apiserver, `MaxRequestBodyBytes`). */
const mostBytes = 3 * 1024 * 1024;

/** A body that cannot be read; the code is the answer's. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
  readonly code: 400 | 413;

  constructor(code: 400 | 413, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A request as the API server reads it.
 *
 * @throws BadBody
 */
export async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const address = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(address.searchParams.keys())) {
    const values = address.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const body = parseBody(await readBody(incoming), headers['content-type'] ?? '');
  return {
    method: incoming.method as ApiRequest['method'],
    path: address.pathname,
    query,
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

/**
 * Sends an answer that is complete.
 *
 * @param path that was asked for: the version alone is written over several lines
 */
export function sendResponse(response: ApiResponse, outgoing: ServerResponse, path: string): void {
  for (const warning of response.warnings ?? []) {
    outgoing.appendHeader('warning', `299 - ${JSON.stringify(warning)}`);
  }
  if ('text' in response) send(outgoing, response.status, 'text/plain', response.text);
  else if ('body' in response) {
    const text = path === '/version' ? JSON.stringify(response.body, null, 2) : lineOf(response.body);
    send(outgoing, response.status, jsonTypeOf(response.body), text);
  }
}

/** Sends a refusal in the API's own form. */
export function sendStatus(outgoing: ServerResponse, code: number, reason: string, message: string): void {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  send(outgoing, code, 'application/json', lineOf(status));
}

/** The API server ends what it writes with the end of a line. */
function lineOf(body: unknown): string {
  return `${JSON.stringify(body)}\n`;
}

/** A client knows the aggregated form of discovery by its type only (KEP-3352). */
function jsonTypeOf(body: unknown): string {
  const { kind, apiVersion } = (body ?? {}) as { kind?: string; apiVersion?: string };
  if (kind !== 'APIGroupDiscoveryList') return 'application/json';
  return `application/json;g=apidiscovery.k8s.io;v=${apiVersion?.split('/')[1]};as=APIGroupDiscoveryList`;
}

function send(outgoing: ServerResponse, code: number, type: string, text: string): void {
  const body = Buffer.from(text);
  outgoing.writeHead(code, {
    'content-type': type,
    'content-length': body.length,
    'cache-control': 'no-cache, private',
  });
  outgoing.end(body);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new BadBody(413, `Request entity too large: limit is ${mostBytes}`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** kubectl's typed clients send protocol buffers. */
function parseBody(bytes: Buffer, type: string): unknown {
  if (bytes.length === 0) return undefined;
  try {
    if (/protobuf/.test(type)) return fromProtobuf(bytes);
    const text = bytes.toString('utf8');
    if (/yaml/.test(type)) return readManifests(text, 'the request')[0];
    const complaint = goJsonComplaint(text);
    if (complaint !== undefined) throw new BadBody(400, complaint);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof BadBody) throw error;
    throw new BadBody(400, (error as Error).message);
  }
}

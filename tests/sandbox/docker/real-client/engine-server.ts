import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type {
  EngineRequest,
  EngineResponse,
  MessageStream,
  OutputStream,
  PromptResponse,
} from '../../../../src/sandbox/host/engine/request.ts';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { archiveIn, tarOf } from './tar.ts';

/** An engine of a sandbox that a real client can ask, and what it was asked. */
export interface ServedEngine {
  readonly port: number;
  readonly requests: readonly EngineRequest[];
  close(): void;
}

/** More time of the world than anything that is waited for. */
const longest = 10 * 60_000;

/**
 * Serves the engine of a sandbox over HTTP on a loopback port. Time passes in the world only while a client waits for
 * something.
 *
 * @param named puts the names that files have in the world for those that they have on this machine
 */
export async function serveEngine(sandbox: Sandbox, named: (text: string) => string): Promise<ServedEngine> {
  const requests: EngineRequest[] = [];
  const requestOf = (incoming: IncomingMessage, body: Buffer): EngineRequest =>
    readRequest(incoming, body, named);
  const server: Server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then(async (body) => {
      const request = requestOf(incoming, body);
      requests.push(request);
      await respond(sandbox, await answerOf(sandbox, request), outgoing);
    });
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    void upgraded(incoming, socket, head);
  });
  async function upgraded(incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const length = Number(incoming.headers['content-length'] ?? 0);
    const [body, rest] = await bytesOf(socket, head, length);
    const request = requestOf(incoming, body);
    requests.push(request);
    const response = await answerOf(sandbox, request);
    if (!('stream' in response) || response.stream.kind !== 'output') {
      const text = JSON.stringify(('stream' in response ? undefined : response.body) ?? {});
      socket.end(
        `HTTP/1.1 ${response.status} x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
      return;
    }
    socket.write(
      'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    );
    const { stream } = response;
    if (rest.length > 0) stream.write(rest.toString());
    socket.on('data', (bytes) => stream.write(bytes.toString()));
    socket.on('end', () => stream.closeInput());
    socket.on('error', () => stream.close());
    await handOn(sandbox, stream, (bytes) => socket.write(bytes));
    socket.end();
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** So many bytes of a socket, and those that have come behind them. */
async function bytesOf(socket: Socket, head: Buffer, length: number): Promise<readonly [Buffer, Buffer]> {
  let bytes = head;
  while (bytes.length < length) {
    const more = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    bytes = Buffer.concat([bytes, more]);
  }
  return [bytes.subarray(0, length), bytes.subarray(length)];
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A request of HTTP as the simulated engine takes it. */
function readRequest(
  incoming: IncomingMessage,
  body: Buffer,
  named: (text: string) => string,
): EngineRequest {
  const url = new URL(incoming.url ?? '/', 'http://engine');
  const query: Record<string, string | readonly string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] as string) : values;
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: incoming.method as EngineRequest['method'],
    path: url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, ''),
    query,
    headers,
    ...(body.length > 0 && { body: readBody(body, headers['content-type'] ?? '', named) }),
  };
}

function readBody(body: Buffer, type: string, named: (text: string) => string): unknown {
  if (type.includes('json')) return JSON.parse(named(body.toString()));
  return body.toString('latin1', 257, 262) === 'ustar' || type.includes('tar')
    ? archiveIn(body)
    : { entries: [] };
}

async function answerOf(sandbox: Sandbox, request: EngineRequest): Promise<PromptResponse> {
  let response: EngineResponse = sandbox.askEngine(request);
  for (let passed = 0; 'late' in response && passed < longest; ) {
    const answer: PromptResponse | undefined = response.late();
    if (answer) response = answer;
    else passed += await passTime(sandbox);
  }
  if ('late' in response) throw new Error(`${request.path} is never answered`);
  if ('milliseconds' in response && response.milliseconds) sandbox.advance(response.milliseconds);
  return response;
}

/** How much faster than on the wall time passes while a client waits. */
const speed = 50;

/** Lets some time pass. @returns how much of the world's */
async function passTime(sandbox: Sandbox): Promise<number> {
  const begin = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 1));
  const passed = Math.ceil(performance.now() - begin) * speed;
  sandbox.advance(passed);
  return passed;
}

async function respond(sandbox: Sandbox, response: PromptResponse, outgoing: ServerResponse): Promise<void> {
  if ('stream' in response) {
    const { stream } = response;
    const isOutput = stream.kind === 'output';
    const type = isOutput ? 'application/vnd.docker.multiplexed-stream' : 'application/json';
    outgoing.writeHead(200, { 'content-type': type });
    outgoing.flushHeaders();
    outgoing.on('close', () => stream.close());
    await handOn(sandbox, stream, (bytes) => outgoing.write(bytes));
    outgoing.end();
    return;
  }
  const { status, headers = {}, body } = response;
  const isArchive = typeof body === 'object' && body !== null && Object.hasOwn(body, 'entries');
  const bytes =
    body === undefined
      ? Buffer.alloc(0)
      : isArchive
        ? tarOf(body as Parameters<typeof tarOf>[0])
        : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const type = isArchive ? 'application/x-tar' : typeof body === 'string' ? 'text/plain' : 'application/json';
  outgoing.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers });
  outgoing.end(bytes);
}

/** Hands on what comes from a stream until it ends, or nobody listens any more. */
async function handOn(
  sandbox: Sandbox,
  stream: MessageStream | OutputStream,
  write: (bytes: Buffer) => void,
): Promise<void> {
  for (let passed = 0; passed < longest; passed += await passTime(sandbox)) {
    const isOver = stream.ended;
    if (stream.kind === 'messages') {
      for (const message of stream.next()) write(Buffer.from(`${JSON.stringify(message)}\n`));
    } else for (const piece of stream.next()) write(framed(piece.stream, piece.text));
    if (isOver) break;
  }
  stream.close();
}

/** A piece of output with the eight bytes before it that say where it goes, and how long it is. */
function framed(stream: 'stdout' | 'stderr', text: string): Buffer {
  const bytes = Buffer.from(text);
  const begin = Buffer.alloc(8);
  begin.writeUInt8(stream === 'stdout' ? 1 : 2, 0);
  begin.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([begin, bytes]);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ForwardStream } from '../sandbox/cluster/api/request.ts';
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts';

/** In which port-forwarding is spoken: SPDY in a WebSocket. */
export const forwardProtocol = 'SPDY/3.1+portforward.k8s.io';

/**
 * Forwards the ports of a Pod over a WebSocket. For each connection the client opens two streams, one for
 * errors and one for data. What comes as data has to be HTTP: servers of the sandbox speak nothing else.
 */
export function forwardOver(socket: WebSocket, forward: ForwardStream, moved: () => void): void {
  const errors = new Map<string, SpdyStream>();
  const pipes = new Map<number, StreamPipe>();
  const spdy = new SpdyConnection(
    {
      opened(stream) {
        const { streamtype = '', requestid = '', port = '0' } = stream.headers;
        if (streamtype === 'error') {
          errors.set(requestid, stream);
          return;
        }
        const server = httpServer(forward, Number(port), moved, (message) =>
          errors.get(requestid)?.send(Buffer.from(message)),
        );
        const pipe = new StreamPipe(stream, () => {
          errors.get(requestid)?.end();
          errors.delete(requestid);
        });
        pipes.set(stream.id, pipe);
        server.emit('connection', pipe);
      },
      received: (stream, data) => pipes.get(stream.id)?.push(data),
      ended: (stream) => pipes.get(stream.id)?.push(null),
      reset(stream) {
        pipes.get(stream.id)?.destroy();
        pipes.delete(stream.id);
      },
    },
    (bytes) => socket.readyState === socket.OPEN && socket.send(bytes),
  );
  const end = (): void => {
    for (const pipe of pipes.values()) pipe.destroy();
    spdy.close();
    forward.close();
  };
  socket.on('message', (data: Buffer) => spdy.take(data));
  socket.once('close', end);
  socket.once('error', () => socket.terminate());
}

/** One connection as Node's HTTP server wants it. */
class StreamPipe extends Duplex {
  readonly #stream: SpdyStream;
  readonly #ended: () => void;

  constructor(stream: SpdyStream, ended: () => void) {
    super();
    this.#stream = stream;
    this.#ended = ended;
    this.on('error', () => undefined);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#stream.send(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.#stream.end();
    this.#ended();
    done();
  }

  /** Node's server asks its sockets for these. */
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
}

function httpServer(
  forward: ForwardStream,
  port: number,
  moved: () => void,
  fail: (message: string) => void,
): Server {
  return createServer((incoming, outgoing) => void answer(incoming, outgoing));

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const response = forward.ask(port, {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      host: incoming.headers.host ?? 'localhost',
      headers,
      body: Buffer.concat(parts).toString('utf8'),
    });
    moved();
    if (!response) {
      fail(`failed to connect to localhost:${port} inside namespace: connection refused`);
      outgoing.destroy();
      return;
    }
    const { status, reason, body } = response;
    const kept = Object.entries(response.headers).filter(
      ([name]) => !/^(content-length|transfer-encoding|connection|date)$/i.test(name),
    );
    const bytes = Buffer.from(body);
    outgoing.writeHead(status, reason, { ...Object.fromEntries(kept), 'content-length': bytes.length });
    outgoing.end(incoming.method === 'HEAD' ? undefined : bytes);
  }
}

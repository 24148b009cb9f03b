import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { prepareOpenApi } from '../sandbox/cluster/api/discovery/openapi.ts';
import type { ApiRequest, ApiResponse, ApiStream } from '../sandbox/cluster/api/request.ts';
import { loopbackCertificate } from './certificate.ts';
import { BadBody, readRequest, sendResponse, sendStatus } from './exchange.ts';
import { forwardOver, forwardProtocol } from './forward-socket.ts';
import { refusalOf } from './guard.ts';
import { ProcessSocket, processProtocols, tellUnstarted } from './process-socket.ts';

/** The world that is served. */
export interface ServedWorld {
  /** Answers a request, with everything that follows from it at this moment. */
  request(request: ApiRequest): ApiResponse;
  /** Lets time pass. */
  advance(milliseconds: number): void;
  /** In how many milliseconds something happens; undefined when nothing does. */
  untilNext(): number | undefined;
}

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly token: string;
  /** Milliseconds on the wall. */
  readonly now: () => number;
  /** Hears of every change of the world, after it. */
  readonly changed?: () => void;
}

export interface Serving {
  readonly port: number;
  /** What the server shows of itself, PEM. */
  readonly certificate: string;
  /** Ends it, and every watch with it. */
  close(): Promise<void>;
}

/** Longer than anyone should wait to see what a second of the wall has brought. */
const longestPause = 1000;
const shortestPause = 20;

/**
 * Puts a sandbox's API on a port of 127.0.0.1, with time running as on the wall.
 *
 * @throws what listening throws, such as EADDRINUSE
 */
export async function serveSandbox(world: ServedWorld, options: ServeOptions): Promise<Serving> {
  const session = new ServeSession(world, options);
  await session.listen();
  return { port: session.port, certificate: session.certificate, close: () => session.close() };
}

class ServeSession {
  readonly certificate: string;
  readonly #world: ServedWorld;
  readonly #options: ServeOptions;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  /** Answers that go on: each sends what is new, and says whether it goes on still. */
  readonly #open = new Set<() => boolean>();
  #last: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(world: ServedWorld, options: ServeOptions) {
    this.#world = world;
    this.#options = options;
    this.#last = options.now();
    const { key, certificate } = loopbackCertificate(Date.now());
    this.certificate = certificate;
    this.#server = createServer(
      { key, cert: certificate },
      (incoming, outgoing) => void this.#answer(incoming, outgoing),
    );
    this.#server.on('upgrade', (incoming, socket, head) => this.#upgrade(incoming, socket, head));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        this.#schedule();
        resolve();
      });
    });
  }

  close(): Promise<void> {
    clearTimeout(this.#timer);
    for (const client of this.#sockets.clients) client.terminate();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const refusal = refusalOf(incoming, this.port, this.#options.token);
    if (refusal) return sendStatus(outgoing, refusal.code, refusal.reason, refusal.message);
    try {
      const request = await readRequest(incoming);
      await prepareOpenApi(request.path);
      const response = this.#ask(request);
      if ('stream' in response) this.#follow(response, outgoing);
      else sendResponse(response, outgoing, request.path);
    } catch (error) {
      if (!(error instanceof BadBody)) {
        // A bug of ours in one request is no reason to leave the client waiting, or to end for all others.
        sendStatus(
          outgoing,
          500,
          'InternalError',
          `this is a bug of the sandbox: ${(error as Error).message}`,
        );
        return;
      }
      const reason = error.code === 413 ? 'RequestEntityTooLarge' : 'BadRequest';
      sendStatus(outgoing, error.code, reason, error.message);
    }
  }

  #ask(request: ApiRequest): ApiResponse {
    this.#catchUp();
    const response = this.#world.request(request);
    this.#moved();
    return response;
  }

  /** Lets as much time pass as has passed on the wall. A clock on the wall that goes back stops the world for a while. */
  #catchUp(): void {
    const now = this.#options.now();
    // The world counts whole milliseconds; what is left over counts the next time.
    const passed = Math.max(0, Math.floor(now - this.#last));
    this.#last += passed;
    if (passed > 0) this.#world.advance(passed);
  }

  #moved(): void {
    for (const flush of this.#open) if (!flush()) this.#open.delete(flush);
    this.#options.changed?.();
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const next = this.#world.untilNext() ?? longestPause;
    const pause = Math.min(longestPause, Math.max(shortestPause, next));
    this.#timer = setTimeout(() => {
      this.#catchUp();
      this.#moved();
    }, pause);
  }

  #follow(response: ApiResponse & { stream: ApiStream }, outgoing: ServerResponse): void {
    const { stream } = response;
    if (stream.kind !== 'watch' && stream.kind !== 'log') {
      stream.close();
      const message = 'this takes a WebSocket: kubectl 1.31 and newer open one';
      return sendStatus(outgoing, 400, 'BadRequest', message);
    }
    outgoing.writeHead(200, { 'content-type': stream.kind === 'watch' ? 'application/json' : 'text/plain' });
    outgoing.flushHeaders();
    const flush = (): boolean => {
      if (outgoing.writableEnded || outgoing.destroyed) return false;
      const text =
        stream.kind === 'watch'
          ? stream
              .next()
              .map((event) => `${JSON.stringify(event)}\n`)
              .join('')
          : stream.next();
      if (text !== '') outgoing.write(text);
      if (stream.ended) outgoing.end();
      return !stream.ended;
    };
    outgoing.once('close', () => {
      this.#open.delete(flush);
      stream.close();
    });
    if (flush()) this.#open.add(flush);
  }

  #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const offered = (incoming.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
    const protocol = [...processProtocols, forwardProtocol].find((each) => offered.includes(each));
    const refusal = refusalOf(incoming, this.port, this.#options.token);
    if (refusal) return refuse(socket, refusal.code, refusal.reason, refusal.message);
    const address = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const query = Object.fromEntries(
      [...new Set(address.searchParams.keys())].map((name) => {
        const values = address.searchParams.getAll(name);
        return [name, values.length === 1 ? (values[0] ?? '') : values];
      }),
    );
    const response = this.#ask({ method: 'GET', path: address.pathname, query, headers: {} });
    if (!('stream' in response)) {
      const status = 'body' in response ? (response.body as { reason?: string; message?: string }) : {};
      const { reason = '', message = '' } = status;
      if (reason === 'InternalError' && processProtocols.includes(protocol ?? '')) {
        // What the kubelet refuses, the API server learns when it already speaks with the client.
        this.#sockets.options.handleProtocols = () => protocol ?? '';
        this.#sockets.handleUpgrade(incoming, socket, head, (client) => tellUnstarted(client, message));
        return;
      }
      return refuse(socket, response.status, reason, message);
    }
    const { stream } = response;
    if (protocol === undefined) {
      // kubectl comes back with SPDY alone when a WebSocket was refused, and by then it knows why.
      stream.close();
      return refuse(socket, 400, 'BadRequest', 'this takes a WebSocket: kubectl 1.31 and newer open one');
    }
    // The name of port-forwarding has a slash, which ws takes for none; it is answered as it was offered.
    incoming.headers['sec-websocket-protocol'] = 'offered';
    this.#sockets.options.handleProtocols = () => protocol;
    this.#sockets.handleUpgrade(incoming, socket, head, (client) => {
      if (stream.kind === 'process') {
        const talk = new ProcessSocket(client, stream, () => this.#catchUpAndMove());
        const flush = (): boolean => talk.flush();
        if (flush()) this.#open.add(flush);
      } else if (stream.kind === 'forward') {
        forwardOver(client, stream, () => this.#catchUpAndMove());
      } else {
        stream.close();
        client.close(1002);
      }
    });
  }

  #catchUpAndMove(): void {
    this.#catchUp();
    this.#moved();
  }
}

/** A refusal where a WebSocket was asked for. */
function refuse(socket: Duplex, code: number, reason: string, message: string): void {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  const body = JSON.stringify(status);
  socket.end(
    `HTTP/1.1 ${code} ${reason || 'Error'}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

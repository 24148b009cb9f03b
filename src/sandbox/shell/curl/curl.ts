import { laptopNetwork } from '../../cluster/network/cluster-network.ts';
import { complain, pause, print, readFile, readInput, type Steps } from '../../effects.ts';
import type { HttpRequest, HttpResponse } from '../../runtime/container-runtime.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { OpenPort } from '../shell.ts';
import { askSocket } from './curl-engine.ts';
import { CurlFailure, type CurlLine, readCurlLine } from './curl-line.ts';

/** Where somebody asks. */
export interface CurlPlace {
  readonly sandbox: Sandbox;
  /** The network they are in, where it is not the learner's own. */
  readonly network?: string;
  /** A port that `kubectl port-forward` has opened there. */
  openPort(port: number): OpenPort | undefined;
  advance(milliseconds: number): void;
}

const lookMs = 500;

/**
 * `curl` on the learner's machine: it reaches the ports that `kubectl port-forward` has opened, those that
 * containers publish and the containers themselves, and the NodePorts of the nodes, as from outside of a
 * cluster, and no address inside of it. On a node it reaches those too.
 */
export function* curl(words: readonly string[], place: CurlPlace): Steps<number> {
  let silent = false;
  try {
    const asked = readCurlLine(words);
    ({ silent } = asked);
    return yield* ask(asked, place);
  } catch (error) {
    if (!(error instanceof CurlFailure)) throw error;
    if (!silent) yield* complain(`curl: ${error.message}\n`);
    return error.code;
  }
}

/** @throws CurlFailure */
function* ask(line: CurlLine, place: CurlPlace): Steps<number> {
  const asked = { ...line, body: yield* bodyOf(line.body) };
  const response =
    asked.socket === undefined ? yield* waited(asked, place) : yield* throughSocket(asked.socket, asked);
  place.advance(response.milliseconds);
  if (asked.fail && response.status >= 400)
    throw new CurlFailure(22, `(22) The requested URL returned error: ${response.status}`);
  const head = asked.include || asked.headOnly ? headText(response) : '';
  const text = head + (asked.headOnly ? '' : response.body);
  if (asked.output === undefined || asked.output === '-') yield* print(text);
  else if (asked.output !== '/dev/null') {
    const refused = yield { kind: 'write-file', path: asked.output, text };
    if (refused !== undefined)
      throw new CurlFailure(23, '(23) client returned ERROR on write, 0 bytes written');
  }
  if (asked.format !== undefined) yield* print(formatted(asked.format, response));
  return 0;
}

/** What is sent: the text itself, or what is in a file, without the ends of its lines. */
function* bodyOf(data: string): Steps<string> {
  if (!data.startsWith('@')) return data;
  const path = data.slice(1);
  const text = path === '-' ? yield* readInput() : yield* readFile(path);
  if (text === undefined) throw new CurlFailure(26, `(26) Failed to open ${path}`);
  return text.replace(/[\r\n]/g, '');
}

/** Asks, and goes on asking as long as whoever listens is paused. */
function* waited(asked: CurlLine, place: CurlPlace): Steps<HttpResponse> {
  for (let spent = 0; ; spent += lookMs) {
    const found = reach(asked, place);
    if (found !== 'frozen') return found;
    if (spent >= asked.most)
      throw new CurlFailure(
        28,
        `(28) Operation timed out after ${asked.most} milliseconds with 0 bytes received`,
      );
    yield* pause(lookMs);
  }
}

function* throughSocket(socket: string, { url, method, headers, body }: CurlLine): Steps<HttpResponse> {
  const path = `${url.pathname}${url.search}`;
  const response = yield* askSocket(socket, { method, path, host: url.host, headers, body });
  if (response) return response;
  throw new CurlFailure(
    7,
    `(7) Failed to connect to ${url.hostname} port ${portOf(url)} after 0 ms: Could not connect to server`,
  );
}

function portOf({ port }: URL): number {
  return Number(port || 80);
}

function headText({ status, reason, headers }: HttpResponse): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`;
}

function formatted(format: string, response: HttpResponse): string {
  return format
    .replaceAll('%{http_code}', String(response.status))
    .replaceAll('%{response_code}', String(response.status))
    .replaceAll('\\n', '\n');
}

/** @returns `frozen` where nobody can answer now @throws CurlFailure where there is no way */
function reach({ url, method, headers, body }: CurlLine, place: CurlPlace): HttpResponse | 'frozen' {
  const port = portOf(url);
  const name = url.hostname;
  const request: HttpRequest = {
    method,
    path: `${url.pathname}${url.search}`,
    host: url.host,
    headers,
    body,
  };
  const refused = new CurlFailure(
    7,
    `(7) Failed to connect to ${name} port ${port} after 0 ms: Could not connect to server`,
  );
  const empty = new CurlFailure(52, '(52) Empty reply from server');
  const isLoopback = name === 'localhost' || name.startsWith('127.');
  const open = isLoopback ? place.openPort(port) : undefined;
  if (open) return answered(open.stream.ask(open.remotePort, request), empty);
  const { ways, runtime } = place.sandbox;
  const { network = laptopNetwork } = place;
  const [address] = isLoopback ? ['127.0.0.1'] : ways.resolve(network, name);
  if (address === undefined) throw new CurlFailure(6, `(6) Could not resolve host: ${name}`);
  const way = ways.reach(network, address, port, 'TCP');
  if ('failure' in way) {
    if (way.failure !== 'timeout') throw refused;
    throw new CurlFailure(
      28,
      `(28) Failed to connect to ${name} port ${port} after 10002 ms: Timeout was reached`,
    );
  }
  if (runtime.isFrozen(way.network, way.port, way.loopback)) return 'frozen';
  const isListening = runtime.listens(way.network, way.port, way.loopback);
  const answer = runtime.ask(
    way.network,
    way.port,
    request,
    way.from ?? ways.addressOf(network),
    way.loopback,
  );
  // Behind a port that is published there is the engine, which accepts whoever comes.
  const isAccepted = isListening || (way.network !== network && isLoopback);
  return answered(answer, isAccepted ? empty : refused);
}

/** @throws CurlFailure where there is no answer */
function answered(answer: HttpResponse | undefined, failure: CurlFailure): HttpResponse {
  if (!answer) throw failure;
  return answer;
}

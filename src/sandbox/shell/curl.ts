import { laptopNetwork } from '../cluster/network/cluster-network.ts';
import { complain, pause, print, type Steps } from '../effects.ts';
import type { HttpRequest, HttpResponse } from '../runtime/container-runtime.ts';
import type { Sandbox } from '../sandbox.ts';
import { askSocket } from './curl-engine.ts';
import type { OpenPort } from './shell.ts';

/** Where somebody asks. */
export interface CurlPlace {
  readonly sandbox: Sandbox;
  /** The network they are in, where it is not the learner's own. */
  readonly network?: string;
  /** A port that `kubectl port-forward` has opened there. */
  openPort(port: number): OpenPort | undefined;
  advance(milliseconds: number): void;
}

interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly silent: boolean;
  readonly include: boolean;
  readonly headOnly: boolean;
  readonly fail: boolean;
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly socket: string | undefined;
  /** Milliseconds until it gives up. */
  readonly most: number;
}

/** Who is not answered waits for ever; nobody looks on for longer than this. */
const longestWait = 3_600_000;
const lookMs = 500;

/**
 * `curl` on the learner's machine: it reaches the ports that `kubectl port-forward` has opened, those that
 * containers publish and the containers themselves, and the NodePorts of the nodes, as from outside of a
 * cluster, and no address inside of it. On a node it reaches those too.
 */
export function* curl(words: readonly string[], place: CurlPlace): Steps<number> {
  const asked = readLine(words);
  if (typeof asked === 'string') {
    yield* complain(`curl: ${asked}\n`);
    return 2;
  }
  const response =
    asked.socket === undefined ? yield* waited(asked, place) : yield* throughSocket(asked.socket, asked);
  if (typeof response === 'string') {
    const [code, message] = /^\((\d+)\) (.*)$/.exec(response)?.slice(1) ?? ['7', response];
    if (!asked.silent) yield* complain(`curl: (${code}) ${message}\n`);
    return Number(code);
  }
  place.advance(response.milliseconds);
  if (asked.fail && response.status >= 400) {
    if (!asked.silent) yield* complain(`curl: (22) The requested URL returned error: ${response.status}\n`);
    return 22;
  }
  const head = asked.include || asked.headOnly ? headText(response) : '';
  const text = head + (asked.headOnly ? '' : response.body);
  if (asked.output === undefined) yield* print(text);
  else if (asked.output !== '/dev/null') yield { kind: 'write-file', path: asked.output, text };
  if (asked.format !== undefined) yield* print(formatted(asked.format, response));
  return 0;
}

/** Asks, and goes on asking as long as whoever listens is paused. */
function* waited(asked: Asked, place: CurlPlace): Steps<HttpResponse | string> {
  for (let spent = 0; ; spent += lookMs) {
    const found = reach(asked, place);
    if (found !== 'frozen') return found;
    if (spent >= asked.most)
      return `(28) Operation timed out after ${asked.most} milliseconds with 0 bytes received`;
    yield* pause(lookMs);
  }
}

function* throughSocket(socket: string, { url, method, headers, body }: Asked): Steps<HttpResponse | string> {
  const path = `${url.pathname}${url.search}`;
  const response = yield* askSocket(socket, { method, path, host: url.host, headers, body });
  return (
    response ??
    `(7) Failed to connect to ${url.hostname} port ${url.port || 80} after 0 ms: Could not connect to server`
  );
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

const valued: Readonly<Record<string, string>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '-o': 'output',
  '--output': 'output',
  '-w': 'format',
  '--write-out': 'format',
  '-m': 'time',
  '--max-time': 'time',
  '--connect-timeout': 'connect',
  '-A': 'agent',
  '--user-agent': 'agent',
  '--unix-socket': 'socket',
};
const switches: Readonly<Record<string, string>> = {
  '-s': 'silent',
  '--silent': 'silent',
  '-S': 'errors',
  '--show-error': 'errors',
  '-i': 'include',
  '--include': 'include',
  '-I': 'head',
  '--head': 'head',
  '-f': 'fail',
  '--fail': 'fail',
  '-L': 'follow',
  '--location': 'follow',
  '-v': 'verbose',
  '--verbose': 'verbose',
  '-k': 'insecure',
  '--insecure': 'insecure',
  '-4': 'ipv4',
};

/** @returns a complaint where the line is none */
function readLine(words: readonly string[]): Asked | string {
  const given = new Map<string, string>();
  const headers: Record<string, string> = {};
  const addresses: string[] = [];
  for (let place = 1; place < words.length; place++) {
    const word = words[place] ?? '';
    if (!word.startsWith('-') || word === '-') {
      addresses.push(word);
      continue;
    }
    const names = /^-[a-zA-Z]{2,}$/.test(word) ? [...word.slice(1)].map((letter) => `-${letter}`) : [word];
    for (const name of names) {
      const option = switches[name] ?? valued[name];
      if (option === undefined)
        return `option ${name}: is unknown\ncurl: try 'curl --help' for more information`;
      const value = switches[name] ? '' : (words[++place] ?? '');
      if (option === 'header') {
        const [key = '', ...rest] = value.split(':');
        headers[key.trim().toLowerCase()] = rest.join(':').trim();
      } else given.set(option, value);
    }
  }
  const [address] = addresses;
  if (address === undefined) return "(2) no URL specified\ncurl: try 'curl --help' for more information";
  const url = urlOf(address);
  if (!url) return `(3) URL rejected: ${address}`;
  if (url.protocol !== 'http:')
    return `(35) only http is spoken in the sandbox, not ${url.protocol.slice(0, -1)}`;
  const body = given.get('data') ?? '';
  return {
    url,
    method: given.get('method') ?? (given.has('head') ? 'HEAD' : given.has('data') ? 'POST' : 'GET'),
    headers: { 'user-agent': 'curl/8.14.1', accept: '*/*', ...headers },
    body,
    silent: given.has('silent') && !given.has('errors'),
    include: given.has('include') || given.has('verbose'),
    headOnly: given.has('head'),
    fail: given.has('fail'),
    format: given.get('format'),
    output: given.get('output'),
    socket: given.get('socket'),
    most: Number(given.get('time') || Number.NaN) * 1000 || longestWait,
  };
}

function urlOf(address: string): URL | undefined {
  try {
    return new URL(/^[a-z]+:\/\//.test(address) ? address : `http://${address}`);
  } catch {
    return undefined;
  }
}

/** @returns what curl says, with its exit code in parentheses, where there is no way; `frozen` where nobody can answer */
function reach({ url, method, headers, body }: Asked, place: CurlPlace): HttpResponse | string {
  const port = Number(url.port || 80);
  const name = url.hostname;
  const request: HttpRequest = {
    method,
    path: `${url.pathname}${url.search}`,
    host: url.host,
    headers,
    body,
  };
  const refused = `(7) Failed to connect to ${name} port ${port} after 0 ms: Could not connect to server`;
  const isLoopback = name === 'localhost' || name.startsWith('127.');
  const open = isLoopback ? place.openPort(port) : undefined;
  if (open) return open.stream.ask(open.remotePort, request) ?? '(52) Empty reply from server';
  const { ways, runtime } = place.sandbox;
  const { network = laptopNetwork } = place;
  const [address] = isLoopback ? ['127.0.0.1'] : ways.resolve(network, name);
  if (address === undefined) return `(6) Could not resolve host: ${name}`;
  const way = ways.reach(network, isLoopback ? '127.0.0.1' : address, port, 'TCP');
  if ('failure' in way && way.failure === 'timeout') {
    return `(28) Failed to connect to ${name} port ${port} after 10002 ms: Timeout was reached`;
  }
  if ('failure' in way) return refused;
  if (runtime.isFrozen(way.network, way.port, way.loopback)) return 'frozen';
  const isListening = runtime.listens(way.network, way.port, way.loopback);
  const answer = runtime.ask(way.network, way.port, request, ways.addressOf(network), way.loopback);
  if (answer || isListening) return answer ?? '(52) Empty reply from server';
  // Behind a port that is published there is the engine, which accepts whoever comes.
  return way.network === network || !isLoopback ? refused : '(52) Empty reply from server';
}

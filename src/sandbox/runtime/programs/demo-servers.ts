import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { dateParts, httpDate } from '../http/dates.ts';
import { pathOf, respond } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { plainEnd, server } from './server.ts';

interface Named {
  readonly name: string;
}

/** Says who was asked, and how (https://github.com/traefik/whoami). */
const whoami: Program = server<Named>({
  memory: 3_600_000,
  begin(call) {
    const flags = readFlags(call.args);
    const port = flags.get('port') ?? (call.env.WHOAMI_PORT_NUMBER || '80');
    return { ports: [Number(port)], own: { name: flags.get('name') ?? call.env.WHOAMI_NAME ?? '' } };
  },
  ready(call) {
    const port = readFlags(call.args).get('port') ?? (call.env.WHOAMI_PORT_NUMBER || '80');
    call.err(`${goLogDate(call.now)} Starting up on port ${port}\n`);
  },
  ends: goEnd,
  serve(call, { name }, request, from) {
    switch (pathOf(request.path)) {
      case '/health':
        return respond(200, { Date: httpDate(call.now) }, '');
      case '/bench':
        return plain(call, 200, '1');
      case '/api':
        return respond(
          200,
          { 'Content-Type': 'application/json', Date: httpDate(call.now) },
          `${JSON.stringify({
            hostname: call.spec.hostname,
            ip: addressesOf(call),
            headers: Object.fromEntries(headersOf(request).map(([key, value]) => [key, [value]])),
            url: request.path,
            host: request.host,
            method: request.method,
            ...(name === '' ? {} : { name }),
            remoteAddr: `${from}:${clientPort}`,
          })}\n`,
        );
      default:
        return plain(call, 200, introduction(call, name, request, from));
    }
  },
});

/** The port that a client is seen to come from; nobody asks it back. */
const clientPort = 41_234;

function introduction(call: ProcessCall, name: string, request: HttpRequest, from: string): string {
  const lines = [
    ...(name === '' ? [] : [`Name: ${name}`]),
    `Hostname: ${call.spec.hostname}`,
    ...addressesOf(call).map((address) => `IP: ${address}`),
    `RemoteAddr: ${from}:${clientPort}`,
  ];
  const asked = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${request.host}`,
    ...headersOf(request).map(([key, value]) => `${key}: ${value}`),
  ];
  return `${lines.join('\n')}\n${asked.join('\r\n')}\r\n\r\n`;
}

function addressesOf(call: ProcessCall): string[] {
  return ['127.0.0.1', '::1', call.address];
}

/** As Go writes them: the agent first, then by name. */
function headersOf(request: HttpRequest): (readonly [string, string])[] {
  const named = Object.entries(request.headers).map(([key, value]) => [inCapitals(key), value] as const);
  const isAgent = ([key]: readonly [string, string]): boolean => key === 'User-Agent';
  return [
    ...named.filter(isAgent),
    ...named
      .filter((each) => !isAgent(each) && each[0] !== 'Host')
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  ];
}

function inCapitals(header: string): string {
  return header.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

/** Answers a text (https://github.com/hashicorp/http-echo, 1.0). */
const httpEcho: Program = server<{ readonly text: string; readonly status: number }>({
  memory: 3_200_000,
  begin(call) {
    const flags = readFlags(call.args);
    const text = flags.get('text') || (call.env.ECHO_TEXT ?? '');
    if (text === '') {
      call.err('Missing -text option or ECHO_TEXT env var!\n');
      return 127;
    }
    if (rest(call.args).length > 0) {
      call.err('Too many arguments!\n');
      return 127;
    }
    const port = Number(/:(\d+)$/.exec(flags.get('listen') ?? ':5678')?.[1]);
    return { ports: [port], own: { text, status: Number(flags.get('status-code') ?? 200) } };
  },
  ready(call) {
    const listen = readFlags(call.args).get('listen') ?? ':5678';
    call.err(`${goLogDate(call.now)} [INFO] server is listening on ${listen}\n`);
  },
  ends(call, signal) {
    if (signal !== 'TERM' && signal !== 'INT') return goEnd(call, signal);
    call.err(`${goLogDate(call.now)} [INFO] received interrupt, shutting down...\n`);
    return 2;
  },
  serve(call, { text, status }, request, from) {
    const app = { 'X-App-Name': 'http-echo', 'X-App-Version': '1.0.0' };
    const path = pathOf(request.path);
    if (path === '/health') return plain(call, 200, '{"status":"ok"}\n', app);
    const answer = plain(call, status, `${text}\n`, app);
    const agent = request.headers['user-agent'] ?? '';
    call.out(
      `${goLogDate(call.now)} ${request.host} ${from}:${clientPort} "${request.method} ${path} HTTP/1.1" ${status} ${answer.headers['Content-Length']} "${agent}" 16.32µs\n`,
    );
    return answer;
  },
});

/** The first program of Google's tutorials: it says its version and where it runs. */
const helloApp: Program = server({
  memory: 3_000_000,
  begin: (call) => ({ ports: [Number(call.env.PORT || 8080)], own: null }),
  ready: (call) => call.err(`${goLogDate(call.now)} Server listening on port ${call.env.PORT || 8080}\n`),
  ends: goEnd,
  serve(call, _, request) {
    call.err(`${goLogDate(call.now)} Serving request: ${pathOf(request.path)}\n`);
    const version = call.env.HELLO_VERSION ?? '1.0.0';
    return plain(call, 200, `Hello, world!\nVersion: ${version}\nHostname: ${call.spec.hostname}\n`);
  },
});

/** By the names that their files say. */
export const demoServers: Readonly<Record<string, Program>> = {
  'demo hello-app': helloApp,
  'demo http-echo': httpEcho,
  'demo whoami': whoami,
};

/** Flags as Go's package flag reads them: one dash or two, the value behind `=` or as the next word. */
function readFlags(args: readonly string[]): Map<string, string> {
  const flags = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const [, name, , value] = /^--?([^=]+)(=(.*))?$/s.exec(args[at] ?? '') ?? [];
    if (name === undefined) break;
    flags.set(name, value ?? args[++at] ?? '');
  }
  return flags;
}

/** What is behind the flags. */
function rest(args: readonly string[]): readonly string[] {
  let at = 0;
  while (/^-/.test(args[at] ?? '')) at += args[at]?.includes('=') ? 1 : 2;
  return args.slice(at);
}

/**
 * What a program of Go does about a signal that it has not asked for: its runtime raises it anew without a
 * handler. The kernel keeps that from the first process, and so the runtime ends it with 2 (dieFromSignal of
 * runtime/signal_unix.go).
 */
function goEnd(call: ProcessCall, signal: string): number | undefined {
  const plain = plainEnd(signal);
  return plain !== undefined && (call.pid === 1 || signal === 'QUIT') ? 2 : plain;
}

/** `2026/11/20 08:08:25`, as Go's package log has it. */
function goLogDate(at: number): string {
  const { year, monthNumber, day, hours, minutes, seconds } = dateParts(at);
  return `${year}/${monthNumber}/${day} ${hours}:${minutes}:${seconds}`;
}

function plain(
  call: ProcessCall,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return respond(
    status,
    { ...headers, Date: httpDate(call.now), 'Content-Type': 'text/plain; charset=utf-8' },
    body,
  );
}

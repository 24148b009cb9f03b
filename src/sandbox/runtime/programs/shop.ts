import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { isoDate } from '../http/dates.ts';
import { pathOf, respond } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { server } from './server.ts';

interface ShopState {
  readonly startedAt: number;
  readonly port: number;
}

const usualPort = 8080;
/** How long `/slow` takes, unless SLOW_MS says otherwise. */
const usualSlowMs = 2000;
const shutdownCode = 0;

/** The shop's web server: `/`, `/version`, `/healthz`, `/readyz`, `/slow` and `/items` from the service that API_URL names. */
export const shopWeb: Program = shopServer('web', (call, request, path) => {
  if (path === '/') {
    const greeting = call.env.GREETING ?? 'Welcome to the shop';
    const page = `<!DOCTYPE html>\n<html>\n<head><title>Shop</title></head>\n<body>\n<h1>${greeting}</h1>\n<p>Version ${version(call)}</p>\n<p>Served by ${call.spec.hostname}</p>\n</body>\n</html>\n`;
    return text(200, page, 'text/html');
  }
  if (path !== '/items') return undefined;
  const target = /^http:\/\/([^/:]+)(?::(\d+))?/.exec(call.env.API_URL ?? '');
  if (!target) return text(503, 'API_URL is not set\n');
  const [, host = '', port = '80'] = target;
  const [address] = call.resolve(host);
  if (address === undefined) return failed(call, `lookup ${host}: no such host`);
  const way = call.reach(address, Number(port));
  if ('failure' in way)
    return failed(
      call,
      `dial tcp ${address}:${port}: connect: connection ${way.failure === 'refused' ? 'refused' : 'timed out'}`,
    );
  const hops = Number(request.headers['x-sandbox-hops'] ?? 0) + 1;
  const answer =
    hops > 5
      ? undefined
      : call.ask(way, {
          method: 'GET',
          path: '/items',
          host: `${host}:${port}`,
          headers: { 'x-sandbox-hops': `${hops}` },
          body: '',
        });
  return answer
    ? { ...answer, headers: { ...answer.headers } }
    : failed(call, `dial tcp ${address}:${port}: connect: connection refused`);
});

/** The shop's API: `/items`, and what every service of the shop has. */
export const shopApi: Program = shopServer('api', (_, __, path) =>
  path === '/' || path === '/items'
    ? text(200, '[{"id":1,"name":"tea"},{"id":2,"name":"coffee"}]\n', 'application/json')
    : undefined,
);

function shopServer(
  name: string,
  answer: (call: ProcessCall, request: HttpRequest, path: string) => HttpResponse | undefined,
): Program {
  return server<ShopState>({
    memory: 9_000_000,
    begin(call) {
      const port = Number(call.env.PORT ?? usualPort);
      if (call.env.REQUIRED_ENV !== undefined) {
        const missing = call.env.REQUIRED_ENV.split(',').filter((each) => call.env[each] === undefined);
        if (missing.length > 0) {
          say(call, 'error', `${missing[0]} is not set`);
          return 1;
        }
      }
      say(call, 'info', `${name} ${version(call)} starting`);
      return { ports: [port], own: { startedAt: call.now, port } };
    },
    taken: (call, port) => line(call, 'error', `listen tcp :${port}: bind: address already in use`),
    ready: (call, { port }) => say(call, 'info', `listening on :${port}`),
    ends(call, signal) {
      if (signal !== 'TERM' && signal !== 'INT') return undefined;
      say(call, 'info', `received SIG${signal}, finishing requests`);
      say(call, 'info', 'bye');
      return shutdownCode;
    },
    serve(call, own, request) {
      const path = pathOf(request.path);
      const found = answer(call, request, path) ?? common(call, own, path);
      const headers = { Server: `shop-${name}/${version(call)}`, ...found.headers };
      // Probes would fill the log.
      if (path !== '/healthz' && path !== '/readyz')
        say(call, 'info', `${request.method} ${request.path} ${found.status}`);
      return { ...found, headers, body: request.method === 'HEAD' ? '' : found.body };
    },
  });
}

function common(call: ProcessCall, { startedAt }: ShopState, path: string): HttpResponse {
  const age = (call.now - startedAt) / 1000;
  switch (path) {
    case '/version':
      return text(200, `${version(call)}\n`);
    case '/hostname':
      return text(200, `${call.spec.hostname}\n`);
    case '/healthz': {
      const limit = Number(call.env.FAIL_AFTER_SECONDS ?? Number.POSITIVE_INFINITY);
      return age >= limit ? text(500, 'unhealthy\n') : text(200, 'ok\n');
    }
    case '/readyz':
      return age < Number(call.env.READY_AFTER_SECONDS ?? 0)
        ? text(503, 'not ready\n')
        : text(200, 'ready\n');
    case '/slow':
      return { ...text(200, 'done\n'), milliseconds: Number(call.env.SLOW_MS ?? usualSlowMs) };
    case '/work':
      // Work for a processor: what an autoscaler is shown with.
      call.spend(200);
      return { ...text(200, 'done\n'), milliseconds: 200 };
    default:
      return text(404, 'not found\n');
  }
}

interface WorkerState {
  readonly done: number;
}

const usualPauseMs = 5000;

/** The shop's worker: takes an order every few seconds, and finishes the last one when it is asked to stop. */
export const shopWorker: Program = server<WorkerState>({
  memory: 8_000_000,
  begin(call) {
    say(call, 'info', `worker ${version(call)} starting`);
    if (call.env.ORDERS !== undefined) say(call, 'info', `${call.env.ORDERS} orders are waiting`);
    return { ports: [], own: { done: 0 } };
  },
  ends(call, signal, { done }) {
    if (signal !== 'TERM' && signal !== 'INT') return undefined;
    say(call, 'info', `received SIG${signal}, ${done} orders are done`);
    return 0;
  },
  tick(call, { done }) {
    const pause = Number(call.env.PAUSE_MS ?? usualPauseMs) || usualPauseMs;
    const limit = Number(call.env.ORDERS ?? Number.POSITIVE_INFINITY);
    // It begins with a pause: an order has to come first.
    if (call.now === call.record.startedAt) return { own: { done }, until: call.now + pause };
    say(call, 'info', `order ${1000 + done + 1} processed`);
    call.spend(20);
    if (done + 1 >= limit) {
      say(call, 'info', 'no more orders');
      call.end(0);
    }
    return { own: { done: done + 1 }, until: call.now + pause };
  },
});

function version(call: ProcessCall): string {
  return call.env.APP_VERSION ?? '1.4';
}

function text(status: number, body: string, type = 'text/plain'): HttpResponse {
  return respond(status, { 'Content-Type': type }, body, 2);
}

function failed(call: ProcessCall, why: string): HttpResponse {
  say(call, 'error', why);
  return text(502, `${why}\n`);
}

function say(call: ProcessCall, level: string, message: string): void {
  call.out(line(call, level, message));
}

function line(call: ProcessCall, level: string, message: string): string {
  return `${isoDate(call.now).replace(' ', 'T')}Z ${level.padEnd(5)} ${message}\n`;
}

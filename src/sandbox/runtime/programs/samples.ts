import type { HttpResponse } from '../container-runtime.ts';
import { httpDate } from '../http/dates.ts';
import { pathOf, respond } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { server } from './server.ts';

/** Work that a request to the example for autoscalers makes, in milliseconds of a processor. */
const requestMs = 90;

/** The example that the documentation of autoscalers uses: each request is work. */
export const hpaExample: Program = server({
  memory: 12_000_000,
  begin: () => ({ ports: [80], own: null }),
  ready(call) {
    call.err(
      `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${call.address}. Set the 'ServerName' directive globally to suppress this message\n`,
    );
  },
  ends: (_, signal) => (signal === 'TERM' || signal === 'WINCH' ? 0 : undefined),
  serve(call) {
    call.spend(requestMs);
    return plain(call, 'OK!', requestMs);
  },
});

/** The server of the interactive tutorials: it says who it is and its version. */
export const bootcamp: Program = server({
  memory: 22_000_000,
  begin: () => ({ ports: [8080], own: { startedAt: 0 } }),
  ready: (call) =>
    call.out(
      `Kubernetes Bootcamp App Started At: ${new Date(call.now).toISOString()} | Running On:  ${call.spec.hostname} \n\n`,
    ),
  serve(call) {
    const version = call.env.BOOTCAMP_VERSION ?? '1';
    return plain(call, `Hello Kubernetes bootcamp! | Running on: ${call.spec.hostname} | v=${version}\n`);
  },
});

/** The image for tests of Kubernetes, as far as `netexec` and `pause` go. */
export const agnhost: Program = server({
  memory: 10_000_000,
  begin(call) {
    const [command = 'pause'] = call.args;
    if (command === 'pause') {
      call.out('Paused\n');
      return { ports: [], own: null };
    }
    if (command !== 'netexec') {
      call.err(`agnhost: the sandbox simulates netexec and pause only\n`);
      return 1;
    }
    const port = call.args
      .map((word) => /^--http-port=(\d+)$/.exec(word)?.[1])
      .find((each) => each !== undefined);
    return { ports: [Number(port ?? 8080)], own: null };
  },
  ready(call) {
    if (call.args[0] === 'netexec')
      call.err('Started HTTP server on port 8080\nStarted UDP server on port  8081\n');
  },
  ends: (_, signal) => (signal === 'TERM' ? 0 : undefined),
  serve(call, _, request) {
    const path = pathOf(request.path);
    switch (path) {
      case '/':
        return plain(
          call,
          `NOW: ${new Date(call.now).toISOString().replace('T', ' ').replace('Z', '')} +0000 UTC`,
        );
      case '/hostname':
        return plain(call, call.spec.hostname);
      case '/healthz':
        return plain(call, '');
      case '/echo':
        return plain(
          call,
          decodeURIComponent(/[?&]msg=([^&]*)/.exec(request.path)?.[1] ?? '').replaceAll('+', ' '),
        );
      case '/clientip':
        return plain(call, `${call.address}:40000`);
      default:
        return respond(
          404,
          { 'Content-Type': 'text/plain; charset=utf-8', Date: httpDate(call.now) },
          '404 page not found\n',
        );
    }
  },
});

function plain(call: ProcessCall, body: string, milliseconds = 1): HttpResponse {
  return respond(
    200,
    { Date: httpDate(call.now), 'Content-Type': 'text/plain; charset=utf-8' },
    body,
    milliseconds,
  );
}

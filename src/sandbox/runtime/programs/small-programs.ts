import { tool } from '../applets/applet.ts';
import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { baseOf } from '../files/paths.ts';
import { httpDate } from '../http/dates.ts';
import { mediaType, pathOf, respond } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { locally, server } from './server.ts';

/** The image hello-world. */
export const helloWorld: Program = tool((call) => {
  call.out(`
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/get-started/

`);
  return 0;
});

/** What holds the namespaces of a Pod: it waits for a signal. */
export const pause: Program = {
  memory: 200_000,
  step: () => 'waits',
  onSignal(call, signal) {
    if (signal !== 'TERM' && signal !== 'INT') return false;
    call.err(`Shutting down, got signal: ${signal === 'TERM' ? 'Terminated' : 'Interrupt'}\n`);
    return call.end(0);
  },
};

/** Says to the copy that goes on in the background that it is that. */
const inBackground = '_HTTPD_DAEMON';

/** The httpd of busybox. */
export const busyboxHttpd: Program = server({
  memory: 500_000,
  begin(call) {
    const at = (flag: string) =>
      call.args.find((word) => word.startsWith(flag) && word.length > 2)?.slice(2) ??
      (call.args.includes(flag) ? call.args[call.args.indexOf(flag) + 1] : undefined);
    const [, address, port = '80'] = /^(?:(.*):)?(\d+)$/.exec(at('-p') ?? '80') ?? [];
    const isForeground =
      call.args.some((word) => /^-[a-z]*f/.test(word)) || call.env[inBackground] !== undefined;
    if (!isForeground) {
      call.spawn({
        argv: call.argv,
        program: call.record.program,
        env: { ...call.env, [inBackground]: '1' },
      });
      return 0;
    }
    const told = call.args
      .filter((word) => /^-[a-z]*v/.test(word))
      .join('')
      .replaceAll(/[^v]/g, '').length;
    const own = { folder: call.files.absolute(at('-h') ?? '.'), told };
    return { ports: [Number(port)], ...locally(address === undefined ? [] : [address]), own };
  },
  taken: () => 'httpd: bind: Address already in use\n',
  serve(call, { folder, told }, request, from) {
    const response = pageOf(call, folder, request);
    // The port at the other end is any of those that are given out (ip_local_port_range).
    const who = `[::ffff:${from}]:${32_768 + (Math.floor(call.now) % 28_232)}`;
    if (told > 1) call.err(`${who}: url:${pathOf(request.path)}\n`);
    if (told > 0) call.err(`${who}: response:${response.status}\n`);
    return response;
  },
});

function pageOf(call: ProcessCall, folder: string, request: HttpRequest): HttpResponse {
  const path = pathOf(request.path);
  const node = call.files.look(`${folder}${path}`);
  const file = node?.kind === 'folder' ? call.files.look(`${folder}${path}/index.html`) : node;
  const common = { Date: httpDate(call.now), Connection: 'close' };
  if (file?.kind !== 'file') {
    return respond(
      404,
      { ...common, 'Content-type': 'text/html' },
      '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n',
    );
  }
  const type = node?.kind === 'folder' ? 'text/html' : (mediaType(path) ?? 'application/octet-stream');
  const response = respond(
    200,
    { ...common, 'Content-type': type, 'Accept-Ranges': 'bytes', 'Last-Modified': httpDate(file.at) },
    file.content,
  );
  return request.method === 'HEAD' ? { ...response, body: '' } : response;
}

/** A program that is there, but that the sandbox does not simulate: it says so. */
export const notSimulated: Program = tool((call) => {
  call.err(`${baseOf(call.argv[0] ?? '')}: the sandbox does not simulate this program\n`);
  return 1;
});

/** What busybox says when it is called without a command, or by one that it does not have. */
export const busybox: Program = tool((call) => {
  const name = baseOf(call.argv[0] ?? '');
  if (name === 'busybox') {
    call.out(
      'BusyBox v1.36.1 multi-call binary.\nBusyBox is copyrighted by many authors between 1998-2015.\nLicensed under GPLv2.\n',
    );
    return 0;
  }
  call.err(`${name}: applet not found\n`);
  return 127;
});

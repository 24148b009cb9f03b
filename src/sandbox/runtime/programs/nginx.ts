import { caught } from '../../thrown.ts';
import { includesCapability } from '../capabilities.ts';
import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import { FileError } from '../files/file-error.ts';
import { httpDate } from '../http/dates.ts';
import { readNginxOptions } from '../nginx/command-line.ts';
import { ConfigError, type Directive } from '../nginx/config.ts';
import { type ConfigTexts, configOf, configPath, loadConfig } from '../nginx/load-config.ts';
import { complain, emergency, greeting, log, nginxVersion, notice, workerLines } from '../nginx/notices.ts';
import { hostNotFound } from '../nginx/proxy.ts';
import { sameReading, sameStart } from '../nginx/same-start.ts';
import { serverFor } from '../nginx/select.ts';
import { answer } from '../nginx/serve.ts';
import { argumentsOf } from '../nginx/servers.ts';
import { accessLine, errorLog, writeLog } from '../nginx/visit.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { skipPids } from '../processes/process-ids.ts';
import type { Outcome, Program } from '../program.ts';
import { signalNumbers } from '../program.ts';

/** What a running nginx remembers. */
interface NginxState {
  readonly texts: ConfigTexts;
  /** Behind how many vain tries to listen it is; undefined when it serves. */
  readonly tries?: number;
  /** Whether it goes into the background once it has its ports. */
  readonly isDaemon?: boolean;
  /** The process id of its first worker. */
  readonly worker: number;
}

const bindTries = 5;
const bindPauseMs = 500;
/** What the entrypoint starts before, so the workers get their numbers after that. */
const usualWorker = 29;

/** The web server. */
export const nginx: Program = {
  memory: 3_600_000,
  step(call) {
    const state = call.state as NginxState | undefined;
    if (state === undefined) return begin(call);
    return state.tries === undefined ? 'waits' : bind(call, state);
  },
  onSignal(call, signal) {
    const state = call.state as NginxState | undefined;
    if (!state || state.tries !== undefined) return false;
    if (signal === 'HUP') return reload(call, state);
    if (!['QUIT', 'TERM', 'INT'].includes(signal)) return signal === 'USR1' || signal === 'WINCH';
    notice(
      call,
      `signal ${signalNumbers[signal]} (SIG${signal}) received, ${signal === 'QUIT' ? 'shutting down' : 'exiting'}`,
    );
    for (let each = state.worker; each < state.worker + workers(call); each++) {
      if (signal === 'QUIT') notice(call, 'gracefully shutting down', each);
      notice(call, 'exiting', each);
      notice(call, 'exit', each);
      notice(call, `signal 17 (SIGCHLD) received from ${each}`);
      notice(call, `worker process ${each} exited with code 0`);
    }
    notice(call, 'exit');
    call.end(0);
    return true;
  },
  serve(call, request, from, port) {
    const state = call.state as NginxState;
    return serve(call, state, request, from, port);
  },
  workers(record) {
    const state = record.state as NginxState | undefined;
    if (!state || state.tries !== undefined) return [];
    return Array.from({ length: 4 }, () => ({ argv: ['nginx: worker process'], user: 'nginx' }));
  },
};

function begin(call: ProcessCall): Outcome {
  const options = readNginxOptions(call.args);
  if (typeof options === 'string') {
    call.err(`nginx: ${options}\n`);
    return 1;
  }
  if (options.v || options.V) {
    call.err(`nginx version: nginx/${nginxVersion(call)}\n`);
    return 0;
  }
  let texts: ConfigTexts;
  const path = options.c ?? configPath;
  try {
    const read = () => loadConfig(call.files, path);
    texts = path === configPath ? sameReading(call, read) : read();
    demandHosts(call, texts);
  } catch (thrown) {
    const error = caught(thrown, ConfigError);
    if (options.t && error.isWhole) call.err(`nginx: the configuration file ${path} syntax is ok\n`);
    emergency(call, error.message);
    if (options.t) call.err(`nginx: configuration file ${path} test failed\n`);
    return 1;
  }
  if (options.t) {
    if (!options.q) {
      call.err(`nginx: the configuration file ${path} syntax is ok\n`);
      call.err(`nginx: configuration file ${path} test is successful\n`);
    }
    return 0;
  }
  const { main } = configOf(texts);
  if (options.s !== undefined) return sendSignal(call, options.s, pidPath(main));
  const isDaemon = !/daemon\s+off/.test(options.g ?? '') && argumentsOf('daemon', main)?.[0] !== 'off';
  let refused: string | undefined;
  sameStart(call, 'folders', () => {
    refused = makeFolders(call, pidPath(main));
    return refused === undefined ? '' : undefined;
  });
  if (refused !== undefined) {
    emergency(call, refused);
    return 1;
  }
  call.state = { texts, tries: 0, worker: usualWorker, isDaemon } satisfies NginxState;
  return bind(call, call.state as NginxState);
}

/** Folders for what is too large for memory: the first things that nginx cannot make when it may not. */
function makeFolders(call: ProcessCall, pid: string): string | undefined {
  const { files } = call;
  for (const name of ['client', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) {
    const path = `/var/cache/nginx/${name}_temp`;
    try {
      if (!files.look(path)) files.makeFolder(path, 0o700);
    } catch (error) {
      if (error instanceof FileError) return `mkdir() "${path}" failed (${error.numbered})`;
      throw error;
    }
    // A master that is root hands them to its workers' user; who has no right to sees it here first.
    if (call.user.uid === 0 && !includesCapability(call.user.capabilities, 'CHOWN'))
      return `chown("${path}", 101) failed (1: Operation not permitted)`;
  }
  try {
    files.write(pid, `${call.pid}\n`);
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return `open() "${pid}" failed (${error.numbered})`;
    throw error;
  }
}

function bind(call: ProcessCall, state: NginxState): Outcome {
  const taken = listenOnAll(call, state.texts);
  if (taken.length === 0 && !state.isDaemon) {
    start(call, state);
    return 'waits';
  }
  call.unlisten();
  if (taken.length === 0) {
    const child = call.spawn({ argv: call.argv, program: 'nginx', state: { ...state, isDaemon: false } });
    call.files.write(pidPath(configOf(state.texts).main), `${child}\n`);
    return 0;
  }
  const tries = (state.tries ?? 0) + 1;
  for (const port of taken) {
    for (const address of [`0.0.0.0:${port}`, `[::]:${port}`]) {
      emergency(call, `bind() to ${address} failed (98: Address already in use)`);
    }
  }
  notice(call, 'try again to bind() after 500ms');
  if (tries >= bindTries) {
    emergency(call, 'still could not bind()');
    return 1;
  }
  call.state = { ...state, tries };
  return { until: call.now + bindPauseMs };
}

/** @returns ports that another process has */
function listenOnAll(call: ProcessCall, texts: NginxState['texts']): readonly number[] {
  const { servers, ports } = configOf(texts);
  const isLocal = (port: number): boolean =>
    servers.every((server) => !server.ports.includes(port) || server.localPorts.includes(port));
  return ports.filter((port) => !call.listen(port, isLocal(port)));
}

function start(call: ProcessCall, { texts }: NginxState): void {
  const count = workers(call);
  const worker = Math.max(call.pid + 1, usualWorker);
  writeLog(call, errorLog, greeting(call, worker, count));
  skipPids(call.kernel.store, call.container, worker + count);
  call.state = { texts, worker } satisfies NginxState;
  call.title = `nginx: master process ${call.argv.join(' ')}`;
}

function reload(call: ProcessCall, state: NginxState): boolean {
  notice(call, 'signal 1 (SIGHUP) received, reconfiguring');
  notice(call, 'reconfiguring');
  try {
    const texts = loadConfig(call.files);
    demandHosts(call, texts);
    call.unlisten();
    listenOnAll(call, texts);
    notice(call, 'using the "epoll" event method');
    const worker = state.worker + workers(call) + 10;
    for (const line of workerLines(worker, workers(call))) notice(call, line);
    skipPids(call.kernel.store, call.container, worker + workers(call));
    for (let each = state.worker; each < state.worker + workers(call); each++) {
      notice(call, 'gracefully shutting down', each);
      notice(call, 'exiting', each);
      notice(call, 'exit', each);
    }
    call.state = { texts, worker } satisfies NginxState;
  } catch (thrown) {
    const error = caught(thrown, ConfigError);
    log(call, 'emerg', error.message);
  }
  return true;
}

/** `nginx -s reload`: it sends the signal to the one whose number stands in the file. */
function sendSignal(call: ProcessCall, name: string, pid: string): Outcome {
  const signal = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' }[name];
  if (signal === undefined) {
    call.err(`nginx: invalid option: "-s ${name}"\n`);
    return 1;
  }
  const node = call.files.look(pid);
  if (node?.kind !== 'file') {
    complain(call, 'error', `open() "${pid}" failed (2: No such file or directory)`);
    return 1;
  }
  log(call, 'notice', 'signal process started');
  if (call.kill(Number(node.content), signal)) return 0;
  complain(
    call,
    'alert',
    `kill(${node.content.trim()}, ${signalNumbers[signal]}) failed (3: No such process)`,
  );
  return 1;
}

function serve(
  call: ProcessCall,
  { texts }: NginxState,
  request: HttpRequest,
  from: string,
  port: number,
): HttpResponse | undefined {
  const config = configOf(texts);
  const server = serverFor(config, port, request.host);
  if (!server) return undefined;
  call.spend(0.3);
  const visit = { call, config, request, from, port, version: nginxVersion(call) };
  const found = answer(visit, server);
  const {
    'Content-Type': type,
    'Content-Length': length,
    'Last-Modified': modified,
    ...others
  } = found.headers;
  const response = {
    ...found,
    headers: {
      Server: `nginx/${nginxVersion(call)}`,
      Date: httpDate(call.now),
      ...(type === undefined ? {} : { 'Content-Type': type }),
      ...(length === undefined ? {} : { 'Content-Length': length }),
      ...(modified === undefined ? {} : { 'Last-Modified': modified }),
      ...('Connection' in others ? {} : { Connection: 'keep-alive' }),
      ...others,
      ...(request.headers.connection === 'close' ? { Connection: 'close' } : {}),
    },
    body: request.method === 'HEAD' ? '' : found.body,
  };
  const [log = '/var/log/nginx/access.log'] = argumentsOf('access_log', server.directives, config.http) ?? [];
  if (log !== 'off') writeLog(call, log, accessLine(visit, server, response));
  return response;
}

/** Where nginx says its number. */
function pidPath(main: readonly Directive[]): string {
  return argumentsOf('pid', main)?.[0] ?? '/run/nginx.pid';
}

/** @throws ConfigError when it is to pass requests on to a host that there is not */
function demandHosts(call: ProcessCall, texts: ConfigTexts): void {
  const missing = hostNotFound(configOf(texts), (name) => call.resolve(name).length > 0);
  if (missing !== undefined) throw new ConfigError(missing);
}

function workers(call: ProcessCall): number {
  return call.files.container.facts.cpus;
}

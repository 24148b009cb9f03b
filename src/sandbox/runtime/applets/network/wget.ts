import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { baseOf } from '../../files/paths.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Program } from '../../program.ts';
import { steps } from '../applet.ts';
import { misuse, readOptions, UsageError } from '../options.ts';
import { type Fetched, type FetchState, readTarget, startFetch, type Target } from './http-client.ts';

const letters = 'qcSO:o:P:U:T:t:Y:';
const long = {
  spider: 's',
  quiet: 'q',
  'output-document': 'O',
  header: 'H',
  'post-data': 'D',
  timeout: 'T',
  'server-response': 'S',
  'no-check-certificate': 'n',
  'user-agent': 'U',
  continue: 'c',
};

/** It follows so many redirections. */
const mostHops = 19;

interface WgetState extends FetchState {
  readonly url: string;
  readonly hops: number;
}

/** wget of busybox. That of GNU is simulated as far as `-q`, `-O` and the like go. */
export const wget: Program = steps((call) => {
  const { flags, values, lists, rest } = readOptions(call, `${letters}sH:D:n`, long);
  let state = call.state as WgetState | undefined;
  const [url] = rest;
  if (values.T !== undefined && !/^\d+$/.test(values.T))
    throw new UsageError(`wget: invalid number '${values.T}'\n`);
  if (url === undefined)
    throw call.isBusybox
      ? misuse(call, '')
      : new UsageError('wget: missing URL\nUsage: wget [OPTION]... [URL]...\n');
  const say = (text: string) => {
    if (!flags.q) call.err(text);
  };
  const send = (address: string, hops: number): WgetState => {
    const target = targetOf(address);
    const headers: Record<string, string> = {
      'user-agent': values.U ?? (call.isBusybox ? 'Wget' : 'Wget/1.21.3'),
      connection: 'close',
    };
    for (const header of lists.H ?? []) {
      const [name = '', ...value] = header.split(':');
      headers[name.trim().toLowerCase()] = value.join(':').trim();
    }
    const body = values.D ?? '';
    const request = { method: values.D === undefined ? (flags.s ? 'HEAD' : 'GET') : 'POST', headers, body };
    const limit = values.T === undefined ? undefined : Number(values.T) * 1000;
    return { ...startFetch(call, target, request, limit), url: address, hops };
  };
  if (state === undefined) {
    state = send(url, 0);
    call.state = state;
    const { result } = state;
    const { authority, port } = targetOf(url);
    if (!('failure' in result) || result.failure !== 'name')
      say(`Connecting to ${authority} (${result.address}:${port})\n`);
  }
  if (state.until > call.now) return { until: state.until };
  const { result } = state;
  if ('failure' in result) {
    call.err(`wget: ${problemOf(result, targetOf(state.url))}\n`);
    return call.isBusybox ? 1 : 4;
  }
  const { response } = result;
  if (flags.S) {
    const lines = Object.entries(response.headers).map(([name, value]) => `  ${name}: ${value}\n`);
    call.err(
      `  HTTP/1.1 ${response.status} ${response.reason}\n${response.status >= 400 ? '' : `${lines.join('')}  \n`}`,
    );
  }
  const location = response.headers.Location;
  if (response.status >= 300 && response.status < 400 && location !== undefined) {
    if (state.hops >= mostHops) throw new UsageError('wget: too many redirections\n');
    const next = location.startsWith('/') ? `http://${targetOf(state.url).authority}${location}` : location;
    call.state = send(next, state.hops + 1);
    return { until: (call.state as WgetState).until };
  }
  if (response.status >= 400) {
    call.err(`wget: server returned error: HTTP/1.1 ${response.status} ${response.reason}\n`);
    return call.isBusybox ? 1 : 8;
  }
  if (flags.s) {
    say('remote file exists\n');
    return 0;
  }
  return save(
    call,
    response.body,
    values.O ?? (baseOf(targetOf(url).path.replace(/\?.*$/s, '')) || 'index.html'),
    values.O !== undefined,
    say,
  );
});

function save(
  call: ProcessCall,
  body: string,
  path: string,
  isGiven: boolean,
  say: (text: string) => void,
): number {
  const size = amount(body.length);
  const meter = (name: string) =>
    `${name.padEnd(20).slice(0, 20)} 100% |********************************| ${size.padStart(5)}  0:00:00 ETA\n`;
  if (path === '-') {
    say('writing to stdout\n');
    call.out(body);
    say(`${meter('-')}written to stdout\n`);
    return 0;
  }
  if (!isGiven && call.files.look(path)) {
    call.err(`wget: can't open '${path}': File exists\n`);
    return 1;
  }
  try {
    const to = call.open(path, 'write');
    say(`saving to '${path}'\n`);
    if (to.kind === 'file') call.files.write(to.path, body);
    else if (to.kind !== 'null') call.out(body);
  } catch (thrown) {
    const error = caught(thrown, FileError);
    call.err(`wget: can't open '${path}': ${error.message}\n`);
    return 1;
  }
  say(`${meter(baseOf(path))}'${path}' saved\n`);
  return 0;
}

function targetOf(url: string): Target {
  const target = readTarget(url);
  if (!target) throw new UsageError(`wget: bad address '${url}'\n`);
  if (target.scheme === 'https') throw new UsageError('wget: TLS is not simulated in the sandbox\n');
  if (target.scheme !== 'http') throw new UsageError(`wget: not an http or ftp url: ${url}\n`);
  return target;
}

function problemOf(result: Extract<Fetched, { failure: string }>, { host, port }: Target): string {
  const remote = `can't connect to remote host (${result.address})`;
  switch (result.failure) {
    case 'name':
      return `bad address '${port === 80 ? host : `${host}:${port}`}'`;
    case 'refused':
      return `${remote}: Connection refused`;
    case 'no-route':
      return `${remote}: No route to host`;
    case 'unreachable':
      return `${remote}: Network is unreachable`;
    case 'timeout':
      return 'download timed out';
    default:
      return 'error getting response';
  }
}

function amount(bytes: number): string {
  return bytes < 100_000 ? `${bytes}` : `${Math.round(bytes / 1024)}k`;
}

import { caught } from '../../../thrown.ts';
import type { HttpResponse } from '../../container-runtime.ts';
import { FileError } from '../../files/file-error.ts';
import { baseOf } from '../../files/paths.ts';
import { noWay } from '../../processes/no-way.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { utf8Length } from '../../volume.ts';
import { steps } from '../applet.ts';
import { type Options, readOptions, UsageError } from '../options.ts';
import { curlData, curlRequest, uploadPath, version } from './curl-request.ts';
import { writeOut } from './curl-write-out.ts';
import { type Fetched, type FetchState, readTarget, startFetch, type Target } from './http-client.ts';

const letters = 'sSiIvfkLgGo:Ow:m:X:d:H:A:u:e:b:c:#4Nn:t:RD:M:T:B:r:E:J:P:F';
const long = {
  silent: 's',
  'show-error': 'S',
  include: 'i',
  head: 'I',
  verbose: 'v',
  fail: 'f',
  insecure: 'k',
  location: 'L',
  output: 'o',
  'remote-name': 'O',
  'write-out': 'w',
  'max-time': 'm',
  request: 'X',
  data: 'd',
  'data-raw': 'r',
  'data-binary': 'B',
  'data-urlencode': 'E',
  header: 'H',
  'user-agent': 'A',
  user: 'u',
  'connect-timeout': 't',
  retry: 'n',
  'retry-delay': 'D',
  'retry-max-time': 'M',
  get: 'G',
  'fail-with-body': 'F',
  json: 'J',
  'upload-file': 'T',
  resolve: 'P',
  referer: 'e',
  cookie: 'b',
  ipv4: '4',
  'no-buffer': 'N',
  'progress-bar': '#',
};

interface CurlState extends FetchState {
  readonly url: string;
  /** What it asked for, as `-v` shows it. */
  readonly lines: readonly string[];
  readonly hops: number;
  /** Which of the addresses it is at. */
  readonly index: number;
  readonly code: number;
}

/** curl */
export const curl: Program = steps((call) => {
  if (call.args.includes('--version') || call.args.includes('-V')) {
    call.out(`curl ${version} (x86_64-pc-linux-gnu) libcurl/${version}\n`);
    return 0;
  }
  const options = readOptions(call, letters, long);
  const { rest } = options;
  if (rest.length === 0) {
    const why = call.args.length === 0 ? '' : 'curl: no URL specified!\n';
    throw new UsageError(`${why}curl: try 'curl --help' or 'curl --manual' for more information\n`, 2);
  }
  const bad = ['m', 't'].find((letter) => !/^\d*\.?\d*$/.test(options.values[letter] ?? ''));
  if (bad !== undefined) {
    const why = `option ${bad === 'm' ? '-m' : '--connect-timeout'}: expected a proper numerical parameter`;
    throw new UsageError(
      `curl: ${why}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
      2,
    );
  }
  let state = call.state as CurlState | undefined;
  if (state === undefined) {
    const started = send(call, options, `${rest[0]}`, 0, 0);
    if (typeof started === 'number') return started;
    state = started;
    call.state = state;
    begin(call, options);
  }
  if (state.until > call.now) return { until: state.until };
  return finish(call, options, state);
});

function send(
  call: ProcessCall,
  options: Options,
  url: string,
  hops: number,
  index: number,
): CurlState | number {
  const { flags, values, lists } = options;
  const target = readTarget(url);
  const refuse = (code: number, text: string) => {
    if (!flags.s || flags.S) call.err(`curl: (${code}) ${text}\n`);
    return code;
  };
  if (!target || target.host === '' || target.port > 65_535)
    return refuse(3, 'URL using bad/illegal format or missing URL');
  if (target.scheme === 'https') return refuse(35, 'TLS is not simulated in the sandbox');
  if (target.scheme !== 'http')
    return refuse(1, `Protocol "${target.scheme}" not supported or disabled in libcurl`);
  const data = curlData(call, options);
  if (typeof data === 'number') return data;
  const query = flags.G && data !== undefined ? `${target.path.includes('?') ? '&' : '?'}${data}` : '';
  const whole = { ...target, path: uploadPath(target.path, values.T) + query };
  const request = curlRequest(options, whole, flags.G ? undefined : data);
  const limits = [values.m, values.t].filter((each) => each !== undefined).map((each) => Number(each) * 1000);
  // An address that is given for a name and a port is not asked for.
  const known = (lists.P ?? []).find((each) => each.startsWith(`${target.host}:${target.port}:`));
  const host = known?.split(':').slice(2).join(':') ?? target.host;
  const state = startFetch(
    call,
    { ...whole, host, authority: request.host },
    request,
    limits.length > 0 ? Math.min(...limits) : undefined,
  );
  const { lines } = request;
  return {
    ...state,
    url: `${target.scheme}://${target.authority}${whole.path}`,
    lines,
    hops,
    index,
    code: 0,
  };
}

function begin(call: ProcessCall, { flags, values, lists }: Options): void {
  const shows = !flags.s && !call.isTerminal(1) && !flags['#'];
  const isHidden = values.o === undefined && !flags.O && call.isTerminal(1);
  if (!shows || isHidden) return;
  if (values.X === 'POST' && lists.d)
    call.err('Note: Unnecessary use of -X or --request, POST is already inferred.\n');
  call.err(
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n',
  );
  call.err('\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0');
}

function finish(call: ProcessCall, options: Options, state: CurlState): Outcome {
  const { flags, values, rest } = options;
  const target = readTarget(state.url) as Target;
  const meter = !flags.s && !call.isTerminal(1) && !flags['#'];
  const next = (code: number): Outcome => {
    const url = rest[state.index + 1];
    if (url === undefined) return code;
    const started = send(call, options, url, 0, state.index + 1);
    if (typeof started === 'number') return started;
    call.state = { ...started, code };
    return { until: started.until };
  };
  if (flags.v) call.err(trace(call, state, target, options));
  const { result } = state;
  if ('failure' in result) {
    const [code, text] = problemOf(result, target, state);
    if (meter) call.err(code === 6 ? '' : '\n');
    if (!flags.s || flags.S) call.err(`curl: (${code}) ${text}\n`);
    if (values.w !== undefined) writeOut(call, values.w, undefined, state);
    return next(code);
  }
  const { response } = result;
  const location = response.headers.Location;
  if (flags.L && location !== undefined && response.status >= 300 && response.status < 400) {
    if (state.hops >= 50) {
      if (meter) call.err('\n');
      if (!flags.s || flags.S) call.err('curl: (47) Maximum (50) redirects followed\n');
      return 47;
    }
    const url = location.startsWith('/') ? `http://${target.authority}${location}` : location;
    const started = send(call, options, url, state.hops + 1, state.index);
    if (typeof started === 'number') return started;
    call.state = started;
    return { until: started.until };
  }
  const size = utf8Length(response.body);
  const isBad = response.status >= 400;
  const fails = flags.f !== undefined && isBad;
  if (meter) {
    const speed = `${size}k`.padStart(6);
    if (fails)
      call.err(
        `\r  0${`${size}`.padStart(6)}    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\n`,
      );
    else
      call.err(
        `\r100${`${size}`.padStart(6)}  100${`${size}`.padStart(6)}    0     0 ${speed}      0 --:--:-- --:--:-- --:--:-- ${speed}\n`,
      );
  }
  if (fails) {
    if (!flags.s || flags.S) call.err(`curl: (22) The requested URL returned error: ${response.status}\n`);
    return next(22);
  }
  const head = flags.i || flags.I ? headText(response) : '';
  const code = output(
    call,
    head + (flags.I ? '' : response.body),
    options.lists.o?.[state.index] ?? (flags.O ? baseOf(target.path) : undefined),
    flags,
  );
  if (flags.v) call.err(`* Connection #0 to host ${target.host} left intact\n`);
  if (values.w !== undefined) writeOut(call, values.w, response, state);
  if (flags.F && isBad && (!flags.s || flags.S))
    call.err(`curl: (22) The requested URL returned error: ${response.status}\n`);
  return next(flags.F && isBad ? 22 : code);
}

function output(call: ProcessCall, text: string, path: string | undefined, flags: Options['flags']): number {
  try {
    if (path === undefined || path === '-') call.out(text);
    else {
      const to = call.open(path, 'write');
      if (to.kind === 'file') call.files.write(to.path, text);
      else if (to.kind !== 'null') call.out(text);
    }
    return 0;
  } catch (thrown) {
    const { message } = caught(thrown, FileError);
    if (!flags.s) call.err(`Warning: Failed to open the file ${path}: ${message}\n`);
    if (!flags.s || flags.S) call.err('curl: (23) Failure writing output to destination\n');
    return 23;
  }
}

function headText(response: HttpResponse): string {
  const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${response.status} ${response.reason}\r\n${lines.join('')}\r\n`;
}

function trace(call: ProcessCall, { result, lines }: CurlState, target: Target, options: Options): string {
  if ('failure' in result && result.failure === 'name')
    return `* Could not resolve host: ${target.host}\n* Closing connection 0\n`;
  const trying = `*   Trying ${result.address}:${target.port}...\n`;
  const sent = lines.map((line) => `> ${line}\n`).join('');
  const length = /^Content-Length: (\d+)$/m.exec(lines.join('\n'))?.[1];
  const up = length === undefined ? '' : `} [${length} bytes data]\n`;
  const connected = `* Connected to ${target.host} (${result.address}) port ${target.port} (#0)\n${sent}${up}`;
  if ('failure' in result && result.failure === 'empty')
    return `${trying}${connected}* Empty reply from server\n* Closing connection 0\n`;
  if ('failure' in result) {
    const why = noWay(result.failure as Exclude<typeof result.failure, 'name' | 'empty'>);
    return `${trying}* connect to ${result.address} port ${target.port} failed: ${why}\n* Failed to connect to ${target.host} port ${target.port} after 1 ms: Couldn't connect to server\n* Closing connection 0\n`;
  }
  const { response } = result;
  const got = [
    `HTTP/1.1 ${response.status} ${response.reason}`,
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
    '',
  ];
  const hasBody = !options.flags.I && response.body !== '' && !call.isTerminal(1);
  const down = hasBody ? `{ [${utf8Length(response.body)} bytes data]\n` : '';
  return `${trying}${connected}${got.map((line) => `< ${line}\n`).join('')}${down}`;
}

function problemOf(
  result: Fetched & { failure: string },
  { host, port }: Target,
  state: CurlState,
): readonly [code: number, text: string] {
  const spent = Math.max(0, state.until - state.startedAt);
  switch (result.failure) {
    case 'name':
      return [6, `Could not resolve host: ${host}`];
    case 'timeout':
      return spent >= 130_000
        ? [28, `Failed to connect to ${host} port ${port} after ${spent} ms: Couldn't connect to server`]
        : [28, `Connection timed out after ${spent + 1} milliseconds`];
    case 'empty':
      return [52, 'Empty reply from server'];
    default:
      return [
        7,
        `Failed to connect to ${host} port ${port} after ${spent > 1 ? spent : 0} ms: Couldn't connect to server`,
      ];
  }
}

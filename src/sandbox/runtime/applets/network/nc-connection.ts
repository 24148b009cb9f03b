import type { Way } from '../../network-ways.ts';
import { noWay } from '../../processes/no-way.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome } from '../../program.ts';
import { UsageError } from '../options.ts';

/** How far nc has come. */
export interface NcState {
  readonly input: string;
  readonly isOver: boolean;
  readonly until?: number;
  readonly sent?: boolean;
}

/** Takes what stands in its input. */
export function gather(call: ProcessCall, state: NcState): NcState {
  let { input, isOver } = state;
  while (!isOver) {
    const more = call.read(0);
    if (more === undefined) break;
    if (more === null) isOver = true;
    else input += more;
  }
  return { ...state, input, isOver };
}

/** Connects to a port, and says what comes back. @throws UsageError where there is no such name */
export function connect(
  call: ProcessCall,
  state: NcState,
  host: string,
  port: number,
  flags: Readonly<Record<string, number>>,
  limit: string | undefined,
): Outcome {
  const [address] = call.resolve(host);
  if (address === undefined) throw new UsageError(`nc: bad address '${host}'\n`);
  const way = call.reach(address, port);
  const shown = `${host} (${address}:${port})`;
  const failure = 'failure' in way ? way.failure : undefined;
  if (failure === 'timeout') {
    const until = state.until ?? call.now + (limit === undefined ? 131_000 : Number(limit) * 1000);
    if (until > call.now) {
      call.state = { ...state, until };
      return { until };
    }
  }
  if (!('network' in way) || !call.kernel.servers.listens(way)) {
    const isRefused = failure === undefined || failure === 'refused';
    const why = noWay(failure ?? 'refused');
    // That nothing listens it says only when it is asked to say more.
    const isTalkative = flags.v !== undefined && flags.v > 1;
    if (!isRefused || isTalkative) call.err(`nc: ${shown}: ${why}\n`);
    if (isTalkative) call.err('sent 0, rcvd 0\n');
    return 1;
  }
  if (flags.z) {
    if (flags.v) call.err(`${shown} open\n`);
    return 0;
  }
  if (!state.isOver && !/\r?\n$/.test(state.input)) {
    call.state = state;
    return 'waits';
  }
  call.out(conversation(call, way, state.input) ?? '');
  return 0;
}

/** What a server answers to typed text: a request of HTTP, or its own protocol. */
function conversation(
  call: ProcessCall,
  way: Exclude<Way, { readonly failure: string }>,
  text: string,
): string | undefined {
  const [, method, path] = /^([A-Z]+) (\S+) HTTP\/1\.\d\r?\n/.exec(text) ?? [];
  if (method === undefined || path === undefined) return call.talk(way, text);
  const host = /^host: *(\S+)/im.exec(text)?.[1] ?? '';
  const response = call.ask(way, { method, path, host, headers: {}, body: '' });
  if (!response) return undefined;
  const headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${response.status} ${response.reason}\r\n${headers.join('')}\r\n${response.body}`;
}

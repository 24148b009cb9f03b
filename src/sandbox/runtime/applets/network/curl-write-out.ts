import type { HttpResponse } from '../../container-runtime.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import { utf8Length } from '../../volume.ts';
import type { FetchState } from './http-client.ts';

/** What `-w` of curl prints behind an answer. */
export function writeOut(
  call: ProcessCall,
  format: string,
  response: HttpResponse | undefined,
  state: FetchState & { readonly url: string; readonly hops: number },
): void {
  const seconds = ((state.until - state.startedAt) / 1000).toFixed(6);
  const status = `${response?.status ?? 0}`.padStart(3, '0');
  const known: Readonly<Record<string, string>> = {
    content_type: response?.headers['Content-Type'] ?? '',
    http_code: status,
    http_version: response ? '1.1' : '0',
    num_redirects: `${state.hops}`,
    remote_ip: state.result.address,
    response_code: status,
    size_download: `${response ? utf8Length(response.body) : 0}`,
    time_connect: '0.000300',
    time_total: seconds,
    url: state.url,
    url_effective: state.url,
  };
  const text = format.replace(/%\{(\w+)\}|%%|\\([ntr])/g, (whole, name?: string, letter?: string) => {
    if (letter !== undefined) return { n: '\n', t: '\t', r: '\r' }[letter] ?? whole;
    if (name === undefined) return '%';
    const value = known[name];
    if (value === undefined) call.err(`curl: unknown --write-out variable: '${name}'\n`);
    return value ?? '';
  });
  call.out(text);
}

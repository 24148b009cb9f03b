import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { baseOf } from '../../files/paths.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import { utf8Length } from '../../volume.ts';
import type { Options } from '../options.ts';
import { encode } from '../text/base64.ts';
import type { Target } from './http-client.ts';

/** The curl that Debian 12 has. */
export const version = '7.88.1';

/** A request, as it is sent and as `-v` shows it. */
export interface CurlRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly host: string;
  readonly lines: readonly string[];
}

/** A file that is to be sent; where it cannot be read curl says so, and undefined is given. */
function contentOf(call: ProcessCall, path: string): string | undefined {
  try {
    return call.files.read(path);
  } catch (thrown) {
    caught(thrown, FileError);
    return undefined;
  }
}

/**
 * What the options of a command line send: `-d` and its kind, joined, or the file of `-T`.
 *
 * @returns undefined where nothing is sent; a code where that cannot be read, which has been said
 */
export function curlData(call: ProcessCall, { lists, values }: Options): string | number | undefined {
  if (values.T !== undefined) {
    const content = contentOf(call, values.T);
    if (content !== undefined) return content;
    call.err(
      `curl: Can't open '${values.T}'!\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
    return 26;
  }
  const read = (word: string): string => {
    if (!word.startsWith('@')) return word;
    const content = contentOf(call, word.slice(1));
    if (content === undefined)
      call.err(`Warning: Couldn't read data from file "${word.slice(1)}", this makes an empty POST.\n`);
    return content ?? '';
  };
  const { d = [], B = [], r = [], E = [], J = [] } = lists;
  const parts = [
    ...d.map((word) => (word.startsWith('@') ? read(word).replace(/[\r\n]/g, '') : word)),
    ...[...B, ...J].map(read),
    ...r,
    ...E.map((word) => {
      const [, name = '', text = ''] = /^([^=]*=)?(.*)$/s.exec(word) ?? [];
      return (name === '=' ? '' : name) + encodeURIComponent(text);
    }),
  ];
  return parts.length === 0 ? undefined : parts.join('&');
}

/** Where `-T` puts a file: under its own name where the address ends with a slash. */
export function uploadPath(path: string, file: string | undefined): string {
  return file !== undefined && path.endsWith('/') ? `${path}${baseOf(file)}` : path;
}

/** The request for an address. @param data what is sent in its body */
export function curlRequest({ flags, values, lists }: Options, target: Target, data?: string): CurlRequest {
  const isUpload = values.T !== undefined;
  const own = (lists.H ?? []).map((line) => {
    const at = line.indexOf(':');
    return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  const has = (name: string) => own.some(([each = '']) => each.toLowerCase() === name.toLowerCase());
  const usual: (readonly [name: string, value: string | undefined])[] = [
    ['Host', target.authority],
    ['Authorization', values.u === undefined ? undefined : `Basic ${encode(values.u)}`],
    ['User-Agent', values.A ?? `curl/${version}`],
    ['Accept', lists.J ? 'application/json' : '*/*'],
    ['Referer', values.e],
    ['Cookie', values.b],
  ];
  const type = lists.J ? 'application/json' : 'application/x-www-form-urlencoded';
  const length = data === undefined ? undefined : `${utf8Length(data)}`;
  const behind: (readonly [name: string, value: string | undefined])[] = [
    ['Content-Length', length],
    ['Content-Type', data === undefined || isUpload ? undefined : type],
    ['Expect', isUpload ? '100-continue' : undefined],
  ];
  const given = (pair: readonly [name: string, value: string | undefined]) =>
    pair[1] !== undefined && !has(pair[0]);
  const host = own.find(([name = '']) => name.toLowerCase() === 'host')?.[1] ?? target.authority;
  const others = own.filter(([name = '', value]) => name.toLowerCase() !== 'host' && value !== '');
  const all = [['Host', host], ...usual.slice(1).filter(given), ...others, ...behind.filter(given)];
  const method = values.X ?? (isUpload ? 'PUT' : flags.I ? 'HEAD' : data === undefined ? 'GET' : 'POST');
  return {
    method,
    headers: Object.fromEntries(all.slice(1).map(([name = '', value = '']) => [name.toLowerCase(), value])),
    body: data ?? '',
    host,
    lines: [`${method} ${target.path} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`), ''],
  };
}

/** What ends curl, with its code (https://curl.se/libcurl/c/libcurl-errors.html). */
export class CurlFailure extends Error {
  override readonly name = 'CurlFailure';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a line of curl asks for. */
export interface CurlLine {
  readonly url: URL;
  readonly method: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A text, or `@` and the name of the file that it is in. */
  readonly body: string;
  readonly silent: boolean;
  readonly include: boolean;
  readonly headOnly: boolean;
  readonly fail: boolean;
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly socket: string | undefined;
  /** Milliseconds until it gives up. */
  readonly most: number;
}

/** Who is not answered waits for ever; nobody looks on for longer than this. */
const longestWait = 3_600_000;

const valued: Readonly<Record<string, string>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '-o': 'output',
  '--output': 'output',
  '-w': 'format',
  '--write-out': 'format',
  '-m': 'time',
  '--max-time': 'time',
  '--connect-timeout': 'connect',
  '-A': 'agent',
  '--user-agent': 'agent',
  '--unix-socket': 'socket',
};
const switches: Readonly<Record<string, string>> = {
  '-s': 'silent',
  '--silent': 'silent',
  '-S': 'errors',
  '--show-error': 'errors',
  '-i': 'include',
  '--include': 'include',
  '-I': 'head',
  '--head': 'head',
  '-f': 'fail',
  '--fail': 'fail',
  '-L': 'follow',
  '--location': 'follow',
  '-v': 'verbose',
  '--verbose': 'verbose',
  '-k': 'insecure',
  '--insecure': 'insecure',
  '-4': 'ipv4',
};

const help = "\ncurl: try 'curl --help' for more information";

/** Reads a line of curl 8.14. @throws CurlFailure where it is none */
export function readCurlLine(words: readonly string[]): CurlLine {
  const { given, headers, address } = readOptions(words.slice(1));
  if (address === undefined) throw new CurlFailure(2, `(2) no URL specified${help}`);
  const data = given.get('data');
  const time = given.get('time');
  if (time !== undefined && !/^\d*\.?\d+$/.test(time))
    throw new CurlFailure(2, `option -m: expected a proper numerical parameter${help}`);
  const form = data === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    url: urlOf(address),
    method: given.get('method') ?? (given.has('head') ? 'HEAD' : data === undefined ? 'GET' : 'POST'),
    headers: { 'user-agent': given.get('agent') ?? 'curl/8.14.1', accept: '*/*', ...form, ...headers },
    body: data ?? '',
    silent: given.has('silent') && !given.has('errors'),
    include: given.has('include') || given.has('verbose'),
    headOnly: given.has('head'),
    fail: given.has('fail'),
    format: given.get('format'),
    output: given.get('output'),
    socket: given.get('socket'),
    most: Number(time) * 1000 || longestWait,
  };
}

interface Given {
  readonly given: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly address: string | undefined;
}

function readOptions(words: readonly string[]): Given {
  const rest = [...words];
  const given = new Map<string, string>();
  const headers: Record<string, string> = {};
  let address: string | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      address ??= word;
      continue;
    }
    const names = word.startsWith('--') ? [word] : [...word.slice(1)].map((letter) => `-${letter}`);
    for (const [place, name] of names.entries()) {
      const option = switches[name] ?? valued[name];
      if (option === undefined) throw new CurlFailure(2, `option ${name}: is unknown${help}`);
      if (switches[name] !== undefined) {
        given.set(option, '');
        continue;
      }
      // What stands right behind a letter is its value.
      const value = names.length > place + 1 ? word.slice(place + 2) : rest.shift();
      if (value === undefined) throw new CurlFailure(2, `option ${name}: requires parameter${help}`);
      const colon = value.indexOf(':');
      if (option === 'header')
        headers[value.slice(0, colon).trim().toLowerCase()] = value.slice(colon + 1).trim();
      else given.set(option, value);
      break;
    }
  }
  return { given, headers, address };
}

/** @throws CurlFailure for what is no URL, and for what is not spoken here */
function urlOf(address: string): URL {
  const [, scheme = 'http', rest = address] = /^([a-z]+):\/\/(.*)$/i.exec(address) ?? [];
  if (scheme !== 'http' && scheme !== 'https')
    throw new CurlFailure(1, `(1) Protocol "${scheme}" not supported`);
  if (/^[/?#]|^$/.test(rest)) throw new CurlFailure(3, '(3) URL rejected: No host part in the URL');
  const [, port = '0'] = /^[^/?#]*:([^/?#\]]*)/.exec(rest) ?? [];
  if (!/^\d*$/.test(port) || Number(port) > 65_535)
    throw new CurlFailure(3, '(3) URL rejected: Port number was not a decimal number between 0 and 65535');
  if (/\s/.test(rest) || !URL.canParse(`http://${rest}`))
    throw new CurlFailure(3, '(3) URL rejected: Malformed input to a URL function');
  if (scheme === 'https') throw new CurlFailure(35, '(35) only http is spoken in the sandbox, not https');
  return new URL(`http://${rest}`);
}

import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import { httpDate, logDate } from '../http/dates.ts';
import { respond } from '../http/responses.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { answerFromFolder } from './http-server.ts';
import { locally, plainEnd, server } from './server.ts';

interface LanguageState {
  /** The type of what it serves; empty when it says none. */
  readonly type: string;
  readonly kind: 'page' | 'folder';
  readonly body: string;
  readonly folder: string;
  readonly listening: string;
}

const notSimulated =
  'the sandbox does not run programs of its own: it knows simple prints and small HTTP servers';

/** Text between quotes behind a word, such as `print("…")`. */
function quotedBehind(source: string, before: RegExp): string | undefined {
  const match = new RegExp(`${before.source}\\s*(["'\`])((?:(?!\\1)[^\\\\]|\\\\[\\s\\S])*)\\1`).exec(source);
  return match?.[2] === undefined ? undefined : unescaped(match[2]);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A text as it is meant, without its backslashes. */
function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => escapes.get(character) ?? character);
}

/** node: `-e`, `-p` and files that print, and files that make a server with `createServer` or express. */
export const node: Program = server<LanguageState>({
  memory: 38_000_000,
  begin(call) {
    const [first = '', second = ''] = call.args;
    if (first === '--version' || first === '-v')
      return printed(call, `v${call.env.NODE_VERSION ?? '22.20.0'}\n`);
    if (first === '') return refuse(call, 'node', 'its prompt is not simulated');
    if (first === '-e' || first === '--eval' || first === '-p' || first === '--print') {
      return runPrints(call, second, /console\.log\(/, first.startsWith('-p') || first === '--print', 'node');
    }
    const path = first.startsWith('-') ? second : first;
    const found = [path, `${path}.js`, `${path}/index.js`].find(
      (each) => call.files.look(each)?.kind === 'file',
    );
    if (found === undefined) {
      const whole = call.files.absolute(path);
      call.err(
        `node:internal/modules/cjs/loader:1386\n  throw err;\n  ^\n\nError: Cannot find module '${whole}'\n    at Module._resolveFilename (node:internal/modules/cjs/loader:1383:15) {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v${call.env.NODE_VERSION ?? '22.20.0'}\n`,
      );
      return 1;
    }
    const source = call.files.read(found);
    if (!/createServer|express\(\)|fastify\(/.test(source))
      return runPrints(call, source, /console\.log\(/, false, 'node');
    const port = portOf(call, source);
    const body = quotedBehind(source, /(?:res|reply|response)\.(?:end|send|write)\(/) ?? 'Hello World\n';
    const hello = [...source.matchAll(/console\.log\(\s*(["'`])((?:(?!\1)[^\\]|\\[\s\S])*)\1/g)]
      .map(([, , text = '']) => text.replace(/\$\{\s*(?:port|PORT)\s*\}/g, `${port}`))
      .at(-1);
    const address = /\.listen\([^)]*?,\s*["']([\w.:]+)["']|host:\s*["']([\w.:]+)["']/.exec(source);
    return {
      ports: [port],
      ...locally(address ? [address[1] ?? address[2] ?? ''] : []),
      own: {
        kind: 'page',
        type: typeOf(source),
        body: filled(call, body),
        folder: '',
        listening: hello === undefined ? '' : `${hello}\n`,
      },
    };
  },
  taken: (_, port) =>
    `node:events:497\n      throw er; // Unhandled 'error' event\n      ^\n\nError: listen EADDRINUSE: address already in use :::${port}\n  code: 'EADDRINUSE',\n  errno: -98,\n  syscall: 'listen',\n  address: '::',\n  port: ${port}\n}\n`,
  ready: (call, { listening }) => call.out(listening),
  ends: (call, signal) => (call.pid === 1 ? undefined : plainEnd(signal)),
  serve: (call, { body, type }) =>
    respond(
      200,
      {
        ...(type === '' ? {} : { 'Content-Type': type }),
        Date: httpDate(call.now),
        Connection: 'keep-alive',
        'Keep-Alive': 'timeout=5',
      },
      body,
      2,
    ),
});

/** python3: `-c` and files that print, `-m http.server`, and files that make a small server. */
export const python: Program = server<LanguageState>({
  memory: 14_000_000,
  begin(call) {
    const words = call.args.filter((word) => word !== '-u');
    // What it prints waits in a buffer as long as it runs, unless somebody looks.
    const isHeard = call.isTerminal(1) || call.args.includes('-u') || Boolean(call.env.PYTHONUNBUFFERED);
    const [first = '', second = ''] = words;
    if (first === '--version' || first === '-V')
      return printed(call, `Python ${call.env.PYTHON_VERSION ?? '3.13.7'}\n`);
    if (first === '')
      return call.fd(0)?.kind === 'null' ? 0 : refuse(call, 'python3', 'its prompt is not simulated');
    if (first === '-c') return runPrints(call, second, /print\(/, false, 'python3');
    if (first === '-m' && second === 'http.server') {
      const place = words.findIndex((word) => word === '-d' || word === '--directory');
      const port = Number(words.slice(2).find((word) => /^\d+$/.test(word)) ?? 8000);
      const folder = place >= 0 ? (words[place + 1] ?? '.') : '.';
      const bind = words.findIndex((word) => word === '-b' || word === '--bind');
      const address = bind >= 0 ? (words[bind + 1] ?? '') : '0.0.0.0';
      return {
        ports: [port],
        ...locally([address]),
        own: {
          kind: 'folder',
          type: '',
          body: '',
          folder: call.files.absolute(folder),
          listening: isHeard
            ? `Serving HTTP on ${address} port ${port} (http://${address}:${port}/) ...\n`
            : '',
        },
      };
    }
    if (first === '-m') return refuse(call, 'python3', `the module ${second} is not simulated`);
    let source: string;
    try {
      source = call.files.read(first);
    } catch (thrown) {
      const error = caught(thrown, FileError);
      call.err(
        `python3: can't open file '${call.files.absolute(first)}': [Errno ${error.numbered.split(':')[0]}] ${error.message}\n`,
      );
      return 2;
    }
    if (!/HTTPServer|Flask\(|FastAPI\(|TCPServer/.test(source))
      return runPrints(call, source, /print\(/, false, 'python3');
    const port = portOf(call, source);
    const body = quotedBehind(source, /(?:wfile\.write\(b?|return)/) ?? 'Hello World\n';
    const own: LanguageState = {
      kind: 'page',
      type: typeOf(source),
      body: filled(call, body),
      folder: '',
      listening: '',
    };
    return { ports: [port], ...locally([pythonAddress(source)]), own };
  },
  taken: () => 'OSError: [Errno 98] Address already in use\n',
  ready: (call, { listening }) => call.out(listening),
  ends: (call, signal) => (signal === 'INT' ? 0 : call.pid === 1 ? undefined : plainEnd(signal)),
  serve(call, own, request, from) {
    const response =
      own.kind === 'folder'
        ? answerFromFolder(call, own.folder, request)
        : respond(200, own.type === '' ? {} : { 'Content-Type': own.type }, own.body, 2);
    const date = logDate(call.now).replace(/:(\d\d:\d\d:\d\d) .*/, ' $1');
    if (response.status >= 400)
      call.err(`${from} - - [${date}] code ${response.status}, message ${response.reason}\n`);
    call.err(`${from} - - [${date}] "${request.method} ${request.path} HTTP/1.1" ${response.status} -\n`);
    const head = {
      Server: `SimpleHTTP/0.6 Python/${call.env.PYTHON_VERSION ?? '3.13.7'}`,
      Date: httpDate(call.now),
    };
    return {
      ...response,
      headers: { ...head, ...response.headers },
      body: request.method === 'HEAD' ? '' : response.body,
    };
  },
});

/** The type that a program gives its answers; express and Flask say one where it does not. */
function typeOf(source: string): string {
  const told = /content-type["']\s*[,:]\s*["']([^"']+)["']/i.exec(source)?.[1];
  return told ?? (/express\(\)|Flask\(/.test(source) ? 'text/html; charset=utf-8' : '');
}

/** The port behind `listen(` or the like, or what PORT says. */
function portOf(call: ProcessCall, source: string): number {
  const fromEnvironment = /process\.env\.PORT|environ(?:\.get)?[[(]["']PORT/.test(source)
    ? Number(call.env.PORT)
    : Number.NaN;
  const number =
    /(?:listen\(\s*|port\s*[:=]\s*(?:process\.env\.PORT\s*\|\|\s*|int\(.*?,\s*["']?)?|\(["'](?:0\.0\.0\.0|localhost)?["'],\s*)(\d{2,5})/i.exec(
      source,
    )?.[1];
  return fromEnvironment || Number(number ?? 3000);
}

/** Where a server in Python listens: Flask's on the loopback address unless it is told another. */
function pythonAddress(source: string): string {
  const told =
    /Server\(\s*\(\s*["']([\w.:]*)["']/.exec(source)?.[1] ?? /host\s*=\s*["']([\w.:]*)["']/.exec(source)?.[1];
  return told ?? (/Flask\(/.test(source) ? '127.0.0.1' : '');
}

/** What a program puts into its text from its surroundings. */
function filled(call: ProcessCall, text: string): string {
  return text
    .replace(/\$\{\s*(?:os\.hostname\(\)|process\.env\.HOSTNAME)\s*\}/g, call.spec.hostname)
    .replace(/\$\{\s*process\.env\.(\w+)[^}]*\}/g, (_, name: string) => call.env[name] ?? 'undefined');
}

/** A program that only prints texts and numbers; anything else is refused. */
function runPrints(call: ProcessCall, source: string, print: RegExp, isValue: boolean, name: string): number {
  if (isValue) {
    const known = valueText(call, source);
    return known === undefined ? refuse(call, name, notSimulated) : printed(call, `${known}\n`);
  }
  const statements = source
    .split(/[;\n]/)
    .map((each) => each.trim())
    .filter(
      (each) =>
        each !== '' && !/^(#|\/\/|import |const \w+ = require|from \w+ import|['"]use strict)/.test(each),
    );
  const lines: string[] = [];
  for (const statement of statements) {
    const inner = new RegExp(`^${print.source}([\\s\\S]*)\\)$`).exec(statement)?.[1];
    const exit = /^(?:process\.exit|sys\.exit|exit)\((\d*)\)$/.exec(statement);
    if (exit) {
      printed(call, lines.join(''));
      return Number(exit[1] || 0);
    }
    const value = inner === undefined ? undefined : valueText(call, inner);
    if (value === undefined) return refuse(call, name, notSimulated);
    lines.push(`${value}\n`);
  }
  return printed(call, lines.join(''));
}

function valueText(call: ProcessCall, expression: string): string | undefined {
  const text = expression.trim();
  const plain = /^(["'`])((?:(?!\1)[^\\]|\\[\s\S])*)\1$/.exec(text)?.[2];
  if (plain !== undefined) return filled(call, unescaped(plain));
  if (/^[-+]?\d+(\.\d+)?$/.test(text)) return text;
  const sum = /^(\d+)\s*([-+*])\s*(\d+)$/.exec(text);
  if (sum)
    return `${sum[2] === '+' ? Number(sum[1]) + Number(sum[3]) : sum[2] === '-' ? Number(sum[1]) - Number(sum[3]) : Number(sum[1]) * Number(sum[3])}`;
  const variable = /^(?:process\.env\.(\w+)|os\.environ(?:\.get)?[[(]["'](\w+)["'][\])])$/.exec(text);
  if (variable)
    return call.env[variable[1] ?? variable[2] ?? ''] ?? (text.startsWith('process') ? 'undefined' : 'None');
  return text === '' ? '' : /^process\.version$/.test(text) ? `v${call.env.NODE_VERSION ?? ''}` : undefined;
}

function printed(call: ProcessCall, text: string): number {
  call.out(text);
  return 0;
}

function refuse(call: ProcessCall, name: string, why: string): number {
  call.err(`${name}: ${why}\n`);
  return 1;
}

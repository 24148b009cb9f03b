// What the docker client understands of a line: runs the real client against a recorder on a loopback port,
// which answers pings and refuses all else, and keeps the first request the client sends.
//
//   node .scripts/record-docker-requests.mjs [client …]      clients, the newest last; `docker` without any
//
// reads tests/fixtures/docker/lines.txt and writes tests/fixtures/docker/requests.json.

import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const fixtures = fileURLToPath(new URL('../tests/fixtures/docker/', import.meta.url));

/** Lines each client is given at a time. */
const abreast = 4;

/** How long a client may take for one line, in milliseconds. */
const patience = 20_000;

/** What a client says when it understands a line, and cannot carry it out here or shows how it is used. */
const understood = /no such file|not found|specify a Compose file|interactive login|^Usage:/;

/** Files that lines name. */
const files = {
  'compose.yaml': 'services: { web: { image: nginx }, db: { image: postgres } }\n',
  'a.yml': 'services: { web: { image: nginx } }\n',
  'b.yml': 'services: { web: { ports: ["80:80"] } }\n',
  '.env': 'A=b\n',
  'config.json': '{}\n',
};

/**
 * A client with a home and a working directory of its own, and a daemon that only listens.
 *
 * @param client path of a docker client
 * @param pong what the daemon says of itself on a ping
 */
export async function startRecorder(client, pong = {}) {
  const home = mkdtempSync(join(tmpdir(), 'docker-recorder-'));
  const plugins = join(homedir(), '.docker', 'cli-plugins');
  mkdirSync(join(home, '.docker'));
  mkdirSync(join(home, 'lines'));
  if (existsSync(plugins)) symlinkSync(plugins, join(home, '.docker', 'cli-plugins'));

  /** First requests by the name of the line they belong to. */
  const requests = new Map();
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const [, name, rest] = /^\/(\w+)(\/.*)$/.exec(request.url ?? '') ?? [];
      const url = new URL(`http://recorder${rest ?? request.url}`);
      const path = url.pathname.replace(/^\/v[\d.]+/, '');
      const headers = {
        'Api-Version': '1.54',
        'Docker-Experimental': 'true',
        Ostype: 'linux',
        Swarm: 'active/manager',
        'Builder-Version': '2',
        'Content-Type': 'application/json',
        ...pong,
      };
      if (path === '/_ping') return response.writeHead(200, headers).end('OK');
      if (name !== undefined && !requests.has(name)) {
        requests.set(name, {
          method: request.method,
          path,
          query: Object.fromEntries([...url.searchParams].sort()),
          body: parsed(Buffer.concat(chunks).toString()),
        });
      }
      response.writeHead(500, headers).end('{"message":"recorded"}');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();

  let runs = 0;
  /** Runs the client with these arguments, with a terminal on its input where it asks for one. */
  async function run(args, { terminal = false, files: laid = {}, env: more = {} } = {}) {
    runs += 1;
    const name = `line${runs}`;
    const directory = join(home, 'lines', name);
    mkdirSync(directory);
    for (const [file, text] of Object.entries(laid)) writeFileSync(join(directory, file), text);
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      DOCKER_CONFIG: join(home, '.docker'),
      // A path before the requests tells which line they belong to.
      DOCKER_HOST: `tcp://127.0.0.1:${port}/${name}`,
      BUILDX_EXPERIMENTAL: '1',
      DOCKER_CLI_HINTS: 'false',
      LC_ALL: 'C',
      ...more,
    };
    const told = await (terminal ? withTerminal : withoutTerminal)(client, args, { env, cwd: directory });
    if (!terminal && /input device is not a TTY|stdin is not a terminal/.test(told.stderr)) {
      return run(args, { terminal: true, files: laid, env: more });
    }
    return { ...told, directory, request: requests.get(name) };
  }

  function close() {
    server.closeAllConnections();
    server.close();
    rmSync(home, { recursive: true, force: true });
  }
  return { run, close };
}

function withoutTerminal(client, args, options) {
  return new Promise((resolve) => {
    const child = spawn(client, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), patience);
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: String(error) }));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

async function withTerminal(client, args, { env, cwd }) {
  const { spawn: spawnTerminal } = await import('@lydell/node-pty');
  return new Promise((resolve) => {
    const redirected = ['-c', '"$@" >.out 2>.err', 'sh', client, ...args];
    const child = spawnTerminal('/bin/sh', redirected, { env, cwd });
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.onExit(({ exitCode }) => {
      clearTimeout(timer);
      const [stdout, stderr] = ['.out', '.err'].map((file) => readFileSync(join(cwd, file), 'utf8'));
      resolve({ code: exitCode, stdout, stderr });
    });
  });
}

/**
 * What became of one line.
 *
 * @param args the words after `docker`
 */
export async function record(recorder, args) {
  const { code, stderr, request, directory } = await recorder.run(args, { files });
  const creates = request?.path === '/containers/create';
  if (request) {
    return {
      outcome: 'request',
      method: request.method,
      path: request.path,
      ...(Object.keys(request.query).length > 0 && { query: request.query }),
      ...(creates && { body: withoutPlace(request.body, directory) }),
    };
  }
  const said = firstSentence(stderr);
  if (code !== 0 && !understood.test(said ?? '')) return { outcome: 'refused', said };
  return { outcome: 'local', ...(said && { said }) };
}

/** The parts of `whole` that `base` does not have, or has otherwise; the whole where a part is gone. */
export function difference(base, whole) {
  if (!isRecord(base) || !isRecord(whole)) return whole;
  if (Object.keys(base).some((key) => !(key in whole))) return { '=': whole };
  const changed = Object.entries(whole)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(base[key]))
    .map(([key, value]) => [key, key in base ? difference(base[key], value) : value]);
  return Object.fromEntries(changed);
}

/** The words of a line, as sh reads them. */
async function wordsOf(line) {
  const script = `printf '%s\\0' ${line}`;
  const { stdout } = await promisify(execFile)('/bin/sh', ['-f', '-c', script], { env: {} });
  return stdout.split('\0').slice(0, -1);
}

function withoutPlace(body, directory) {
  return JSON.parse(JSON.stringify(body).replaceAll(directory, '/here').replaceAll(dirname(directory), ''));
}

function firstSentence(stderr) {
  return stderr
    .split('\n')
    .filter((line) => !/^(DEPRECATED|WARNING|Flag --)/.test(line))[0]
    ?.trim()
    .replace(/127\.0\.0\.1:\d+\/?\w*/, '127.0.0.1')
    .replace(/\S*docker-recorder-\w+(\/lines\/line\d+)?/, '/here');
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Does something for each, some at a time, and keeps the order. */
export async function forEach(items, act) {
  const results = new Array(items.length);
  let next = 0;
  async function work() {
    while (next < items.length) {
      const place = next;
      next += 1;
      results[place] = await act(items[place]);
    }
  }
  await Promise.all(Array.from({ length: abreast }, work));
  return results;
}

/** `Docker version 29.7.2, build …` → `29.7.2`. */
export function versionOf(client) {
  return /version ([\d.]+)/.exec(execFileSync(client, ['--version'], { encoding: 'utf8' }))?.[1] ?? '';
}

async function main(clients) {
  const lines = readFileSync(join(fixtures, 'lines.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const words = await forEach(lines, wordsOf);

  const byClient = [];
  for (const client of clients) {
    const recorder = await startRecorder(client);
    const plain = await record(recorder, ['run', '-d', 'busybox:1.36', 'sleep', '1d']);
    const outcomes = await forEach(words, (argv) => record(recorder, argv.slice(1)));
    recorder.close();
    byClient.push({ version: versionOf(client), baseline: plain.body, outcomes });
  }
  const newest = byClient.at(-1);

  const cases = lines.map((line, place) => {
    const [last, ...earlier] = byClient.map(({ outcomes }) => told(outcomes[place])).reverse();
    const others = earlier.filter((other) => JSON.stringify(other) !== JSON.stringify(last));
    return {
      line,
      argv: words[place],
      ...last,
      ...(others.length > 0 && { before: others.at(-1) }),
    };
  });
  /** One outcome, with a body as the difference from its own client's baseline. */
  function told({ body, ...rest }) {
    if (body === undefined) return rest;
    const { baseline } = byClient.find(({ outcomes }) => outcomes.some((other) => other.body === body));
    return { ...rest, set: difference(baseline, body) };
  }

  const head = {
    about: 'What docker clients sent for the lines of lines.txt; made by .scripts/record-docker-requests.mjs',
    clients: byClient.map(({ version }) => version),
    baseline: newest.baseline,
  };
  const rows = cases.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
  const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "cases": [\n${rows}\n  ]\n}\n`;
  writeFileSync(join(fixtures, 'requests.json'), text);
  const count = (outcome) => cases.filter((one) => one.outcome === outcome).length;
  console.log(
    `${cases.length} lines: ${count('request')} requests, ${count('refused')} refused, ${count('local')} local`,
  );
  console.log(`${cases.filter(({ before }) => before).length} told otherwise by an older client`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const clients = process.argv.slice(2);
  await main(clients.length > 0 ? clients : ['docker']);
}

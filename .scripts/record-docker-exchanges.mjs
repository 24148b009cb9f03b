// What the docker client asks the engine for: runs the real client against a real engine with a listener between the
// two, and keeps the requests of each line in their order.
//
//   node .scripts/record-docker-exchanges.mjs [client] [socket]      `docker` and /var/run/docker.sock without them
//
// reads tests/fixtures/docker/exchange-lines.txt and writes tests/fixtures/docker/exchanges.json. The engine needs
// busybox:1.36; what the lines make they remove.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { versionOf } from './record-docker-requests.mjs';

const [client = 'docker', socket = '/var/run/docker.sock'] = process.argv.slice(2);
const fixtures = fileURLToPath(new URL('../tests/fixtures/docker/', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'docker-exchanges-'));
const listener = join(place, 'engine.sock');

let heard = [];

/** Reads requests out of what a client sends on one connection, up to where it is no HTTP any more. */
function requestReader() {
  let bytes = Buffer.alloc(0);
  let isOver = false;
  return (more) => {
    if (isOver) return;
    bytes = Buffer.concat([bytes, more]);
    for (let end = bytes.indexOf('\r\n\r\n'); end >= 0 && !isOver; end = bytes.indexOf('\r\n\r\n')) {
      const [first, ...lines] = bytes.subarray(0, end).toString().split('\r\n');
      const headers = new Map(
        lines.map((line) => [line.split(':')[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
      );
      const length = Number(headers.get('content-length') ?? 0);
      if (bytes.length < end + 4 + length) return;
      const body = bytes.subarray(end + 4, end + 4 + length).toString();
      bytes = bytes.subarray(end + 4 + length);
      note(first, body);
      isOver = headers.has('upgrade') || headers.get('transfer-encoding') === 'chunked';
    }
  };
}

function note(first, body) {
  const [method, address] = first.split(' ');
  const url = new URL(`http://engine${address}`);
  const path = url.pathname.replace(/^\/v[\d.]+/, '');
  if (path === '/_ping') return;
  const query = {};
  for (const name of url.searchParams.keys()) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length > 1 ? values : values[0];
  }
  heard.push({ method, path, query, ...(body.trim() !== '' && { body: JSON.parse(body) }) });
}

const server = createServer((near) => {
  const far = connect(socket);
  const read = requestReader();
  near.on('data', (bytes) => {
    read(bytes);
    far.write(bytes);
  });
  near.on('end', () => far.end());
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
  far.pipe(near);
});
await new Promise((resolve) => server.listen(listener, resolve));

function run(line) {
  const env = { ...process.env, DOCKER_HOST: `unix://${listener}`, DOCKER_CLI_HINTS: 'false' };
  const child = spawn('/bin/sh', ['-c', line.replace(/^docker /, `${client} `)], {
    cwd: place,
    env,
    stdio: 'ignore',
  });
  return new Promise((resolve) => child.on('close', resolve));
}

/** Ids become numbers in the order in which they are first seen. */
function withoutIds(requests) {
  const ids = [];
  const text = JSON.stringify(requests).replace(/[0-9a-f]{64}/g, (id) => {
    if (!ids.includes(id)) ids.push(id);
    return `<id ${ids.indexOf(id) + 1}>`;
  });
  return JSON.parse(text.replaceAll(place, '/home/you').replace(/("since":")\d+/, '$1<time>'));
}

const lines = readFileSync(`${fixtures}exchange-lines.txt`, 'utf8').trim().split('\n');
const rows = [];
for (const line of lines) {
  heard = [];
  const code = await run(line);
  rows.push(`    ${JSON.stringify({ line, code, requests: withoutIds(heard) })}`);
}
server.close();
rmSync(place, { recursive: true, force: true });
const about = `What docker ${versionOf(client)} asked its engine for; made by .scripts/record-docker-exchanges.mjs`;
writeFileSync(
  `${fixtures}exchanges.json`,
  `{\n  "about": ${JSON.stringify(about)},\n  "cases": [\n${rows.join(',\n')}\n  ]\n}\n`,
);
console.log(`${rows.length} lines`);
process.exit(0);

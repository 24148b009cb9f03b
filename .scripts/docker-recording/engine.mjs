// A Docker engine that has nothing, in namespaces of its own: its network, its /run, its /var/lib/docker and its home
// are seen by nobody else, and are gone when this process ends.

import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the lines are typed. */
export const home = '/home/you';

/** The machine that everything else is on: its name server, which knows no name, and the registries. */
export const outside = '172.30.0.1';
const hosts = ['registry-1.docker.io', 'auth.docker.io', 'index.docker.io', 'registry.example.com'];
const folders = ['/run', '/var/lib/docker', '/home', '/etc/docker'];

/** Whether this process is in namespaces of its own already. */
export function isApart() {
  return process.env.DOCKER_RECORDING === 'apart';
}

/** Starts this script again where only it sees what it does. Needs root. */
export function goApart() {
  const plugins = mkdtempSync(join(tmpdir(), 'docker-recording-'));
  const own = join(homedir(), '.docker/cli-plugins');
  if (existsSync(own)) cpSync(own, plugins, { recursive: true, dereference: true });
  const env = { ...process.env, DOCKER_RECORDING: 'apart', DOCKER_RECORDING_PLUGINS: plugins };
  const args = ['--net', '--mount', '--propagation', 'private', process.execPath, ...process.argv.slice(1)];
  return new Promise((resolve) =>
    spawn('unshare', args, { env, stdio: 'inherit' }).on('exit', (code) => {
      rmSync(plugins, { recursive: true });
      resolve(code);
    }),
  );
}

/** Lays out the namespaces. @returns key and certificate of the registries, which the engine trusts */
export function layOut() {
  const place = mkdtempSync(join(tmpdir(), 'docker-recording-'));
  process.on('exit', () => rmSync(place, { recursive: true }));
  const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  run('ip', 'link', 'set', 'lo', 'up');
  run('ip', 'addr', 'add', `${outside}/32`, 'dev', 'lo');
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(place, name));
  const subject = ['-subj', '/CN=recording', '-addext', `subjectAltName=${names}`];
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  );
  over('/etc/hosts', `127.0.0.1 localhost\n${outside} ${hosts.join(' ')}\n`);
  over('/etc/resolv.conf', `nameserver ${outside}\n`);
  answerNames();
  return { key: readFileSync(key), cert: readFileSync(cert), trusted: cert };

  function over(file, text) {
    const mine = join(place, file.replaceAll('/', '-'));
    writeFileSync(mine, text);
    run('mount', '--bind', mine, readlink(file));
  }
  function readlink(file) {
    return execFileSync('realpath', [file], { encoding: 'utf8' }).trim();
  }
}

/** Answers everything with "there is no such name". */
function answerNames() {
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const end = message.indexOf(0, 12) + 5;
    const answer = Buffer.concat([message.subarray(0, 12), message.subarray(12, end)]);
    answer.writeUInt16BE(0x8183, 2);
    answer.writeUInt16BE(0, 6);
    answer.writeUInt32BE(0, 8);
    socket.send(answer, from.port, from.address);
  });
  socket.bind(53, outside);
  socket.unref();
}

/** An engine that has nothing yet. @param trusted file of the certificate of the registries */
export async function startEngine(trusted) {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
  }
  mkdirSync(home, { mode: 0o755 });
  const plugins = process.env.DOCKER_RECORDING_PLUGINS;
  if (plugins) cpSync(plugins, join(home, '.docker/cli-plugins'), { recursive: true });
  const log = openSync(join(tmpdir(), 'docker-recording-dockerd.log'), 'a');
  const env = { ...process.env, SSL_CERT_FILE: trusted, HOME: '/run' };
  const daemon = spawn('dockerd', [], { env, stdio: ['ignore', log, log] });
  const ended = new Promise((resolve) => daemon.on('exit', resolve));
  for (let tries = 0; !answers(); tries++) {
    if (tries > 120) throw new Error('dockerd does not come up; see its log in docker-recording-dockerd.log');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return async function stop() {
    const all = docker('ps', '-aq').trim().split('\n').filter(Boolean);
    if (all.length > 0) docker('rm', '-f', ...all);
    daemon.kill('SIGTERM');
    await ended;
    for (const link of ['docker0', ...bridges()]) tried(() => execFileSync('ip', ['link', 'del', link]));
    for (const folder of [...folders].reverse()) execFileSync('umount', ['-l', folder]);
  };
}

function docker(...args) {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function answers() {
  return tried(() => docker('version', '-f', '{{.Server.Version}}')) !== undefined;
}

function bridges() {
  const all = execFileSync('ip', ['-br', 'link', 'show', 'type', 'bridge'], { encoding: 'utf8' });
  return all.split('\n').flatMap((line) => line.match(/^br-\S+/) ?? []);
}

function tried(act) {
  try {
    return act() ?? true;
  } catch {
    return undefined;
  }
}

/** What the engine and the client are. */
export function versions() {
  const format = 'client {{.Client.Version}}, engine {{.Server.Version}}, API {{.Server.APIVersion}}';
  return docker('version', '-f', format).trim();
}

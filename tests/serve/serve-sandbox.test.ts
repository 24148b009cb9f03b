import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../src/sandbox/shell/shell.ts';
import { kubeconfigText } from '../../src/serve/kubeconfig.ts';
import { type Serving, serveSandbox } from '../../src/serve/serve-sandbox.ts';

const token = 'for-this-test';
let sandbox: Sandbox;
let serving: Serving;

beforeAll(async () => {
  sandbox = Sandbox.fresh({ now: Date.now(), seed: 1 });
  const shell = new Shell(sandbox, () => undefined);
  const streams = { write: () => undefined, input: () => '' };
  runToEnd(shell.run('kubectl run web --image=nginx:1.28'), shell, streams);
  runToEnd(shell.run('kubectl wait pod/web --for=condition=Ready'), shell, streams);
  serving = await serveSandbox(sandbox, { port: 0, token, now: () => performance.now() * 10 });
});
afterAll(() => serving.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function ask(path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: serving.port,
        path,
        method,
        ca: serving.certificate,
        servername: 'localhost',
        headers: { authorization: `Bearer ${token}`, ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const json = { 'content-type': 'application/json' };

describe('the API over HTTPS', () => {
  it('answers as the API does', async () => {
    const { status, headers, body } = await ask('/api/v1/namespaces/default/pods/web');
    expect([status, headers['content-type'], JSON.parse(body).status.phase]).toEqual([
      200,
      'application/json',
      'Running',
    ]);
  });

  it.each([
    ['of somebody without a token', {}, { authorization: '' }, 401],
    ['of somebody with another token', {}, { authorization: 'Bearer x' }, 401],
    ['under another name', {}, { host: 'rebound.example.com' }, 403],
    ['of a web page', {}, { origin: 'https://example.com' }, 403],
  ])('turns away a request %s', async (_, __, headers, status) => {
    expect((await ask('/api/v1/nodes', { headers: headers as never })).status).toBe(status);
  });

  it.each([
    ['that is no JSON', '{"a":', 400, 'BadRequest'],
    ['that is larger than the API takes', `"${'x'.repeat(3 * 1024 * 1024)}"`, 413, 'RequestEntityTooLarge'],
  ])('refuses a body %s', async (_, body, status, reason) => {
    const answer = await ask('/api/v1/namespaces', { method: 'POST', headers: json, body });
    expect([answer.status, JSON.parse(answer.body).reason]).toEqual([status, reason]);
  });

  it('sends warnings as headers', async () => {
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'odd' },
      spec: { containers: [{ name: 'a', image: 'busybox:1.36', resources: { limits: { memory: '512m' } } }] },
    });
    const answer = await ask('/api/v1/namespaces/default/pods?dryRun=All', {
      method: 'POST',
      headers: json,
      body,
    });
    expect(answer.headers.warning).toMatch(/^299 - ".*512m/);
  });

  it('streams a watch, with what happens meanwhile', async () => {
    const watched = new Promise<string>((resolve) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: serving.port,
          path: '/api/v1/namespaces/default/configmaps?watch=true',
          ca: serving.certificate,
          headers: { authorization: `Bearer ${token}` },
        },
        (response) => {
          let text = '';
          response.on('data', (part: Buffer) => {
            text += part.toString();
            if (!text.includes('"new"')) return;
            resolve(text);
            asked.destroy();
          });
        },
      );
      asked.on('error', () => undefined);
      asked.end();
    });
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(
      (await ask('/api/v1/namespaces/default/configmaps', { method: 'POST', headers: json, body })).status,
    ).toBe(201);
    const lines = (await watched)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'new' } } });
  });

  it('says that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(serveSandbox(sandbox, { port, token, now: () => 0 })).rejects.toThrow('EADDRINUSE');
    other.close();
  });
});

describe('a process over a WebSocket', () => {
  /** Everything that came on each channel until the socket closed. */
  function talk(query: string, type?: string, path = 'web/exec'): Promise<Record<number, string>> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(
        `wss://127.0.0.1:${serving.port}/api/v1/namespaces/default/pods/${path}?${query}`,
        ['v5.channel.k8s.io'],
        { ca: serving.certificate, headers: { authorization: `Bearer ${token}` } },
      );
      const channels: Record<number, string> = {};
      socket.on('open', () => {
        if (type === undefined) return;
        socket.send(Buffer.concat([Buffer.from([0]), Buffer.from(type)]));
        socket.send(Buffer.from([255, 0]));
      });
      socket.on('message', (data: Buffer) => {
        const channel = data[0] ?? -1;
        channels[channel] = (channels[channel] ?? '') + data.subarray(1).toString();
      });
      socket.on('close', () => resolve(channels));
      socket.on('error', reject);
    });
  }

  it('gives what it writes, and how it ends', async () => {
    const channels = await talk(
      'command=sh&command=-c&command=echo%20out;echo%20err%20%3E%262;exit%203&stdout=true&stderr=true',
    );
    expect([channels[1], channels[2]]).toEqual(['out\n', 'err\n']);
    expect(JSON.parse(channels[3] ?? '')).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
  });

  it('takes what is typed, up to its end', async () => {
    const channels = await talk('command=cat&stdin=true&stdout=true', 'one\ntwo\n');
    expect(channels[1]).toBe('one\ntwo\n');
    expect(JSON.parse(channels[3] ?? '').status).toBe('Success');
  });

  it('says why it cannot be started when the socket is open already', async () => {
    const channels = await talk('command=nothing&stdout=true');
    const status = JSON.parse(channels[3] ?? '');
    expect(status).toMatchObject({ status: 'Failure', reason: 'InternalError', code: 500 });
    expect(status.message).toMatch(/exec: "nothing": executable file not found in \$PATH$/);
  });

  it('says on the open socket that the container does not run', async () => {
    const spec = { containers: [{ name: 'main', image: 'busybox:0.0' }] };
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'unstarted' }, spec });
    const path = '/api/v1/namespaces/default/pods';
    await ask(path, { method: 'POST', headers: json, body });
    const channels = await talk('command=ls&stdout=true', undefined, 'unstarted/exec');
    expect(JSON.parse(channels[3] ?? '').message).toBe(
      'unable to upgrade connection: container not found ("main")',
    );
    await ask(`${path}/unstarted`, { method: 'DELETE' });
  });

  it('is refused where there is no Pod', async () => {
    const refused = talk('command=ls&stdout=true', undefined, 'nobody/exec');
    await expect(refused).rejects.toThrow('Unexpected server response: 404');
  });
});

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

describe.skipIf(!hasKubectl)('the kubectl installed here (skipped where there is none)', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tutor-serve-'));
    const { port, certificate } = serving;
    const kubeconfig = join(folder, 'config');
    writeFileSync(kubeconfig, kubeconfigText({ server: `https://127.0.0.1:${port}`, certificate, token }));
    env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: kubeconfig };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  /** What a command prints, until it ends or has printed what was waited for. */
  function run(args: readonly string[], input = '', until?: RegExp): Promise<string> {
    return new Promise((resolve) => {
      const child = spawn('kubectl', args, { env });
      let text = '';
      const take = (part: Buffer): void => {
        text += part.toString();
        if (until?.test(text)) child.kill();
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('close', () => resolve(text));
      child.stdin.end(input);
    });
  }

  it.each([
    [
      'exec',
      ['exec', 'web', '--', 'sh', '-c', 'echo hi; exit 3'],
      '',
      'hi\ncommand terminated with exit code 3\n',
    ],
    ['exec with something typed in', ['exec', '-i', 'web', '--', 'cat'], 'typed\n', 'typed\n'],
    [
      'a Pod that is attached to',
      [
        'run',
        'once',
        '--image=busybox:1.36',
        '--restart=Never',
        '--rm',
        '-i',
        '--quiet',
        '--',
        'echo',
        'hello',
      ],
      '',
      'hello\n',
    ],
  ])('runs %s', { timeout: 30_000 }, async (_, args, input, output) => {
    expect(await run(args, input)).toBe(output);
  });

  it('follows a log', { timeout: 30_000 }, async () => {
    expect(await run(['logs', '-f', 'web'], '', /start worker process/)).toContain('nginx/1.28');
  });

  it('forwards a port, for several requests', { timeout: 30_000 }, async () => {
    const child = spawn('kubectl', ['port-forward', 'pod/web', ':80'], { env });
    let text = '';
    const port = await new Promise<string>((resolve) => {
      child.stdout.on('data', (part: Buffer) => {
        text += part.toString();
        const found = /127\.0\.0\.1:(\d+) -> 80/.exec(text)?.[1];
        if (found) resolve(found);
      });
    });
    try {
      for (const path of ['/', '/nothing', '/']) {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        expect([path, response.status]).toEqual([path, path === '/' ? 200 : 404]);
        expect(await response.text()).toContain(path === '/' ? 'Welcome to nginx!' : '404 Not Found');
      }
    } finally {
      child.kill();
    }
  });
});

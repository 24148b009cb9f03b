import { execFile, spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/objects.ts';
import { translated } from './translated.ts';

const isInstalled = spawnSync('kubectl', ['version', '--client']).status === 0;

/** What kubectl asks for before a dry run: which kinds there are, and the object that a line is about. */
class SmallCluster {
  stored: Record<string, unknown> = {};
  readonly #server: Server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const answer = discovery[path] ?? this.stored[path];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        answer ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 },
      ),
    );
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.close();
  }

  /** What the line would make, as kubectl prints it; it makes no dry run of what it attaches to. */
  async dryRun(argv: readonly string[]): Promise<{ kind: string; metadata: { name: string } }> {
    const attaching = new Set(['-it', '-i', '-t', '--attach', '--rm', '--expose']);
    const dashes = argv.indexOf('--') < 0 ? argv.length : argv.indexOf('--');
    const before = argv.slice(1, dashes).filter((word) => !attaching.has(word));
    const { port } = this.#server.address() as AddressInfo;
    const line = [
      '--server',
      `http://127.0.0.1:${port}`,
      ...before,
      '--dry-run=client',
      '-o',
      'json',
      ...argv.slice(dashes),
    ];
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: '/nonexistent/config' };
    return new Promise((resolve, reject) => {
      execFile('kubectl', line, { env }, (error, stdout, stderr) => {
        if (error) reject(new Error(stderr));
        else resolve(JSON.parse(stdout));
      });
    });
  }
}

const verbs = ['get', 'list', 'create', 'patch'];
const kindsOf = (groupVersion: string, kinds: readonly [string, string][]) => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion,
  resources: kinds.map(([kind, name]) => ({
    name,
    singularName: kind.toLowerCase(),
    namespaced: true,
    kind,
    verbs,
  })),
});
const discovery: Readonly<Record<string, unknown>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [
      {
        name: 'apps',
        versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
        preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
      },
    ],
  },
  '/api/v1': kindsOf('v1', [
    ['Pod', 'pods'],
    ['Service', 'services'],
  ]),
  '/apis/apps/v1': kindsOf('apps/v1', [['Deployment', 'deployments']]),
};

/** An object without what is empty, and without what would be there anyway. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value)
    .filter(([key, field]) => !isDefault(key, field))
    .map(([key, field]): [string, unknown] => [key, bare(field)])
    .filter(([, field]) => !(field !== null && typeof field === 'object' && Object.keys(field).length === 0));
  return Object.fromEntries(fields);
}

function isDefault(key: string, value: unknown): boolean {
  return (
    ['status', 'creationTimestamp', 'stdin', 'stdinOnce', 'tty', 'namespace'].includes(key) ||
    (key === 'dnsPolicy' && value === 'ClusterFirst') ||
    (key === 'restartPolicy' && value === 'Always') ||
    (key === 'protocol' && value === 'TCP')
  );
}

const places: Readonly<Record<string, string>> = {
  Deployment: '/apis/apps/v1/namespaces/default/deployments/',
  Pod: '/api/v1/namespaces/default/pods/',
  Service: '/api/v1/namespaces/default/services/',
};

describe.skipIf(!isInstalled)('the real kubectl (skipped where it is not installed)', () => {
  const cluster = new SmallCluster();
  beforeAll(() => cluster.start());
  afterAll(() => cluster.stop());

  it.each([
    'docker run -d --name web nginx:1.27',
    'docker run -d --name web --restart always -p 8080:80 nginx:1.27',
    'docker run -d --name web -p 80 nginx:1.27',
    'docker run -d ghcr.io/acme/shop-api:1.2',
    'docker create --name web -p 8080:80 nginx:1.27',
    'docker run -d --name web --entrypoint sleep busybox:1.36',
    'docker run -d --name web -e A=b -e "C=d e" -e D=x=y,z -p 8080:80 nginx:1.27',
    'docker run -d --name web -m 512m --memory-reservation 256m --cpus .5 nginx:1.27',
    'docker run -d --name web -m 1g -e A=b -p 80:80 nginx:1.27',
    'docker run -it --rm busybox:1.36 sh',
    'docker run --rm --name box busybox:1.36 echo hi',
    'docker run -it --entrypoint sh busybox:1.36',
    'docker run -it -e A=b -e "C=d e" --pull always --privileged busybox:1.36',
    'docker run --rm -p 80 nginx:1.27',
    "docker run busybox:1.36 sh -c 'echo $(date)'",
  ])('makes the same objects as the manifest: %s', async (line) => {
    const { commands, objects } = translated(line);
    const made = new Map<string, unknown>();
    cluster.stored = {};
    for (const { argv } of commands) {
      if (!['run', 'create', 'expose', 'set'].includes(argv[1] ?? '')) continue;
      const object = await cluster.dryRun(argv);
      made.set(object.kind, object);
      cluster.stored[`${places[object.kind]}${object.metadata.name}`] = object;
    }
    expect(made.size).toBeGreaterThan(0);
    for (const [kind, object] of made) {
      expect(bare(object)).toEqual(bare(objects.find((each: KubernetesObject) => each.kind === kind)));
    }
  });
});

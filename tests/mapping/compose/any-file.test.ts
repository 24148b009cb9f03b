import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ComposeInput, loadCompose } from '../../../src/docker/compose/load.ts';
import { ComposeRefusal } from '../../../src/docker/compose/refusal.ts';
import { allObjects } from '../../../src/mapping/compose/compose-translation.ts';
import { translateCompose } from '../../../src/mapping/translate-compose.ts';
import { corpusInput, projects } from '../../fixtures/compose/corpus.ts';
import { externalOf } from '../../fixtures/compose/external.ts';
import { checkRules } from '../../fixtures/kubernetes/rules.ts';
import { checkObject } from '../../fixtures/kubernetes/schema.ts';

/** Translates what compose takes; everything else is refused before. */
function soundly(input: ComposeInput): boolean {
  try {
    const project = loadCompose(input);
    for (const kubernetes of ['1.32', '1.36'] as const) {
      const translation = translateCompose(project, { kubernetes });
      const objects = allObjects(translation);
      expect(objects.flatMap((object) => checkObject(object, kubernetes))).toEqual([]);
      expect(checkRules(objects, { external: externalOf(project, translation) })).toEqual([]);
    }
    return true;
  } catch (error) {
    if (error instanceof ComposeRefusal) return false;
    throw error;
  }
}

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'a',
    'web',
    'a_b',
    'A.B',
    '-',
    '80',
    '8080:80',
    '80/udp',
    '53:53/udp',
    '0',
    '65535',
    'x:y',
    '/data',
    './data:/data',
    'data:/data',
    '/:/x',
    'ALL',
    'NET_ADMIN',
    '1000:1000',
    'root',
    '1s',
    '1m30s',
    '512m',
    '1g',
    '-1',
    'host',
    'none',
    'service:web',
    'service:other',
    'container:x',
    'on-failure:3',
    'always',
    'unless-stopped',
    'a=b',
    'KEY=',
    '=x',
    'http://other:80/',
    'é',
    '$x',
    '$(X)',
    'node.role==manager',
    'node.labels.a!=b',
    'seccomp=unconfined',
    'net.core.somaxconn=1',
    'linux/arm64',
    'a'.repeat(70),
  ),
);
const number = fc.constantFrom(-1, 0, 1, 2, 80, 1.5, 65535, 100000);
const list = fc.array(text, { maxLength: 3 });
const pairs = fc.oneof(
  fc.dictionary(text, fc.oneof(text, number, fc.boolean(), fc.constant(null)), { maxKeys: 3 }),
  fc.array(
    text.map((each) => `${each}=x`),
    { maxLength: 3 },
  ),
);

const some = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const service = fc.record(
  {
    image: fc.constantFrom(
      'nginx',
      'postgres:16',
      'redis:7',
      'x/y:latest',
      'registry.example.com:5000/a/b@sha256:abc',
      'Strange Image',
    ),
    ports: some(
      fc.array(
        fc.oneof(
          fc.constantFrom('80', '8080:80', '127.0.0.1:80:80', '3000-3003:3000-3003', '53:53/udp'),
          fc.record({
            target: fc.nat(70000),
            published: fc.constantFrom('80', '90-95'),
            protocol: fc.constantFrom('tcp', 'udp'),
          }),
        ),
        { maxLength: 3 },
      ),
    ),
    expose: some(fc.array(fc.constantFrom('80', '90-92', '53/udp', 'x'), { maxLength: 2 })),
    environment: some(pairs),
    labels: some(pairs),
    annotations: some(pairs),
    sysctls: some(pairs),
    command: some(fc.oneof(list, fc.constantFrom('echo hi', 'sleep 5', 'a "b c" d', ''))),
    entrypoint: some(fc.oneof(list, fc.constantFrom('/start.sh -x', ''))),
    volumes: some(
      fc.array(
        fc.oneof(
          text.map((each) => `v:/${each}`),
          text.map((each) => `./${each}:/t`),
          fc.constantFrom(
            '/anon',
            'v:/data:ro',
            '/var/run/docker.sock:/var/run/docker.sock',
            './a.conf:/etc/a.conf',
            '.:/app',
          ),
        ),
        { maxLength: 3 },
      ),
    ),
    tmpfs: some(fc.constantFrom(['/tmp'], '/run:size=64m')),
    user: some(text),
    working_dir: some(text),
    hostname: some(text),
    domainname: some(text),
    container_name: some(fc.constantFrom('one', 'The_One', 'other')),
    restart: some(fc.constantFrom('no', 'always', 'on-failure', 'on-failure:3', 'unless-stopped', 'odd')),
    cap_add: some(list),
    cap_drop: some(list),
    group_add: some(list),
    security_opt: some(list),
    dns: some(list),
    dns_search: some(list),
    dns_opt: some(list),
    extra_hosts: some(
      fc.constantFrom(['a:1.2.3.4'], { 'a b': '1.2.3.4' }, ['host.docker.internal:host-gateway'], {
        x: ['1.1.1.1', '::1'],
      }),
    ),
    devices: some(fc.constantFrom(['/dev/a'], ['/dev/a:/dev/b:r'])),
    network_mode: some(fc.constantFrom('host', 'none', 'bridge', 'service:other', 'container:x')),
    networks: some(fc.constantFrom(['n1'], ['n1', 'n2'], { n2: { aliases: ['al', 'other', 'A_B'] } })),
    healthcheck: some(
      fc.record(
        {
          test: fc.oneof(text, fc.constantFrom(['CMD', 'a'], ['NONE'], ['CMD-SHELL', 'x'], [])),
          interval: fc.constantFrom('0s', '1ms', '10s', '1h'),
          start_period: fc.constantFrom('0s', '500ms', '1m'),
          retries: fc.constantFrom(0, 1, 5),
        },
        { requiredKeys: [] },
      ),
    ),
    deploy: some(
      fc.record(
        {
          mode: fc.constantFrom('global', 'replicated', 'replicated-job', 'global-job', 'odd'),
          replicas: fc.nat(4),
          endpoint_mode: fc.constantFrom('vip', 'dnsrr'),
          labels: pairs,
          update_config: fc.record(
            {
              parallelism: fc.nat(3),
              order: fc.constantFrom('start-first', 'stop-first'),
              delay: fc.constantFrom('0s', '5s'),
            },
            { requiredKeys: [] },
          ),
          restart_policy: fc.record(
            { condition: fc.constantFrom('any', 'none', 'on-failure'), max_attempts: fc.nat(3) },
            { requiredKeys: [] },
          ),
          resources: fc.constantFrom(
            { limits: { cpus: '0.5', memory: '64m' } },
            { limits: { memory: '1' }, reservations: { cpus: '2', memory: '2g' } },
            { reservations: { devices: [{ capabilities: ['gpu'], count: 1 }] } },
          ),
          placement: fc.record(
            {
              constraints: list,
              preferences: fc.constantFrom([{ spread: 'node.labels.a' }], []),
              max_replicas_per_node: fc.nat(2),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    depends_on: some(
      fc.constantFrom(
        ['other'],
        { other: { condition: 'service_healthy' } },
        { other: { condition: 'service_completed_successfully' } },
      ),
    ),
    ulimits: some(fc.constantFrom({ nofile: 10 }, { nproc: { soft: 1, hard: 2 } })),
    shm_size: some(fc.constantFrom('64m', 0)),
    mem_limit: some(fc.constantFrom('64m', '1', 0, '4m')),
    mem_reservation: some(fc.constantFrom('32m', '1g')),
    cpus: some(fc.constantFrom(0.5, '1.5', 0, 0.0001)),
    cpu_shares: some(number),
    pid: some(fc.constantFrom('host', 'service:other')),
    ipc: some(fc.constantFrom('host', 'shareable', 'service:other')),
    privileged: some(fc.boolean()),
    read_only: some(fc.boolean()),
    init: some(fc.boolean()),
    tty: some(fc.boolean()),
    stop_signal: some(fc.constantFrom('SIGINT', '9', 'odd')),
    stop_grace_period: some(fc.constantFrom('0s', '1m', '1500ms')),
    platform: some(fc.constantFrom('linux/amd64', 'linux/arm64/v8', 'odd')),
    runtime: some(text),
    pull_policy: some(fc.constantFrom('always', 'never', 'build', 'daily')),
    userns_mode: some(fc.constantFrom('host', '')),
    gpus: some(fc.constantFrom('all', [{ count: 2 }])),
    storage_opt: some(fc.constantFrom({ size: '1G' })),
    logging: some(fc.constantFrom({ driver: 'syslog', options: { a: 1 } })),
    configs: some(
      fc.constantFrom(
        ['c'],
        [{ source: 'c', target: '/a/b', mode: 0o440 }],
        [{ source: 'c', target: 'odd:name' }],
      ),
    ),
    secrets: some(fc.constantFrom(['s'], [{ source: 's', target: 'x', uid: '1' }])),
    env_file: some(fc.constantFrom('.env', ['a/.env', 'b/.env'], 'strange name.env')),
    post_start: some(
      fc.constantFrom([{ command: 'a' }], [{ command: ['a', 'b c'], working_dir: '/x' }, { command: 'd' }]),
    ),
    pre_stop: some(fc.constantFrom([{ command: ['a'], environment: { A: 1 } }])),
    pre_start: some(fc.constantFrom([{ command: ['a'] }, { image: 'b', user: '5' }])),
    build: some(fc.constantFrom('.', { context: './x', target: 'y', args: { A: null, B: 'c' } })),
    links: some(fc.constantFrom(['other'], ['other:db'])),
    volumes_from: some(fc.constantFrom(['other'], ['other:ro'])),
    scale: some(fc.nat(3)),
    stdin_open: some(fc.boolean()),
  },
  { requiredKeys: ['image'] },
);

describe('any compose file that compose takes', () => {
  it('becomes objects that the API takes, whatever its services say', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        service,
        service,
        fc.constantFrom('web', 'a_b', 'A.B', '123', 'other-2'),
        (one, other, name) => {
          const {
            depends_on: _on,
            network_mode: _mode,
            links: _links,
            volumes_from: _from,
            pid: _pid,
            ipc: _ipc,
            ...last
          } = other;
          const project = {
            services: { [name]: one, other: last },
            networks: { n1: null, n2: { internal: true } },
            volumes: { v: null },
            configs: { c: { content: 'x' } },
            secrets: { s: { file: './s' } },
          };
          if (
            soundly({ files: [{ path: '/p/compose.yaml', text: JSON.stringify(project) }], directory: '/p' })
          )
            taken += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('becomes objects that the API takes, whatever was changed in a file of the corpus', () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(8),
      put: fc.oneof(
        fc.constantFrom('', 'x', '_', '.', '-', '9', 'A', ' ', ':', '/', '\n'),
        fc.string({ maxLength: 3 }),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...projects),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (name, changes) => {
          const input = corpusInput(name);
          const files = input.files.map(({ path, text: before }) => ({
            path,
            text: changes.reduce((now, { at, cut, put }) => {
              const place = Math.floor(at * now.length);
              return now.slice(0, place) + put + now.slice(place + cut);
            }, before),
          }));
          soundly({ ...input, files });
        },
      ),
      { numRuns: 300 },
    );
  });
});

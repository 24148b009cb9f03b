import { describe, expect, it } from 'vitest';
import { differencesBetween } from '../../../src/sandbox/overview/summary.ts';
import { Onlooker } from './onlooker.ts';
import { aPod, applied, nginx, shell } from './small-worlds.ts';

describe('show --watch says of everything what became of it', () => {
  const pods = (lines: readonly string[], then: readonly string[]): string[] => {
    const onlooker = new Onlooker(...lines);
    const before = onlooker.show();
    for (const line of then) onlooker.type(line);
    return differencesBetween(before, onlooker.show()).map(
      ({ what, before: from = 'not there', after: to = 'gone', standing }) =>
        `${what}: ${from} > ${to} (${standing})`.replace(/on worker-\d/g, 'on a node'),
    );
  };

  it.each<
    readonly [name: string, lines: readonly string[], then: readonly string[], expected: readonly string[]]
  >([
    [
      'a node that is cordoned',
      [],
      ['kubectl cordon worker-1'],
      ['node worker-1: ready > ready, cordoned (well)'],
    ],
    [
      'a node that is gone',
      [],
      ['node stop worker-1', 'fast 60s'],
      ['node worker-1: ready > not ready (ill)'],
    ],
    [
      'a node with too little memory',
      [],
      [
        `kubectl patch node worker-1 --subresource=status -p '{"status":{"conditions":[{"type":"MemoryPressure","status":"True"}]}}'`,
      ],
      ['node worker-1: ready > ready, MemoryPressure (ill)'],
    ],
    [
      'a Pod that no node takes',
      [],
      [
        'kubectl run web --image=nginx:1.28 --overrides=\'{"spec":{"nodeSelector":{"disk":"ssd"}}}\'',
        'sleep 1',
      ],
      ['pod web: not there > 0/1 Pending (ill)'],
    ],
    [
      'a Pod of another namespace that is started again',
      ['kubectl create namespace shop'],
      ["kubectl run web -n shop --image=busybox:1.36 -- sh -c 'sleep 3; exit 1'", 'sleep 6'],
      ['pod shop/web: not there > 1/1 Running, 1 restart on a node (well)'],
    ],
    [
      'a Pod that is done',
      ['kubectl run web --image=busybox:1.36 --restart=Never -- sleep 5', 'sleep 3'],
      ['sleep 10'],
      ['pod web: 1/1 Running on a node > 0/1 Completed on a node (well)'],
    ],
    [
      'a Pod that has failed',
      ["kubectl run web --image=busybox:1.36 --restart=Never -- sh -c 'sleep 5; exit 1'", 'sleep 3'],
      ['sleep 10'],
      ['pod web: 1/1 Running on a node > 0/1 Error on a node (ill)'],
    ],
    [
      'a Pod that is asked to go',
      ['kubectl run web --image=busybox:1.36 -- sleep 1000', 'sleep 5'],
      ['kubectl delete pod web --wait=false'],
      ['pod web: 1/1 Running on a node > 1/1 Terminating on a node (moving)'],
    ],
    [
      'a Service of which one Pod is not ready',
      [
        'kubectl create deployment web --image=nginx:1.28',
        'kubectl expose deployment web --port=80',
        'sleep 10',
      ],
      [
        aPod(
          'late',
          { containers: [nginx({ readinessProbe: { exec: { command: ['false'] } } })] },
          { app: 'web' },
        ),
        'sleep 5',
      ],
      ['service web: 1 ready > 1 ready, 1 not ready (well)'],
    ],
    [
      'a container that ends',
      ["docker run -d --name web busybox:1.36 sh -c 'sleep 5; exit 2'"],
      ['sleep 10'],
      ['container web: running > exited, code 2 (ill)'],
    ],
    [
      'a container that is paused',
      ['docker run -d --name web nginx:1.28'],
      ['docker pause web'],
      ['container web: running > paused (well)'],
    ],
    [
      'a container that is ended and started again and again',
      [],
      ["docker run -d --name web --restart always busybox:1.36 sh -c 'exit 2'", 'sleep 30'],
      ['container web: not there > restarting, code 2 (ill)'],
    ],
    [
      'a container that is found ill',
      ["docker run -d --name web --health-cmd 'exit 1' --health-interval 1s --health-retries 2 nginx:1.28"],
      ['sleep 10'],
      ['container web: running, health: starting > running, unhealthy (ill)'],
    ],
    [
      'a container that cannot be started',
      ['docker pull -q busybox:1.36'],
      ['docker run -d --name web busybox:1.36 nosuch'],
      ['container web: not there > created (ill)'],
    ],
    [
      'a container that was only made',
      ['docker pull -q busybox:1.36'],
      ['docker create --name web busybox:1.36'],
      ['container web: not there > created (well)'],
    ],
  ])('%s', (_, lines, then, expected) => {
    expect(pods(lines, then)).toEqual(expect.arrayContaining([...expected]));
  });
});

describe('show says of a Pod what is wrong in it', () => {
  it.each<
    readonly [name: string, spec: object, seconds: number, standing: string, expected: readonly object[]]
  >([
    [
      'a container that comes to its end again and again',
      { containers: [shell('exit 3')] },
      70,
      'ill',
      [{ name: 'web', standing: 'ill', state: 'Error', ended: 'exit code 3' }],
    ],
    [
      'one that used too much memory',
      {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'web',
            image: 'busybox:1.36',
            command: ['tail', '/dev/zero'],
            resources: { limits: { memory: '20Mi' } },
          },
        ],
      },
      20,
      'ill',
      [{ name: 'web', standing: 'ill', state: 'OOMKilled', ended: 'exit code 137, OOMKilled' }],
    ],
    [
      'an init container that is done, and one that is not',
      {
        initContainers: [shell('true', { name: 'a' }), shell('sleep 1000', { name: 'b' })],
        containers: [nginx()],
      },
      10,
      'moving',
      [{ name: 'web', standing: 'moving', state: 'PodInitializing', ended: undefined }],
    ],
    [
      'an init container that never ends',
      { initContainers: [shell('sleep 1000', { name: 'a' })], containers: [nginx()] },
      40,
      'ill',
      [{ name: 'web', standing: 'moving', state: 'PodInitializing', ended: undefined }],
    ],
    [
      'a sidecar that is not ready',
      {
        initContainers: [
          nginx({ name: 'side', restartPolicy: 'Always', readinessProbe: { tcpSocket: { port: 81 } } }),
        ],
        containers: [nginx({ command: ['sleep', '1000'] })],
      },
      10,
      'moving',
      [{ name: 'side', standing: 'moving', state: 'not ready', ended: undefined }],
    ],
    [
      'one of two containers that is done and never comes back',
      { restartPolicy: 'OnFailure', containers: [shell('true'), shell('sleep 1000', { name: 'b' })] },
      10,
      'moving',
      [],
    ],
  ])('%s', (_, spec, seconds, standing, expected) => {
    const onlooker = new Onlooker(aPod('web', spec), `sleep ${seconds}`);
    const found = onlooker.show().nodes?.flatMap((node) => node.pods)[0];
    expect(found?.standing).toBe(standing);
    expect(found?.troubled).toEqual(expected);
  });
});

describe('show says of Services where they lead', () => {
  it('whatever they are', () => {
    const { services } = new Onlooker(
      'kubectl create service externalname ext --external-name=example.com',
      'kubectl create service clusterip head --clusterip=None --tcp=80',
      'kubectl create service nodeport open --tcp=80:80 --node-port=30080',
      aPod('dns', { containers: [nginx()] }, { app: 'dns' }),
      applied(
        '{apiVersion: v1, kind: Service, metadata: {name: dns}, spec: {selector: {app: dns}, ports: [{port: 53, protocol: UDP}]}}',
      ),
      applied('{apiVersion: v1, kind: Service, metadata: {name: bare}, spec: {ports: [{port: 80}]}}'),
      'sleep 10',
    ).show('services');
    expect(
      services?.map(({ name, type, standing, address, ports, hasSelector }) => [
        name,
        type,
        standing,
        address.replace(/^10\.96\.[\d.]+$/, 'its own'),
        ports.join(),
        hasSelector,
      ]),
    ).toEqual([
      ['bare', 'ClusterIP', 'ill', 'its own', '80', false],
      ['dns', 'ClusterIP', 'well', 'its own', '53/UDP', true],
      ['ext', 'ExternalName', 'well', 'example.com', '', true],
      ['head', 'ClusterIP', 'ill', '', '80', true],
      ['kubernetes', 'ClusterIP', 'well', 'its own', '443', false],
      ['open', 'NodePort', 'ill', 'its own', '80 (30080 on every node)', true],
    ]);
  });

  it('and of containers where their ports do', () => {
    const { docker } = new Onlooker(
      'docker run -d --name web -p 127.0.0.1:9000:80/udp -p 9001:80 nginx:1.28',
      'sleep 1',
    ).show('docker');
    expect(docker?.[0]?.ports).toEqual(['9001 -> 80', '127.0.0.1:9000 -> 80/udp']);
  });
});

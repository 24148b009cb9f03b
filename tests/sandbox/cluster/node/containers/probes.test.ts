import { describe, expect, it } from 'vitest';
import type { Probe } from '../../../../../src/kubernetes/api.ts';
import { node, OneNode } from '../one-node.ts';

const web = { name: 'web', image: 'nginx:1.28', ports: [{ containerPort: 80, name: 'http' }] };

function run(probes: Partial<Record<'livenessProbe' | 'readinessProbe' | 'startupProbe', Probe>>): OneNode {
  const world = OneNode.fresh('nginx:1.28', 'busybox:1.36');
  world.run('shop', { containers: [{ ...web, ...probes }] });
  return world;
}

describe('Probes', () => {
  it('make a container ready as soon as it answers', () => {
    const world = run({ readinessProbe: { httpGet: { path: '/', port: 'http' } } });
    expect(world.watch('shop', 5)).toEqual([
      'Pending web:ContainerCreating',
      'Running web:Running',
      'Running web:Running*',
    ]);
  });

  const failures: readonly (readonly [string, Probe, string])[] = [
    [
      'a page that is not there',
      { httpGet: { path: '/nope', port: 80 } },
      'HTTP probe failed with statuscode: 404',
    ],
    [
      'a port that nobody listens on',
      { httpGet: { path: '/', port: 8080 } },
      'Get "http://10.244.1.2:8080/": dial tcp 10.244.1.2:8080: connect: connection refused',
    ],
    [
      'a connection that is refused',
      { tcpSocket: { port: 8080 } },
      'dial tcp 10.244.1.2:8080: connect: connection refused',
    ],
  ];
  for (const [what, probe, message] of failures) {
    it(`tell of ${what} in the words of the kubelet, once a period`, () => {
      const world = run({ readinessProbe: { ...probe, periodSeconds: 5 } });
      expect(world.watch('shop', 22).at(-1)).toBe('Running web:Running');
      expect(world.events('shop')).toContain(`Unhealthy x5: Readiness probe failed: ${message}`);
    });
  }

  it('restart a container whose liveness failed three times, and pause only from the fourth time on', () => {
    const world = run({ livenessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 5 } });
    // The times are those of the lab: killed every 15 seconds, and the fourth time not started again.
    expect(world.watch('shop', 62)).toEqual([
      'Pending web:ContainerCreating',
      'Running web:Running*',
      'Running web:Running/1*',
      'Running web:Running/2*',
      'Running web:Running/3*',
      'Running web:CrashLoopBackOff/3',
    ]);
    expect(world.events('shop')).toContain(
      'Killing x4: Container web failed liveness probe, will be restarted',
    );
  });

  it('hold back the others until the startup probe has succeeded', () => {
    const page = { httpGet: { path: '/', port: 80 } };
    const world = run({ startupProbe: { ...page, periodSeconds: 3 }, readinessProbe: page });
    world.watch('shop', 2);
    expect(world.pod('shop')?.status?.containerStatuses?.[0]).toMatchObject({ started: false, ready: false });
    world.watch('shop', 2);
    expect(world.pod('shop')?.status?.containerStatuses?.[0]).toMatchObject({ started: true, ready: true });
  });

  it('wait for the initial delay', () => {
    const world = run({
      readinessProbe: { httpGet: { path: '/', port: 80 }, initialDelaySeconds: 20, periodSeconds: 5 },
    });
    expect(world.watch('shop', 18).at(-1)).toBe('Running web:Running');
    expect(world.watch('shop', 10).at(-1)).toBe('Running web:Running*');
  });

  it('need nothing to happen while a server answers as it did', () => {
    const world = run({
      livenessProbe: { httpGet: { path: '/', port: 80 } },
      readinessProbe: { tcpSocket: { port: 80 } },
    });
    world.watch('shop', 30);
    expect(world.simulation.nextMoment()).toBeUndefined();
  });

  it('notice when a page that they asked for is gone', () => {
    const world = run({
      readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5, failureThreshold: 1 },
    });
    world.watch('shop', 10);
    const [container] = world.runtime.containers(node);
    world.runtime.exec(node, container?.id ?? '', {
      argv: [
        'sh',
        '-c',
        'echo > /usr/share/nginx/html/other; : > /etc/nginx/conf.d/default.conf; nginx -s reload',
      ],
      tty: false,
      stdin: false,
    });
    world.watch('shop', 15);
    expect(world.pod('shop')?.status?.containerStatuses?.[0]?.ready).toBe(false);
  });

  it('have no patience with a server that is slow', () => {
    const image = 'registry.example.com/shop/api:1.4';
    const world = OneNode.fresh(image);
    const page = { httpGet: { path: '/slow', port: 8080 }, periodSeconds: 5 };
    const env = [{ name: 'SLOW_MS', value: '1500' }];
    world.run('shop', { containers: [{ name: 'api', image, env, readinessProbe: page }] });
    world.run('patient', {
      containers: [{ name: 'api', image, env, readinessProbe: { ...page, timeoutSeconds: 2 } }],
    });
    world.watch('shop', 12);
    const late = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
    const address = world.pod('shop')?.status?.podIP;
    expect(world.events('shop').join()).toContain(
      `Readiness probe failed: Get "http://${address}:8080/slow": ${late}`,
    );
    expect(world.events('patient').join()).not.toContain('Unhealthy');
    expect(world.pod('patient')?.status?.containerStatuses?.[0]?.ready).toBe(true);
  });

  it('of other hosts are not simulated', () => {
    const world = run({ readinessProbe: { httpGet: { path: '/', port: 80, host: 'shop.example.com' } } });
    world.watch('shop', 5);
    expect(world.events('shop')).toContain(
      'Unhealthy x1: Readiness probe failed: Get "http://shop.example.com:80/": probes of other hosts are not simulated',
    );
  });

  it('say what is not simulated', () => {
    const world = run({ readinessProbe: { grpc: { port: 80 } } });
    world.watch('shop', 5);
    expect(world.events('shop')).toContain(
      'Unhealthy x1: Readiness probe errored and resulted in unknown state: probes by gRPC are not simulated',
    );
  });
});

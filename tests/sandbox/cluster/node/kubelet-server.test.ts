import { describe, expect, it } from 'vitest';
import type { ContainerState, Pod } from '../../../../src/kubernetes/api.ts';
import { kubeletServer } from '../../../../src/sandbox/cluster/node/kubelet-server.ts';
import { setNodePower } from '../../../../src/sandbox/cluster/node/node-power.ts';
import { containerForLog, linesOf, logText } from '../../../../src/sandbox/cluster/node/pods/pod-logs.ts';
import type { LogLine } from '../../../../src/sandbox/runtime/container-runtime.ts';
import { begin, OneNode, shell } from './one-node.ts';

const options = { container: 'app', follow: false, previous: false, timestamps: false };

function serve(world: OneNode) {
  const { cluster, simulation, runtime } = world;
  const server = kubeletServer({ cluster, simulation, runtime });
  const pod = () => {
    const found = cluster.get('pods', 'default', 'shop');
    if (!found) throw new Error('no Pod');
    return found;
  };
  return { server, pod };
}

function run(line: string, image = 'busybox:1.36'): OneNode {
  const world = OneNode.fresh('busybox:1.36');
  world.run('shop', { containers: [{ ...shell('app', line), image }] });
  world.watch('shop', 4);
  return world;
}

describe('Logs', () => {
  it('are what a container wrote', () => {
    const { server, pod } = serve(run('echo hello; echo shop; sleep 1000'));
    expect(server.logs(pod(), options)).toBe('hello\nshop\n');
    expect(server.logs(pod(), { ...options, tailLines: 1 })).toBe('shop\n');
    expect(server.logs(pod(), { ...options, timestamps: true, tailLines: 1 })).toMatch(
      /^2026-11-20T09:00:0\d\.\d{9}Z shop\n$/,
    );
  });

  it('of the container before are those of its predecessor', () => {
    const { server, pod } = serve(run('echo one; exit 1'));
    expect(server.logs(pod(), { ...options, previous: true })).toBe('one\n');
  });

  it('are followed until the container ends', () => {
    const world = OneNode.fresh('busybox:1.36');
    world.run('shop', {
      restartPolicy: 'Never',
      containers: [shell('app', 'echo first; sleep 5; echo last')],
    });
    world.watch('shop', 2);
    const { server, pod } = serve(world);
    const stream = server.logs(pod(), { ...options, follow: true });
    if (typeof stream === 'string') throw new Error('no stream');
    expect([stream.next(), stream.ended]).toEqual(['first\n', false]);
    world.watch('shop', 10);
    expect([stream.next(), stream.next(), stream.ended]).toEqual(['last\n', '', true]);
  });

  const stated = (state: ContainerState | undefined, lastState?: ContainerState): Pod['status'] => {
    const status = { name: 'app', image: 'x', imageID: '', ready: false, restartCount: 0 };
    return {
      containerStatuses: [{ ...status, ...(state ? { state } : {}), ...(lastState ? { lastState } : {}) }],
    };
  };
  const waiting = (reason: string) => stated({ waiting: { reason } });
  const ended = (containerID?: string): ContainerState => ({
    terminated: { exitCode: 1, ...(containerID ? { containerID: `containerd://${containerID}` } : {}) },
  });
  const refusals: readonly (readonly [Pod['status'], boolean, string])[] = [
    [{}, false, 'container "app" in pod "shop" is not available'],
    [
      waiting('ContainerCreating'),
      false,
      'container "app" in pod "shop" is waiting to start: ContainerCreating',
    ],
    [
      waiting('ErrImagePull'),
      false,
      `container "app" in pod "shop" is waiting to start: image can't be pulled`,
    ],
    [
      waiting('ImagePullBackOff'),
      false,
      'container "app" in pod "shop" is waiting to start: trying and failing to pull image',
    ],
    [waiting('ContainerCreating'), true, 'previous terminated container "app" in pod "shop" not found'],
    [stated(ended(), ended()), true, 'previous terminated container "app" in pod "shop" not found'],
    [stated(ended()), false, 'container "app" in pod "shop" is terminated'],
    [stated({ waiting: {} }, ended()), false, 'container "app" in pod "shop" is terminated'],
    [stated({ waiting: {} }), false, 'container "app" in pod "shop" is waiting to start: '],
    [stated({}), false, 'container "app" in pod "shop" is waiting to start - no logs yet'],
    [stated(undefined), false, 'container "app" in pod "shop" is waiting to start - no logs yet'],
    [undefined, false, 'container "app" in pod "shop" is not available'],
  ];
  it('are those of the last container that there was', () => {
    const idOf = (status: Pod['status'], previous = false) =>
      containerForLog(
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, ...(status ? { status } : {}) },
        'app',
        previous,
      );
    expect(idOf(stated(ended('now'), ended('before')))).toBe('now');
    expect(idOf(stated(ended('now'), ended('before')), true)).toBe('before');
    expect(idOf(stated(ended(), ended('before')))).toBe('before');
    expect(idOf(stated({ waiting: { reason: 'CrashLoopBackOff' } }, ended('before')))).toBe('before');
  });

  it('are no longer followed by who has closed them', () => {
    const world = run('echo one; sleep 8; echo two; sleep 1000');
    const { server, pod } = serve(world);
    const stream = server.logs(pod(), { ...options, follow: true });
    if (typeof stream === 'string') throw new Error('no stream');
    expect([stream.next(), stream.ended]).toEqual(['one\n', false]);
    stream.close();
    world.watch('shop', 5);
    expect([stream.next(), stream.ended]).toEqual(['', true]);
  });

  it('of a container that is gone cannot be had', () => {
    const world = run('sleep 1000');
    const { server, pod } = serve(world);
    const [container] = world.runtime.containers('worker-1');
    const id = container?.id ?? '';
    world.runtime.kill('worker-1', id, 'SIGKILL');
    world.runtime.remove('worker-1', id);
    expect(server.logs(pod(), options)).toBe(`unable to retrieve container logs for containerd://${id}`);
  });

  for (const [status, previous, message] of refusals) {
    it(`are refused in the kubelet's words: ${message}`, () => {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'shop' },
        ...(status ? { status } : {}),
      } as const;
      expect(() => containerForLog(pod, 'app', previous)).toThrow(message);
    });
  }

  it('put lines together that were written in pieces', () => {
    const piece = (at: number, stream: LogLine['stream'], text: string): LogLine => ({
      at: begin + at,
      stream,
      text,
    });
    const pieces = [piece(0, 'stdout', 'a'), piece(1, 'stderr', 'x\ny\n'), piece(2, 'stdout', 'b\nc')];
    // As a real container writes with `printf a; echo x >&2; echo y >&2; printf 'b\nc'`.
    const { lines } = linesOf(pieces, true);
    expect(logText(lines, { timestamps: false }, begin)).toBe('x\ny\nab\nc');
    expect(logText(lines, { timestamps: false, sinceTime: begin + 2 }, begin)).toBe('ab\nc');
    expect(logText(lines, { timestamps: false, tailLines: 0 }, begin)).toBe('');
    expect(logText(lines, { timestamps: false, limitBytes: 3 }, begin)).toBe('x\ny');
    const running = linesOf(pieces, false);
    expect(running.lines.map(({ text }) => text)).toEqual(['x\n', 'y\n', 'ab\n']);
    expect(running.open.map(({ text }) => text)).toEqual(['c']);
  });
});

describe('A command in a container', () => {
  it('gives what it prints, and its exit code', () => {
    const world = run('sleep 1000');
    const { server, pod } = serve(world);
    const stream = server.exec(pod(), 'app', {
      argv: ['sh', '-c', 'echo $HOSTNAME; exit 3'],
      tty: false,
      stdin: false,
    });
    world.watch('shop', 1);
    expect(
      stream
        .next()
        .map(({ text }) => text)
        .join(''),
    ).toBe('shop\n');
    expect(stream.exitCode).toBe(3);
    stream.close();
  });

  it('ends with its container, as if killed', () => {
    const world = run('sleep 1000');
    const { server, pod } = serve(world);
    const stream = server.exec(pod(), 'app', { argv: ['sleep', '1000'], tty: false, stdin: false });
    const attached = server.attach(pod(), 'app', { tty: false, stdin: false });
    world.watch('shop', 1);
    expect([stream.exitCode, attached.exitCode]).toEqual([undefined, undefined]);
    world.cluster.remove('pods', 'default', 'shop', { gracePeriodSeconds: 0 });
    world.watch('shop', 5);
    expect([stream.next(), stream.exitCode, attached.exitCode]).toEqual([[], 137, 137]);
  });

  it('has to be one that there is', () => {
    const { server, pod } = serve(run('sleep 1000'));
    const spec = { argv: ['nope'], tty: false, stdin: false };
    const stream = server.exec(pod(), 'app', spec);
    expect(stream.problem).toMatch(
      /^Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "nope": executable file not found in \$PATH$/,
    );
    expect(stream.exitCode).toBe(1);
  });

  it('needs a container that runs', () => {
    const { server, pod } = serve(run('sleep 1000', 'nginx:9.99'));
    const spec = { argv: ['ls'], tty: false, stdin: false };
    expect(() => server.exec(pod(), 'app', spec)).toThrow(
      'unable to upgrade connection: container not found ("app")',
    );
  });

  it('needs a node that answers', () => {
    const world = run('sleep 1000');
    setNodePower(world.cluster.store, 'worker-1', false);
    const { server, pod } = serve(world);
    expect(() => server.logs(pod(), options)).toThrow(
      'Get "https://172.30.0.12:10250/containerLogs/default/shop/app": dial tcp 172.30.0.12:10250: connect: no route to host',
    );
  });
});

describe('A forwarded port', () => {
  it('leads into the Pod, or nowhere', () => {
    const world = OneNode.fresh('nginx:1.28');
    world.run('shop', { containers: [{ name: 'app', image: 'nginx:1.28' }] });
    world.watch('shop', 4);
    const { server, pod } = serve(world);
    const request = { method: 'GET', path: '/', host: 'localhost:8080', headers: {}, body: '' };
    const stream = server.forward(pod());
    expect(stream.ask(80, request)?.status).toBe(200);
    expect(stream.ask(81, request)).toBeUndefined();
  });
});

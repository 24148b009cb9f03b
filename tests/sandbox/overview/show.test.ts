import { describe, expect, it } from 'vitest';
import { countsOf, differencesBetween } from '../../../src/sandbox/overview/summary.ts';
import { Onlooker } from './onlooker.ts';

describe('show', () => {
  it('has what a new world has, without what the cluster has for itself', () => {
    const { docker, nodes, waiting, services, hiddenPods } = new Onlooker().show();
    expect(docker).toEqual([]);
    expect(
      nodes?.map(({ name, standing, isControlPlane, pods }) => [name, standing, isControlPlane, pods]),
    ).toEqual([
      ['control-plane', 'well', true, []],
      ['worker-1', 'well', false, []],
      ['worker-2', 'well', false, []],
    ]);
    expect(waiting).toEqual([]);
    expect(services?.map(({ name, ready }) => [name, ready])).toEqual([['kubernetes', 1]]);
    expect(hiddenPods).toBeGreaterThan(5);
  });

  it('has Pods on their nodes, on their way and then well', () => {
    const onlooker = new Onlooker('kubectl create deployment web --image=nginx:1.28 --replicas=3');
    const pods = () => onlooker.show().nodes?.flatMap((node) => node.pods) ?? [];
    expect(pods().map(({ standing }) => standing)).toEqual(['moving', 'moving', 'moving']);
    onlooker.type('sleep 10');
    expect(pods().map(({ standing, ready, status }) => [standing, ready, status])).toEqual([
      ['well', 1, 'Running'],
      ['well', 1, 'Running'],
      ['well', 1, 'Running'],
    ]);
  });

  it('tells what is not as it should be', () => {
    const onlooker = new Onlooker(
      'kubectl create deployment api --image=nginx:9.99',
      'kubectl run crash --image=busybox:1.36 -- sh -c "exit 3"',
      `kubectl run big --image=nginx:1.28 --overrides='{"spec":{"containers":[{"name":"big","image":"nginx:1.28","resources":{"requests":{"cpu":"30"}}}]}}'`,
      'kubectl create service clusterip lost --tcp=80:80',
      'kubectl cordon worker-2',
      'sleep 60',
    );
    const overview = onlooker.show();
    expect(countsOf(overview)).toEqual([
      { kind: 'node', all: 3, ill: 0, moving: 0 },
      { kind: 'Pod', all: 3, ill: 3, moving: 0 },
      { kind: 'Service', all: 2, ill: 1, moving: 0 },
    ]);
    expect(overview.waiting?.map(({ name, status }) => [name, status])).toEqual([['big', 'Pending']]);
    const crash = overview.nodes?.flatMap((node) => node.pods).find(({ name }) => name === 'crash');
    expect(crash?.troubled[0]?.ended).toBe('exit code 3');
    expect(crash?.restarts).toBeGreaterThan(0);
    expect(overview.nodes?.find(({ name }) => name === 'worker-2')).toMatchObject({
      isCordoned: true,
      standing: 'well',
    });
  });

  it('counts a Pod on a node that is gone as not well', () => {
    const onlooker = new Onlooker(
      'kubectl create deployment web --image=nginx:1.28 --replicas=4',
      'sleep 10',
      'node stop worker-1',
      'fast 60s',
    );
    const { nodes = [] } = onlooker.show();
    const lost = nodes.find(({ name }) => name === 'worker-1');
    expect(lost).toMatchObject({ isReady: false, standing: 'ill' });
    expect(lost?.pods.every(({ standing }) => standing === 'ill')).toBe(true);
    expect(
      nodes.find(({ name }) => name === 'worker-2')?.pods.every(({ standing }) => standing === 'well'),
    ).toBe(true);
  });

  it('has the containers of Docker, the oldest first', () => {
    const onlooker = new Onlooker(
      'docker run -d --name db -p 5432:6379 redis:7',
      'docker run -d --name broken busybox:1.36 sh -c "exit 2"',
      'docker run -d --name greedy -m 20m busybox:1.36 tail /dev/zero',
      'docker run -d --name stopped busybox:1.36 sleep 1000',
      'docker stop -t 1 stopped',
      'docker run --name done busybox:1.36 true',
      'sleep 5',
    );
    expect(onlooker.show().docker?.map(({ name, standing, state }) => [name, standing, state])).toEqual([
      ['db', 'well', 'running'],
      ['broken', 'ill', 'exited'],
      ['greedy', 'ill', 'exited'],
      ['stopped', 'well', 'exited'],
      ['done', 'well', 'exited'],
    ]);
    expect(onlooker.show().docker?.[0]).toMatchObject({
      ports: ['5432 -> 6379'],
      networks: ['bridge'],
      image: 'redis:7',
    });
  });

  it.each([
    ['docker run -d --name web -p 8080:80 nginx:1.28', 'well', undefined],
    [
      'docker run -d --name web -p 8080:81 nginx:1.28',
      'ill',
      'Port 8080 of this machine leads to port 81 of it, and nothing listens there.',
    ],
    [
      'docker run -d --name web -p 127.0.0.1:8080:81 nginx:1.28',
      'ill',
      /leads to port 81 of it, and nothing/,
    ],
    [
      'docker run -d --name web -p 6379:6379 redis:7 redis-server --bind 127.0.0.1',
      'ill',
      /does so on 127\.0\.0\.1, which only the container itself can reach/,
    ],
    ['docker run -d --name web nginx:1.28', 'well', undefined],
    ['docker run -d --name web -p 8080:81/udp nginx:1.28', 'well', undefined],
  ])('says of a published port whether somebody answers there: %s', (line, standing, said) => {
    const onlooker = new Onlooker(line, 'sleep 11');
    expect(onlooker.show().docker?.[0]?.standing).toBe(standing);
    onlooker.type('why container/web');
    const because = JSON.stringify(onlooker.accounts.at(-1));
    if (said === undefined) expect(because).not.toContain('leads to');
    else if (typeof said === 'string') expect(because).toContain(said);
    else expect(because).toMatch(said);
  });

  it('gives a server time to begin before it says that nobody answers', () => {
    const onlooker = new Onlooker('docker run -d --name web -p 8080:81 nginx:1.28', 'sleep 2');
    expect(onlooker.show().docker?.[0]?.standing).toBe('well');
  });

  it('is narrowed by words', () => {
    const onlooker = new Onlooker(
      'kubectl create namespace shop',
      'kubectl create deployment web --image=nginx:1.28 -n shop',
      'sleep 10',
    );
    const parts = (words: string): string[] => {
      const { docker, nodes, waiting, services } = onlooker.show(words);
      return Object.entries({ docker, nodes, waiting, services }).flatMap(([name, part]) =>
        part ? [name] : [],
      );
    };
    expect(parts('docker')).toEqual(['docker']);
    expect(parts('all')).toEqual(['docker', 'nodes', 'waiting', 'services']);
    expect(parts('-A')).toEqual(['docker', 'nodes', 'waiting', 'services']);
    expect(parts('nodes')).toEqual(['nodes']);
    expect(parts('pods')).toEqual(['nodes', 'waiting']);
    expect(parts('svc docker')).toEqual(['docker', 'services']);
    expect(onlooker.show('-n shop').nodes?.flatMap((node) => node.pods)).toHaveLength(1);
    expect(onlooker.show('-n default').nodes?.flatMap((node) => node.pods)).toHaveLength(0);
    expect(onlooker.show('--namespace=kube-system pods').hiddenPods).toBe(0);
  });

  it.each([
    ['show cats', 'show: there is no cats to show\nusage: show', 2],
    ['show -n', 'usage: show', 2],
    ['show -n nope', 'show: there is no namespace "nope"\n', 1],
  ])('refuses %s', (line, message, status) => {
    const onlooker = new Onlooker();
    expect(onlooker.type(line)).toBe(status);
    expect(onlooker.err).toContain(message);
  });
});

describe('show --watch without a terminal', () => {
  it('prints a line for each change, and ends when nothing changes any more', () => {
    const onlooker = new Onlooker('kubectl create deployment web --image=nginx:1.28');
    expect(onlooker.type('show --watch pods')).toBe(0);
    const lines = onlooker.out.trimEnd().split('\n');
    expect(lines[0]).toBe('drawn');
    expect(lines.at(-1)).toMatch(
      /^pod web-\S+: 0\/1 ContainerCreating on worker-\d > 1\/1 Running on worker-\d$/,
    );
  });

  it('tells what is new and what is gone', () => {
    const onlooker = new Onlooker();
    const before = onlooker.show();
    onlooker.type('docker run -d --name db redis:7');
    const after = onlooker.show();
    expect(differencesBetween(before, after)).toEqual([
      { what: 'container db', before: undefined, after: 'running', standing: 'well' },
    ]);
    expect(differencesBetween(after, before)).toEqual([
      { what: 'container db', before: 'running', after: undefined, standing: 'well' },
    ]);
    expect(differencesBetween(after, after)).toEqual([]);
  });
});

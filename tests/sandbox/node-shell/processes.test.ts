import { describe, expect, it } from 'vitest';
import { NodeVisitor } from './node-visitor.ts';

interface Row {
  readonly user: string;
  readonly pid: string;
  readonly parent: string;
  readonly line: string;
}

function rowsOf(text: string): readonly Row[] {
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [user = '', pid = '', parent = '', , , , , ...line] = row.split(/ +/);
      return { user, pid, parent, line: line.join(' ') };
    });
}

describe('the processes of a node', () => {
  const visitor = new NodeVisitor(
    'kubectl run web --image=nginx:1.28 --overrides=\'{"spec":{"nodeName":"worker-1"}}\'',
    'sleep 10',
    'node ssh worker-1',
  );

  it('hang below the shim of their Pod, beside its pause process', () => {
    const rows = rowsOf(visitor.out('ps -ef'));
    const sandbox = visitor.out('crictl pods -q --name web').trim();
    const shim = rows.find(
      ({ line }) => line.startsWith('/usr/bin/containerd-shim-runc-v2 ') && line.includes(sandbox),
    );
    expect(shim).toMatchObject({ user: 'root', parent: '1' });
    expect(shim?.line).toBe(
      `/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id ${sandbox} -address /run/containerd/containerd.sock`,
    );
    const below = rows.filter(({ parent }) => parent === shim?.pid);
    expect(below.map(({ user, line }) => [user, line.split(' ')[0]])).toEqual(
      [
        ['65535', '/pause'],
        ['root', 'nginx'],
      ].map(([user, name]) => [user, expect.stringContaining(name ?? '')]),
    );
    const master = below[1];
    const workers = rows.filter(({ parent }) => parent === master?.pid);
    expect(workers.map(({ user }) => user)).toContain('101');
    expect(workers.every(({ line }) => line === 'nginx: worker process')).toBe(true);
  });

  it('have numbers of their own, and none twice', () => {
    const pids = rowsOf(visitor.out('ps -ef')).map(({ pid }) => Number(pid));
    expect(new Set(pids).size).toBe(pids.length);
    expect(pids).toEqual([...pids].sort((one, other) => one - other));
    const inspected = JSON.parse(visitor.out('crictl inspect $(crictl ps -q --name web)')) as {
      info: { pid: number };
    };
    expect(pids).toContain(inspected.info.pid);
  });

  it('are those of the terminal where nothing is asked', () => {
    expect(visitor.out('ps')).toMatch(
      /^ {4}PID TTY {10}TIME CMD\n +\d+ pts\/0 {4}00:00:00 bash\n +\d+ pts\/0 {4}00:00:00 ps\n$/,
    );
    expect(visitor.out('ps -e | grep containerd-shim | wc -l')).toBe('2\n');
    expect(visitor.out('ps aux')).toMatch(/^USER +PID %CPU %MEM +VSZ +RSS TTY +STAT START +TIME COMMAND\n/);
  });

  it('stand in a tree', () => {
    expect(visitor.out('ps -ef --forest')).toMatch(/containerd-shim-runc-v2 .*\n65535 .* {2}\\_ \/pause\n/);
    expect(visitor.out('pstree')).toMatch(/^systemd\n/);
    expect(visitor.out('pstree -p')).toMatch(/-containerd-shim\(\d+\)\n {2}[ |] \|-pause\(\d+\)\n/);
  });

  it('are there as long as their containers are', () => {
    const pid = JSON.parse(visitor.out('crictl inspect $(crictl ps -q --name web)')).info.pid as number;
    expect(visitor.type(`kill ${pid}`).status).toBe(0);
    visitor.type('sleep 5');
    expect(visitor.out('crictl ps -a --name web')).toMatch(/Running +web +1 [\s\S]*Exited +web +0 /);
    expect(rowsOf(visitor.out('ps -ef')).map((row) => row.pid)).not.toContain(`${pid}`);
    expect(visitor.type('kill 655').err).toContain('only processes of containers');
    expect(visitor.type('kill 99999').err).toContain('No such process');
    expect(visitor.type('kill').status).toBe(2);
  });

  it.each([['ps --sort=pid'], ['ps -o pid'], ['pstree -x']])('refuses %s by name', (line) => {
    expect(visitor.type(line).err).toContain('is not simulated here');
  });
});

describe('ctr on a node', () => {
  const visitor = new NodeVisitor('node ssh worker-1');

  it('lists what containerd has', () => {
    expect(visitor.out('ctr namespaces ls')).toBe('NAME   LABELS \nk8s.io        \n');
    const containers = visitor.out('ctr -n k8s.io containers ls').split('\n');
    expect(containers[0]).toMatch(/^CONTAINER {59}IMAGE +RUNTIME {18}$/);
    expect(containers.filter((row) => row.includes('registry.k8s.io/pause:3.10.2'))).toHaveLength(1);
    expect(visitor.out('ctr -n k8s.io tasks ls')).toMatch(
      /^TASK +PID +STATUS {4}\n[0-9a-f]{64} {4}\d+ +RUNNING\n/,
    );
    expect(visitor.out('ctr -n k8s.io i ls -q')).toContain('registry.k8s.io/kube-proxy:v1.36.3\n');
    expect(visitor.out('ctr containers ls')).toBe('CONTAINER    IMAGE    RUNTIME    \n');
  });

  it.each([
    ['ctr -n k8s.io run x', 'ctr run is not simulated here'],
    ['ctr -n k8s.io containers rm x', 'ctr containers rm is not simulated here'],
    ['ctr bogus', "No help topic for 'bogus'"],
  ])('and refuses %s', (line, message) => {
    expect(visitor.type(line).err).toContain(message);
  });
});

describe('below Docker on the laptop', () => {
  it('there is the same containerd, with a shim for each container', () => {
    const visitor = new NodeVisitor('docker run -d --name web -p 8080:80 nginx:1.28');
    const id = visitor.out('docker inspect -f {{.Id}} web').trim();
    const rows = rowsOf(visitor.out('ps -ef'));
    expect(rows.find(({ line }) => line.startsWith('/usr/bin/dockerd'))).toMatchObject({ parent: '1' });
    const shim = rows.find(({ line }) => line.includes(`-namespace moby -id ${id} `));
    const pid = visitor.out('docker inspect -f {{.State.Pid}} web').trim();
    expect(rows.find((row) => row.pid === pid)).toMatchObject({ parent: shim?.pid });
    expect(
      rows.some(({ line }) => line.startsWith('/usr/bin/docker-proxy ') && line.includes('-host-port 8080 ')),
    ).toBe(true);
    expect(visitor.out('ctr -n moby containers ls')).toContain(`${id}    docker.io/library/nginx:1.28`);
    visitor.type('docker stop web');
    expect(visitor.out('ctr -n moby tasks ls')).toBe('TASK    PID    STATUS    \n');
    expect(rowsOf(visitor.out('ps -ef')).some(({ line }) => line.includes(id))).toBe(false);
  });
});

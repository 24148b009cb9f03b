import { describe, expect, it } from 'vitest';
import { completionsOnNode } from '../../../src/sandbox/node-shell/complete-on-node.ts';
import { NodeVisitor } from './node-visitor.ts';

describe('node ssh', () => {
  it('takes the lines that follow to the node, until exit', () => {
    const visitor = new NodeVisitor('node ssh worker-1');
    expect(visitor.shell.nodes.open?.prompt).toBe('root@worker-1:~# ');
    expect(visitor.out('hostname; pwd')).toBe('worker-1\n/root\n');
    expect(visitor.type('exit 4').status).toBe(4);
    expect(visitor.shell.nodes.open).toBeUndefined();
    expect(visitor.out('hostname')).not.toBe('worker-1\n');
  });

  it('runs one line and comes back', () => {
    const visitor = new NodeVisitor();
    expect(visitor.out('node ssh worker-2 hostname')).toBe('worker-2\n');
    expect(visitor.out('node ssh root@worker-2 -- hostname')).toBe('worker-2\n');
    expect(visitor.out("node ssh worker-2 'cd /tmp && pwd | wc -l'")).toBe('1\n');
    expect(visitor.type('node ssh worker-2 false').status).toBe(1);
    expect(visitor.shell.nodes.open).toBeUndefined();
  });

  it.each([
    ['node ssh worker-9', 'ssh: Could not resolve hostname worker-9: Name or service not known', 255],
    ['node ssh', 'usage: node ssh NAME', 2],
    ['node ssh --help', 'usage: node ssh NAME', 2],
    ['node ssh worker-1 "echo ("', 'bash: ', 2],
  ])('refuses %s', (line, message, status) => {
    const outcome = new NodeVisitor().type(line);
    expect(outcome.err).toContain(message);
    expect(outcome.status).toBe(status);
  });

  it('finds no way to a node that is stopped, and loses one that stops', () => {
    const visitor = new NodeVisitor('node stop worker-1');
    expect(visitor.type('node ssh worker-1')).toMatchObject({
      err: 'ssh: connect to host worker-1 port 22: No route to host\n',
      status: 255,
    });
    const other = new NodeVisitor('node ssh worker-1');
    other.shell.sandbox.failNode('worker-1');
    expect(other.type('crictl ps').err).toContain('Broken pipe');
    expect(other.shell.nodes.open).toBeUndefined();
  });

  it('has no docker and no kubectl, and says what there is', () => {
    const visitor = new NodeVisitor('node ssh worker-1');
    expect(visitor.type('docker ps')).toMatchObject({ status: 127 });
    expect(visitor.type('docker ps').err).toMatch(/^-bash: docker: command not found\n→ .*containerd/);
    expect(visitor.type('kubectl get pods').err).toMatch(/^-bash: kubectl: command not found\n/);
    expect(visitor.type('iptables-save | grep KUBE').err).toContain('iptables-save is not simulated here');
    expect(visitor.type('nonsense').status).toBe(127);
  });

  it('is no step by itself, but what is done there is one', () => {
    const visitor = new NodeVisitor('node ssh worker-1', 'crictl ps', 'ls /var/log/pods');
    expect(visitor.shell.history.length).toBe(0);
    visitor.type('crictl pull redis:7');
    expect(visitor.out('crictl images')).toContain('redis');
    expect(visitor.shell.history.length).toBe(1);
    visitor.type('undo');
    expect(visitor.out('crictl images')).not.toContain('redis');
  });
});

describe('the files of a node', () => {
  it('hold the logs of its containers in the form of the CRI', () => {
    const visitor = new NodeVisitor(
      'kubectl run two --image=busybox:1.36 --overrides=\'{"spec":{"nodeName":"worker-1"}}\' -- sh -c \'echo one; echo two >&2; sleep 1000\'',
      'sleep 10',
      'node ssh worker-1',
    );
    expect(visitor.out('cat /var/log/pods/default_two_*/two/0.log')).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z stdout F one\n\d{4}-\d\d-\d\dT[\d:.]+Z stderr F two\n$/,
    );
    expect(visitor.out('cat /var/log/containers/two_default_two-*.log')).toContain('stdout F one\n');
  });

  it('can be read and not written where the machinery keeps its own', () => {
    const visitor = new NodeVisitor('node ssh control-plane');
    expect(visitor.out('ls /etc/kubernetes/manifests')).toBe(
      'etcd.yaml\nkube-apiserver.yaml\nkube-controller-manager.yaml\nkube-scheduler.yaml\n',
    );
    expect(visitor.out('grep "^kind" /etc/kubernetes/manifests/etcd.yaml')).toBe('kind: Pod\n');
    expect(visitor.type('echo x > /etc/kubernetes/manifests/web.yaml').err).toContain(
      'Read-only file system',
    );
    expect(visitor.type('rm /etc/kubernetes/kubelet.conf').err).toContain('Read-only file system');
    expect(visitor.type('rm -r /var/log').status).toBe(1);
  });

  it('are what a hostPath mounts', () => {
    const volumes =
      '"volumes":[{"name":"d","hostPath":{"path":"/data"}}],"containers":[{"name":"h","image":"busybox:1.36","command":["sh","-c","cat /d/x; echo back > /d/y; sleep 1000"],"volumeMounts":[{"name":"d","mountPath":"/d"}]}]';
    const visitor = new NodeVisitor(
      "node ssh worker-1 'mkdir /data && echo hello > /data/x'",
      `kubectl run h --image=busybox:1.36 --overrides='{"spec":{"nodeName":"worker-1",${volumes}}}'`,
      'sleep 10',
    );
    expect(visitor.out('kubectl logs h')).toBe('hello\n');
    expect(visitor.out('node ssh worker-1 cat /data/y')).toBe('back\n');
    expect(visitor.type('node ssh worker-2 cat /data/y').status).toBe(1);
  });
});

describe('what a node says of itself', () => {
  const visitor = new NodeVisitor('node ssh worker-1');

  it.each([
    ['hostname', /^worker-1\n$/],
    ['uname -a', /^Linux worker-1 \S+ .* x86_64 GNU\/Linux\n$/],
    ['uname -r', /^\d+\.\d+\.\d+\n$/],
    ['whoami', /^root\n$/],
    [
      'ip route',
      /^default via 172\.30\.0\.1 dev eth0\n10\.244\.0\.0\/24 via 172\.30\.0\.11 dev eth0\n10\.244\.1\.0\/24 dev cni0 /,
    ],
    ['ip a', /inet 172\.30\.0\.12\/24 .*eth0\n[\s\S]*inet 10\.244\.1\.1\/24 .*cni0\n/],
    ['df -h', /^Filesystem +Size +Used Avail +Use% Mounted on\n\/dev\/vda1 /],
    ['free -h', /^ +total +used +free +shared +buff\/cache +available\nMem: +8\.0Gi /],
    ['systemctl status kubelet', /● kubelet\.service[\s\S]*Active: active \(running\)/],
    ['systemctl is-active containerd', /^active\n$/],
    ['journalctl -u kubelet', /Started kubelet\.service/],
  ])('%s', (line, expected) => {
    expect(visitor.out(line)).toMatch(expected);
  });

  it.each([['systemctl stop kubelet'], ['ip link add x'], ['df -i'], ['journalctl -f'], ['free --giga']])(
    'and refuses %s by name',
    (line) => {
      const outcome = visitor.type(line);
      expect(outcome.err).toContain('is not simulated here');
      expect(outcome.status).not.toBe(0);
    },
  );

  it('systemctl knows no docker service', () => {
    expect(visitor.type('systemctl status docker')).toMatchObject({
      err: 'Unit docker.service could not be found.\n',
      status: 4,
    });
  });

  it('help lists what can be typed', () => {
    const { out } = visitor.type('help');
    expect(out).toContain('crictl ps');
    expect(out.split('\n').every((line) => line.length <= 60)).toBe(true);
  });
});

describe('completion on a node', () => {
  const visitor = new NodeVisitor(
    'kubectl create deployment web --image=nginx:1.28 --replicas=2',
    'sleep 10',
    'node ssh worker-1',
  );
  const completed = (line: string): readonly string[] => {
    const { open } = visitor.shell.nodes;
    return open ? completionsOnNode(line, open) : [];
  };

  it('knows commands, and none that are refused', () => {
    expect(completed('cri')).toEqual(['crictl']);
    expect(completed('dock')).toEqual([]);
  });

  it('knows what crictl takes', () => {
    expect(completed('crictl inspect')).toEqual(['inspect', 'inspecti', 'inspectp']);
    const id = visitor.out('crictl ps -q').slice(0, 13);
    expect(completed(`crictl logs ${id.slice(0, 4)}`)).toContain(id);
    expect(completed('crictl rmi docker.io/library/ng')).toEqual(['docker.io/library/nginx:1.28']);
  });

  it('knows files', () => {
    expect(completed('ls /var/lo')).toEqual(['/var/log']);
  });
});

import { describe, expect, it } from 'vitest';
import { NodeVisitor, type Outcome } from './node-visitor.ts';

/** After how much time a line is typed, and what is said then. */
type Case = readonly [wait: string, line: string, said: RegExp];

describe('what depends on how long a node is up', () => {
  it.each<Case>([
    // As systemd and procps write a span (systemd, src/basic/time-util.c; procps, uptime).
    [
      '1s',
      'systemctl status kubelet',
      /Active: active \(running\) since \w{3} [\d-]{10} [\d:]{8} UTC; \d+(min|h).* ago\n/,
    ],
    ['3h', 'systemctl status kubelet', / UTC; \d+h( \d+min)? ago\n/],
    ['26h', 'systemctl status containerd', / UTC; 1 day \d+h ago\n/],
    ['60h', 'systemctl status kubelet', / UTC; 2 days ago\n/],
    ['168h', 'systemctl status kubelet', / UTC; 1 week \d days? ago\n/],
    ['1s', 'uptime', /^ [\d:]{8} up (\d+ min| {0,1}\d+:\d\d), {2}1 user, {2}load average: /],
    ['26h', 'uptime', / up 1 day, {1,2}\d+:\d\d, {2}1 user/],
    ['50h', 'uptime', / up 2 days, {1,2}\d+(:\d\d| min), {2}1 user/],
  ])('after %s: %s', (wait, line, said) => {
    const visitor = new NodeVisitor(`fast ${wait}`);
    expect(visitor.out(`node ssh worker-1 ${line}`)).toMatch(said);
  });
});

describe('the services of a node', () => {
  const visitor = new NodeVisitor(
    'kubectl run broken --image=nope.example/x:1 --overrides=\'{"spec":{"nodeName":"worker-1"}}\'',
    'sleep 20',
    'node ssh worker-1',
  );

  it.each<readonly [string, Outcome]>([
    ['systemctl is-active kubelet', { out: 'active\n', err: '', status: 0 }],
    ['systemctl is-enabled containerd.service', { out: 'enabled\n', err: '', status: 0 }],
    ['systemctl is-active docker', { out: 'inactive\n', err: '', status: 4 }],
    ['systemctl is-enabled docker', { out: 'not-found\n', err: '', status: 4 }],
    [
      'systemctl --no-pager status nope',
      { out: '', err: 'Unit nope.service could not be found.\n', status: 4 },
    ],
    ['journalctl', { out: '-- No entries --\n', err: '', status: 0 }],
    ['journalctl -u docker', { out: '-- No entries --\n', err: '', status: 0 }],
    ['journalctl -u', { out: '-- No entries --\n', err: '', status: 0 }],
  ])('%s', (line, said) => {
    expect(visitor.type(line)).toEqual(said);
  });

  it.each([
    ['journalctl -u containerd', 1],
    ['journalctl --unit=containerd.service --no-pager -e', 1],
    ['journalctl --unit kubelet -n 2', 2],
    ['journalctl -u kubelet -n1', 1],
    ['journalctl -u kubelet --lines=3', 3],
    ['journalctl -ukubelet -n 0', 0],
  ])('%s gives so many lines: %d', (line, count) => {
    expect(visitor.out(line).split('\n').filter(Boolean)).toHaveLength(count);
  });

  it('journalctl tells what the kubelet has told of, and how bad it was', () => {
    const lines = visitor.out('journalctl -u kubelet -n').split('\n');
    expect(lines.length).toBeLessThanOrEqual(11);
    expect(lines.join('\n')).toMatch(
      /worker-1 kubelet\[655\]: E1120 [\d:]{8}\.000000 {5}655 event\.go:389\] "Event occurred" object="default\/broken" kind="Pod" reason="Failed" message="/,
    );
    expect(visitor.out('journalctl -u kubelet')).toMatch(/: I1120 .* reason="(NodeReady|Pulling|BackOff)"/);
  });
});

describe('the tools of a node', () => {
  const visitor = new NodeVisitor(
    'kubectl run web --image=nginx:1.28 --overrides=\'{"spec":{"nodeName":"worker-1"}}\'',
    'sleep 15',
    'node ssh worker-1',
  );
  const pidOf = (name: string): string =>
    visitor
      .out(`crictl inspect -o go-template --template '{{.info.pid}}' $(crictl ps -q --name ^${name}$)`)
      .trim();

  it.each([
    ['ip addr show', /^1: lo: [\s\S]*\n3: cni0: [\s\S]*link-netns cni-/],
    ['ip address', /^1: lo: /],
    ['ip r s', /^default via 172\.30\.0\.1 dev eth0\n/],
    ['ip route', /\n10\.244\.1\.0\/24 dev cni0 proto kernel scope link src 10\.244\.1\.1\n/],
    ['free', /^ +total .*\nMem: +8388608 +\d+ +\d+ +3072 +\d+ +\d+\nSwap: +0 +0 +0\n$/],
    ['free -m', /\nMem: +8192 +\d+ +\d+ +3 /],
    ['free -b', /\nMem: +8589934592 /],
    ['free -g', /\nMem: +8 /],
    ['free -h', /\nMem: +8\.0Gi +\d+Mi +\d\.\dGi +3\.0Mi +\d\.\dGi +\d\.\dGi\nSwap: +0B +0B +0B\n$/],
    ['nproc', /^\d+\n$/],
    ['hostname -I', /^172\.30\.0\.12 10\.244\.1\.1 \n$/],
    ['df', /^Filesystem +1K-blocks +Used Available Use% Mounted on\n\/dev\/vda1 +104857600 /],
    ['echo $0 $HOSTNAME', /^bash worker-1\n$/],
    ['ls /', /\nvar\n/],
    ['cd /etc/kubernetes; pwd; cd; pwd', /^\/etc\/kubernetes\n\/root\n$/],
    ['echo a > f; chmod 600 f; cat f; cp f g; cat g; rm f g', /^a\na\n$/],
    ['echo echo hi > s; sh s', /^hi\n$/],
  ])('%s', (line, said) => {
    expect(visitor.type(line)).toMatchObject({ out: expect.stringMatching(said), status: 0 });
  });

  it.each([
    ['ip link', 'ip link is not simulated here. Everything that is: ip address, ip route\n', 1],
    ['ip', 'ip is not simulated here. Everything that is: ip address, ip route\n', 1],
    ['kill', 'kill: usage: kill [-SIGNAL] PID ...\n', 2],
    ['kill -NOPE 1', 'kill: usage: kill [-SIGNAL] PID ...\n', 2],
    ['kill -s', 'kill: usage: kill [-SIGNAL] PID ...\n', 2],
    ['kill 99999', '-bash: kill: (99999) - No such process\n', 1],
    ['kill -9 655', 'kill: 655: only processes of containers can be ended here\n', 1],
    ['echo a > /proc/x', 'sh: /proc/x: No such file or directory\n', 1],
    ['echo a > /nope/x', 'sh: /nope/x: No such file or directory\n', 1],
    ['nope', 'sh: nope: command not found\n→ help lists the commands there are.\n', 127],
  ])('%s is refused', (line, err, status) => {
    expect(visitor.type(line)).toEqual({ out: '', err, status });
  });

  it('says what is open in a line', () => {
    expect(visitor.type('if')).toEqual({
      out: '',
      err: expect.stringMatching(/^sh: syntax error: unexpected end of file\n→ Something is open: /),
      status: 2,
    });
  });

  it('kill ends a process of a container, and the kubelet starts it again', () => {
    const before = pidOf('web');
    const worker = visitor.out(`ps -ef | grep 'worker process' | grep -v grep`).trim().split(/\s+/)[1];
    expect(visitor.type(`kill -s KILL ${worker}`).status).toBe(0);
    expect(pidOf('web')).toBe(before);
    expect(visitor.type(`kill -9 ${before}`)).toEqual({ out: '', err: '', status: 0 });
    visitor.type('sleep 5');
    expect(pidOf('web')).not.toBe(before);
    expect(visitor.out('crictl ps -a --name ^web$ | tail -n +2 | wc -l')).toBe('2\n');
    // What was before is still to be read, and what is tells which time it is.
    expect(visitor.out('crictl inspect -o table -q $(crictl ps -q --name ^web$)')).toContain(
      '\nAttempt: 1\n',
    );
    expect(visitor.out('crictl ps -v --name ^web$')).toContain('\nAttempt: 1\n');
    expect(visitor.out('crictl logs -p $(crictl ps -q --name ^web$) 2>&1')).toContain('start worker process');
    expect(visitor.out('crictl inspect $(crictl ps -q --name ^web$)')).toContain('"attempt": 1');
  });
});

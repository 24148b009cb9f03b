import { describe, expect, it } from 'vitest';
import { completionsOnNode } from '../../../src/sandbox/node-shell/complete-on-node.ts';
import { TerminalVisitor } from '../shell/terminal-visitor.ts';
import { NodeVisitor } from './node-visitor.ts';

describe('a session on a node', () => {
  it('is left as ssh is left at a terminal', () => {
    const visitor = new TerminalVisitor();
    expect(visitor.watch('node ssh worker-1').status).toBe(0);
    expect(visitor.shell.nodes.open?.prompt).toBe('root@worker-1:~# ');
    visitor.watch('cd /etc/kubernetes');
    expect(visitor.shell.nodes.open?.prompt).toBe('root@worker-1:/etc/kubernetes# ');
    expect(visitor.watch('exit 3')).toEqual({
      out: 'logout\nConnection to worker-1 closed.\n',
      err: '',
      status: 3,
    });
    expect(visitor.shell.nodes.open).toBeUndefined();
    expect(visitor.shell.nodes.leave()).toBe('');
    expect(visitor.watch('node ssh worker-1 exit 4').status).toBe(4);
    expect(visitor.watch("node ssh worker-1 'echo $((1 / 0))'").status).toBe(1);
    expect(visitor.watch("node ssh worker-1 'if'")).toEqual({
      out: '',
      err: 'bash: syntax error: unexpected end of file\n',
      status: 2,
    });
  });

  it('has files of its own', () => {
    const visitor = new NodeVisitor('node ssh worker-1', 'mkdir d; cd d; touch a b');
    expect(visitor.out('echo *; pwd; [[ -f a ]] && echo there; /bin/ls')).toBe('a b\n/root/d\nthere\na\nb\n');
    expect(visitor.out('sh < a; echo < . 2>&1; cat b | wc -c')).toContain('0\n');
    expect(visitor.type('echo x > /etc/kubernetes/y')).toMatchObject({
      err: 'sh: /etc/kubernetes/y: Read-only file system\n',
      status: 1,
    });
    expect(visitor.type('./a')).toMatchObject({ status: 126 });
    expect(visitor.out('sleep 1 & echo $! $$')).toMatch(/^\d+ 691\n$/);
    expect(visitor.type('undo').out).toBe('The last line is taken back.\n');
  });
});

describe('processes', () => {
  const visitor = new NodeVisitor(
    'kubectl run app --image=busybox:1.36 --overrides=\'{"spec":{"nodeName":"worker-1","securityContext":{"runAsUser":1000}}}\' -- sleep 100000',
    'sleep 15',
    'node ssh worker-1',
  );

  it.each([
    ['pstree -p', /containerd-shim\(\d+\)/],
    ['pstree -a', /sleep 100000/],
    ['pstree -ap', /sleep,\d+ 100000/],
    [
      'ps -ef',
      /^UID +PID +PPID +C STIME TTY +TIME CMD\n[\s\S]*\n1000 +\d+ +\d+ +0 \d\d:\d\d \? +00:00:00 sleep 100000\n/,
    ],
    ['ps', /^ +PID TTY +TIME CMD\n +691 pts\/0 +00:00:00 bash\n +\d+ pts\/0 +00:00:00 ps\n$/],
    ['ps -A', / kubelet\n/],
  ])('%s', (line, said) => {
    expect(visitor.out(line)).toMatch(said);
  });

  it('of yesterday are shown by their day', () => {
    const later = new NodeVisitor('fast 25h', 'node ssh worker-1');
    expect(later.out('ps -ef | grep kubelet | head -1')).toMatch(/ 0 Nov20 /);
  });
});

describe('ctr', () => {
  const visitor = new NodeVisitor('docker run -d --name web nginx:1.28', 'docker pause web');

  it.each([
    [
      'ctr --namespace=moby images ls',
      / application\/vnd\.oci\.image\.manifest\.v1\+json sha256:[0-9a-f]{64} [\d.]+ MiB linux\/amd64 - +\n$/,
      0,
    ],
    ['ctr -n moby tasks ls', / {4}PAUSED\n$/, 0],
    ['ctr --address /run/containerd/containerd.sock -n moby c ls -q', /^[0-9a-f]{64}\n$/, 0],
    ['ctr -a=/x --namespace moby t ls -q', /^[0-9a-f]{64}\n$/, 0],
    ['ctr namespaces list', /^NAME +LABELS \nmoby +\n$/, 0],
    ['ctr -h', /^NAME:\n {3}ctr - \n/, 0],
  ])('%s', (line, out, status) => {
    expect(visitor.type(line)).toEqual({ out: expect.stringMatching(out), err: '', status });
  });

  it.each([
    ['ctr --debug x c ls', 'ctr --debug is not simulated here. '],
    ['ctr c ls -x', 'ctr c ls -x is not simulated here. '],
    ['ctr c', 'ctr c is not simulated here. '],
  ])('%s is refused', (line, err) => {
    expect(visitor.type(line)).toEqual({ out: '', err: expect.stringContaining(err), status: 1 });
  });
});

describe('crictl', () => {
  const over = JSON.stringify({
    spec: {
      nodeName: 'worker-1',
      containers: [
        {
          name: 'ported',
          image: 'busybox:1.36',
          ports: [{ containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1' }],
        },
        { name: 'tick', image: 'busybox:1.36', command: ['sh', '-c', 'while true; do date; sleep 1; done'] },
      ],
      restartPolicy: 'Never',
    },
  });
  const visitor = new TerminalVisitor();
  for (const line of [`kubectl run both --image=x --overrides='${over}'`, 'sleep 20', 'node ssh worker-1'])
    visitor.type(line);

  it('tells of the ports of a container in the order of Go', () => {
    expect(visitor.type('crictl ps -a -v --name ^ported$').out).toContain(
      'io.kubernetes.container.ports -> [{"hostPort":8080,"containerPort":80,"protocol":"TCP","hostIP":"127.0.0.1"}]\n',
    );
  });

  it('follows a log until Ctrl-C, and reads it from a time on', () => {
    const { out, status } = visitor.watch('crictl logs -f --tail 1 $(crictl ps -q --name ^tick$)', 3500);
    expect(out.trim().split('\n').length).toBeGreaterThanOrEqual(4);
    expect(status).toBe(130);
    expect(
      visitor.type('crictl logs --since 2020-01-01T00:00:00 $(crictl ps -q --name ^tick$) | head -1').out,
    ).toMatch(/UTC 20/);
    expect(visitor.watch('crictl ps --nope').err).toBe('FATA[0000] flag provided but not defined: -nope\n');
  });

  it('completes ids of what is there', () => {
    const open = visitor.shell.nodes.open;
    if (!open) throw new Error('no session');
    const [container = ''] = visitor.type('crictl ps -q --name ^tick$').out.split('\n');
    const [pod = ''] = visitor.type('crictl pods -q --name ^both$').out.split('\n');
    expect(completionsOnNode('crictl logs ', open)).toContain(container.slice(0, 13));
    expect(completionsOnNode('crictl inspectp ', open)).toContain(pod.slice(0, 13));
    expect(completionsOnNode('crictl inspe', open)).toEqual(['inspect', 'inspecti', 'inspectp']);
    expect(completionsOnNode('cric', open)).toEqual(['crictl']);
  });
});

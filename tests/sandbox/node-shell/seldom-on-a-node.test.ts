import { describe, expect, it } from 'vitest';
import { NodeVisitor } from './node-visitor.ts';

const pods = `apiVersion: v1
kind: Pod
metadata: {name: half}
spec:
  nodeName: worker-1
  containers:
    - name: half
      image: busybox:1.36
      command: [sh, -c, "printf half; sleep 100000"]
      securityContext: {runAsUser: 1000}
---
apiVersion: v1
kind: Pod
metadata: {name: greedy}
spec:
  nodeName: worker-1
  restartPolicy: Never
  containers:
    - {name: greedy, image: "busybox:1.36", command: [sh, -c, "tail /dev/zero"], resources: {limits: {memory: 8Mi}}}
`;

/** Somebody on worker-1, beside a Pod that ends no line and one that took too much memory. */
function onWorker(): NodeVisitor {
  const visitor = new NodeVisitor();
  visitor.shell.laptop.write('pods.yaml', pods);
  for (const line of ['kubectl apply -f pods.yaml', 'sleep 30', 'node ssh worker-1']) visitor.type(line);
  return visitor;
}

// The log format is the one of the CRI (kubelet, cri-client/pkg/logs): P is a part of a line, F its end.
describe('what is seldom seen of a container', () => {
  const visitor = onWorker();
  it.each([
    ['tail -n 1 /var/log/containers/half* | cut -d " " -f 2-', 'stdout P half\n'],
    [
      `crictl inspect -o go-template --template '{{.status.reason}}' $(crictl ps -aq --name greedy)`,
      'OOMKilled\n',
    ],
    ['crictl exec -s $(crictl ps -q --name half) sleep 3', '\n\n'],
    ['ps -ef | grep 100000 | grep -v grep | cut -c 1-4 | sort | uniq', '1000\n'],
    ['ctr --namespace nope tasks ls', 'TASK    PID    STATUS    \n'],
    ['echo a > /root/mine; cat /root/mine', 'a\n'],
  ])('%s', (line, out) => {
    expect(visitor.type(line)).toEqual({ out, err: '', status: 0 });
  });
});

// The words and the places are those of cri-tools 1.36 and of containerd 2.3 (internal/cri/server).
describe('what crictl does not let pass', () => {
  const visitor = onWorker();
  it.each([
    ['crictl exec $(crictl ps -aq --name greedy) true', 'container is in CONTAINER_EXITED state', 1],
    [
      'crictl exec -e -s nope true',
      'failed to exec in container: failed to find container \\"nope\\" in store',
      0,
    ],
    ['crictl stopp ""', `an error occurred when try to find sandbox: prefix can't be empty`, 1],
    ['crictl pull localhost:1/x', 'connect: connection refused', 1],
  ])('%s', (line, why, status) => {
    const answer = visitor.type(line);
    expect(answer.err).toContain(why);
    expect([answer.out, answer.status]).toEqual(['', status]);
  });
});

// cri-tools 1.36, cmd/crictl/container.go and sandbox.go.
it('--all says that there is nothing', () => {
  const visitor = new NodeVisitor('node ssh worker-1', 'crictl rmp --all --force');
  expect(visitor.type('crictl stop --all').out).toBe('No running containers found.\n');
  expect(visitor.type('crictl rm --all').err).toMatch(/level=info msg="No containers to remove"\n$/);
  expect(visitor.type('crictl rmp --all').err).toMatch(/level=info msg="No pods to remove"\n$/);
});

// pstree of psmisc ends with 1 for a process that is not there.
it('pstree says nothing of a process that is not there', () => {
  expect(new NodeVisitor('node ssh worker-1').type('pstree 99999')).toEqual({ out: '', err: '', status: 1 });
});

import type { NodeParts } from '../cri/node-parts.ts';
import { podsOnNode } from '../cri/pods-on-node.ts';
import { bootedAt } from '../node-files.ts';
import { containerProcesses, shimLine } from './container-processes.ts';
import type { HostProcess } from './process-entry.ts';

/** Process ids of what runs on every node from its start on. */
export const nodePids = {
  init: 1,
  ssh: 588,
  containerd: 604,
  kubelet: 655,
  session: 689,
  shell: 691,
} as const;

const mib = 2 ** 20;

/**
 * All processes of a node, with what stands between the kubelet and a Pod's program: containerd starts one shim
 * for each Pod, and below it run the process that holds the Pod's namespaces and the containers' own
 * (https://github.com/containerd/containerd/blob/main/core/runtime/v2/README.md).
 */
export function nodeProcesses(parts: NodeParts): readonly HostProcess[] {
  const { cluster, runtime } = parts;
  const at = bootedAt(parts);
  const root = (pid: number, parent: number, line: string, memory: number, share = 0): HostProcess => ({
    pid,
    parent,
    user: 'root',
    startedAt: at,
    argv: line.split(' '),
    seconds: ((cluster.now - at) / 1000) * share,
    memoryBytes: memory * mib,
  });
  const kubelet = [
    '/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf',
    '--kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml',
  ].join(' ');
  const own: HostProcess[] = [
    root(nodePids.init, 0, '/sbin/init', 12),
    root(nodePids.ssh, nodePids.init, 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', 9),
    root(nodePids.containerd, nodePids.init, '/usr/bin/containerd', 62, 0.012),
    root(nodePids.kubelet, nodePids.init, kubelet, 78, 0.02),
    { ...root(nodePids.session, nodePids.ssh, 'sshd: root@pts/0', 10), startedAt: cluster.now },
    { ...root(nodePids.shell, nodePids.session, '-bash', 5), startedAt: cluster.now },
  ];
  const pods = podsOnNode(parts).flatMap(({ sandboxes, containers }) =>
    sandboxes.flatMap((sandbox): HostProcess[] => {
      if (!sandbox.isReady) return [];
      const { shimPid, pausePid, createdAt } = sandbox;
      const inside = containers.filter(
        ({ container, sandbox: its }) =>
          its.id === sandbox.id && (container.state === 'running' || container.state === 'paused'),
      );
      const shim = {
        pid: shimPid,
        parent: nodePids.init,
        user: 'root',
        startedAt: createdAt,
        argv: shimLine('k8s.io', sandbox.id),
        seconds: 0,
        memoryBytes: 11 * mib,
      };
      const pause = {
        ...shim,
        pid: pausePid,
        parent: shimPid,
        user: '65535',
        argv: ['/pause'],
        memoryBytes: mib,
      };
      const store = cluster.store;
      return [
        shim,
        pause,
        ...inside.flatMap(({ container }) => containerProcesses({ runtime, store }, container, shimPid)),
      ];
    }),
  );
  return [...own, ...pods].sort((one, other) => one.pid - other.pid);
}

import type { Node, NodeCondition } from '../../../kubernetes/api.ts';
import { memoryQuantity } from '../../../kubernetes/quantity.ts';
import { timestamp } from '../object.ts';
import { controlPlaneNode, kubernetesVersion, nodeAddress, nodeName, podRange } from './names.ts';

/** How large a node is. */
export interface NodeSize {
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}

/** Enough for a course, and little enough that a learner can fill it. */
const usualNode: NodeSize = { cpus: 4, memory: 8 * 2 ** 30 };

/** Kept back from Pods: the threshold below which the kubelet evicts (`memory.available<100Mi`). */
const keptBack = 100 * 2 ** 20;

/**
 * A node as kubeadm and its kubelet make it.
 *
 * @param place 0 for the control plane, then the workers
 * @param now milliseconds since 1970
 */
export function nodeObject(place: number, now: number, { cpus, memory }: NodeSize = usualNode): Node {
  const name = nodeName(place);
  const isControlPlane = name === controlPlaneNode;
  const amounts = (bytes: number) => ({
    cpu: `${cpus}`,
    'ephemeral-storage': disk,
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: memoryQuantity(1024 * Math.floor(bytes / 1024)),
    pods: '110',
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(isControlPlane
          ? {
              'node-role.kubernetes.io/control-plane': '',
              'node.kubernetes.io/exclude-from-external-load-balancers': '',
            }
          : {}),
      },
      name,
    },
    spec: {
      podCIDR: podRange(place),
      podCIDRs: [podRange(place)],
      ...(isControlPlane
        ? { taints: [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' }] }
        : {}),
    },
    status: {
      addresses: [
        { address: nodeAddress(place), type: 'InternalIP' },
        { address: name, type: 'Hostname' },
      ],
      allocatable: amounts(memory - keptBack),
      capacity: amounts(memory),
      conditions: nodeConditions(now),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      features: { supplementalGroupsPolicy: true },
      images: [],
      nodeInfo: {
        architecture: 'amd64',
        bootID: identifier(place, 3),
        containerRuntimeVersion: 'containerd://2.3.4',
        kernelVersion: '6.12.48',
        kubeProxyVersion: '',
        kubeletVersion: kubernetesVersion,
        machineID: identifier(place, 1).replaceAll('-', ''),
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: identifier(place, 2),
      },
      runtimeHandlers: ['', 'runc'].map((handler) => ({
        features: { recursiveReadOnlyMounts: true, userNamespaces: true },
        name: handler,
      })),
    },
  };
}

const disk = '100Gi';

/** What a kubelet says of a node that is well. */
function nodeConditions(now: number): readonly NodeCondition[] {
  const at = timestamp(now);
  const say = (type: string, status: string, reason: string, message: string): NodeCondition => ({
    lastHeartbeatTime: at,
    lastTransitionTime: at,
    message,
    reason,
    status,
    type,
  });
  return [
    say('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    say('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    say('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    say('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}

/** Something that looks like a random identifier, and is always the same. */
function identifier(place: number, kind: number): string {
  const digits = (count: number, salt: number) =>
    Array.from({ length: count }, (_, at) =>
      (((place + 7) * (at + 3) * (kind + salt) * 2_654_435_761) >>> (8 + (at % 8))).toString(16).slice(-1),
    ).join('');
  return `${digits(8, 1)}-${digits(4, 2)}-4${digits(3, 3)}-8${digits(3, 4)}-${digits(12, 5)}`;
}

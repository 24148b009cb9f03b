import type {
  ConfigMap,
  EndpointSlice,
  Endpoints,
  Namespace,
  PriorityClass,
  Service,
  StorageClass,
} from '../../../kubernetes/api.ts';
import { kubernetesVersion, nodeAddress } from './names.ts';

/** The namespaces of a new cluster. */
export function namespaces(): readonly Namespace[] {
  const names = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'local-path-storage'];
  return names.map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { labels: { 'kubernetes.io/metadata.name': name }, name },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }));
}

/** Priorities of what a cluster needs itself. */
export function priorityClasses(): readonly PriorityClass[] {
  const make = (name: string, value: number, description: string): PriorityClass => ({
    apiVersion: 'scheduling.k8s.io/v1',
    description,
    kind: 'PriorityClass',
    metadata: { name },
    preemptionPolicy: 'PreemptLowerPriority',
    value,
  });
  return [
    make(
      'system-cluster-critical',
      2_000_000_000,
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    ),
    make(
      'system-node-critical',
      2_000_001_000,
      'Used for system critical pods that must not be moved from their current node.',
    ),
  ];
}

/** The class that claims have who ask for none. */
export function standardStorageClass(): StorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' }, name: 'standard' },
    provisioner: 'rancher.io/local-path',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
}

/** A Service inside the cluster. */
export function clusterService(
  namespace: string,
  name: string,
  address: string,
  spec: Pick<NonNullable<Service['spec']>, 'ports' | 'selector'>,
  metadata: Pick<Service['metadata'], 'labels' | 'annotations'> = {},
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, name, namespace },
    spec: {
      clusterIP: address,
      clusterIPs: [address],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ...spec,
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  };
}

/** The Service by which Pods find the API server. */
export function apiService(): Service {
  const ports = [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }];
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  return clusterService('default', 'kubernetes', '10.96.0.1', { ports }, { labels });
}

/** Where that Service leads; the API server writes it itself, and both forms of it. */
export function apiEndpoints(): Endpoints {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
      name: 'kubernetes',
      namespace: 'default',
    },
    subsets: [
      { addresses: [{ ip: nodeAddress(0) }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] },
    ],
  };
}

/** The same as a slice. */
export function apiEndpointSlice(): EndpointSlice {
  return {
    addressType: 'IPv4',
    apiVersion: 'discovery.k8s.io/v1',
    endpoints: [{ addresses: [nodeAddress(0)], conditions: { ready: true } }],
    kind: 'EndpointSlice',
    metadata: {
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
      name: 'kubernetes',
      namespace: 'default',
    },
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  };
}

/** What kubeadm leaves behind for those who look how the cluster was made. */
export function kubeadmConfig(): ConfigMap {
  const configuration = [
    'apiServer: {}',
    'apiVersion: kubeadm.k8s.io/v1beta4',
    'certificatesDir: /etc/kubernetes/pki',
    'clusterName: sandbox',
    'controllerManager: {}',
    'dns: {}',
    'etcd:',
    '  local:',
    '    dataDir: /var/lib/etcd',
    'imageRepository: registry.k8s.io',
    'kind: ClusterConfiguration',
    `kubernetesVersion: ${kubernetesVersion}`,
    'networking:',
    '  dnsDomain: cluster.local',
    '  podSubnet: 10.244.0.0/16',
    '  serviceSubnet: 10.96.0.0/16',
    'proxy: {}',
    'scheduler: {}',
    '',
  ].join('\n');
  return {
    apiVersion: 'v1',
    data: { ClusterConfiguration: configuration },
    kind: 'ConfigMap',
    metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
  };
}

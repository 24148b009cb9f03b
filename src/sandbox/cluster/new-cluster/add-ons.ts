import type {
  ConfigMap,
  Container,
  DaemonSet,
  Deployment,
  PodSpec,
  Service,
  ServiceAccount,
} from '../../../kubernetes/api.ts';
import { coreDns, localPathProvisioner, metricsServer, proxyContainer } from './add-on-containers.ts';
import { clusterService } from './basics.ts';

const corefile = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;

/** Files that the additions read. */
export function addOnConfigs(): readonly ConfigMap[] {
  const make = (namespace: string, name: string, data: Readonly<Record<string, string>>): ConfigMap => ({
    apiVersion: 'v1',
    data,
    kind: 'ConfigMap',
    metadata: { name, namespace },
  });
  const paths = [{ node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: ['/var/local-path-provisioner'] }];
  return [
    make('kube-system', 'coredns', { Corefile: corefile }),
    make('kube-system', 'kube-proxy', {
      'config.conf':
        'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nclusterCIDR: 10.244.0.0/16\nkind: KubeProxyConfiguration\nmode: ""\n',
    }),
    make('local-path-storage', 'local-path-config', {
      'config.json': `${JSON.stringify({ nodePathMap: paths }, null, 2)}\n`,
    }),
  ];
}

/** Whom the additions are to the API. */
export function addOnAccounts(): readonly ServiceAccount[] {
  const names: readonly (readonly [string, string])[] = [
    ['kube-system', 'coredns'],
    ['kube-system', 'kube-proxy'],
    ['kube-system', 'metrics-server'],
    ['local-path-storage', 'local-path-provisioner-service-account'],
  ];
  return names.map(([namespace, name]) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace },
  }));
}

/** How the additions are found. */
export function addOnServices(): readonly Service[] {
  const dns = [
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
    { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
  ];
  const metrics = [{ appProtocol: 'https', name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }];
  return [
    clusterService(
      'kube-system',
      'kube-dns',
      '10.96.0.10',
      { ports: dns, selector: { 'k8s-app': 'kube-dns' } },
      {
        annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
        labels: {
          'k8s-app': 'kube-dns',
          'kubernetes.io/cluster-service': 'true',
          'kubernetes.io/name': 'CoreDNS',
        },
      },
    ),
    clusterService('kube-system', 'metrics-server', '10.96.134.86', {
      ports: metrics,
      selector: { 'k8s-app': 'metrics-server' },
    }),
  ];
}

/** The name service, the measurements and the volumes. */
export function addOnDeployments(): readonly Deployment[] {
  const controlPlane = { key: 'node-role.kubernetes.io/control-plane' };
  const onControlPlane = { 'kubernetes.io/hostname': 'control-plane' };
  return [
    deployment('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, 2, 1, {
      ...podSpec('coredns', [coreDns]),
      dnsPolicy: 'Default',
      nodeSelector: onControlPlane,
      priorityClassName: 'system-cluster-critical',
      tolerations: [
        { key: 'CriticalAddonsOnly', operator: 'Exists' },
        { ...controlPlane, effect: 'NoSchedule' },
      ],
      volumes: [
        {
          configMap: { defaultMode: 420, items: [{ key: 'Corefile', path: 'Corefile' }], name: 'coredns' },
          name: 'config-volume',
        },
      ],
    }),
    deployment('kube-system', 'metrics-server', { 'k8s-app': 'metrics-server' }, 1, '25%', {
      ...podSpec('metrics-server', [metricsServer]),
      nodeSelector: onControlPlane,
      priorityClassName: 'system-cluster-critical',
      tolerations: [{ ...controlPlane, operator: 'Exists' }],
      volumes: [{ emptyDir: {}, name: 'tmp' }],
    }),
    deployment('local-path-storage', 'local-path-provisioner', { app: 'local-path-provisioner' }, 1, '25%', {
      ...podSpec('local-path-provisioner-service-account', [localPathProvisioner]),
      nodeSelector: onControlPlane,
      tolerations: [{ ...controlPlane, operator: 'Exists' }],
      volumes: [{ configMap: { defaultMode: 420, name: 'local-path-config' }, name: 'config-volume' }],
    }),
  ];
}

/** What hands on connections to Services, on every node. */
export function kubeProxy(): DaemonSet {
  const labels = { 'k8s-app': 'kube-proxy' };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      annotations: { 'deprecated.daemonset.template.generation': '1' },
      labels,
      name: 'kube-proxy',
      namespace: 'kube-system',
    },
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...podSpec('kube-proxy', [proxyContainer]),
          hostNetwork: true,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          priorityClassName: 'system-node-critical',
          tolerations: [{ operator: 'Exists' }],
          volumes: [
            { configMap: { defaultMode: 420, name: 'kube-proxy' }, name: 'kube-proxy' },
            { hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' }, name: 'xtables-lock' },
            { hostPath: { path: '/lib/modules', type: '' }, name: 'lib-modules' },
          ],
        },
      },
      updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
    },
  };
}

function podSpec(account: string, containers: readonly Container[]): PodSpec {
  return {
    containers,
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    serviceAccount: account,
    serviceAccountName: account,
    terminationGracePeriodSeconds: 30,
  };
}

function deployment(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  replicas: number,
  maxUnavailable: number | string,
  spec: PodSpec,
): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { labels, name, namespace },
    spec: {
      progressDeadlineSeconds: 600,
      replicas,
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable }, type: 'RollingUpdate' },
      template: { metadata: { labels }, spec },
    },
  };
}

import type { Container, Pod, Probe, Volume } from '../../../kubernetes/api.ts';
import { controlPlaneNode, kubernetesVersion, nodeAddress } from './names.ts';

interface Component {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly requests: Readonly<Record<string, string>>;
  readonly port: number;
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly livePath: string;
  readonly readyPath?: string;
  /** Paths of the node that it mounts, by the name of the volume. */
  readonly mounts: Readonly<Record<string, string>>;
}

const address = nodeAddress(0);
const keys = '/etc/kubernetes/pki';

const components: readonly Component[] = [
  {
    name: 'etcd',
    image: 'registry.k8s.io/etcd:3.6.8-0',
    command: [
      'etcd',
      `--advertise-client-urls=https://${address}:2379`,
      `--cert-file=${keys}/etcd/server.crt`,
      '--client-cert-auth=true',
      '--data-dir=/var/lib/etcd',
      `--initial-cluster=${controlPlaneNode}=https://${address}:2380`,
      `--key-file=${keys}/etcd/server.key`,
      `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
      '--listen-metrics-urls=http://127.0.0.1:2381',
      `--name=${controlPlaneNode}`,
      `--trusted-ca-file=${keys}/etcd/ca.crt`,
    ],
    requests: { cpu: '100m', memory: '100Mi' },
    port: 2381,
    scheme: 'HTTP',
    livePath: '/livez',
    readyPath: '/readyz',
    mounts: { 'etcd-certs': `${keys}/etcd`, 'etcd-data': '/var/lib/etcd' },
  },
  {
    name: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${kubernetesVersion}`,
    command: [
      'kube-apiserver',
      `--advertise-address=${address}`,
      '--allow-privileged=true',
      '--authorization-mode=Node,RBAC',
      `--client-ca-file=${keys}/ca.crt`,
      '--enable-admission-plugins=NodeRestriction',
      '--enable-bootstrap-token-auth=true',
      '--etcd-servers=https://127.0.0.1:2379',
      '--secure-port=6443',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${keys}/sa.pub`,
      `--service-account-signing-key-file=${keys}/sa.key`,
      '--service-cluster-ip-range=10.96.0.0/16',
      `--tls-cert-file=${keys}/apiserver.crt`,
      `--tls-private-key-file=${keys}/apiserver.key`,
    ],
    requests: { cpu: '250m' },
    port: 6443,
    scheme: 'HTTPS',
    livePath: '/livez',
    readyPath: '/readyz',
    mounts: { 'ca-certs': '/etc/ssl/certs', 'k8s-certs': keys },
  },
  {
    name: 'kube-controller-manager',
    image: `registry.k8s.io/kube-controller-manager:${kubernetesVersion}`,
    command: [
      'kube-controller-manager',
      '--allocate-node-cidrs=true',
      '--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf',
      '--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf',
      '--bind-address=127.0.0.1',
      '--cluster-cidr=10.244.0.0/16',
      '--cluster-name=sandbox',
      '--controllers=*,bootstrapsigner,tokencleaner',
      '--kubeconfig=/etc/kubernetes/controller-manager.conf',
      '--leader-elect=true',
      `--root-ca-file=${keys}/ca.crt`,
      `--service-account-private-key-file=${keys}/sa.key`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--use-service-account-credentials=true',
    ],
    requests: { cpu: '200m' },
    port: 10257,
    scheme: 'HTTPS',
    livePath: '/healthz',
    mounts: { 'ca-certs': '/etc/ssl/certs', 'k8s-certs': keys },
  },
  {
    name: 'kube-scheduler',
    image: `registry.k8s.io/kube-scheduler:${kubernetesVersion}`,
    command: [
      'kube-scheduler',
      '--authentication-kubeconfig=/etc/kubernetes/scheduler.conf',
      '--authorization-kubeconfig=/etc/kubernetes/scheduler.conf',
      '--bind-address=127.0.0.1',
      '--kubeconfig=/etc/kubernetes/scheduler.conf',
      '--leader-elect=true',
    ],
    requests: { cpu: '100m' },
    port: 10259,
    scheme: 'HTTPS',
    livePath: '/livez',
    readyPath: '/readyz',
    mounts: {},
  },
];

/** The Pods of the control plane: files on its node, which the kubelet there shows to the API. */
export function controlPlanePods(): readonly Pod[] {
  return components.map((component, place) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: {
        'kubernetes.io/config.hash': hash(place),
        'kubernetes.io/config.mirror': hash(place),
        'kubernetes.io/config.source': 'file',
      },
      labels: { component: component.name, tier: 'control-plane' },
      name: `${component.name}-${controlPlaneNode}`,
      namespace: 'kube-system',
    },
    spec: {
      containers: [containerOf(component)],
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      hostNetwork: true,
      nodeName: controlPlaneNode,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 2_000_001_000,
      priorityClassName: 'system-node-critical',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      terminationGracePeriodSeconds: 30,
      tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
      ...(Object.keys(component.mounts).length > 0 ? { volumes: volumesOf(component) } : {}),
    },
  }));
}

function hash(place: number): string {
  return `${place + 1}c467a6762fd7d72d4e77376dc4635743`.slice(0, 32);
}

function containerOf(component: Component): Container {
  const { name, image, command, requests, mounts, livePath, readyPath } = component;
  return {
    command,
    image,
    imagePullPolicy: 'IfNotPresent',
    livenessProbe: probe(component, livePath, {
      failureThreshold: 8,
      initialDelaySeconds: 10,
      periodSeconds: 10,
    }),
    name,
    ports: [{ containerPort: component.port, hostPort: component.port, name: 'probe-port', protocol: 'TCP' }],
    ...(readyPath
      ? { readinessProbe: probe(component, readyPath, { failureThreshold: 3, periodSeconds: 1 }) }
      : {}),
    resources: { requests },
    startupProbe: probe(component, readyPath ?? livePath, {
      failureThreshold: 24,
      initialDelaySeconds: 10,
      periodSeconds: 10,
    }),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...(Object.keys(mounts).length > 0
      ? { volumeMounts: Object.entries(mounts).map(([volume, mountPath]) => ({ mountPath, name: volume })) }
      : {}),
  };
}

function probe({ scheme }: Component, path: string, rest: Probe): Probe {
  return {
    ...rest,
    httpGet: { host: '127.0.0.1', path, port: 'probe-port', scheme },
    successThreshold: 1,
    timeoutSeconds: 15,
  };
}

function volumesOf({ mounts }: Component): readonly Volume[] {
  return Object.entries(mounts).map(([name, path]) => ({
    hostPath: { path, type: 'DirectoryOrCreate' },
    name,
  }));
}

import type { Container, Probe } from '../../../kubernetes/api.ts';
import { kubernetesVersion } from './names.ts';

function container(name: string, image: string, rest: Partial<Container>): Container {
  return {
    image,
    imagePullPolicy: 'IfNotPresent',
    name,
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...rest,
  };
}

function probe(path: string, port: string, scheme: string, rest: Probe): Probe {
  return {
    failureThreshold: 3,
    httpGet: { path, port, scheme },
    periodSeconds: 10,
    successThreshold: 1,
    timeoutSeconds: 1,
    ...rest,
  };
}

/** The name service. */
export const coreDns = container('coredns', 'registry.k8s.io/coredns/coredns:v1.14.2', {
  args: ['-conf', '/etc/coredns/Corefile'],
  livenessProbe: probe('/health', 'liveness-probe', 'HTTP', {
    failureThreshold: 5,
    initialDelaySeconds: 60,
    timeoutSeconds: 5,
  }),
  ports: [
    { containerPort: 53, name: 'dns', protocol: 'UDP' },
    { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
    { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
    { containerPort: 8080, name: 'liveness-probe', protocol: 'TCP' },
    { containerPort: 8181, name: 'readiness-probe', protocol: 'TCP' },
  ],
  readinessProbe: probe('/ready', 'readiness-probe', 'HTTP', {}),
  resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
  volumeMounts: [{ mountPath: '/etc/coredns', name: 'config-volume', readOnly: true }],
});

/** What measures Pods and nodes. */
export const metricsServer = container(
  'metrics-server',
  'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
  {
    args: [
      '--cert-dir=/tmp',
      '--secure-port=10250',
      '--kubelet-preferred-address-types=InternalIP',
      '--kubelet-use-node-status-port',
      '--kubelet-insecure-tls',
      '--metric-resolution=15s',
    ],
    ports: [{ containerPort: 10250, name: 'https', protocol: 'TCP' }],
    readinessProbe: probe('/readyz', 'https', 'HTTPS', { initialDelaySeconds: 5 }),
    volumeMounts: [{ mountPath: '/tmp', name: 'tmp' }],
  },
);

/** What makes folders of nodes into volumes. */
export const localPathProvisioner = container(
  'local-path-provisioner',
  'docker.io/rancher/local-path-provisioner:v0.0.37',
  {
    command: ['local-path-provisioner', '--debug', 'start', '--config', '/etc/config/config.json'],
    env: [
      {
        name: 'POD_NAMESPACE',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
      },
    ],
    ports: [{ containerPort: 8080, name: 'health', protocol: 'TCP' }],
    volumeMounts: [{ mountPath: '/etc/config/', name: 'config-volume' }],
  },
);

/** What hands on connections to Services. */
export const proxyContainer = container('kube-proxy', `registry.k8s.io/kube-proxy:${kubernetesVersion}`, {
  command: [
    '/usr/local/bin/kube-proxy',
    '--config=/var/lib/kube-proxy/config.conf',
    '--hostname-override=$(NODE_NAME)',
  ],
  env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } }],
  securityContext: { privileged: true },
  volumeMounts: [
    { mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' },
    { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
    { mountPath: '/lib/modules', name: 'lib-modules', readOnly: true },
  ],
});

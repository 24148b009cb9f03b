import { kubernetesVersion } from '../../cluster/new-cluster/names.ts';
import { day, megabytes, type Published, pathVariable, says } from './published.ts';

function system(
  repository: string,
  tag: string,
  path: string,
  size: number,
  entrypoint?: readonly string[],
): Published {
  return {
    repository,
    tags: [tag],
    created: day('2026-06-10'),
    config: { ...(entrypoint ? { entrypoint } : {}), env: [pathVariable] },
    steps: [
      {
        line: `COPY ${path.slice(1)} ${path} # buildkit`,
        size: megabytes(size),
        files: `system ${path} ${megabytes(size)}`,
      },
      ...(entrypoint ? says(`ENTRYPOINT ${JSON.stringify(entrypoint)}`) : []),
    ],
  };
}

/** The images that a cluster made by kubeadm runs of itself, and the usual additions. */
export const systemImages: readonly Published[] = [
  system('registry.k8s.io/kube-apiserver', kubernetesVersion, '/usr/local/bin/kube-apiserver', 91),
  system(
    'registry.k8s.io/kube-controller-manager',
    kubernetesVersion,
    '/usr/local/bin/kube-controller-manager',
    77,
  ),
  system('registry.k8s.io/kube-scheduler', kubernetesVersion, '/usr/local/bin/kube-scheduler', 54),
  system('registry.k8s.io/kube-proxy', kubernetesVersion, '/usr/local/bin/kube-proxy', 76),
  system('registry.k8s.io/etcd', '3.6.8-0', '/usr/local/bin/etcd', 63),
  system('registry.k8s.io/coredns/coredns', 'v1.14.2', '/coredns', 79, ['/coredns']),
  system('registry.k8s.io/metrics-server/metrics-server', 'v0.9.0', '/metrics-server', 83, [
    '/metrics-server',
  ]),
  system('docker.io/rancher/local-path-provisioner', 'v0.0.37', '/usr/bin/local-path-provisioner', 60),
];

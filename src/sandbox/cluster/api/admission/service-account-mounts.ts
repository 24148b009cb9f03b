import type { Container, PodSpec, ServiceAccount, Volume, VolumeMount } from '../../../../kubernetes/api.ts';

const prefix = 'kube-api-access-';
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Half a second more than an hour: the kubelet warns of tokens that are used longer (upstream: WarnOnlyBoundTokenExpirationSeconds). */
const expirationSeconds = 3607;

const projected: NonNullable<Volume['projected']> = {
  defaultMode: 420,
  sources: [
    { serviceAccountToken: { expirationSeconds, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: {
        items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
      },
    },
  ],
};

/**
 * Gives the containers of a Pod the token of its service account, where it wants one
 * (k8s.io/kubernetes/plugin/pkg/admission/serviceaccount). Containers that mount something there keep it.
 *
 * @param suffix of the volume's name
 */
export function withTokenMounts(spec: PodSpec, account: ServiceAccount, suffix: string): PodSpec {
  if (!(spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true)) return spec;
  const volumes = spec.volumes ?? [];
  const known = volumes.find(({ name }) => name.startsWith(prefix));
  const name = known?.name ?? `${prefix}${suffix}`;
  const mount: VolumeMount = { mountPath, name, readOnly: true };
  const containers = spec.containers.map((each) => mounted(each, mount));
  const initContainers = spec.initContainers?.map((each) => mounted(each, mount));
  const isUsed =
    containers.some((each, index) => each !== spec.containers[index]) ||
    (initContainers?.some((each, index) => each !== spec.initContainers?.[index]) ?? false);
  if (!isUsed) return spec;
  return {
    ...spec,
    containers,
    ...(initContainers ? { initContainers } : {}),
    volumes: known ? volumes : [...volumes, { name, projected }],
  };
}

function mounted(container: Container, mount: VolumeMount): Container {
  const mounts = container.volumeMounts ?? [];
  if (mounts.some((each) => each.mountPath === mountPath)) return container;
  return { ...container, volumeMounts: [...mounts, mount] };
}

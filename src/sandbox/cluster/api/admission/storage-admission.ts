import type { Ingress, PersistentVolumeClaim } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import type { ApiObject } from '../../object.ts';

const isDefaultClass = 'storageclass.kubernetes.io/is-default-class';
const isDefaultIngress = 'ingressclass.kubernetes.io/is-default-class';

/** Gives a claim that names no class the default one (k8s.io/kubernetes/plugin/pkg/admission/storage/storageclass/setdefault). */
export function withDefaultClass(cluster: Cluster, claim: PersistentVolumeClaim): PersistentVolumeClaim {
  const { spec, metadata } = claim;
  const old = metadata.annotations?.['volume.beta.kubernetes.io/storage-class'];
  if (!spec || spec.storageClassName !== undefined || old !== undefined) return claim;
  const defaults = cluster
    .list('storageclasses.storage.k8s.io')
    .filter((each) => each.metadata.annotations?.[isDefaultClass] === 'true')
    // The newest counts, and of the same age the first by name.
    .sort((one, other) => (other.metadata.creationTimestamp < one.metadata.creationTimestamp ? -1 : 1));
  const [found] = defaults;
  return found ? { ...claim, spec: { ...spec, storageClassName: found.metadata.name } } : claim;
}

/** Gives an Ingress that names no class the default one. */
export function withDefaultIngressClass(cluster: Cluster, ingress: Ingress): Ingress {
  const { spec, metadata } = ingress;
  const old = metadata.annotations?.['kubernetes.io/ingress.class'];
  if (spec?.ingressClassName !== undefined || old !== undefined) return ingress;
  const found = cluster
    .list('ingressclasses.networking.k8s.io')
    .find((each) => each.metadata.annotations?.[isDefaultIngress] === 'true');
  return found ? { ...ingress, spec: { ...spec, ingressClassName: found.metadata.name } } : ingress;
}

/** What holds an object back that is in use when it is deleted (StorageObjectInUseProtection). */
export function protectedBy<T extends ApiObject>(object: T, finalizer: string): T {
  const { finalizers = [] } = object.metadata;
  if (finalizers.includes(finalizer)) return object;
  return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
}

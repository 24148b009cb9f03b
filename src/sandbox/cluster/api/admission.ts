import type { Ingress, Node, PersistentVolumeClaim, Pod } from '../../../kubernetes/api.ts';
import type { Cluster } from '../cluster.ts';
import type { ApiObject } from '../object.ts';
import { type Kinds, type Resource, servedResource } from '../resources.ts';
import { claimLimitRefusal, podLimitRefusal } from './admission/limit-constraints.ts';
import { admitPod } from './admission/pod-admission.ts';
import { chargeQuotas } from './admission/quota.ts';
import { protectedBy, withDefaultClass, withDefaultIngressClass } from './admission/storage-admission.ts';
import { forbiddenObject } from './objects/status.ts';

/**
 * What every new object has to pass, whoever makes it: it is the `Admission` that a Cluster is made with.
 * Pods get their service account, its token and the usual tolerations, containers the defaults of the
 * namespace's LimitRanges, claims the default StorageClass; quotas refuse what is too much.
 *
 * What has passed already passes again unchanged.
 *
 * @throws ApiError Forbidden, with the words of the admission plugin that refuses
 */
export function admit<R extends Resource>(resource: R, object: Kinds[R], cluster: Cluster): Kinds[R] {
  const admitted = mutate(resource, object, cluster);
  demandLimits(resource, admitted, cluster);
  chargeQuotas(cluster, resource, admitted);
  return admitted;
}

/** What of it only fills in, before an object is validated. @throws ApiError Forbidden */
export function mutate<R extends Resource>(resource: R, object: Kinds[R], cluster: Cluster): Kinds[R] {
  return filledIn(resource, object, cluster) as Kinds[R];
}

function filledIn(resource: Resource, object: ApiObject, cluster: Cluster): ApiObject {
  switch (resource) {
    case 'pods':
      return admitPod(cluster, object as Pod);
    case 'persistentvolumeclaims':
      return protectedBy(
        withDefaultClass(cluster, object as PersistentVolumeClaim),
        'kubernetes.io/pvc-protection',
      );
    case 'persistentvolumes':
      return protectedBy(object, 'kubernetes.io/pv-protection');
    case 'ingresses.networking.k8s.io':
      return withDefaultIngressClass(cluster, object as Ingress);
    case 'nodes':
      return notReadyYet(object as Node);
    default:
      return object;
  }
}

/** A node that joins takes no Pods before it has said that it is ready (TaintNodesByCondition). */
function notReadyYet(node: Node): Node {
  const taints = node.spec?.taints ?? [];
  const key = 'node.kubernetes.io/not-ready';
  const isReady = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  if (isReady || taints.some((each) => each.key === key)) return node;
  return { ...node, spec: { ...node.spec, taints: [...taints, { key, effect: 'NoSchedule' }] } };
}

function demandLimits(resource: Resource, object: ApiObject, cluster: Cluster): void {
  if (resource !== 'pods' && resource !== 'persistentvolumeclaims') return;
  const ranges = cluster.list('limitranges', object.metadata.namespace ?? '');
  if (ranges.length === 0) return;
  const why =
    resource === 'pods'
      ? podLimitRefusal(object as Pod, ranges)
      : claimLimitRefusal(object as PersistentVolumeClaim, ranges);
  if (why !== undefined) throw forbiddenObject(servedResource(resource), object.metadata.name ?? '', why);
}

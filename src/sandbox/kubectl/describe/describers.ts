import type { ApiObject } from '../../cluster/object.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import type { Describe } from './about.ts';
import { describeAutoscaler } from './autoscaler.ts';
import { describeConfigMap, describeSecret } from './config-map.ts';
import { describeDaemonSet } from './daemon-set.ts';
import { describeDeployment } from './deployment.ts';
import { describeDisruptionBudget } from './disruption-budget.ts';
import { describeEndpointSlice, describeEndpoints } from './endpoint-slice.ts';
import { describeGeneric } from './generic.ts';
import { describeIngress, describeIngressClass } from './ingress.ts';
import { describeCronJob, describeJob } from './job.ts';
import { describeNetworkPolicy } from './network-policy.ts';
import { describeNode } from './node.ts';
import { describePersistentVolume, describePersistentVolumeClaim } from './persistent-volume.ts';
import { describePod } from './pod.ts';
import { describeLimitRange, describeNamespace, describeResourceQuota } from './quota.ts';
import { describeReplicaSet } from './replica-set.ts';
import { describeRole, describeRoleBinding } from './roles.ts';
import { describeService } from './service.ts';
import { describeServiceAccount } from './service-account.ts';
import { describeStatefulSet } from './stateful-set.ts';
import { describePriorityClass, describeStorageClass } from './storage-class.ts';

/** By the resource: the plural, and the group where it has one. */
const describers: Readonly<Record<string, Describe<never>>> = {
  configmaps: describeConfigMap,
  endpoints: describeEndpoints,
  limitranges: describeLimitRange,
  namespaces: describeNamespace,
  nodes: describeNode,
  persistentvolumeclaims: describePersistentVolumeClaim,
  persistentvolumes: describePersistentVolume,
  pods: describePod,
  resourcequotas: describeResourceQuota,
  secrets: describeSecret,
  serviceaccounts: describeServiceAccount,
  services: describeService,
  'daemonsets.apps': describeDaemonSet,
  'deployments.apps': describeDeployment,
  'replicasets.apps': describeReplicaSet,
  'statefulsets.apps': describeStatefulSet,
  'horizontalpodautoscalers.autoscaling': describeAutoscaler,
  'cronjobs.batch': describeCronJob,
  'jobs.batch': describeJob,
  'endpointslices.discovery.k8s.io': describeEndpointSlice,
  'ingressclasses.networking.k8s.io': describeIngressClass,
  'ingresses.networking.k8s.io': describeIngress,
  'networkpolicies.networking.k8s.io': describeNetworkPolicy,
  'poddisruptionbudgets.policy': describeDisruptionBudget,
  'clusterrolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  'clusterroles.rbac.authorization.k8s.io': describeRole,
  'rolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  'roles.rbac.authorization.k8s.io': describeRole,
  'priorityclasses.scheduling.k8s.io': describePriorityClass,
  'storageclasses.storage.k8s.io': describeStorageClass,
};

/** How objects of a resource are described: those that have no description of their own, by all their fields. */
export function describerOf({ name, group }: DiscoveredResource): Describe<ApiObject> {
  const key = group === '' ? name : `${name}.${group}`;
  const found = Object.hasOwn(describers, key) ? describers[key] : undefined;
  return (found as Describe<ApiObject> | undefined) ?? describeGeneric;
}

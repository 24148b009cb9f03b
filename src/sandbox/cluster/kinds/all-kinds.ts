import type { Kinds, Resource } from '../resources.ts';
import { clusterRoleBindingRules, clusterRoleRules, roleBindingRules, roleRules } from './access/rbac.ts';
import { eventRules } from './cluster/event.ts';
import { limitRangeRules } from './cluster/limit-range.ts';
import { namespaceRules } from './cluster/namespace.ts';
import { nodeRules } from './cluster/node.ts';
import { priorityClassRules } from './cluster/priority-class.ts';
import { resourceQuotaRules } from './cluster/resource-quota.ts';
import { configMapRules } from './config/config-map.ts';
import { secretRules } from './config/secret.ts';
import { serviceAccountRules } from './config/service-account.ts';
import type { KindRules, RulesByResource } from './kind.ts';
import { endpointSliceRules } from './network/endpoint-slice.ts';
import { endpointsRules } from './network/endpoints.ts';
import { ingressRules } from './network/ingress.ts';
import { ingressClassRules } from './network/ingress-class.ts';
import { networkPolicyRules } from './network/network-policy.ts';
import { serviceRules } from './network/service.ts';
import { podRules } from './pod/pod.ts';
import { autoscalerRules } from './policy/autoscaler.ts';
import { disruptionBudgetRules } from './policy/disruption-budget.ts';
import { claimRules } from './storage/claim.ts';
import { storageClassRules } from './storage/storage-class.ts';
import { volumeRules } from './storage/volume.ts';
import { controllerRevisionRules } from './workloads/controller-revision.ts';
import { cronJobRules } from './workloads/cron-job.ts';
import { daemonSetRules } from './workloads/daemon-set.ts';
import { deploymentRules } from './workloads/deployment.ts';
import { jobRules } from './workloads/job.ts';
import { replicaSetRules } from './workloads/replica-set.ts';
import { statefulSetRules } from './workloads/stateful-set.ts';

const rules: RulesByResource = {
  configmaps: configMapRules,
  endpoints: endpointsRules,
  events: eventRules,
  limitranges: limitRangeRules,
  namespaces: namespaceRules,
  nodes: nodeRules,
  persistentvolumeclaims: claimRules,
  persistentvolumes: volumeRules,
  pods: podRules,
  resourcequotas: resourceQuotaRules,
  secrets: secretRules,
  serviceaccounts: serviceAccountRules,
  services: serviceRules,
  'controllerrevisions.apps': controllerRevisionRules,
  'daemonsets.apps': daemonSetRules,
  'deployments.apps': deploymentRules,
  'replicasets.apps': replicaSetRules,
  'statefulsets.apps': statefulSetRules,
  'horizontalpodautoscalers.autoscaling': autoscalerRules,
  'cronjobs.batch': cronJobRules,
  'jobs.batch': jobRules,
  'endpointslices.discovery.k8s.io': endpointSliceRules,
  'ingressclasses.networking.k8s.io': ingressClassRules,
  'ingresses.networking.k8s.io': ingressRules,
  'networkpolicies.networking.k8s.io': networkPolicyRules,
  'poddisruptionbudgets.policy': disruptionBudgetRules,
  'clusterrolebindings.rbac.authorization.k8s.io': clusterRoleBindingRules,
  'clusterroles.rbac.authorization.k8s.io': clusterRoleRules,
  'rolebindings.rbac.authorization.k8s.io': roleBindingRules,
  'roles.rbac.authorization.k8s.io': roleRules,
  'priorityclasses.scheduling.k8s.io': priorityClassRules,
  'storageclasses.storage.k8s.io': storageClassRules,
};

/** What the API server knows of a kind. */
export function rulesOf<R extends Resource>(resource: R): KindRules<Kinds[R]> {
  return rules[resource];
}

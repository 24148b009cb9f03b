import type * as api from '../../kubernetes/api.ts';
import { type Resource as KnownResource, resources } from '../../kubernetes/resources.ts';

/** What the cluster keeps, by the name of its table: the plural, and the group where it has one. */
export interface Kinds {
  configmaps: api.ConfigMap;
  endpoints: api.Endpoints;
  events: api.CoreEvent;
  limitranges: api.LimitRange;
  namespaces: api.Namespace;
  nodes: api.Node;
  persistentvolumeclaims: api.PersistentVolumeClaim;
  persistentvolumes: api.PersistentVolume;
  pods: api.Pod;
  resourcequotas: api.ResourceQuota;
  secrets: api.Secret;
  serviceaccounts: api.ServiceAccount;
  services: api.Service;
  'controllerrevisions.apps': api.ControllerRevision;
  'daemonsets.apps': api.DaemonSet;
  'deployments.apps': api.Deployment;
  'replicasets.apps': api.ReplicaSet;
  'statefulsets.apps': api.StatefulSet;
  'horizontalpodautoscalers.autoscaling': api.HorizontalPodAutoscaler;
  'cronjobs.batch': api.CronJob;
  'jobs.batch': api.Job;
  'endpointslices.discovery.k8s.io': api.EndpointSlice;
  'ingressclasses.networking.k8s.io': api.IngressClass;
  'ingresses.networking.k8s.io': api.Ingress;
  'networkpolicies.networking.k8s.io': api.NetworkPolicy;
  'poddisruptionbudgets.policy': api.PodDisruptionBudget;
  'clusterrolebindings.rbac.authorization.k8s.io': api.ClusterRoleBinding;
  'clusterroles.rbac.authorization.k8s.io': api.ClusterRole;
  'rolebindings.rbac.authorization.k8s.io': api.RoleBinding;
  'roles.rbac.authorization.k8s.io': api.Role;
  'priorityclasses.scheduling.k8s.io': api.PriorityClass;
  'storageclasses.storage.k8s.io': api.StorageClass;
}

/** The name of a table of the API. */
export type Resource = keyof Kinds;

/** A resource that the cluster serves. */
export interface ServedResource extends KnownResource {
  readonly table: Resource;
  /** Whether its objects count the changes of their spec. */
  readonly hasGeneration: boolean;
}

const withGeneration: readonly string[] = [
  'pods',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'cronjobs',
  'jobs',
  'endpointslices',
  'ingressclasses',
  'ingresses',
  'networkpolicies',
  'poddisruptionbudgets',
  'priorityclasses',
];

const tables: Record<Resource, true> = {
  configmaps: true,
  endpoints: true,
  events: true,
  limitranges: true,
  namespaces: true,
  nodes: true,
  persistentvolumeclaims: true,
  persistentvolumes: true,
  pods: true,
  resourcequotas: true,
  secrets: true,
  serviceaccounts: true,
  services: true,
  'controllerrevisions.apps': true,
  'daemonsets.apps': true,
  'deployments.apps': true,
  'replicasets.apps': true,
  'statefulsets.apps': true,
  'horizontalpodautoscalers.autoscaling': true,
  'cronjobs.batch': true,
  'jobs.batch': true,
  'endpointslices.discovery.k8s.io': true,
  'ingressclasses.networking.k8s.io': true,
  'ingresses.networking.k8s.io': true,
  'networkpolicies.networking.k8s.io': true,
  'poddisruptionbudgets.policy': true,
  'clusterrolebindings.rbac.authorization.k8s.io': true,
  'clusterroles.rbac.authorization.k8s.io': true,
  'rolebindings.rbac.authorization.k8s.io': true,
  'roles.rbac.authorization.k8s.io': true,
  'priorityclasses.scheduling.k8s.io': true,
  'storageclasses.storage.k8s.io': true,
};

/** Everything that the cluster keeps, in the order of `kubectl api-resources`. */
export const servedResources: readonly ServedResource[] = resources.flatMap((known) => {
  const table = known.group ? `${known.plural}.${known.group}` : known.plural;
  return isResource(table) ? [{ ...known, table, hasGeneration: withGeneration.includes(known.plural) }] : [];
});

const byTable = new Map(servedResources.map((resource) => [resource.table, resource]));

/** What is known of a resource by its table. */
export function servedResource(table: Resource): ServedResource {
  const found = byTable.get(table);
  if (!found) throw new Error(`the cluster serves no ${table}`);
  return found;
}

/** Whether a table is one of the API. */
export function isResource(table: string): table is Resource {
  return Object.hasOwn(tables, table);
}

/** A resource as messages name it: `pods`, `deployments.apps`. */
export function nameOf({ plural, group }: { readonly plural: string; readonly group: string }): string {
  return group ? `${plural}.${group}` : plural;
}

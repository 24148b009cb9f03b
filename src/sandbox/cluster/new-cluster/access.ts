import type { ClusterRole, ClusterRoleBinding, PolicyRule, Subject } from '../../../kubernetes/api.ts';

const group = 'rbac.authorization.k8s.io';
const reading = ['get', 'list', 'watch'];
const writing = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const everything = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function rule(apiGroups: readonly string[], resources: string, verbs: readonly string[]): PolicyRule {
  return { apiGroups, resources: resources.split(' '), verbs };
}

/** What `view` may do, of the kinds that the sandbox has (Kubernetes 1.36, `system:aggregate-to-view`). */
const viewRules: readonly PolicyRule[] = [
  rule(
    [''],
    'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods serviceaccounts services services/status',
    reading,
  ),
  rule(
    [''],
    'bindings limitranges namespaces/status pods/log pods/status resourcequotas resourcequotas/status',
    reading,
  ),
  rule([''], 'namespaces', reading),
  rule(['', 'events.k8s.io'], 'events', reading),
  rule(['discovery.k8s.io'], 'endpointslices', reading),
  rule(
    ['apps'],
    'controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status',
    reading,
  ),
  rule(['autoscaling'], 'horizontalpodautoscalers horizontalpodautoscalers/status', reading),
  rule(['batch'], 'cronjobs cronjobs/status jobs jobs/status', reading),
  rule(['policy'], 'poddisruptionbudgets poddisruptionbudgets/status', reading),
  rule(['networking.k8s.io'], 'ingresses ingresses/status networkpolicies', reading),
];

const metricsRules: readonly PolicyRule[] = [rule(['metrics.k8s.io'], 'pods nodes', reading)];

/** What `edit` may do besides. */
const editRules: readonly PolicyRule[] = [
  rule([''], 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy', reading),
  rule([''], 'serviceaccounts', ['impersonate']),
  rule([''], 'pods pods/attach pods/exec pods/portforward pods/proxy', writing),
  rule([''], 'pods/eviction', ['create']),
  rule([''], 'configmaps persistentvolumeclaims secrets serviceaccounts services services/proxy', writing),
  rule([''], 'serviceaccounts/token', ['create']),
  rule(['', 'events.k8s.io'], 'events', writing),
  rule(
    ['apps'],
    'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale',
    writing,
  ),
  rule(['autoscaling'], 'horizontalpodautoscalers', writing),
  rule(['batch'], 'cronjobs jobs', writing),
  rule(['policy'], 'poddisruptionbudgets', writing),
  rule(['networking.k8s.io'], 'ingresses networkpolicies', writing),
];

/** What `admin` may do besides. */
const adminRules: readonly PolicyRule[] = [
  rule(['authorization.k8s.io'], 'localsubjectaccessreviews', ['create']),
  rule([group], 'rolebindings roles', everything),
];

const publicPaths = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discoveryPaths = ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*'];

/** The roles that every cluster has and a learner meets. */
export function clusterRoles(): readonly ClusterRole[] {
  const all = { nonResourceURLs: ['*'], verbs: ['*'] };
  return [
    role('admin', [...adminRules, ...editRules, ...viewRules, ...metricsRules], { gathers: 'admin' }),
    role('cluster-admin', [rule(['*'], '*', ['*']), all]),
    role('edit', [...editRules, ...viewRules, ...metricsRules], { gathers: 'edit', into: 'admin' }),
    role('system:aggregate-to-admin', adminRules, { into: 'admin' }),
    role('system:aggregate-to-edit', editRules, { into: 'edit' }),
    role('system:aggregate-to-view', viewRules, { into: 'view' }),
    role('system:basic-user', [
      rule(['authorization.k8s.io'], 'selfsubjectaccessreviews selfsubjectrulesreviews', ['create']),
      rule(['authentication.k8s.io'], 'selfsubjectreviews', ['create']),
    ]),
    role('system:coredns', [
      rule([''], 'endpoints services pods namespaces', ['list', 'watch']),
      rule(['discovery.k8s.io'], 'endpointslices', ['list', 'watch']),
    ]),
    role('system:discovery', [{ nonResourceURLs: [...discoveryPaths, ...publicPaths], verbs: ['get'] }]),
    role('system:metrics-server', [rule([''], 'nodes/metrics', ['get']), rule([''], 'pods nodes', reading)]),
    role('system:node-proxier', [
      rule([''], 'endpoints services', ['list', 'watch']),
      rule([''], 'nodes', reading),
      rule(['', 'events.k8s.io'], 'events', ['create', 'patch', 'update']),
      rule(['discovery.k8s.io'], 'endpointslices', ['list', 'watch']),
    ]),
    role('system:public-info-viewer', [{ nonResourceURLs: publicPaths, verbs: ['get'] }]),
    role('view', [...viewRules, ...metricsRules], { gathers: 'view', into: 'edit' }),
  ];
}

/** Who has these roles. */
export function clusterRoleBindings(): readonly ClusterRoleBinding[] {
  const users = (name: string): Subject => ({ apiGroup: group, kind: 'Group', name });
  const account = (name: string): Subject => ({ kind: 'ServiceAccount', name, namespace: 'kube-system' });
  return [
    binding('cluster-admin', 'cluster-admin', [users('system:masters')]),
    binding('kubeadm:cluster-admins', 'cluster-admin', [users('kubeadm:cluster-admins')]),
    binding('kubeadm:node-proxier', 'system:node-proxier', [account('kube-proxy')]),
    binding('system:basic-user', 'system:basic-user', [users('system:authenticated')]),
    binding('system:coredns', 'system:coredns', [account('coredns')]),
    binding('system:discovery', 'system:discovery', [users('system:authenticated')]),
    binding('system:metrics-server', 'system:metrics-server', [account('metrics-server')]),
    binding('system:public-info-viewer', 'system:public-info-viewer', [
      users('system:authenticated'),
      users('system:unauthenticated'),
    ]),
  ];
}

/** @param gathers the rules of all roles that say so; @param into which of these it goes itself */
function role(
  name: string,
  rules: readonly PolicyRule[],
  { gathers, into }: { readonly gathers?: string; readonly into?: string } = {},
): ClusterRole {
  const label = (target: string) => ({ [`${group}/aggregate-to-${target}`]: 'true' });
  return {
    ...(gathers ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: label(gathers) }] } } : {}),
    apiVersion: `${group}/v1`,
    kind: 'ClusterRole',
    metadata: {
      labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...(into ? label(into) : {}) },
      name,
    },
    rules,
  };
}

function binding(name: string, roleName: string, subjects: readonly Subject[]): ClusterRoleBinding {
  return {
    apiVersion: `${group}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' }, name },
    roleRef: { apiGroup: group, kind: 'ClusterRole', name: roleName },
    subjects,
  };
}

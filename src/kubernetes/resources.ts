/** A kind of thing that a cluster keeps, and all that kubectl calls it. */
export interface Resource {
  readonly kind: string;
  readonly plural: string;
  /** Such as `po`, `deploy`, `svc`. */
  readonly shortNames: readonly string[];
  /** Empty for the kinds of the first API: Pod, Service, ConfigMap and so on. */
  readonly group: string;
  readonly version: string;
  /** As it stands in a manifest: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  readonly namespaced: boolean;
  /** Whether `kubectl get all` shows it. */
  readonly inAll: boolean;
}

/** `kubectl api-resources` of Kubernetes 1.36.3, in its order: kind, plural, short names, API version, scope, category `all`. */
const recorded = `
Binding bindings - v1 namespaced
ComponentStatus componentstatuses cs v1 cluster
ConfigMap configmaps cm v1 namespaced
Endpoints endpoints ep v1 namespaced
Event events ev v1 namespaced
LimitRange limitranges limits v1 namespaced
Namespace namespaces ns v1 cluster
Node nodes no v1 cluster
PersistentVolumeClaim persistentvolumeclaims pvc v1 namespaced
PersistentVolume persistentvolumes pv v1 cluster
Pod pods po v1 namespaced all
PodTemplate podtemplates - v1 namespaced
ReplicationController replicationcontrollers rc v1 namespaced all
ResourceQuota resourcequotas quota v1 namespaced
Secret secrets - v1 namespaced
ServiceAccount serviceaccounts sa v1 namespaced
Service services svc v1 namespaced all
MutatingAdmissionPolicy mutatingadmissionpolicies - admissionregistration.k8s.io/v1 cluster
MutatingAdmissionPolicyBinding mutatingadmissionpolicybindings - admissionregistration.k8s.io/v1 cluster
MutatingWebhookConfiguration mutatingwebhookconfigurations - admissionregistration.k8s.io/v1 cluster
ValidatingAdmissionPolicy validatingadmissionpolicies - admissionregistration.k8s.io/v1 cluster
ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings - admissionregistration.k8s.io/v1 cluster
ValidatingWebhookConfiguration validatingwebhookconfigurations - admissionregistration.k8s.io/v1 cluster
CustomResourceDefinition customresourcedefinitions crd,crds apiextensions.k8s.io/v1 cluster
APIService apiservices - apiregistration.k8s.io/v1 cluster
ControllerRevision controllerrevisions - apps/v1 namespaced
DaemonSet daemonsets ds apps/v1 namespaced all
Deployment deployments deploy apps/v1 namespaced all
ReplicaSet replicasets rs apps/v1 namespaced all
StatefulSet statefulsets sts apps/v1 namespaced all
SelfSubjectReview selfsubjectreviews - authentication.k8s.io/v1 cluster
TokenReview tokenreviews - authentication.k8s.io/v1 cluster
LocalSubjectAccessReview localsubjectaccessreviews - authorization.k8s.io/v1 namespaced
SelfSubjectAccessReview selfsubjectaccessreviews - authorization.k8s.io/v1 cluster
SelfSubjectRulesReview selfsubjectrulesreviews - authorization.k8s.io/v1 cluster
SubjectAccessReview subjectaccessreviews - authorization.k8s.io/v1 cluster
HorizontalPodAutoscaler horizontalpodautoscalers hpa autoscaling/v2 namespaced all
CronJob cronjobs cj batch/v1 namespaced all
Job jobs - batch/v1 namespaced all
CertificateSigningRequest certificatesigningrequests csr certificates.k8s.io/v1 cluster
Lease leases - coordination.k8s.io/v1 namespaced
EndpointSlice endpointslices - discovery.k8s.io/v1 namespaced
Event events ev events.k8s.io/v1 namespaced
FlowSchema flowschemas - flowcontrol.apiserver.k8s.io/v1 cluster
PriorityLevelConfiguration prioritylevelconfigurations - flowcontrol.apiserver.k8s.io/v1 cluster
IngressClass ingressclasses - networking.k8s.io/v1 cluster
Ingress ingresses ing networking.k8s.io/v1 namespaced
IPAddress ipaddresses ip networking.k8s.io/v1 cluster
NetworkPolicy networkpolicies netpol networking.k8s.io/v1 namespaced
ServiceCIDR servicecidrs - networking.k8s.io/v1 cluster
RuntimeClass runtimeclasses - node.k8s.io/v1 cluster
PodDisruptionBudget poddisruptionbudgets pdb policy/v1 namespaced
ClusterRoleBinding clusterrolebindings - rbac.authorization.k8s.io/v1 cluster
ClusterRole clusterroles - rbac.authorization.k8s.io/v1 cluster
RoleBinding rolebindings - rbac.authorization.k8s.io/v1 namespaced
Role roles - rbac.authorization.k8s.io/v1 namespaced
DeviceClass deviceclasses - resource.k8s.io/v1 cluster
ResourceClaim resourceclaims - resource.k8s.io/v1 namespaced
ResourceClaimTemplate resourceclaimtemplates - resource.k8s.io/v1 namespaced
ResourceSlice resourceslices - resource.k8s.io/v1 cluster
PriorityClass priorityclasses pc scheduling.k8s.io/v1 cluster
CSIDriver csidrivers - storage.k8s.io/v1 cluster
CSINode csinodes - storage.k8s.io/v1 cluster
CSIStorageCapacity csistoragecapacities - storage.k8s.io/v1 namespaced
StorageClass storageclasses sc storage.k8s.io/v1 cluster
VolumeAttachment volumeattachments - storage.k8s.io/v1 cluster
VolumeAttributesClass volumeattributesclasses vac storage.k8s.io/v1 cluster
`;

/** Every kind that Kubernetes itself brings, as `kubectl api-resources` of 1.36 lists them. */
export const resources: readonly Resource[] = recorded.trim().split('\n').map(readResource);

function readResource(line: string): Resource {
  const [kind = '', plural = '', shortNames = '-', apiVersion = '', scope, category] = line.split(' ');
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return {
    kind,
    plural,
    shortNames: shortNames === '-' ? [] : shortNames.split(','),
    group,
    version,
    apiVersion,
    namespaced: scope === 'namespaced',
    inAll: category === 'all',
  };
}

/**
 * The kind that a word of a kubectl line names: `po`, `pod`, `Pods`, `deployments.apps`, `deploy.v1.apps`,
 * `ing.networking`. Only the short names have to be in lower case
 * (https://kubernetes.io/docs/reference/kubectl/#resource-types).
 */
export function findResource(word: string): Resource | undefined {
  const [name = '', ...rest] = word.split('.');
  const suffix = rest.join('.').toLowerCase();
  return resources.find((each) => isNamed(each, name) && isIn(each, suffix));
}

/** What kubectl prints before the name of an object: `pod` of `pod/web`, `deployment.apps` of `deployment.apps/web`. */
export function printedKind({ kind, group }: Resource): string {
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

/** What a word of a kubectl line names: an object, or all of a kind. */
export interface ObjectReference {
  readonly resource: Resource;
  /** Left out where it is all of the kind. */
  readonly name?: string;
}

/**
 * Reads a word such as `deploy/web`, `pods` or `po,svc`; `all` is every kind that `kubectl get all` shows.
 *
 * @returns undefined when one of the kinds is not known, or the word is none that kubectl would read
 */
export function readReferences(word: string): ObjectReference[] | undefined {
  const [kinds = '', name, ...more] = word.split('/');
  if (more.length > 0 || name === '') return undefined;
  if (name !== undefined && (kinds === 'all' || kinds.includes(','))) return undefined;
  const found = kinds.split(',').flatMap((each) => (each === 'all' ? inAll() : [findResource(each)]));
  const known = found.flatMap((resource) => resource ?? []);
  if (known.length < found.length) return undefined;
  return known.map((resource) => (name === undefined ? { resource } : { resource, name }));
}

function inAll(): Resource[] {
  return resources.filter((each) => each.inAll);
}

function isNamed({ kind, plural, shortNames }: Resource, name: string): boolean {
  const lower = name.toLowerCase();
  return lower === plural || lower === kind.toLowerCase() || shortNames.includes(name);
}

/** Of a group, of the beginning of its name, or of a version and a group with the dot between them. */
function isIn({ group, version }: Resource, suffix: string): boolean {
  return group.startsWith(suffix) || suffix === `${version}.${group}`;
}

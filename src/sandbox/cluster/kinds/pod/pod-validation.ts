import type { Pod, PodSpec, PodTemplateSpec } from '../../../../kubernetes/api.ts';
import { type Complaint, duplicate, forbidden, invalid, required } from '../complaint.ts';
import type { Decoded } from '../kind.ts';
import { labelKeyComplaints, labelNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { addressComplaints } from '../network/addresses.ts';
import { annotationsComplaints, labelsComplaints } from '../object-meta.ts';
import { complaintsOf, oneOf, requiredOneOf, requiredText } from '../value-rules.ts';
import {
  containerComplaints,
  ephemeralContainerComplaints,
  idComplaints,
  initContainerComplaints,
} from './container-validation.ts';
import { affinityComplaints, spreadComplaints, tolerationComplaints } from './placement-validation.ts';
import { fileVariableComplaints } from './reference-validation.ts';
import { quantityComplaints, requirementComplaints } from './resource-validation.ts';
import { appArmorComplaints, seccompComplaints, sysctlComplaints } from './security-validation.ts';
import { volumeComplaints } from './volume-validation.ts';

const most = 2 ** 31 - 1;
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** What is wrong with a Pod (k8s.io/kubernetes/pkg/apis/core/validation, validatePodMetadataAndSpec). */
export function podComplaints({ metadata, spec }: Decoded<Pod>): readonly Complaint[] {
  const { containers, initContainers = [] } = spec;
  return [
    ...podSpecComplaints(spec, 'spec', { isPod: true, name: metadata.name }),
    ...imageComplaints(containers, 'spec.containers'),
    ...imageComplaints(initContainers, 'spec.initContainers'),
  ];
}

/** What is wrong with the template of Pods (ValidatePodTemplateSpec). */
export function templateComplaints({ metadata, spec }: PodTemplateSpec, path: string): readonly Complaint[] {
  const inTemplate = 'ephemeral containers not allowed in pod template';
  return [
    ...labelsComplaints(metadata?.labels, `${path}.labels`),
    ...annotationsComplaints(metadata?.annotations, `${path}.annotations`),
    ...podSpecComplaints(spec ?? { containers: [] }, `${path}.spec`, { isPod: false, name: undefined }),
    ...(spec?.ephemeralContainers?.length ? [forbidden(`${path}.spec.ephemeralContainers`, inTemplate)] : []),
  ];
}

interface PodPlace {
  readonly isPod: boolean;
  readonly name: string | undefined;
}

function podSpecComplaints(spec: PodSpec, path: string, { isPod, name }: PodPlace): readonly Complaint[] {
  const { complaints, valid } = volumeComplaints(spec.volumes ?? [], `${path}.volumes`, name);
  return [
    ...complaints,
    ...containerComplaints(spec, valid, `${path}.containers`),
    ...initContainerComplaints(spec, valid, `${path}.initContainers`),
    ...ephemeralContainerComplaints(spec, valid, `${path}.ephemeralContainers`),
    ...(spec.resources ? requirementComplaints(spec.resources, `${path}.resources`) : []),
    ...hostNetworkComplaints(spec, path, isPod),
    ...requiredOneOf(`${path}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']),
    ...requiredOneOf(`${path}.dnsPolicy`, spec.dnsPolicy, dnsPolicies),
    ...labelsComplaints(spec.nodeSelector, `${path}.nodeSelector`),
    ...securityComplaints(spec, `${path}.securityContext`),
    ...affinityComplaints(spec.affinity, `${path}.affinity`),
    ...gateComplaints(spec.schedulingGates, `${path}.schedulingGates`),
    ...dnsComplaints(spec, `${path}.dnsConfig`),
    ...(spec.readinessGates ?? []).flatMap(({ conditionType }, index) =>
      complaintsOf(
        `${path}.readinessGates[${index}].conditionType`,
        conditionType,
        labelKeyComplaints(conditionType),
      ),
    ),
    ...spreadComplaints(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`),
    ...nameComplaints(spec, path),
    ...tolerationComplaints(spec.tolerations, `${path}.tolerations`),
    ...aliasComplaints(spec, `${path}.hostAliases`),
    ...classComplaints(spec, path),
    ...(spec.os ? requiredText(`${path}.os.name`, spec.os.name) : []),
    ...(spec.os?.name ? oneOf(`${path}.os`, spec.os.name, ['linux', 'windows']) : []),
    ...fileVariableComplaints(spec, path),
  ];
}

function imageComplaints(
  containers: readonly { readonly image?: string }[],
  path: string,
): readonly Complaint[] {
  return containers.flatMap(({ image = '' }, index) =>
    image === image.trim()
      ? []
      : [invalid(`${path}[${index}].image`, image, 'must not have leading or trailing whitespace')],
  );
}

/** In the node's network a port of the container is one of the node (validatePodHostNetworkDeps). */
function hostNetworkComplaints(
  { hostNetwork, containers = [] }: PodSpec,
  path: string,
  isPod: boolean,
): readonly Complaint[] {
  if (!hostNetwork) return [];
  const why = 'must match `containerPort` when `hostNetwork` is true';
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort = 0, containerPort }, at) =>
      (isPod || hostPort !== 0) && hostPort !== containerPort
        ? [invalid(`${path}.containers[${index}].ports[${at}].hostPort`, hostPort, why)]
        : [],
    ),
  );
}

/** What is wrong with what all containers may do (validatePodSpecSecurityContext). */
function securityComplaints(spec: PodSpec, path: string): readonly Complaint[] {
  const own = spec.securityContext;
  const shared = 'ShareProcessNamespace and HostPID cannot both be enabled';
  return [
    ...idComplaints(own?.fsGroup, `${path}.fsGroup`),
    ...idComplaints(own?.runAsUser, `${path}.runAsUser`),
    ...idComplaints(own?.runAsGroup, `${path}.runAsGroup`),
    ...(own?.supplementalGroups ?? []).flatMap((id, index) =>
      idComplaints(id, `${path}.supplementalGroups[${index}]`),
    ),
    ...sysctlComplaints(own?.sysctls, `${path}.sysctls`),
    ...(spec.shareProcessNamespace && spec.hostPID
      ? [invalid(`${path}.shareProcessNamespace`, true, shared)]
      : []),
    ...(own?.fsGroupChangePolicy === undefined
      ? []
      : oneOf(`${path}.fsGroupChangePolicy`, own.fsGroupChangePolicy, ['Always', 'OnRootMismatch'])),
    ...seccompComplaints(own?.seccompProfile, `${path}.seccompProfile`),
    ...appArmorComplaints(own?.appArmorProfile, `${path}.appArmorProfile`),
    ...(own?.supplementalGroupsPolicy === undefined
      ? []
      : oneOf(`${path}.supplementalGroupsPolicy`, own.supplementalGroupsPolicy, ['Merge', 'Strict'])),
  ];
}

/** Names of services may begin with an underscore (IsDNS1123SubdomainWithUnderscore). */
const searchForm = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/;
const searchWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";

/** What is wrong with how names are looked up (validatePodDNSConfig). */
function dnsComplaints({ dnsConfig, dnsPolicy }: PodSpec, path: string): readonly Complaint[] {
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === 'None' && !dnsConfig) {
    return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
  }
  if (dnsPolicy === 'None' && nameservers.length === 0) {
    const why = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
    return [required(`${path}.nameservers`, why)];
  }
  return [
    ...(nameservers.length > 3
      ? [invalid(`${path}.nameservers`, nameservers, 'must not have more than 3 nameservers')]
      : []),
    ...nameservers.flatMap((each, index) => addressComplaints(`${path}.nameservers[${index}]`, each)),
    ...(searches.length > 32
      ? [invalid(`${path}.searches`, searches, 'must not have more than 32 search paths')]
      : []),
    ...searches.flatMap((each, index) => {
      const domain = each.replace(/\.$/, '');
      const problems = each === '.' || searchForm.test(domain) ? [] : [searchWords];
      return complaintsOf(`${path}.searches[${index}]`, domain, problems);
    }),
    ...options.flatMap(({ name }, index) =>
      name ? [] : [required(`${path}.options[${index}]`, 'must not be empty')],
    ),
  ];
}

/** What is wrong with what a Pod waits for before it gets a node (validateSchedulingGates). */
function gateComplaints(gates: PodSpec['schedulingGates'] = [], path: string): readonly Complaint[] {
  return gates.flatMap(({ name }, index) => {
    const isTwice = gates.findIndex((each) => each.name === name) < index;
    return [
      ...complaintsOf(`${path}[${index}]`, name, labelKeyComplaints(name)),
      ...(isTwice ? [duplicate(`${path}[${index}]`, name)] : []),
    ];
  });
}

function nameComplaints(spec: PodSpec, path: string): readonly Complaint[] {
  const { serviceAccountName = '', nodeName = '', hostname = '', subdomain = '' } = spec;
  const { activeDeadlineSeconds: deadline } = spec;
  const named = (field: string, name: string, problems: readonly string[]): readonly Complaint[] =>
    name === '' ? [] : complaintsOf(`${path}.${field}`, name, problems);
  return [
    ...named('serviceAccountName', serviceAccountName, subdomainComplaints(serviceAccountName)),
    ...named('nodeName', nodeName, subdomainComplaints(nodeName)),
    ...(deadline === undefined || (deadline >= 1 && deadline <= most)
      ? []
      : [invalid(`${path}.activeDeadlineSeconds`, deadline, `must be between 1 and ${most}, inclusive`)]),
    ...named('hostname', hostname, labelNameComplaints(hostname)),
    ...named('subdomain', subdomain, labelNameComplaints(subdomain)),
  ];
}

function aliasComplaints({ hostAliases = [] }: PodSpec, path: string): readonly Complaint[] {
  return hostAliases.flatMap(({ ip, hostnames = [] }, index) => [
    ...addressComplaints(`${path}[${index}].ip`, ip),
    ...hostnames.flatMap((name, at) =>
      complaintsOf(`${path}[${index}].hostnames[${at}]`, name, subdomainComplaints(name)),
    ),
  ]);
}

function classComplaints(spec: PodSpec, path: string): readonly Complaint[] {
  const { priorityClassName = '', runtimeClassName, preemptionPolicy, overhead = {} } = spec;
  return [
    ...(priorityClassName
      ? complaintsOf(`${path}.priorityClassName`, priorityClassName, subdomainComplaints(priorityClassName))
      : []),
    ...(runtimeClassName === undefined
      ? []
      : complaintsOf(`${path}.runtimeClassName`, runtimeClassName, subdomainComplaints(runtimeClassName))),
    ...(preemptionPolicy === undefined
      ? []
      : oneOf(`${path}.preemptionPolicy`, preemptionPolicy, ['PreemptLowerPriority', 'Never'])),
    ...Object.entries(overhead).flatMap(([name, amount]) =>
      quantityComplaints(name, amount, `${path}.overhead[${name}]`),
    ),
  ];
}

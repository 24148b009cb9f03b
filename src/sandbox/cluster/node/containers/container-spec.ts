import { parseQuantity } from '../../../../kubernetes/quantity.ts';
import { capabilitiesOf } from '../../../runtime/capabilities.ts';
import { confinementOf } from '../../../runtime/confinement.ts';
import type { ContainerSpec, HostImage, Mount } from '../../../runtime/container-runtime.ts';
import {
  type AnyContainer,
  formatPod,
  isOnHostNetwork,
  type RoledContainer,
} from '../pods/pod-containers.ts';
import { fullImageOf, namespaceOf, sandboxOf } from '../pods/pod-facts.ts';
import { fieldSources, type PodWork } from '../pods/pod-work.ts';
import { mountsOf } from '../volumes/volumes.ts';
import { environmentOf } from './environment.ts';
import { expand } from './expansion.ts';
import { ConfigError } from './field-values.ts';

/** Labels by which the kubelet finds its containers again (k8s.io/kubernetes/pkg/kubelet/types/labels.go). */
export const podLabels = {
  namespace: 'io.kubernetes.pod.namespace',
  name: 'io.kubernetes.pod.name',
  uid: 'io.kubernetes.pod.uid',
  container: 'io.kubernetes.container.name',
} as const;

/** What images do not say and containerd sets (github.com/containerd/containerd, `internal/cri`). */
const usualPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const usualEnv: readonly string[] = [usualPath];

/**
 * What the runtime is told of a container.
 *
 * @param found its image, which is on the node
 * @throws ConfigError when the Pod's spec cannot be carried out
 */
export function containerSpec(work: PodWork, { spec }: RoledContainer, found: HostImage): ContainerSpec {
  const { context, pod, record } = work;
  const { config } = found.image;
  const variables = environmentOf(context.cluster, pod, spec, fieldSources(work));
  const user = userOf(work, spec, config.user ?? '');
  const hostname = hostnameOf(work);
  const memoryLimit = limitOf(spec, 'memory', 1_000_000_000n);
  const cpuLimitMilli = limitOf(spec, 'cpu', 1_000_000n);
  return {
    name: spec.name,
    image: fullImageOf(spec),
    argv: commandLine(spec, config, variables),
    env: merged(config.env ?? usualEnv, hostname, variables),
    workingDir: spec.workingDir || config.workingDir || '/',
    user,
    ...groupsOf(pod),
    hostname,
    network: sandboxOf(record).network,
    mounts: [
      ...mountsOf(context, pod, record.node, spec, variables),
      ...terminationMount(pod.metadata.uid, spec),
    ],
    readOnlyRoot: spec.securityContext?.readOnlyRootFilesystem === true,
    tty: spec.tty === true,
    stdin: spec.stdin === true,
    stopSignal: spec.lifecycle?.stopSignal ?? config.stopSignal ?? 'SIGTERM',
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(cpuLimitMilli === undefined ? {} : { cpuLimitMilli }),
    sharePids: pod.spec?.shareProcessNamespace === true,
    labels: {
      [podLabels.namespace]: namespaceOf(pod),
      [podLabels.name]: pod.metadata.name,
      [podLabels.uid]: pod.metadata.uid,
      [podLabels.container]: spec.name,
    },
    ...joinedTarget(work, spec),
    ...confinedBy(spec),
    hostFiles: hostFiles(work, hostname),
  };
}

/** An ephemeral container may look at another's processes: `kubectl debug --target`. */
function joinedTarget({ pod, record }: PodWork, spec: AnyContainer): Pick<ContainerSpec, 'joinsPidsOf'> {
  const target = 'targetContainerName' in spec ? spec.targetContainerName : undefined;
  const id = record.containers[target ?? '']?.ids[0];
  return id === undefined || pod.spec?.shareProcessNamespace ? {} : { joinsPidsOf: id };
}

function confinedBy({ securityContext }: AnyContainer): Pick<ContainerSpec, 'confinement'> {
  const { capabilities, privileged } = securityContext ?? {};
  const confinement = confinementOf({
    capabilities: capabilitiesOf({ ...capabilities, privileged }),
    limits: undefined,
    shmBytes: undefined,
  });
  return confinement ? { confinement } : {};
}

function limitOf({ resources }: AnyContainer, name: 'memory' | 'cpu', unit: bigint): number | undefined {
  const text = resources?.limits?.[name];
  const given = text === undefined ? undefined : parseQuantity(text);
  return given ? Number((given + unit - 1n) / unit) : undefined;
}

/** The file that a container may leave its last words in; the volume comes into being when it does. */
function terminationMount(uid: string, spec: AnyContainer): readonly Mount[] {
  const target = spec.terminationMessagePath ?? '/dev/termination-log';
  return [{ target, volume: `pods/${uid}/last-words/${spec.name}`, subPath: '/log', readOnly: false }];
}

/** `command` takes the place of the entrypoint, and of its arguments with it; `args` that of the arguments. */
function commandLine(
  { command = [], args = [] }: AnyContainer,
  { entrypoint = [], cmd = [] }: HostImage['image']['config'],
  variables: ReadonlyMap<string, string>,
): readonly string[] {
  const given = (words: readonly string[]) =>
    words.map((word) => expand(word, (name) => variables.get(name)));
  if (command.length > 0) return [...given(command), ...given(args)];
  return [...entrypoint, ...(args.length > 0 ? given(args) : cmd)];
}

function merged(
  image: readonly string[],
  hostname: string,
  variables: ReadonlyMap<string, string>,
): readonly string[] {
  const { before, after } = shared.get(variables)?.get(image) ?? share(image, variables);
  return [...before, `HOSTNAME=${hostname}`, ...after];
}

interface Around {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Around the name of the host the environment is the same in all containers of an image that declare none. */
const shared = new WeakMap<ReadonlyMap<string, string>, WeakMap<readonly string[], Around>>();

function share(image: readonly string[], variables: ReadonlyMap<string, string>): Around {
  const own = image.filter((each) => !variables.has(each.slice(0, each.indexOf('='))));
  const hasPath = own.some((each) => each.startsWith('PATH=')) || variables.has('PATH');
  const before = hasPath ? own : [usualPath, ...own];
  const around = { before, after: [...variables].map(([name, value]) => `${name}=${value}`) };
  const images = shared.get(variables) ?? new WeakMap<readonly string[], Around>();
  images.set(image, around);
  shared.set(variables, images);
  return around;
}

/** @throws ConfigError when it would be root, and must not be */
function userOf({ pod }: PodWork, spec: AnyContainer, imageUser: string): string {
  const own = spec.securityContext ?? {};
  const shared = pod.spec?.securityContext ?? {};
  const user = own.runAsUser ?? shared.runAsUser;
  const group = own.runAsGroup ?? shared.runAsGroup;
  const where = `(pod: "${formatPod(pod)}", container: ${spec.name})`;
  if (own.runAsNonRoot ?? shared.runAsNonRoot) {
    const name = imageUser.replace(/:.*/, '');
    if (user === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`);
    if (user === undefined && ['', '0'].includes(name)) {
      throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`);
    }
    if (user === undefined && !/^\d+$/.test(name)) {
      const why = `image has non-numeric user (${name}), cannot verify user is non-root`;
      throw new ConfigError(`container has runAsNonRoot and ${why} ${where}`);
    }
  }
  const id = user === undefined ? imageUser : `${user}`;
  return group === undefined ? id : `${id.split(':')[0] || '0'}:${group}`;
}

/** Groups that all containers of a Pod are in: that of its volumes, and those that it names. */
function groupsOf({ spec }: PodWork['pod']): Pick<ContainerSpec, 'groups'> {
  const { fsGroup, supplementalGroups = [] } = spec?.securityContext ?? {};
  const groups = [...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups];
  return groups.length === 0 ? {} : { groups: groups.sort((one, other) => one - other) };
}

/** A name has at most 63 characters; longer ones are cut (k8s.io/kubernetes/pkg/kubelet, `truncatePodHostnameIfNeeded`). */
function hostnameOf({ pod, record }: PodWork): string {
  if (isOnHostNetwork(pod)) return record.node;
  return (pod.spec?.hostname || pod.metadata.name).slice(0, 63).replace(/[-.]+$/, '');
}

function hostFiles({ pod, record }: PodWork, hostname: string): Readonly<Record<string, string>> {
  const { spec, metadata } = pod;
  const { address } = sandboxOf(record);
  const domain = `${metadata.namespace}.svc.${clusterDomain}`;
  const full = spec?.subdomain ? `${hostname}.${spec.subdomain}.${domain}\t` : '';
  const aliases = (spec?.hostAliases ?? []).map(
    ({ ip, hostnames = [] }) => `${ip}\t${hostnames.join('\t')}\n`,
  );
  const added = aliases.length === 0 ? '' : `\n# Entries added by HostAliases.\n${aliases.join('')}`;
  const header = isOnHostNetwork(pod)
    ? '# Kubernetes-managed hosts file (host network).\n'
    : '# Kubernetes-managed hosts file.\n';
  return {
    '/etc/hosts': `${header}${localHosts}${address}\t${full}${hostname}\n${added}`,
    '/etc/hostname': `${hostname}\n`,
    '/etc/resolv.conf': resolverFile(pod),
  };
}

/** What names a process can leave out parts of (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). */
function resolverFile(pod: PodWork['pod']): string {
  const { spec, metadata } = pod;
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork = false } = spec ?? {};
  if (dnsConfig) return newResolverFile(pod);
  // It is the same for all Pods of a namespace that do not want another.
  const key = `${metadata.namespace} ${dnsPolicy} ${hostNetwork}`;
  if (lastResolver.key !== key) lastResolver = { key, text: newResolverFile(pod) };
  return lastResolver.text;
}

let lastResolver = { key: '', text: '' };

function newResolverFile({ spec, metadata }: PodWork['pod']): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig } = spec ?? {};
  const isClusters =
    dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !spec?.hostNetwork);
  const services = `svc.${clusterDomain}`;
  const searches = [
    ...(isClusters ? [`${metadata.namespace}.${services}`, services, clusterDomain] : []),
    ...(dnsConfig?.searches ?? []),
  ];
  const servers = [
    ...(isClusters ? [nameServer] : dnsPolicy === 'None' ? [] : [nodeNameServer]),
    ...(dnsConfig?.nameservers ?? []),
  ];
  const own = (dnsConfig?.options ?? []).map(({ name = '', value }) => (value ? `${name}:${value}` : name));
  const options = [
    ...(isClusters && !own.some((each) => each.startsWith('ndots:')) ? ['ndots:5'] : []),
    ...own,
  ];
  return [
    searches.length > 0 ? `search ${searches.join(' ')}\n` : '',
    ...servers.map((server) => `nameserver ${server}\n`),
    options.length > 0 ? `options ${options.join(' ')}\n` : '',
  ].join('');
}

/** The domain of the cluster, and the address of its name service. */
export const clusterDomain = 'cluster.local';
export const nameServer = '10.96.0.10';

/** Whom the nodes themselves ask. */
const nodeNameServer = '172.30.0.1';

const localHosts = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'fe00::0\tip6-mcastprefix',
  'fe00::1\tip6-allnodes',
  'fe00::2\tip6-allrouters',
  '',
].join('\n');

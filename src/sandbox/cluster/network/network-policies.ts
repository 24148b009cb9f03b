import type {
  LabelSelector,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Pod,
} from '../../../kubernetes/api.ts';
import type { Cluster } from '../cluster.ts';
import { fitsSelector, type Stored } from '../object.ts';
import { networkRecord } from './pod-networks.ts';

type Protocol = 'TCP' | 'UDP';

/**
 * Whether the NetworkPolicies let a connection through: what leaves one Pod, and what enters the other
 * (https://kubernetes.io/docs/concepts/services-networking/network-policies/). A node reaches its Pods always.
 *
 * @param to the network of a Pod or of a node; of what enters a node no policy says anything
 * @param port that is connected to there
 */
export function isAllowed(
  cluster: Cluster,
  from: string,
  to: string,
  port: number,
  protocol: Protocol,
): boolean {
  const source = podIn(cluster, from);
  const target = podIn(cluster, to);
  if (source) {
    const policies = policiesFor(cluster, source, 'Egress');
    const isOpen = policies.some(({ metadata, spec }) =>
      (spec?.egress ?? []).some(
        (rule) =>
          fitsPorts(rule.ports, target, port, protocol) &&
          fitsPeers(cluster, metadata.namespace, rule.to, target, to),
      ),
    );
    if (policies.length > 0 && !isOpen) return false;
  }
  if (!target) return true;
  const policies = policiesFor(cluster, target, 'Ingress');
  if (policies.length === 0 || (!source && isOwnNode(cluster, from, to))) return true;
  return policies.some(({ metadata, spec }) =>
    (spec?.ingress ?? []).some(
      (rule) =>
        fitsPorts(rule.ports, target, port, protocol) &&
        fitsPeers(cluster, metadata.namespace, rule.from, source, from),
    ),
  );
}

function podIn(cluster: Cluster, network: string): Stored<Pod> | undefined {
  const key = networkRecord(cluster.store, network)?.pod;
  return key === undefined ? undefined : cluster.getByKey('pods', key);
}

function isOwnNode({ store }: Cluster, from: string, to: string): boolean {
  return networkRecord(store, from)?.node === networkRecord(store, to)?.node;
}

/** The policies that a Pod is under; without `policyTypes` one is about what enters, and about what leaves when it says so. */
export function policiesFor(
  cluster: Cluster,
  { metadata }: Stored<Pod>,
  type: 'Ingress' | 'Egress',
): readonly Stored<NetworkPolicy>[] {
  const all = cluster.list('networkpolicies.networking.k8s.io', metadata.namespace);
  if (all.length === 0) return all;
  return all.filter(({ spec }) => {
    const types = spec?.policyTypes ?? (spec?.egress ? ['Ingress', 'Egress'] : ['Ingress']);
    return types.includes(type) && fitsSelector(spec?.podSelector ?? everything, metadata.labels);
  });
}

const everything: LabelSelector = {};

/** No ports mean all of them. */
function fitsPorts(
  ports: readonly NetworkPolicyPort[] | undefined,
  target: Stored<Pod> | undefined,
  number: number,
  protocol: Protocol,
): boolean {
  if (!ports || ports.length === 0) return true;
  return ports.some(({ port, endPort, protocol: kind = 'TCP' }) => {
    if (kind !== protocol) return false;
    if (port === undefined) return true;
    if (typeof port === 'number') return number >= port && number <= (endPort ?? port);
    const named = target?.spec?.containers
      .flatMap((container) => container.ports ?? [])
      .find(({ name }) => name === port);
    return named?.containerPort === number;
  });
}

/** No peers mean everybody. */
function fitsPeers(
  cluster: Cluster,
  namespace: string | undefined,
  peers: readonly NetworkPolicyPeer[] | undefined,
  pod: Stored<Pod> | undefined,
  network: string,
): boolean {
  if (!peers || peers.length === 0) return true;
  return peers.some(({ ipBlock, namespaceSelector, podSelector }) => {
    if (ipBlock) {
      const address = networkRecord(cluster.store, network)?.address ?? '';
      return isIn(address, ipBlock.cidr) && !(ipBlock.except ?? []).some((each) => isIn(address, each));
    }
    if (!pod) return false;
    const own = pod.metadata.namespace ?? '';
    const isInNamespace = namespaceSelector
      ? fitsSelector(namespaceSelector, cluster.get('namespaces', undefined, own)?.metadata.labels)
      : own === namespace;
    return isInNamespace && (!podSelector || fitsSelector(podSelector, pod.metadata.labels));
  });
}

/** Whether an address is in a range such as `10.244.0.0/16`. */
export function isIn(address: string, range: string): boolean {
  const [base = '', length = '32'] = range.split('/');
  const first = numberOf(address);
  const second = numberOf(base);
  if (first === undefined || second === undefined) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(first / size) === Math.floor(second / size);
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

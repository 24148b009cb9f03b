import type { Service } from '../../../kubernetes/api.ts';
import type { NetworkWays } from '../../runtime/network-ways.ts';
import type { Cluster } from '../cluster.ts';
import { clusterDomain, nameServer } from '../node/containers/container-spec.ts';
import type { Stored } from '../object.ts';
import { networkRecord } from './pod-networks.ts';
import { slicesOf } from './service-endpoints.ts';

/** From so many dots on a name is looked up as it is before anything is put behind it. */
const manyDots = 5;

/** More names after one another than any name server follows. */
const mostAliases = 8;

/**
 * The addresses of a name as a process in a network sees it: names of Services and Pods, in full or without
 * the parts that its search list puts behind them
 * (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/).
 */
export function lookUp(
  cluster: Cluster,
  network: string,
  name: string,
  ways: NetworkWays,
): readonly string[] {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return [name];
  if (name === 'localhost') return ['127.0.0.1'];
  const pod = networkRecord(cluster.store, network)?.pod;
  const found = pod === undefined ? undefined : cluster.getByKey('pods', pod);
  const { dnsPolicy = 'ClusterFirst', dnsConfig } = found?.spec ?? {};
  const own = dnsConfig?.searches ?? [];
  const isClusters = found !== undefined && dnsPolicy !== 'Default' && dnsPolicy !== 'None';
  const asksCluster = isClusters || dnsConfig?.nameservers?.includes(nameServer);
  if (!asksCluster || !isAnswering(network, ways)) return [];
  const services = `svc.${clusterDomain}`;
  const usual = isClusters ? [`${found.metadata.namespace}.${services}`, services, clusterDomain] : [];
  const searches = name.endsWith('.') ? [] : [...usual, ...own].map((each) => `${name}.${each}`);
  const asGiven = name.replace(/\.$/, '');
  const dots = asGiven.split('.').length - 1;
  for (const each of dots >= manyDots ? [asGiven, ...searches] : [...searches, asGiven]) {
    const addresses = recordsOf(cluster, each.toLowerCase(), 0);
    if (addresses.length > 0) return addresses;
  }
  return [];
}

/** Whether the cluster's name server is there, and may be asked from a network. */
function isAnswering(network: string, ways: NetworkWays): boolean {
  return 'network' in ways.reach(network, nameServer, 53, 'UDP');
}

/** What the cluster's name server has under a full name. */
function recordsOf(cluster: Cluster, name: string, aliases: number): readonly string[] {
  const suffix = `.${clusterDomain}`;
  if (!name.endsWith(suffix) || aliases > mostAliases) return [];
  const parts = name.slice(0, -suffix.length).split('.');
  const kind = parts.pop();
  const namespace = parts.pop();
  if (namespace === undefined) return [];
  if (kind === 'pod' && parts.length === 1) return podAddress(cluster, namespace, parts.join());
  const service = cluster.get('services', namespace, parts.pop() ?? '');
  if (kind !== 'svc' || !service || parts.length > 1) return [];
  const { clusterIP, type, externalName = '' } = service.spec ?? {};
  const [host] = parts;
  if (type === 'ExternalName') return host === undefined ? recordsOf(cluster, externalName, aliases + 1) : [];
  if (host !== undefined) return hostAddresses(cluster, service, host);
  if (clusterIP && clusterIP !== 'None') return [clusterIP];
  return readyEndpoints(cluster, service).map(({ address }) => address);
}

/** `10-244-1-7.shop.pod.cluster.local`: any address is answered, as CoreDNS does with `pods insecure`. */
function podAddress(cluster: Cluster, namespace: string, host: string): readonly string[] {
  if (!/^\d+-\d+-\d+-\d+$/.test(host) || !cluster.get('namespaces', undefined, namespace)) return [];
  return [host.replaceAll('-', '.')];
}

/** A Pod of a headless Service by its host name, as those of a StatefulSet have one, or by its address. */
function hostAddresses(cluster: Cluster, service: Stored<Service>, host: string): readonly string[] {
  return readyEndpoints(cluster, service)
    .filter(({ address, hostname }) => (hostname ?? address.replaceAll('.', '-')) === host)
    .map(({ address }) => address);
}

function readyEndpoints(
  cluster: Cluster,
  service: Stored<Service>,
): readonly { readonly address: string; readonly hostname?: string }[] {
  return slicesOf(cluster, service).flatMap(({ endpoints = [] }) =>
    endpoints
      .filter(({ conditions }) => conditions?.ready !== false)
      .flatMap(({ addresses, hostname }) =>
        addresses.map((address) => ({ address, ...(hostname === undefined ? {} : { hostname }) })),
      ),
  );
}

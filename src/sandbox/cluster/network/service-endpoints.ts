import type { Endpoint, EndpointSlice, Service, ServicePort } from '../../../kubernetes/api.ts';
import type { Cluster } from '../cluster.ts';
import { keyOf, type Stored } from '../object.ts';

/** A port of a Service that somebody connects to. */
export interface FoundPort {
  readonly service: Stored<Service>;
  readonly port: ServicePort;
}

/** Where a connection to a Service ends. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

/** How long a client stays with the same endpoint where the Service asks for that, unless it says so. */
const usualAffinity = 10_800;

const affinityTable = 'network/affinity';

/**
 * The Service that has an address and a port.
 *
 * @param address undefined for a port of a node
 */
export function servicePortAt(
  { store }: Cluster,
  address: string | undefined,
  port: number,
  protocol: 'TCP' | 'UDP',
): FoundPort | undefined {
  const places = ({ spec }: Service) =>
    (spec?.ports ?? []).flatMap((each) => {
      const rest = `${each.port} ${each.protocol ?? 'TCP'}`;
      const addresses = [...(spec?.clusterIPs ?? [spec?.clusterIP ?? '']), ...(spec?.externalIPs ?? [])];
      const own = addresses.map((ip) => `${ip} ${rest}`);
      return each.nodePort === undefined ? own : [...own, `node ${each.nodePort} ${each.protocol ?? 'TCP'}`];
    });
  const [service] = store
    .index('services', 'place', places)
    .entries(`${address ?? 'node'} ${port} ${protocol}`) as Stored<Service>[];
  const found = service?.spec?.ports?.find((each) => {
    const number = address === undefined ? each.nodePort : each.port;
    return number === port && (each.protocol ?? 'TCP') === protocol;
  });
  return service && found ? { service, port: found } : undefined;
}

/** The endpoints of a Service, with the ports they have. */
export function slicesOf(cluster: Cluster, service: Stored<Service>): readonly Stored<EndpointSlice>[] {
  const serviceOf = ({ metadata }: EndpointSlice) => [
    `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`,
  ];
  const index = cluster.store.index('endpointslices.discovery.k8s.io', 'service', serviceOf);
  return index.entries(keyOf(service)) as Stored<EndpointSlice>[];
}

/**
 * One of a Service's endpoints, by chance as kube-proxy's rules choose; terminating ones only when there are
 * no others (https://kubernetes.io/docs/reference/networking/virtual-ips/).
 *
 * @param client whose connections may have to end at the same place
 * @param node where the connection is handed on
 */
export function chooseEndpoint(
  cluster: Cluster,
  { service, port }: FoundPort,
  client: string,
  node: string | undefined,
  from: 'internal' | 'external',
): Target | undefined {
  const { spec } = service;
  const policy = from === 'internal' ? spec?.internalTrafficPolicy : spec?.externalTrafficPolicy;
  const all = targetsOf(cluster, service, port).filter(
    ({ endpoint }) => policy !== 'Local' || endpoint.nodeName === node,
  );
  const ready = all.filter(({ endpoint }) => endpoint.conditions?.ready !== false);
  const serving = all.filter(
    ({ endpoint }) => endpoint.conditions?.serving !== false && endpoint.conditions?.terminating === true,
  );
  const usable = ready.length > 0 ? ready : serving;
  if (usable.length === 0) return undefined;
  const { store } = cluster;
  const chosen = () => usable[store.random(usable.length)];
  if (spec?.sessionAffinity !== 'ClientIP') return chosen();
  const sticky = `${keyOf(service)} ${client}`;
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? usualAffinity;
  const known = store.read(affinityTable, sticky) as { address: string; until: number } | undefined;
  const isKnown = known !== undefined && known.until > store.now;
  const target = (isKnown && usable.find(({ address }) => address === known.address)) || chosen();
  store.write(affinityTable, sticky, { address: target?.address, until: store.now + seconds * 1000 });
  return target;
}

function targetsOf(
  cluster: Cluster,
  service: Stored<Service>,
  port: ServicePort,
): readonly (Target & { readonly endpoint: Endpoint })[] {
  return slicesOf(cluster, service).flatMap(({ endpoints = [], ports = [], addressType }) => {
    const found = ports.find(
      ({ name = '', protocol = 'TCP' }) =>
        name === (port.name ?? '') && protocol === (port.protocol ?? 'TCP'),
    );
    const number = found?.port;
    if (number === undefined || addressType !== 'IPv4') return [];
    return endpoints.flatMap((endpoint) =>
      endpoint.addresses.map((address) => ({ address, port: number, endpoint })),
    );
  });
}

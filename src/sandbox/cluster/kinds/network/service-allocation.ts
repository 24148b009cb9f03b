import type { Service, ServicePort, ServiceSpec } from '../../../../kubernetes/api.ts';
import { invalidObject, unexplained } from '../../api/objects/status.ts';
import { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import { type Complaint, invalid } from '../complaint.ts';
import type { Decoded } from '../kind.ts';
import { isAddress } from './addresses.ts';
import { clusterAddressComplaints } from './service-addresses.ts';
import { needsHealthCheck, usesNodePorts } from './service-types.ts';

/** Of 10.96.0.0/16 the first addresses are for those who ask for one (ipallocator, calculateRangeOffset). */
const firstPart = [10, 96] as const;
const addressRange = { first: 256, last: 0xfffe };
/** The first ports of the range are for those who ask for one (portallocator, calculateRangeOffset). */
const portRange = { lowest: 30_000, first: 30_086, last: 32_767 };

/**
 * A new Service with its address and the ports of the nodes
 * (k8s.io/kubernetes/pkg/registry/core/service/storage, alloc.go).
 *
 * @throws ApiError Invalid where what it asks for is taken, or is not there to be had
 */
export function allocated(service: Decoded<Service>, cluster: Cluster): Service {
  const { clusterIP, clusterIPs } = service.spec;
  const spec = clusterIP && !clusterIPs?.length ? { ...service.spec, clusterIPs: [clusterIP] } : service.spec;
  return withAllocated({ ...service, spec }, undefined, cluster);
}

/** The same for a changed Service: what it had it keeps. Throws as `allocated` does. */
export function reallocated(
  service: Decoded<Service>,
  old: Stored<Service>,
  cluster: Cluster,
): Decoded<Service> {
  return withAllocated(service, old, cluster);
}

function withAllocated(
  service: Decoded<Service>,
  old: Stored<Service> | undefined,
  cluster: Cluster,
): Decoded<Service> {
  const refuse = (complaints: readonly Complaint[]) =>
    invalidObject({ kind: 'Service', group: '' }, service.metadata.name ?? '', complaints);
  const withFamilies = familiesOf(service.spec, old?.spec, refuse);
  const isNew = !old || old.spec.type === 'ExternalName';
  const addressed = isNew ? withAddress(withFamilies, cluster, refuse) : withFamilies;
  const spec = withNodePorts(addressed, old?.spec, cluster, refuse);
  if (old) refuseTwice(spec);
  return { ...service, spec };
}

/**
 * What a change asks for twice is found by chance only, so that the server has no better word for it (updateNodePorts).
 *
 * @throws ApiError where two ports of one protocol have the same port of the nodes
 */
function refuseTwice(spec: ServiceSpec): void {
  const seen = new Set<string>();
  for (const { nodePort, protocol } of usesNodePorts(spec) ? (spec.ports ?? []) : []) {
    const place = `${protocol} ${nodePort}`;
    if (nodePort && seen.has(place)) throw unexplained(`duplicate nodePort: {${place}}`);
    seen.add(place);
  }
}

type Refuse = (complaints: readonly Complaint[]) => ApiError;

/** The sandbox's cluster knows IPv4 only. */
function familiesOf(spec: ServiceSpec, old: ServiceSpec | undefined, refuse: Refuse): ServiceSpec {
  if (spec.type === 'ExternalName') return spec;
  const isBare = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  const policy = spec.ipFamilyPolicy ?? old?.ipFamilyPolicy ?? (isBare ? 'RequireDualStack' : 'SingleStack');
  const next: ServiceSpec = { ...spec, ipFamilyPolicy: policy };
  const wrong = clusterAddressComplaints(next);
  if (wrong.length > 0) throw refuse(wrong);
  const given = spec.ipFamilies ?? [];
  if (isBare) {
    const [first = 'IPv4', second] = given;
    const both = policy === 'SingleStack' ? [] : [first === 'IPv4' ? 'IPv6' : 'IPv4'];
    return { ...next, ipFamilies: second === undefined ? [first, ...both] : given };
  }
  if (policy === 'SingleStack' && given.length > 1) {
    const why = "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified";
    throw refuse([invalid('spec.ipFamilyPolicy', policy, why)]);
  }
  const complaints = [
    ...(policy === 'RequireDualStack'
      ? [invalid('spec.ipFamilyPolicy', policy, 'this cluster is not configured for dual-stack services')]
      : []),
    ...given.flatMap((family, index) =>
      family === 'IPv4'
        ? []
        : [invalid(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster')],
    ),
  ];
  if (complaints.length > 0) throw refuse(complaints);
  return given.length > 0 ? next : { ...next, ipFamilies: ['IPv4'] };
}

function withAddress(spec: ServiceSpec, cluster: Cluster, refuse: Refuse): ServiceSpec {
  const [wanted = ''] = spec.clusterIPs ?? [];
  if (spec.type === 'ExternalName' || wanted === 'None') return spec;
  const taken = new Set(cluster.list('services').flatMap((each) => each.spec.clusterIPs ?? []));
  if (wanted === '') {
    const address = freeAddress(taken, cluster);
    return { ...spec, clusterIP: address, clusterIPs: [address] };
  }
  const why = taken.has(wanted) ? 'provided IP is already allocated' : rangeProblem(wanted);
  if (why === undefined) return spec;
  throw refuse([invalid('spec.clusterIPs', spec.clusterIPs, `failed to allocate IP ${wanted}: ${why}`)]);
}

function rangeProblem(address: string): string | undefined {
  const [first, second, third, fourth] = address.split('.').map(Number);
  const isEdge = (third === 0 && fourth === 0) || (third === 255 && fourth === 255);
  const isIn = isAddress(address) && first === firstPart[0] && second === firstPart[1] && !isEdge;
  return isIn ? undefined : 'the provided network does not match the current range';
}

function freeAddress(taken: ReadonlySet<string>, cluster: Cluster): string {
  const { first, last } = addressRange;
  const start = cluster.store.random(last - first + 1);
  for (let step = 0; step <= last - first; step++) {
    const place = first + ((start + step) % (last - first + 1));
    const address = [...firstPart, place >> 8, place & 0xff].join('.');
    if (!taken.has(address)) return address;
  }
  throw new ApiError('InternalError', 'failed to allocate a serviceIP: range is full');
}

function withNodePorts(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  cluster: Cluster,
  refuse: Refuse,
): ServiceSpec {
  const own = new Set((old?.ports ?? []).flatMap(({ nodePort }) => nodePort || []));
  const taken = new Set<number>();
  for (const each of cluster.list('services')) {
    for (const { nodePort } of each.spec.ports ?? []) if (nodePort && !own.has(nodePort)) taken.add(nodePort);
    if (each.spec.healthCheckNodePort) taken.add(each.spec.healthCheckNodePort);
  }
  const free = (): number => freePort(taken, own, cluster);
  const ports = usesNodePorts(spec) ? eachPort(spec, taken, own, free, refuse) : spec.ports;
  const next = ports === undefined || ports === spec.ports ? spec : { ...spec, ports };
  if (!needsHealthCheck(next) || next.healthCheckNodePort) return next;
  return { ...next, healthCheckNodePort: free() };
}

/** Ports of one number, for TCP and UDP, share that of the nodes. */
function eachPort(
  spec: ServiceSpec,
  taken: Set<number>,
  own: ReadonlySet<number>,
  free: () => number,
  refuse: Refuse,
): readonly ServicePort[] {
  const byPort = new Map<number, number>();
  const all = spec.ports ?? [];
  const reserve = (nodePort: number, index: number): void => {
    const why = portProblem(nodePort, taken, own);
    if (why !== undefined) throw refuse([invalid(`spec.ports[${index}].nodePort`, nodePort, why)]);
    taken.add(nodePort);
  };
  return all.map((port, index) => {
    const isWanted = spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts;
    if (!port.nodePort && !isWanted) return port;
    const known = byPort.get(port.port);
    if (known !== undefined) {
      if (port.nodePort && port.nodePort !== known) reserve(port.nodePort, index);
      return port.nodePort ? port : { ...port, nodePort: known };
    }
    const asked = all.find((each) => each.port === port.port && each.nodePort)?.nodePort;
    if (asked !== undefined) reserve(asked, index);
    const nodePort = asked ?? free();
    byPort.set(port.port, nodePort);
    return { ...port, nodePort };
  });
}

function portProblem(port: number, taken: ReadonlySet<number>, own: ReadonlySet<number>): string | undefined {
  const { lowest, last } = portRange;
  if (port < lowest || port > last) {
    return `provided port is not in the valid range. The range of valid ports is ${lowest}-${last}`;
  }
  return taken.has(port) && !own.has(port) ? 'provided port is already allocated' : undefined;
}

function freePort(taken: Set<number>, own: ReadonlySet<number>, cluster: Cluster): number {
  const { first, last } = portRange;
  const start = cluster.store.random(last - first + 1);
  for (let step = 0; step <= last - first; step++) {
    const port = first + ((start + step) % (last - first + 1));
    if (taken.has(port) || own.has(port)) continue;
    taken.add(port);
    return port;
  }
  throw new ApiError('InternalError', 'failed to allocate a nodePort: range is full');
}

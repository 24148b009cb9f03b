import type { Service, ServiceSpec } from '../../../../kubernetes/api.ts';
import { type Stored, sameValue } from '../../object.ts';
import { without } from '../filled.ts';
import type { Decoded } from '../kind.ts';
import { isExternallyAccessible, needsHealthCheck, usesNodePorts } from './service-types.ts';

/**
 * What was given to a Service stays, where a change does not speak of it
 * (k8s.io/kubernetes/pkg/registry/core/service/storage, patchAllocatedValues and normalizeClusterIPs).
 */
export function patchedFromOld(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  let next = spec;
  if (old.type !== 'ExternalName' && next.type !== 'ExternalName') {
    if (!next.clusterIP && old.clusterIP) next = { ...next, clusterIP: old.clusterIP };
    if (!next.clusterIPs?.length && old.clusterIPs) next = { ...next, clusterIPs: old.clusterIPs };
  }
  if (usesNodePorts(old) && usesNodePorts(next)) next = withOldPorts(next, old);
  if (needsHealthCheck(old) && needsHealthCheck(next) && old.healthCheckNodePort) {
    next = { healthCheckNodePort: old.healthCheckNodePort, ...next };
  }
  if (next.clusterIP !== old.clusterIP && sameValue(next.clusterIPs, old.clusterIPs)) {
    next = next.clusterIP ? { ...next, clusterIPs: [next.clusterIP] } : without(next, 'clusterIPs');
  }
  return next;
}

function withOldPorts(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const before = new Map((old.ports ?? []).map(({ name = '', nodePort }) => [name, nodePort]));
  const used = new Set((spec.ports ?? []).map(({ nodePort }) => nodePort));
  const ports = (spec.ports ?? []).map((port) => {
    const nodePort = before.get(port.name ?? '');
    return port.nodePort || !nodePort || used.has(nodePort) ? port : { ...port, nodePort };
  });
  return { ...spec, ports };
}

/**
 * When the type of a Service changes, what was filled in for the old type goes, unless it was changed, too
 * (k8s.io/kubernetes/pkg/registry/core/service, dropTypeDependentFields).
 */
export function withoutWhatNoLongerApplies(
  service: Decoded<Service>,
  { spec: old }: Stored<Service>,
): Service {
  let spec = service.spec;
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') {
    const isSame = spec.clusterIP === old.clusterIP && sameValue(spec.clusterIPs, old.clusterIPs);
    if (isSame) spec = without(spec, 'clusterIP', 'clusterIPs');
    if (sameValue(spec.ipFamilies, old.ipFamilies)) spec = without(spec, 'ipFamilies');
    if (spec.ipFamilyPolicy === old.ipFamilyPolicy) spec = without(spec, 'ipFamilyPolicy');
    spec = without(spec, 'internalTrafficPolicy');
  }
  if (usesNodePorts(old) && !usesNodePorts(spec)) spec = withoutOldNodePorts(spec, old);
  if (needsHealthCheck(old) && !needsHealthCheck(spec)) {
    if (spec.healthCheckNodePort === old.healthCheckNodePort) spec = without(spec, 'healthCheckNodePort');
  }
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts) {
      spec = without(spec, 'allocateLoadBalancerNodePorts');
    }
    if (spec.loadBalancerClass === old.loadBalancerClass) spec = without(spec, 'loadBalancerClass');
  }
  if (isExternallyAccessible(old) && !isExternallyAccessible(spec)) {
    if (spec.externalTrafficPolicy === old.externalTrafficPolicy)
      spec = without(spec, 'externalTrafficPolicy');
  }
  const gone = spec.type === 'LoadBalancer' ? {} : { loadBalancer: {} };
  return { ...service, spec, status: { ...service.status, ...gone } };
}

function withoutOldNodePorts(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const before = new Set((old.ports ?? []).map(({ nodePort }) => nodePort));
  const all = spec.ports ?? [];
  if (!all.every(({ nodePort }) => !nodePort || before.has(nodePort))) return spec;
  return { ...spec, ports: all.map((port) => without(port, 'nodePort')) };
}

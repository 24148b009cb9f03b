import type { ServiceSpec } from '../../../../kubernetes/api.ts';

/** Whether it is there without an address of its own, only with those of its Pods. */
export function isHeadless({ clusterIPs }: ServiceSpec): boolean {
  return clusterIPs?.length === 1 && clusterIPs[0] === 'None';
}

/** Whether nodes open a port for it. */
export function usesNodePorts({ type }: ServiceSpec): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** Whether it can be reached from outside (k8s.io/kubernetes/pkg/api/v1/service, ExternallyAccessible). */
export function isExternallyAccessible(spec: ServiceSpec): boolean {
  const { type, externalIPs = [] } = spec;
  return usesNodePorts(spec) || (type === 'ClusterIP' && externalIPs.length > 0);
}

/** Whether a balancer asks each node whether it has a Pod of it. */
export function needsHealthCheck({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

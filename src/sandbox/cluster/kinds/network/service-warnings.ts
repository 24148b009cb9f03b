import type { Service } from '../../../../kubernetes/api.ts';
import type { Decoded } from '../kind.ts';

/** What is said of a Service (k8s.io/kubernetes/pkg/api/service, GetWarningsForService). */
export function serviceWarnings({ metadata, spec }: Decoded<Service>): readonly string[] {
  const { type, clusterIP, loadBalancerIP, externalIPs = [], sessionAffinity, externalName } = spec;
  const isBare = type === 'ClusterIP' && clusterIP === 'None';
  const isName = type === 'ExternalName';
  const warnings: string[] = [];
  if (metadata.annotations?.['service.kubernetes.io/topology-aware-hints'] !== undefined) {
    warnings.push(
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    );
  }
  if (isBare) {
    if (loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (externalIPs.length > 0) warnings.push('spec.externalIPs is ignored for headless services');
    if (sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  if (externalIPs.length > 0 && !isBare && !isName) {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (isName && externalIPs.length > 0) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (!isName && externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}

import type { Service, ServicePort, ServiceSpec } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import { ageColumn, ageOf, labelsCell, nameColumn, text, wide } from '../cells.ts';
import { eachOf, filled, inField, withField, without } from '../filled.ts';
import type { Decoded, KindRules } from '../kind.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { allocated, reallocated } from './service-allocation.ts';
import { isExternallyAccessible } from './service-types.ts';
import { patchedFromOld, withoutWhatNoLongerApplies } from './service-update.ts';
import { serviceComplaints, serviceUpdateComplaints } from './service-validation.ts';
import { serviceWarnings } from './service-warnings.ts';

/** Three hours: how long a client is sent to the same Pod. */
const stickySeconds = 10_800;

/** Services (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/registry/core/service). */
export const serviceRules: KindRules<Service> = {
  defaults: (object) => inField(object, 'spec', defaultedSpec),
  prepareCreate: (object, cluster) => allocated(beginsWith(object, { loadBalancer: {} }), cluster),
  prepareUpdate,
  validate: serviceComplaints,
  validateUpdate: serviceUpdateComplaints,
  warnings: serviceWarnings,
  columns: [
    nameColumn,
    text('Type'),
    text('Cluster-IP'),
    text('External-IP'),
    text('Port(s)'),
    ageColumn,
    wide('Selector'),
  ],
  row: (object, context) => [
    object.metadata.name,
    object.spec?.type ?? '',
    object.spec?.clusterIPs?.[0] ?? '<none>',
    externalCell(object),
    (object.spec?.ports ?? []).map(portCell).join(',') || '<none>',
    ageOf(object, context),
    labelsCell(object.spec?.selector),
  ],
  fieldLabels: {
    'spec.clusterIP': ({ spec }) => spec?.clusterIP,
    'spec.type': ({ spec }) => spec?.type,
  },
  nameRule: 'label',
  createsOnUpdate: true,
  hasStatus: true,
};

function prepareUpdate(object: Decoded<Service>, old: Stored<Service>, cluster: Cluster): Service {
  const kept = keepsStatus(object, old);
  const known = { ...kept, spec: patchedFromOld(kept.spec, old.spec) };
  const complete = reallocated(known, old, cluster);
  return withoutWhatNoLongerApplies(complete, old);
}

function defaultedSpec(spec: ServiceSpec): ServiceSpec {
  let next = filled<ServiceSpec>(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
  if (next.sessionAffinity === 'None') next = without(next, 'sessionAffinityConfig');
  if (next.sessionAffinity === 'ClientIP' && !next.sessionAffinityConfig?.clientIP?.timeoutSeconds) {
    next = { ...next, sessionAffinityConfig: { clientIP: { timeoutSeconds: stickySeconds } } };
  }
  next = withField(next, 'ports', eachOf(next.ports, defaultedPort));
  if (isExternallyAccessible(next)) next = filled<ServiceSpec>(next, { externalTrafficPolicy: 'Cluster' });
  if (next.type !== 'ExternalName') next = filled<ServiceSpec>(next, { internalTrafficPolicy: 'Cluster' });
  if (next.type !== 'LoadBalancer') return next;
  return filled<ServiceSpec>(next, { allocateLoadBalancerNodePorts: true });
}

function defaultedPort(port: ServicePort): ServicePort {
  const next = filled(port, { protocol: 'TCP' });
  // Zero and an empty name count as left out.
  return next.targetPort ? next : { ...next, targetPort: next.port };
}

function externalCell({ spec, status }: Stored<Service>): string {
  const given = spec?.externalIPs ?? [];
  switch (spec?.type) {
    case 'ClusterIP':
    case 'NodePort':
      return given.join(',') || '<none>';
    case 'LoadBalancer': {
      const found = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip || hostname || []);
      return [...[...new Set(found)].sort(), ...given].join(',') || '<pending>';
    }
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return '<unknown>';
  }
}

function portCell({ port, nodePort, protocol }: ServicePort): string {
  return `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`;
}

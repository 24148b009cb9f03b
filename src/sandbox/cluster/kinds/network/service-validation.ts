import type { Service, ServicePort, ServiceSpec } from '../../../../kubernetes/api.ts';
import { type Complaint, duplicate, forbidden, invalid, required } from '../complaint.ts';
import { labelKeyComplaints, labelNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { labelsComplaints } from '../object-meta.ts';
import { complaintsOf, oneOf, portComplaints, portOrNameComplaints, requiredOneOf } from '../value-rules.ts';
import { addressComplaints, endpointAddressComplaints, rangeComplaints } from './addresses.ts';
import { addressUpdateComplaints, clusterAddressComplaints } from './service-addresses.ts';
import { isExternallyAccessible, isHeadless, needsHealthCheck } from './service-types.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const day = 86_400;

/** What is wrong with a Service (k8s.io/kubernetes/pkg/apis/core/validation, validateService). */
export function serviceComplaints({ spec = {} }: Service): readonly Complaint[] {
  const { ports = [], selector, externalIPs = [], type } = spec;
  return [
    ...(ports.length === 0 && !isHeadless(spec) && type !== 'ExternalName' ? [required('spec.ports')] : []),
    ...typeComplaints(spec),
    ...ports.flatMap((port, index) => eachPortComplaints(ports, port, index)),
    ...labelsComplaints(selector, 'spec.selector'),
    ...affinityComplaints(spec),
    ...clusterAddressComplaints(spec),
    ...externalIPs.flatMap((address, index) => {
      const path = `spec.externalIPs[${index}]`;
      const wrong = addressComplaints(path, address);
      return wrong.length > 0 ? wrong : endpointAddressComplaints(path, address);
    }),
    ...requiredOneOf('spec.type', type, types),
    ...samePortComplaints(spec),
    ...balancerComplaints(spec),
    ...trafficComplaints(spec),
  ];
}

/** What of a Service may not change (ValidateServiceUpdate). */
export function serviceUpdateComplaints(service: Service, old: Pick<Service, 'spec'>): readonly Complaint[] {
  const { spec = {} } = service;
  const { spec: before = {} } = old;
  const areBoth = (test: (each: ServiceSpec) => boolean): boolean => test(spec) && test(before);
  return [
    ...addressUpdateComplaints(spec, before),
    ...(areBoth(({ type }) => type === 'LoadBalancer') && spec.loadBalancerClass !== before.loadBalancerClass
      ? [invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set')]
      : []),
    // Of a change it is said twice.
    ...classComplaints(spec),
    ...(areBoth(needsHealthCheck) && spec.healthCheckNodePort !== before.healthCheckNodePort
      ? [forbidden('spec.healthCheckNodePort', 'field is immutable')]
      : []),
  ];
}

function typeComplaints(spec: ServiceSpec): readonly Complaint[] {
  const { type, clusterIPs = [], ipFamilies = [], ipFamilyPolicy, externalName = '' } = spec;
  if (type === 'LoadBalancer' || type === 'NodePort') {
    const why = `may not be set to 'None' for ${type} services`;
    return isHeadless(spec) ? [invalid('spec.clusterIPs[0]', 'None', why)] : [];
  }
  if (type !== 'ExternalName') return [];
  const why = 'may not be set for ExternalName services';
  const name = externalName.replace(/\.$/, '');
  return [
    ...(clusterIPs.length > 0 ? [forbidden('spec.clusterIPs', why)] : []),
    ...(ipFamilies.length > 0 ? [forbidden('spec.ipFamilies', why)] : []),
    ...(ipFamilyPolicy === undefined ? [] : [forbidden('spec.ipFamilyPolicy', why)]),
    ...(name === ''
      ? [required('spec.externalName')]
      : complaintsOf('spec.externalName', name, subdomainComplaints(name))),
  ];
}

function eachPortComplaints(
  all: readonly ServicePort[],
  port: ServicePort,
  index: number,
): readonly Complaint[] {
  const path = `spec.ports[${index}]`;
  const { name = '', protocol, appProtocol } = port;
  const isTwice = all.findIndex((each) => each.name === name) < index;
  return [
    ...(name === '' && all.length > 1 ? [required(`${path}.name`)] : []),
    ...(name === ''
      ? []
      : [
          ...complaintsOf(`${path}.name`, name, labelNameComplaints(name)),
          ...(isTwice ? [duplicate(`${path}.name`, name)] : []),
        ]),
    ...portComplaints(`${path}.port`, port.port),
    ...requiredOneOf(`${path}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']),
    ...portOrNameComplaints(`${path}.targetPort`, port.targetPort ?? port.port),
    ...(appProtocol === undefined
      ? []
      : complaintsOf(`${path}.appProtocol`, appProtocol, labelKeyComplaints(appProtocol))),
  ];
}

function affinityComplaints(spec: ServiceSpec): readonly Complaint[] {
  const { sessionAffinity, sessionAffinityConfig } = spec;
  const known = requiredOneOf('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None']);
  const path = 'spec.sessionAffinityConfig';
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 0;
  if (sessionAffinity !== 'ClientIP' || (seconds > 0 && seconds <= day)) return known;
  const why = `must be greater than 0 and less than ${day}`;
  return [...known, invalid(`${path}.clientIP.timeoutSeconds`, seconds, why)];
}

function samePortComplaints({ type, ports = [] }: ServiceSpec): readonly Complaint[] {
  const why = "may not be used when `type` is 'ClusterIP'";
  const unused =
    type === 'ClusterIP'
      ? ports.flatMap(({ nodePort }, index) =>
          nodePort ? [forbidden(`spec.ports[${index}].nodePort`, why)] : [],
        )
      : [];
  const samePorts = ports.flatMap(({ port, protocol }, index) => {
    const first = ports.findIndex((each) => each.port === port && each.protocol === protocol);
    // Upstream shows its own form of a port, with the two fields that were compared.
    const shown = { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    return first < index ? [duplicate(`spec.ports[${index}]`, shown)] : [];
  });
  return [...unused, ...samePorts];
}

const only = "may only be used when `type` is 'LoadBalancer'";

function classComplaints({ type, loadBalancerClass }: ServiceSpec): readonly Complaint[] {
  const field = 'spec.loadBalancerClass';
  if (loadBalancerClass === undefined) return [];
  if (type !== 'LoadBalancer') return [forbidden(field, only)];
  return complaintsOf(field, loadBalancerClass, labelKeyComplaints(loadBalancerClass));
}

function balancerComplaints(spec: ServiceSpec): readonly Complaint[] {
  const { type, loadBalancerSourceRanges = [], allocateLoadBalancerNodePorts } = spec;
  const isBalanced = type === 'LoadBalancer';
  const path = 'spec.LoadBalancerSourceRanges';
  return [
    ...(loadBalancerSourceRanges.length > 0 && !isBalanced ? [forbidden(path, only)] : []),
    ...loadBalancerSourceRanges.flatMap((range, index) => rangeComplaints(`${path}[${index}]`, range.trim())),
    ...(allocateLoadBalancerNodePorts !== undefined && !isBalanced
      ? [forbidden('spec.allocateLoadBalancerNodePorts', only)]
      : []),
    ...classComplaints(spec),
  ];
}

function trafficComplaints(spec: ServiceSpec): readonly Complaint[] {
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal, healthCheckNodePort } = spec;
  const path = 'spec.externalTrafficPolicy';
  const needsPort = needsHealthCheck(spec);
  return [
    ...(isExternallyAccessible(spec)
      ? requiredOneOf(path, external, ['Cluster', 'Local'])
      : external
        ? [invalid(path, external, 'may only be set for externally-accessible services')]
        : []),
    ...(healthCheckNodePort && !needsPort
      ? [
          invalid(
            'spec.healthCheckNodePort',
            healthCheckNodePort,
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
          ),
        ]
      : []),
    ...(internal === undefined ? [] : oneOf('spec.internalTrafficPolicy', internal, ['Cluster', 'Local'])),
    ...(spec.trafficDistribution === undefined
      ? []
      : oneOf('spec.trafficDistribution', spec.trafficDistribution, [
          'PreferClose',
          'PreferSameZone',
          'PreferSameNode',
        ])),
  ];
}

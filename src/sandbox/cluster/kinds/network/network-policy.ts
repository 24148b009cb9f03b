import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, selectorCell, text } from '../cells.ts';
import { type Complaint, forbidden, invalid, notSupported, required } from '../complaint.ts';
import { eachOf, filled, inField } from '../filled.ts';
import type { Decoded, KindRules } from '../kind.ts';
import { selectorComplaints } from '../selector-validation.ts';
import { oneOf, portComplaints, portOrNameComplaints } from '../value-rules.ts';
import { isInside, rangeComplaints, rangeOf } from './addresses.ts';

type Ports = readonly NetworkPolicyPort[];

/** NetworkPolicies (k8s.io/kubernetes/pkg/apis/networking/v1 and pkg/apis/networking/validation). */
export const networkPolicyRules: KindRules<NetworkPolicy> = {
  defaults: (object) =>
    inField(object, 'spec', (spec) => {
      const withPorts = (ports: Ports) => eachOf(ports, (port) => filled(port, { protocol: 'TCP' }));
      const ingress = inField(spec, 'ingress', (rules) =>
        eachOf(rules, (rule) => inField(rule, 'ports', withPorts)),
      );
      const both = inField(ingress, 'egress', (rules) =>
        eachOf(rules, (rule) => inField(rule, 'ports', withPorts)),
      );
      const types = ['Ingress', ...(both.egress?.length ? ['Egress'] : [])];
      return both.policyTypes?.length ? both : { ...both, policyTypes: types };
    }),
  validate: networkPolicyComplaints,
  columns: [nameColumn, text('Pod-Selector'), ageColumn],
  row: (object, context) => [
    object.metadata.name,
    selectorCell(object.spec?.podSelector),
    ageOf(object, context),
  ],
};

function networkPolicyComplaints({ spec }: Decoded<NetworkPolicy>): readonly Complaint[] {
  const { podSelector, ingress = [], egress = [], policyTypes = [] } = spec;
  const known = ['Ingress', 'Egress'];
  return [
    ...selectorComplaints(podSelector, 'spec.podSelector'),
    ...ingress.flatMap(({ ports, from }, index) =>
      ruleComplaints(ports, from, `spec.ingress[${index}]`, 'from'),
    ),
    ...egress.flatMap(({ ports, to }, index) => ruleComplaints(ports, to, `spec.egress[${index}]`, 'to')),
    ...(policyTypes.length > known.length
      ? [invalid('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes')]
      : policyTypes.flatMap((type, index) =>
          known.includes(type) ? [] : [notSupported(`spec.policyTypes[${index}]`, type, known)],
        )),
  ];
}

function ruleComplaints(
  ports: Ports = [],
  peers: readonly NetworkPolicyPeer[] = [],
  path: string,
  side: 'from' | 'to',
): readonly Complaint[] {
  return [
    ...ports.flatMap((port, index) => eachPortComplaints(port, `${path}.ports[${index}]`)),
    ...peers.flatMap((peer, index) => peerComplaints(peer, `${path}.${side}[${index}]`)),
  ];
}

function eachPortComplaints(
  { protocol, port, endPort }: NetworkPolicyPort,
  path: string,
): readonly Complaint[] {
  const end = `${path}.endPort`;
  const known = oneOf(`${path}.protocol`, protocol, ['TCP', 'UDP', 'SCTP']);
  if (port === undefined) {
    const why = 'may not be specified when `port` is not specified';
    return endPort === undefined ? known : [...known, invalid(end, endPort, why)];
  }
  const named = portOrNameComplaints(`${path}.port`, port);
  if (endPort === undefined) return [...known, ...named];
  if (typeof port === 'string') {
    const why = 'may not be specified when `port` is non-numeric';
    return [...known, invalid(end, endPort, why), ...named];
  }
  return [
    ...known,
    ...named,
    ...(endPort < port ? [invalid(end, port, 'must be greater than or equal to `port`')] : []),
    ...portComplaints(end, endPort),
  ];
}

function peerComplaints(peer: NetworkPolicyPeer, path: string): readonly Complaint[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const count = [podSelector, namespaceSelector, ipBlock].filter((each) => each !== undefined).length;
  return [
    ...selectorComplaints(podSelector, `${path}.podSelector`),
    ...selectorComplaints(namespaceSelector, `${path}.namespaceSelector`),
    ...(ipBlock ? blockComplaints(ipBlock, `${path}.ipBlock`) : []),
    ...(count === 0 ? [required(path, 'must specify a peer')] : []),
    ...(count > 1 && ipBlock ? [forbidden(path, 'may not specify both ipBlock and another peer')] : []),
  ];
}

function blockComplaints(
  { cidr, except = [] }: NonNullable<NetworkPolicyPeer['ipBlock']>,
  path: string,
): readonly Complaint[] {
  if (!cidr) return [required(`${path}.cidr`)];
  const whole = rangeOf(cidr);
  const wrong = rangeComplaints(`${path}.cidr`, cidr);
  if (!whole) return wrong;
  return [
    ...wrong,
    ...except.flatMap((each, index) => {
      const place = `${path}.except[${index}]`;
      const range = rangeOf(each);
      const isPart = !range || isInside(range, whole);
      return [
        ...rangeComplaints(place, each),
        ...(isPart ? [] : [invalid(place, each, 'must be a strict subset of `cidr`')]),
      ];
    }),
  ];
}

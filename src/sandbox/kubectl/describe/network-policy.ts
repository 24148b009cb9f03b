import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../../kubernetes/api.ts';
import { selectorText } from '../../../kubernetes/selector-text.ts';
import { shownSelector } from '../selecting/label-selector.ts';
import { Description } from './description.ts';

/** What lets traffic through, to Pods or from them. */
interface Rule {
  readonly ports: readonly NetworkPolicyPort[];
  readonly peers: readonly NetworkPolicyPeer[];
}

/** A direction of traffic as messages name it. */
interface Direction {
  readonly name: 'ingress' | 'egress';
  readonly peer: 'From' | 'To';
  readonly end: 'source' | 'destination';
}

/** Describes a NetworkPolicy. */
export function describeNetworkPolicy(policy: NetworkPolicy): string {
  const { metadata, spec } = policy;
  const { creationTimestamp = '' } = metadata;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.field('Created on', `${creationTimestamp.replace('T', ' ').replace('Z', '')} +0000 UTC`);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.title('Spec');
  // The selector is indented once more, behind its name.
  const selector = selectorText(spec?.podSelector);
  const none = '<none> (Allowing the specific traffic to all pods in this namespace)';
  description.row(1, `PodSelector:     ${selector || none}`);
  describeRules(description, spec);
  description.row(1, `Policy Types: ${(spec?.policyTypes ?? []).join(', ') || '<none>'}`);
  return description.toString();
}

function describeRules(description: Description, spec: NetworkPolicySpec | undefined): void {
  const types = spec?.policyTypes ?? [];
  const incoming = (spec?.ingress ?? []).map(({ ports = [], from = [] }) => ({ ports, peers: from }));
  const outgoing = (spec?.egress ?? []).map(({ ports = [], to = [] }) => ({ ports, peers: to }));
  const into: Direction = { name: 'ingress', peer: 'From', end: 'source' };
  const out: Direction = { name: 'egress', peer: 'To', end: 'destination' };
  if (types.includes('Ingress')) describeDirection(description, into, incoming);
  else description.row(1, 'Not affecting ingress traffic');
  if (types.includes('Egress')) describeDirection(description, out, outgoing);
  else description.row(1, 'Not affecting egress traffic');
}

function describeDirection(description: Description, direction: Direction, rules: readonly Rule[]): void {
  const { name, peer, end } = direction;
  description.row(1, `Allowing ${name} traffic:`);
  if (rules.length === 0) {
    description.row(2, `<none> (Selected pods are isolated for ${name} connectivity)`);
  }
  rules.forEach(({ ports, peers }, place) => {
    if (place > 0) description.row(2, '----------');
    if (ports.length === 0) description.row(2, 'To Port: <any> (traffic allowed to all ports)');
    for (const port of ports) description.row(2, portText(port));
    if (peers.length === 0) description.row(2, `${peer}: <any> (traffic not restricted by ${end})`);
    for (const each of peers) {
      description.row(2, `${peer}:`);
      describePeer(description, each);
    }
  });
}

function portText({ port = '<nil>', endPort, protocol = 'TCP' }: NetworkPolicyPort): string {
  return endPort === undefined
    ? `To Port: ${port}/${protocol}`
    : `To Port Range: ${port}-${endPort}/${protocol}`;
}

function describePeer(
  description: Description,
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
): void {
  if (namespaceSelector) description.row(3, `NamespaceSelector: ${shownSelector(namespaceSelector)}`);
  if (podSelector) description.row(3, `PodSelector: ${shownSelector(podSelector)}`);
  if (namespaceSelector || podSelector || !ipBlock) return;
  description.row(3, 'IPBlock:').row(4, `CIDR: ${ipBlock.cidr}`);
  description.row(4, `Except: ${(ipBlock.except ?? []).join(', ')}`);
}

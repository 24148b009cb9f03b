import { describe, expect, it } from 'vitest';
import type { NetworkPolicySpec } from '../../../../src/kubernetes/api.ts';
import { isIn } from '../../../../src/sandbox/cluster/network/network-policies.ts';
import { shop } from './shop.ts';

describe('NetworkPolicies', () => {
  const onlyClient: NetworkPolicySpec = {
    podSelector: { matchLabels: { app: 'web' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }], ports: [{ port: 80 }] }],
  };
  const cases: readonly (readonly [string, NetworkPolicySpec, string, number, boolean])[] = [
    ['let in whom they name', onlyClient, 'client', 80, true],
    ['keep out everybody else', onlyClient, 'dns', 80, false],
    ['keep out what comes to another port', onlyClient, 'client', 81, false],
    [
      'that name nobody keep everybody out',
      { podSelector: {}, policyTypes: ['Ingress'] },
      'client',
      80,
      false,
    ],
    ['about others do nothing', { podSelector: { matchLabels: { app: 'x' } } }, 'dns', 80, true],
    [
      'hold back what leaves',
      { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] },
      'client',
      80,
      false,
    ],
    [
      'let in ranges of addresses, but for exceptions',
      {
        podSelector: {},
        ingress: [{ from: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.2.0/24'] } }] }],
      },
      'client',
      80,
      true,
    ],
    [
      'keep out the exceptions of a range',
      {
        podSelector: {},
        ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.244.1.0/24'] } }] }],
      },
      'client',
      80,
      false,
    ],
    [
      'let out to a range',
      {
        podSelector: { matchLabels: { app: 'client' } },
        egress: [{ to: [{ ipBlock: { cidr: '10.244.1.0/24' } }] }],
        policyTypes: ['Egress'],
      },
      'client',
      80,
      true,
    ],
    [
      'that speak of what leaves are about what enters, too',
      { podSelector: { matchLabels: { app: 'web' } }, egress: [{}] },
      'client',
      80,
      false,
    ],
    [
      'let out to whom they name, at the ports they name',
      {
        podSelector: { matchLabels: { app: 'client' } },
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'http' }] }],
      },
      'client',
      80,
      true,
    ],
    [
      'let out to nobody else',
      {
        podSelector: { matchLabels: { app: 'client' } },
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: { matchLabels: { app: 'dns' } } }] }],
      },
      'client',
      80,
      false,
    ],
    [
      'let in whole namespaces',
      {
        podSelector: {},
        ingress: [
          { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } }] },
        ],
      },
      'client',
      80,
      true,
    ],
    [
      'keep out those of other namespaces',
      { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }] },
      'client',
      80,
      false,
    ],
    [
      'let in ranges of ports',
      { podSelector: {}, ingress: [{ ports: [{ port: 79, endPort: 81 }] }] },
      'client',
      80,
      true,
    ],
    [
      'keep out another protocol',
      { podSelector: {}, ingress: [{ ports: [{ protocol: 'UDP' }] }] },
      'client',
      80,
      false,
    ],
    [
      'let in any port of a protocol',
      { podSelector: {}, ingress: [{ ports: [{ protocol: 'TCP' }] }] },
      'client',
      80,
      true,
    ],
    [
      'do not know a port of another name',
      { podSelector: {}, ingress: [{ ports: [{ port: 'https' }] }] },
      'client',
      80,
      false,
    ],
    ['let in the node of a Pod', { podSelector: {}, policyTypes: ['Ingress'] }, 'node', 80, true],
    [
      'read a port by its name',
      { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ ports: [{ port: 'http' }] }] },
      'dns',
      80,
      true,
    ],
  ];
  for (const [what, spec, from, port, isOpen] of cases) {
    it(what, () => {
      const { world, network, of } = shop();
      world.cluster.create('networkpolicies.networking.k8s.io', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'p', namespace: 'default' },
        spec,
      });
      const source = from === 'node' ? 'node/worker-1' : of(from);
      const way = network.reach(source, world.pod('web')?.status?.podIP ?? '', port, 'TCP');
      expect(way).toEqual(isOpen ? { network: of('web'), port } : { failure: 'timeout' });
    });
  }

  it('know ranges of addresses', () => {
    expect(isIn('10.244.1.7', '10.244.0.0/16')).toBe(true);
    expect(isIn('10.245.1.7', '10.244.0.0/16')).toBe(false);
    expect(isIn('10.244.1.7', '0.0.0.0/0')).toBe(true);
    expect(isIn('nonsense', '0.0.0.0/0')).toBe(false);
    expect(isIn('10.1.2.256', '0.0.0.0/0')).toBe(false);
    expect(isIn('10.1.2.3', '10.1.2.3')).toBe(true);
    expect(isIn('10.1.2.3', 'nonsense/8')).toBe(false);
  });
});

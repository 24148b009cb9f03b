import { describe, expect, it } from 'vitest';
import type { NetworkPolicySpec, ServiceSpec } from '../../../../src/kubernetes/api.ts';
import { ClusterNetwork } from '../../../../src/sandbox/cluster/network/cluster-network.ts';
import { isIn } from '../../../../src/sandbox/cluster/network/network-policies.ts';
import { joinNetwork } from '../../../../src/sandbox/cluster/network/pod-networks.ts';
import { OneNode } from '../node/one-node.ts';

interface Place {
  readonly world: OneNode;
  readonly network: ClusterNetwork;
  /** Networks of the Pods by name. */
  readonly of: (pod: string) => string;
}

/** Two Pods of a shop, a name server, and what leads to them. */
function shop(): Place {
  const world = OneNode.fresh('nginx:1.28');
  const { cluster } = world;
  const container = { name: 'web', image: 'nginx:1.28', ports: [{ containerPort: 80, name: 'http' }] };
  for (const name of ['web', 'client', 'dns']) world.run(name, { containers: [container] }, { app: name });
  world.watch('web', 5);
  const network = new ClusterNetwork(cluster);
  const service = (namespace: string, name: string, spec: ServiceSpec, pod?: string, port = 80) => {
    cluster.create('services', { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });
    const found = pod === undefined ? undefined : world.pod(pod);
    cluster.create('endpointslices.discovery.k8s.io', {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: found
        ? [
            {
              addresses: [found.status?.podIP ?? ''],
              conditions: { ready: true },
              hostname: 'web-0',
              nodeName: 'worker-1',
            },
          ]
        : [],
      ports: [{ name: '', port, protocol: spec.ports?.[0]?.protocol ?? 'TCP' }],
    });
  };
  cluster.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } });
  service(
    'kube-system',
    'kube-dns',
    { clusterIP: '10.96.0.10', ports: [{ port: 53, protocol: 'UDP' }] },
    'dns',
    53,
  );
  service(
    'default',
    'web',
    { clusterIP: '10.96.1.1', ports: [{ port: 8080, targetPort: 80, nodePort: 30080 }] },
    'web',
  );
  service('default', 'empty', { clusterIP: '10.96.1.2', ports: [{ port: 80 }] });
  service('default', 'peers', { clusterIP: 'None', ports: [{ port: 80 }] }, 'web');
  service('default', 'outside', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' });
  return { world, network, of: (pod) => `pod/${world.pod(pod)?.metadata.uid}` };
}

describe('Names', () => {
  const { network, of } = shop();
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['web', ['10.96.1.1']],
    ['web.default', ['10.96.1.1']],
    ['web.default.svc', ['10.96.1.1']],
    ['web.default.svc.cluster.local', ['10.96.1.1']],
    ['web.default.svc.cluster.local.', ['10.96.1.1']],
    ['WEB', ['10.96.1.1']],
    ['peers', ['10.244.1.4']],
    ['web-0.peers', ['10.244.1.4']],
    ['outside', ['10.96.1.1']],
    ['10-244-1-2.default.pod', ['10.244.1.2']],
    ['kube-dns.kube-system', ['10.96.0.10']],
    ['nope', []],
    ['web.other', []],
    ['web-9.peers', []],
    ['example.com', []],
    ['', []],
  ];
  for (const [name, addresses] of cases) {
    it(`of the cluster are found as Pods write them: "${name}"`, () => {
      expect(network.resolve(of('client'), name)).toEqual(addresses);
    });
  }

  it('of the cluster are not known on the learner’s machine', () => {
    expect(network.resolve('laptop', 'web')).toEqual([]);
  });

  it('are not found without a name server', () => {
    const { world, network: ways, of: at } = shop();
    world.cluster.remove('endpointslices.discovery.k8s.io', 'kube-system', 'kube-dns-1');
    expect(ways.resolve(at('client'), 'web')).toEqual([]);
  });
});

describe('A connection', () => {
  const { network, of } = shop();
  const cases: readonly (readonly [string, string, number, unknown])[] = [
    ['client', '10.244.1.4', 80, { network: 'web', port: 80 }],
    ['client', '10.96.1.1', 8080, { network: 'web', port: 80 }],
    ['client', '10.96.1.1', 81, { failure: 'timeout' }],
    ['client', '10.96.1.2', 80, { failure: 'refused' }],
    ['client', '10.244.1.99', 80, { failure: 'no-route' }],
    ['client', '172.30.0.12', 30080, { network: 'web', port: 80 }],
    ['client', '127.0.0.1', 80, { network: 'client', port: 80, loopback: true }],
    ['client', '192.0.2.1', 80, { failure: 'timeout' }],
    ['laptop', '172.30.0.12', 30080, { network: 'web', port: 80 }],
    ['laptop', '10.96.1.1', 8080, { failure: 'timeout' }],
    ['laptop', '10.244.1.4', 80, { failure: 'timeout' }],
  ];
  for (const [from, address, port, end] of cases) {
    it(`from ${from} to ${address}:${port} ends where it does in life`, () => {
      const way = network.reach(from === 'laptop' ? 'laptop' : of(from), address, port, 'TCP');
      const expected = end as { network?: string };
      expect(way).toEqual(expected.network ? { ...expected, network: of(expected.network) } : end);
    });
  }
});

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
      const way = network.reach(of(from), world.pod('web')?.status?.podIP ?? '', port, 'TCP');
      expect(way).toEqual(isOpen ? { network: of('web'), port } : { failure: 'timeout' });
    });
  }

  it('know ranges of addresses', () => {
    expect(isIn('10.244.1.7', '10.244.0.0/16')).toBe(true);
    expect(isIn('10.245.1.7', '10.244.0.0/16')).toBe(false);
    expect(isIn('10.244.1.7', '0.0.0.0/0')).toBe(true);
    expect(isIn('nonsense', '0.0.0.0/0')).toBe(false);
  });
});

describe('Addresses of Pods', () => {
  it('are all different until there are none left', () => {
    const { cluster } = OneNode.fresh();
    const given = Array.from({ length: 253 }, (_, place) =>
      joinNetwork(cluster.store, `pod/${place}`, 'worker-1', '10.244.1.0/24', 'x'),
    );
    expect(new Set(given).size).toBe(253);
    expect(given).not.toContain('10.244.1.1');
    expect(() => joinNetwork(cluster.store, 'pod/more', 'worker-1', '10.244.1.0/24', 'x')).toThrow(
      'no addresses available in range 10.244.1.0/24',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { joinNetwork } from '../../../../src/sandbox/cluster/network/pod-networks.ts';
import { OneNode } from '../node/one-node.ts';
import { shop } from './shop.ts';

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
    ['localhost', ['127.0.0.1']],
    ['10.1.2.3', ['10.1.2.3']],
    ['10-244-1-4.peers', []],
    ['10-244-1-4.plain', ['10.244.1.4']],
    ['10-244-1-2.nowhere.pod', []],
    ['web-0.default.pod', []],
    ['a.b.web.default.svc', []],
    ['web.default.nope', []],
    ['x.outside', []],
    ['svc.cluster.local', []],
    ['cluster.local', []],
    ['a.b.c.d.e.web', []],
  ];
  for (const [name, addresses] of cases) {
    it(`of the cluster are found as Pods write them: "${name}"`, () => {
      expect(network.resolve(of('client'), name)).toEqual(addresses);
    });
  }

  it('of the cluster are not known on the learner’s machine', () => {
    expect(network.resolve('laptop', 'web')).toEqual([]);
  });

  it('are found by a Pod with its own list, as that says', () => {
    const { world, network: ways, of: at } = shop();
    const own = (searches: readonly string[], nameservers: readonly string[]) => {
      world.cluster.remove('pods', 'default', 'client', { gracePeriodSeconds: 0 });
      world.watch('client', 3);
      world.run('client', {
        dnsPolicy: 'None',
        dnsConfig: { nameservers, searches },
        containers: [{ name: 'web', image: 'nginx:1.28' }],
      });
      world.watch('client', 5);
      return ways.resolve(at('client'), 'web');
    };
    expect(own(['default.svc.cluster.local'], ['10.96.0.10'])).toEqual(['10.96.1.1']);
    expect(own([], ['10.96.0.10'])).toEqual([]);
    expect(own(['default.svc.cluster.local'], ['10.9.9.9'])).toEqual([]);
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
    ['client', '10.244.1.2', 80, { network: 'client', port: 80 }],
    ['client', '0.0.0.0', 80, { network: 'client', port: 80, loopback: true }],
    ['client', '10.96.0.10', 53, { failure: 'timeout' }],
    ['laptop', '172.30.0.1', 22, { network: 'laptop', port: 22 }],
    ['laptop', '172.30.0.12', 30080, { network: 'web', port: 80 }],
    ['laptop', '10.96.1.1', 8080, { failure: 'timeout' }],
    ['laptop', '10.244.1.4', 80, { failure: 'timeout' }],
  ];
  for (const [from, address, port, end] of cases) {
    it(`from ${from} to ${address}:${port} ends where it does in life`, () => {
      const way = network.reach(from === 'laptop' ? 'laptop' : of(from), address, port, 'TCP');
      const expected = end as { network?: string };
      const named = expected.network === 'laptop' ? 'laptop' : of(expected.network ?? '');
      expect(way).toEqual(expected.network ? { ...expected, network: named } : end);
    });
  }
});

describe('The network', () => {
  const { network, of } = shop();
  it('knows its own: those of Pods, of nodes, and the learner’s machine', () => {
    for (const each of [of('web'), 'node/worker-1', 'laptop']) expect(network.knows(each), each).toBe(true);
    expect(network.knows('bridge')).toBe(false);
    expect(network.addressOf('laptop')).toBe('172.30.0.1');
    expect(network.addressOf('bridge')).toBe('');
  });
});

describe('Addresses of Pods', () => {
  it('are all different until there are none left', () => {
    const { cluster } = OneNode.fresh();
    const given = Array.from({ length: 253 }, (_, place) =>
      joinNetwork(cluster.store, `pod/${place}`, 'worker-1', '10.244.1.0/24', 'x'),
    );
    expect(new Set(given).size).toBe(253);
    expect(joinNetwork(cluster.store, 'pod/7', 'worker-1', '10.244.1.0/24', 'x')).toBe(given[7]);
    expect(given).not.toContain('10.244.1.1');
    expect(() => joinNetwork(cluster.store, 'pod/more', 'worker-1', '10.244.1.0/24', 'x')).toThrow(
      'no addresses available in range 10.244.1.0/24',
    );
  });
});

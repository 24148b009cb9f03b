import { describe, expect, it } from 'vitest';
import type {
  Endpoint,
  NetworkPolicy,
  NetworkPolicySpec,
  PodSpec,
  ServiceSpec,
} from '../../../../src/kubernetes/api.ts';
import { ClusterNetwork } from '../../../../src/sandbox/cluster/network/cluster-network.ts';
import { addNodeNetwork } from '../../../../src/sandbox/cluster/network/pod-networks.ts';
import { nodeObject } from '../../../../src/sandbox/cluster/new-cluster/nodes.ts';
import { setNodePower } from '../../../../src/sandbox/cluster/node/node-power.ts';
import { begin, OneNode, shell } from '../node/one-node.ts';

// Where connections to Services and to nodes end, as
// https://kubernetes.io/docs/reference/networking/virtual-ips/ says.

const nodeAddress = '172.30.0.12';
const serviceAddress = '10.96.1.1';

interface Place {
  readonly world: OneNode;
  readonly network: ClusterNetwork;
  /** The network of a Pod. */
  readonly of: (pod: string) => string;
  readonly addressOf: (pod: string) => string;
}

/** Three Pods on one node, and a second node with none. */
function place(spec: Partial<PodSpec> = {}): Place {
  const world = OneNode.fresh('busybox:1.36');
  world.cluster.create('nodes', nodeObject(2, begin));
  addNodeNetwork(world.cluster.store, 'worker-2', '172.30.0.13');
  for (const name of ['one', 'two', 'client']) {
    world.run(name, { containers: [shell('app', 'sleep 1000')], ...(name === 'one' ? spec : {}) });
  }
  world.watch('one', 5);
  return {
    world,
    network: new ClusterNetwork(world.cluster),
    of: (pod) => `pod/${world.pod(pod)?.metadata.uid}`,
    addressOf: (pod) => world.pod(pod)?.status?.podIP ?? '',
  };
}

function serve(
  { world, addressOf }: Place,
  spec: ServiceSpec,
  conditions: readonly Endpoint['conditions'][],
) {
  world.cluster.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { clusterIP: serviceAddress, ports: [{ port: 80, nodePort: 30080 }], ...spec },
  });
  world.cluster.create('endpointslices.discovery.k8s.io', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-1', namespace: 'default', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints: conditions.map((each, index) => ({
      addresses: [addressOf(index === 0 ? 'one' : 'two')],
      nodeName: 'worker-1',
      ...(each ? { conditions: each } : {}),
    })),
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
  });
}

/** Where so many connections end, by the names of the Pods. */
function ends(given: Place, address: string, port: number, from = 'client', times = 24): ReadonlySet<string> {
  const { network, of } = given;
  const names = new Map(['one', 'two', 'client'].map((pod) => [of(pod), pod]));
  const all = Array.from({ length: times }, () => {
    const way = network.reach(from === 'client' ? of(from) : from, address, port, 'TCP');
    return 'failure' in way ? way.failure : `${names.get(way.network) ?? way.network}:${way.port}`;
  });
  return new Set(all);
}

const ready = { ready: true, serving: true, terminating: false };
const leaving = { ready: false, serving: true, terminating: true };
const gone = { ready: false, serving: false, terminating: true };
const both = ['one:8080', 'two:8080'];

describe('A Service', () => {
  const cases: readonly (readonly [string, ServiceSpec, readonly Endpoint['conditions'][], string[]])[] = [
    ['goes to all that are ready', {}, [ready, ready], both],
    ['takes endpoints that do not say how they are for ready', {}, [undefined, undefined], both],
    ['leaves out what is on its way out', {}, [leaving, ready], ['two:8080']],
    ['goes to what is on its way out when there is nobody else', {}, [leaving, gone], ['one:8080']],
    ['refuses where nobody serves any more', {}, [gone, gone], ['refused']],
    ['may be served on the same node alone', { internalTrafficPolicy: 'Local' }, [ready, ready], both],
  ];
  it.each(cases)('%s', (_, spec, conditions, where) => {
    const given = place();
    serve(given, spec, conditions);
    expect(ends(given, serviceAddress, 80)).toEqual(new Set(where));
  });

  it('that is to be served on the same node refuses on another', () => {
    const given = place();
    serve(given, { internalTrafficPolicy: 'Local' }, [ready, ready]);
    expect(ends(given, serviceAddress, 80, 'node/worker-2')).toEqual(new Set(['refused']));
  });

  it('is reached by its other addresses, too', () => {
    const given = place();
    serve(given, { clusterIPs: [serviceAddress, '10.96.1.2'], externalIPs: ['10.96.9.9'] }, [ready]);
    for (const address of [serviceAddress, '10.96.1.2', '10.96.9.9']) {
      expect(ends(given, address, 80), address).toEqual(new Set(['one:8080']));
    }
  });

  it('has only the protocol that it says', () => {
    const given = place();
    serve(given, {}, [ready]);
    expect(given.network.reach(given.of('client'), serviceAddress, 80, 'UDP')).toEqual({
      failure: 'timeout',
    });
  });

  it('keeps a client at one place, for three hours or as long as it says', () => {
    for (const [config, seconds] of [
      [undefined, 10_800],
      [{ clientIP: { timeoutSeconds: 60 } }, 60],
    ] as const) {
      const given = place();
      const sticky = { sessionAffinity: 'ClientIP', ...(config ? { sessionAffinityConfig: config } : {}) };
      serve(given, sticky, [ready, ready]);
      expect(ends(given, serviceAddress, 80).size).toBe(1);
      const seen = new Set<string>();
      for (let time = 0; time < 24; time++) {
        given.world.simulation.advance((seconds + 1) * 1000);
        for (const each of ends(given, serviceAddress, 80, 'client', 1)) seen.add(each);
      }
      expect(seen).toEqual(new Set(both));
    }
  });

  it('sends a client elsewhere when its place is gone', () => {
    const given = place();
    serve(given, { sessionAffinity: 'ClientIP' }, [ready, ready]);
    const [first = ''] = ends(given, serviceAddress, 80);
    const { cluster } = given.world;
    const slice = cluster.get('endpointslices.discovery.k8s.io', 'default', 'web-1');
    const rest = slice?.endpoints?.filter(
      ({ addresses }) => addresses[0] !== given.addressOf(first.replace(':8080', '')),
    );
    if (slice && rest) cluster.update('endpointslices.discovery.k8s.io', { ...slice, endpoints: rest });
    expect(ends(given, serviceAddress, 80)).toEqual(new Set(both.filter((each) => each !== first)));
  });
});

describe('A port of a node', () => {
  const cases: readonly (readonly [string, ServiceSpec, string, string[]])[] = [
    ['leads to a Service from everywhere', {}, '172.30.0.13', ['one:8080']],
    ['may lead to the Pods of its node alone', { externalTrafficPolicy: 'Local' }, nodeAddress, ['one:8080']],
    [
      'then leads nowhere where there are none',
      { externalTrafficPolicy: 'Local' },
      '172.30.0.13',
      ['timeout'],
    ],
  ];
  it.each(cases)('%s', (_, spec, address, where) => {
    const given = place();
    serve(given, spec, [ready]);
    expect(ends(given, address, 30080, 'laptop')).toEqual(new Set(where));
  });

  it('refuses when nobody is there', () => {
    const given = place();
    serve(given, {}, []);
    expect(ends(given, nodeAddress, 30080, 'laptop')).toEqual(new Set(['refused']));
  });

  const hostPorts: readonly (readonly [string, object, number, string])[] = [
    ['that a Pod asks for leads to it', { hostPort: 8000 }, 8000, 'one:80'],
    ['that a Pod asks for everywhere leads to it', { hostPort: 8000, hostIP: '0.0.0.0' }, 8000, 'one:80'],
    [
      'that a Pod asks for at its address leads to it',
      { hostPort: 8000, hostIP: nodeAddress },
      8000,
      'one:80',
    ],
    [
      'that a Pod asks for elsewhere is the node’s',
      { hostPort: 8000, hostIP: '127.0.0.1' },
      8000,
      'node/worker-1:8000',
    ],
    [
      'that a Pod asks for by UDP is the node’s',
      { hostPort: 8000, protocol: 'UDP' },
      8000,
      'node/worker-1:8000',
    ],
    ['that no Pod asks for is the node’s', { hostPort: 8000 }, 8001, 'node/worker-1:8001'],
  ];
  it.each(hostPorts)('%s', (_, port, number, where) => {
    const given = place({
      containers: [
        shell('other', 'sleep 1000'),
        { ...shell('app', 'sleep 1000'), ports: [{ containerPort: 80, ...port }] },
      ],
    });
    expect(ends(given, nodeAddress, number, 'laptop')).toEqual(new Set([where]));
  });

  it('of a Pod in the network of its node is the node’s', () => {
    const given = place({
      hostNetwork: true,
      containers: [{ ...shell('app', 'sleep 1000'), ports: [{ containerPort: 80, hostPort: 80 }] }],
    });
    expect(ends(given, nodeAddress, 80, 'laptop')).toEqual(new Set(['node/worker-1:80']));
  });
});

describe('A node that is down', () => {
  it('does not answer, nor does what is on it', () => {
    const given = place();
    serve(given, {}, [ready]);
    setNodePower(given.world.cluster.store, 'worker-1', false);
    const at = 'node/worker-2';
    expect(ends(given, nodeAddress, 22, 'laptop')).toEqual(new Set(['timeout']));
    expect(ends(given, given.addressOf('one'), 80, at)).toEqual(new Set(['timeout']));
    expect(ends(given, serviceAddress, 80, at)).toEqual(new Set(['timeout']));
  });
});

describe('A Pod that may not send anything', () => {
  // So it was seen in the lab: https://kubernetes.io/docs/concepts/services-networking/network-policies/ leaves the
  // nodes to whoever enforces the policies.
  it('reaches neither nodes nor what they serve', () => {
    const given = place();
    serve(given, {}, []);
    const { cluster } = given.world;
    const slice = cluster.get('endpointslices.discovery.k8s.io', 'default', 'web-1');
    if (!slice) throw new Error('no slice');
    cluster.update('endpointslices.discovery.k8s.io', {
      ...slice,
      endpoints: [{ addresses: ['172.30.0.13'] }],
    });
    const all = () => [...ends(given, '172.30.0.13', 10250), ...ends(given, serviceAddress, 80)];
    expect(all()).toEqual(['node/worker-2:10250', 'node/worker-2:8080']);
    const policy = (egress: NetworkPolicySpec['egress']): NetworkPolicy => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p', namespace: 'default' },
      spec: { podSelector: {}, policyTypes: ['Egress'], ...(egress ? { egress } : {}) },
    });
    cluster.create('networkpolicies.networking.k8s.io', policy(undefined));
    expect(all()).toEqual(['timeout', 'timeout']);
    cluster.remove('networkpolicies.networking.k8s.io', 'default', 'p');
    cluster.create('networkpolicies.networking.k8s.io', policy([{ to: [{ podSelector: {} }] }]));
    expect(all()).toEqual(['timeout', 'timeout']);
    cluster.remove('networkpolicies.networking.k8s.io', 'default', 'p');
    cluster.create(
      'networkpolicies.networking.k8s.io',
      policy([{ to: [{ ipBlock: { cidr: '172.30.0.0/24' } }] }]),
    );
    expect(all()).toEqual(['node/worker-2:10250', 'node/worker-2:8080']);
  });
});

describe('An endpoint outside of the Pods', () => {
  it('is a node, or nowhere', () => {
    const given = place();
    serve(given, {}, []);
    const { cluster } = given.world;
    const to = (address: string) => {
      const slice = cluster.get('endpointslices.discovery.k8s.io', 'default', 'web-1');
      if (slice)
        cluster.update('endpointslices.discovery.k8s.io', {
          ...slice,
          endpoints: [{ addresses: [address] }],
        });
      return [...ends(given, serviceAddress, 80)];
    };
    expect(to('172.30.0.13')).toEqual(['node/worker-2:8080']);
    expect(to('192.0.2.1')).toEqual(['timeout']);
  });

  it('by IPv6 is none, and no more is one that has another port', () => {
    for (const change of [{ addressType: 'IPv6' }, { ports: [{ name: 'other', port: 80 }] }]) {
      const given = place();
      serve(given, {}, [ready]);
      const { cluster } = given.world;
      const slice = cluster.get('endpointslices.discovery.k8s.io', 'default', 'web-1');
      if (slice) cluster.update('endpointslices.discovery.k8s.io', { ...slice, ...change });
      expect(ends(given, serviceAddress, 80)).toEqual(new Set(['refused']));
    }
  });
});

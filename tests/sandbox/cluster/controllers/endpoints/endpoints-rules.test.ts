import { describe, expect, it } from 'vitest';
import type { Pod, Service, ServicePort } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { pod, service } from '../test-objects.ts';

const resource = 'endpointslices.discovery.k8s.io';

interface Reached {
  readonly name: string;
  readonly ip: string;
  readonly isReady?: boolean;
  readonly node?: string;
  readonly spec?: Partial<NonNullable<Pod['spec']>>;
}

/** A Pod as if somebody ran it. */
function run(test: TestCluster, { name, ip, isReady = true, node, spec }: Reached): void {
  const of = { schedulerName: 'mine', ...(node === undefined ? {} : { nodeName: node }), ...spec };
  const made = test.cluster.create('pods', pod(name, of, { app: 'web' }));
  const conditions = [
    { type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:00:00Z' },
  ];
  const status = { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions };
  test.cluster.updateStatus('pods', { ...made, status });
}

function served(more: Partial<NonNullable<Service['spec']>>, pods: readonly Reached[]): TestCluster {
  const test = new TestCluster();
  test.cluster.create('services', service('web', more));
  for (const each of pods) run(test, each);
  test.pass(1);
  return test;
}

const slices = (test: TestCluster) => test.cluster.list(resource, 'default');
const subsets = (test: TestCluster) => test.cluster.get('endpoints', 'default', 'web')?.subsets ?? [];
const port = (more: object): ServicePort => ({ port: 80, ...more });
const listening = (containerPort: number, more: object = {}, isSidecar = false) => {
  const container = { name: 'c', image: 'nginx', ports: [{ name: 'http', containerPort, ...more }] };
  const plain = { name: 'main', image: 'nginx' };
  return isSidecar
    ? { containers: [plain], initContainers: [{ ...container, restartPolicy: 'Always' }, plain] }
    : { containers: [container] };
};

// k8s.io/endpointslice (reconciler_test.go, utils_test.go) and pkg/controller/endpoint of Kubernetes 1.36.3
describe('the ports of a Service', () => {
  it.each<[what: string, ports: ServicePort[], spec: object, expected: unknown]>([
    [
      'are those it names',
      [port({ name: 'http', appProtocol: 'kubernetes.io/h2c' })],
      {},
      [{ name: 'http', port: 80, protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' }],
    ],
    ['lead to another number', [port({ targetPort: 8080 })], {}, [{ name: '', port: 8080, protocol: 'TCP' }]],
    [
      'lead to a name of the Pods',
      [port({ targetPort: 'http' })],
      listening(8081),
      [{ name: '', port: 8081, protocol: 'TCP' }],
    ],
    [
      'lead to a name of their sidecars',
      [port({ targetPort: 'http' })],
      listening(8082, {}, true),
      [{ name: '', port: 8082, protocol: 'TCP' }],
    ],
    [
      'lead to a name of that protocol',
      [port({ targetPort: 'http', protocol: 'UDP' })],
      listening(53, { protocol: 'UDP' }),
      [{ name: '', port: 53, protocol: 'UDP' }],
    ],
    [
      'are left out where the name is of another protocol',
      [port({ targetPort: 'http', protocol: 'UDP' })],
      listening(80),
      undefined,
    ],
    ['are left out where no Pod has the name', [port({ targetPort: 'admin' })], listening(80), undefined],
  ])('%s', (_, ports, spec, expected) => {
    const test = served({ ports }, [{ name: 'a', ip: '10.0.0.1', spec }]);
    expect(slices(test)[0]?.ports).toEqual(expected);
    // The older form has no names that are empty, and no Pods without a port.
    const older = (expected as { name: string }[] | undefined)?.map(({ name, ...rest }) =>
      name ? { name, ...rest } : rest,
    );
    expect(subsets(test)[0]?.ports).toEqual(older);
  });

  it('may be none at all where it has no address of its own', () => {
    const { ports: _, ...spec } = service('web').spec ?? {};
    const test = new TestCluster();
    test.cluster.create('services', { ...service('web'), spec: { ...spec, clusterIP: 'None' } });
    run(test, { name: 'a', ip: '10.0.0.1', node: 'worker-1' });
    test.pass(1);
    expect(slices(test)).toMatchObject([{ endpoints: [{ addresses: ['10.0.0.1'], nodeName: 'worker-1' }] }]);
    expect(slices(test)[0]?.ports).toBeUndefined();
    expect(subsets(test)).toMatchObject([{ addresses: [{ ip: '10.0.0.1', nodeName: 'worker-1' }] }]);
    expect(test.cluster.get('endpoints', 'default', 'web')?.metadata.labels).toEqual({
      'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
      'service.kubernetes.io/headless': '',
    });
  });
});

describe('the endpoints of a Service', () => {
  it('say in which zone they are', () => {
    const test = new TestCluster({ nodes: 0 });
    test.addNode('here', { labels: { 'topology.kubernetes.io/zone': 'north' } });
    test.cluster.create('services', service('web'));
    run(test, { name: 'a', ip: '10.0.0.1', node: 'here' });
    run(test, { name: 'b', ip: '10.0.0.2' });
    test.pass(1);
    const [zoned, plain] = slices(test)[0]?.endpoints ?? [];
    expect(zoned).toMatchObject({ nodeName: 'here', zone: 'north' });
    expect(plain).not.toHaveProperty('zone');
    expect(plain).not.toHaveProperty('nodeName');
  });

  it('stand in the order of their addresses, and of their Pods where these are the same', () => {
    const test = served({}, [
      { name: 'c', ip: '10.0.0.3' },
      { name: 'a', ip: '10.0.0.1' },
      { name: 'b', ip: '10.0.0.1' },
    ]);
    const addresses = subsets(test)[0]?.addresses ?? [];
    expect(addresses.map(({ ip }) => ip)).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.3']);
    const [one, other] = addresses.map(({ targetRef }) => `${targetRef?.uid}`);
    expect(`${one}` < `${other}`).toBe(true);
  });

  it('follow the labels of the Service, and keep what others wrote', () => {
    const test = served({}, [{ name: 'a', ip: '10.0.0.1' }]);
    const [slice] = slices(test);
    const annotations = { own: 'x' };
    if (slice) test.cluster.update(resource, { ...slice, metadata: { ...slice.metadata, annotations } });
    const found = test.cluster.get('services', 'default', 'web');
    const labels = { team: 'shop' };
    if (found) test.cluster.update('services', { ...found, metadata: { ...found.metadata, labels } });
    test.pass(1);
    expect(slices(test)[0]?.metadata.labels).toMatchObject(labels);
    expect(slices(test)[0]?.metadata.annotations).toMatchObject(annotations);
    expect(test.cluster.get('endpoints', 'default', 'web')?.metadata.labels).toMatchObject(labels);
  });

  it('are written no more when the Service is on its way out, nor into a namespace that is', () => {
    const test = served({}, [{ name: 'a', ip: '10.0.0.1' }]);
    const found = test.cluster.get('services', 'default', 'web');
    const finalizers = ['example.com/hold'];
    if (found) test.cluster.update('services', { ...found, metadata: { ...found.metadata, finalizers } });
    test.cluster.remove('services', 'default', 'web');
    run(test, { name: 'b', ip: '10.0.0.2' });
    test.pass(1);
    expect(slices(test)[0]?.endpoints).toHaveLength(1);
    const other = served({}, []);
    other.cluster.remove('namespaces', undefined, 'default');
    const [slice] = slices(other);
    other.cluster.remove(resource, 'default', slice?.metadata.name ?? '');
    other.cluster.remove('endpoints', 'default', 'web');
    other.pass(1);
    expect(slices(other)).toEqual([]);
  });

  // `truncateEndpoints`
  it('are a thousand at most, of which those that are not ready go first, each subset its share', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web', { ports: [port({ targetPort: 'http' })] }));
    for (let number = 0; number < 1010; number++) {
      const ip = `10.1.${Math.floor(number / 250)}.${number % 250}`;
      // 300 are not ready: 100 of one port, 200 of another.
      const spec = listening(number < 900 - 90 ? 80 : 81);
      run(test, { name: `p${number}`, ip, isReady: number >= 100 && number < 810, spec });
    }
    test.pass(1);
    const counts = subsets(test).map(({ addresses = [], notReadyAddresses = [] }) => [
      addresses.length,
      notReadyAddresses.length,
    ]);
    // 710 are ready. Of 300 that are not 290 have room: 97 of the first hundred, the rest of the others.
    expect(counts).toEqual([
      [710, 97],
      [0, 193],
    ]);
    expect(test.cluster.get('endpoints', 'default', 'web')?.metadata.annotations).toMatchObject({
      'endpoints.kubernetes.io/over-capacity': 'truncated',
    });
  });
});

describe('Endpoints that are copied', () => {
  it('keep what is written on them, in slices of each port', () => {
    const test = new TestCluster();
    const { selector: _, ...spec } = service('web').spec ?? {};
    test.cluster.create('services', { ...service('web'), spec });
    const metadata = { name: 'web', namespace: 'default', annotations: { own: 'x' } };
    const written = (ports: number[]) => ({
      apiVersion: 'v1' as const,
      kind: 'Endpoints' as const,
      metadata,
      subsets: [
        ...ports.map((number) => ({ addresses: [{ ip: '10.9.0.1' }], ports: [{ port: number }] })),
        { notReadyAddresses: [{ ip: '10.9.0.2', hostname: 'h' }] },
      ],
    });
    const made = test.cluster.create('endpoints', written([80]));
    test.pass(1);
    expect(slices(test).map(({ metadata: { annotations } }) => annotations)).toEqual([
      { own: 'x' },
      { own: 'x' },
    ]);
    const contents = () =>
      slices(test).map(({ endpoints = [], ports = [] }) => [
        endpoints[0]?.addresses[0],
        endpoints[0]?.conditions?.ready,
        ports[0]?.port,
      ]);
    expect(contents().sort()).toEqual([
      ['10.9.0.1', true, 80],
      ['10.9.0.2', false, undefined],
    ]);
    test.cluster.update('endpoints', { ...made, subsets: written([81]).subsets });
    test.pass(1);
    expect(contents().sort()).toEqual([
      ['10.9.0.1', true, 81],
      ['10.9.0.2', false, undefined],
    ]);
  });
});

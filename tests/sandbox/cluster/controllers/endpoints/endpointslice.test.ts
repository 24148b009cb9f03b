import { describe, expect, it } from 'vitest';
import { TestCluster } from '../test-cluster.ts';
import { deployment, pod, service, statefulSet, template } from '../test-objects.ts';

function slices(test: TestCluster, name = 'web') {
  return test.cluster
    .list('endpointslices.discovery.k8s.io', 'default')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name);
}

function conditions(test: TestCluster) {
  return slices(test).flatMap(({ endpoints = [] }) => endpoints.map((each) => each.conditions));
}

const ready = { ready: true, serving: true, terminating: false };

describe('the slices of a Service', () => {
  it('say where its Pods are reached', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web'));
    test.cluster.create('deployments.apps', deployment('web', 1));
    test.pass(3);
    const [running] = test.pods();
    expect(slices(test)).toMatchObject([
      {
        addressType: 'IPv4',
        metadata: {
          name: expect.stringMatching(/^web-\w{5}$/),
          generateName: 'web-',
          labels: {
            'kubernetes.io/service-name': 'web',
            'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          },
          annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-01T00:00:01Z' },
        },
        endpoints: [
          {
            addresses: [running?.status?.podIP],
            conditions: ready,
            nodeName: running?.spec?.nodeName,
            targetRef: {
              kind: 'Pod',
              name: running?.metadata.name,
              namespace: 'default',
              uid: running?.metadata.uid,
            },
          },
        ],
        ports: [{ name: '', port: 80, protocol: 'TCP' }],
      },
    ]);
  });

  it('are one that is empty where there are no Pods', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web'));
    test.pass(1);
    const [only] = slices(test);
    expect([only?.endpoints, only?.ports]).toEqual([undefined, undefined]);
    expect(slices(test)).toHaveLength(1);
  });

  it('are none where the Service selects nothing, or is a name for something outside', () => {
    const test = new TestCluster();
    const { selector: _, ...spec } = service('bare').spec ?? {};
    test.cluster.create('services', { ...service('bare'), spec });
    test.cluster.create(
      'services',
      service('outside', { type: 'ExternalName', externalName: 'example.com' }),
    );
    test.pass(1);
    expect(test.cluster.list('endpointslices.discovery.k8s.io')).toEqual([]);
    expect(test.cluster.list('endpoints')).toEqual([]);
  });

  it('say which Pods are ready, and which are going', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web'));
    const broken = template('web', {}, { 'never-ready': 'true' });
    test.cluster.create('deployments.apps', deployment('web', 1, { template: broken }));
    test.pass(3);
    expect(conditions(test)).toEqual([{ ready: false, serving: false, terminating: false }]);
    test.cluster.remove('deployments.apps', 'default', 'web', { propagation: 'Background' });
    test.simulation.settle();
    expect(conditions(test)).toEqual([{ ready: false, serving: false, terminating: true }]);
    test.pass(3);
    expect(conditions(test)).toEqual([]);
  });

  it('count Pods that are not ready as ready where the Service tolerates them', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web', { publishNotReadyAddresses: true }));
    const broken = template('web', {}, { 'never-ready': 'true' });
    test.cluster.create('deployments.apps', deployment('web', 1, { template: broken }));
    test.pass(3);
    expect(conditions(test)).toEqual([{ ready: true, serving: false, terminating: false }]);
  });

  it('hold a hundred endpoints each', () => {
    const test = new TestCluster({ nodes: 10 });
    test.cluster.create('services', service('web'));
    test.cluster.create('deployments.apps', deployment('web', 250));
    test.pass(3);
    const sizes = slices(test).map(({ endpoints = [] }) => endpoints.length);
    expect(sizes.sort()).toEqual([100, 100, 50]);
    const uids = slices(test).flatMap(({ endpoints = [] }) =>
      endpoints.map(({ targetRef }) => targetRef?.uid),
    );
    expect(new Set(uids).size).toBe(250);
  });

  it('name the Pods of a headless Service', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('db', { clusterIP: 'None' }));
    test.cluster.create('statefulsets.apps', statefulSet('db', 2));
    test.pass(5);
    const [slice] = slices(test, 'db');
    expect(slice?.endpoints?.map(({ hostname }) => hostname)).toEqual(['db-0', 'db-1']);
    expect(slice?.metadata.labels?.['service.kubernetes.io/headless']).toBe('');
    expect(
      test.cluster
        .get('endpoints', 'default', 'db')
        ?.subsets?.[0]?.addresses?.map(({ hostname }) => hostname),
    ).toEqual(expect.arrayContaining(['db-0', 'db-1']));
  });

  it('are apart where a name stands for different ports', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web', { ports: [{ port: 80, targetPort: 'http' }] }));
    for (const [name, port] of [
      ['a', 8080],
      ['b', 8081],
      ['c', 0],
    ] as const) {
      const ports = port > 0 ? [{ name: 'http', containerPort: port }] : [];
      test.cluster.create('pods', pod(name, { containers: [{ name: 'web', ports }] }, { app: 'web' }));
    }
    test.pass(3);
    const numbers = slices(test).map(({ ports = [] }) => ports.map(({ port }) => port));
    expect(numbers.sort()).toEqual([[], [8080], [8081]]);
  });

  it('go with the Service', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web'));
    test.cluster.create('deployments.apps', deployment('web', 1));
    test.pass(3);
    test.cluster.remove('services', 'default', 'web');
    test.pass(1);
    expect(slices(test)).toEqual([]);
    expect(test.cluster.list('endpoints')).toEqual([]);
  });
});

describe('the older Endpoints', () => {
  it('have those that are not ready apart', () => {
    const test = new TestCluster();
    test.cluster.create('services', service('web'));
    test.cluster.create('pods', pod('good', {}, { app: 'web' }));
    const bad = pod('bad', {}, { app: 'web' });
    test.cluster.create('pods', {
      ...bad,
      metadata: { ...bad.metadata, annotations: { 'never-ready': 'true' } },
    });
    test.pass(3);
    const [subset] = test.cluster.get('endpoints', 'default', 'web')?.subsets ?? [];
    expect(subset?.addresses?.map(({ targetRef }) => targetRef?.name)).toEqual(['good']);
    expect(subset?.notReadyAddresses?.map(({ targetRef }) => targetRef?.name)).toEqual(['bad']);
    expect(subset?.ports).toEqual([{ port: 80, protocol: 'TCP' }]);
  });

  it('hold a thousand addresses, and say that there are more', () => {
    const test = new TestCluster({ nodes: 20 });
    test.cluster.create('services', service('web'));
    test.cluster.create('deployments.apps', deployment('web', 1100));
    test.pass(3);
    const endpoints = test.cluster.get('endpoints', 'default', 'web');
    expect(endpoints?.subsets?.[0]?.addresses).toHaveLength(1000);
    expect(endpoints?.metadata.annotations?.['endpoints.kubernetes.io/over-capacity']).toBe('truncated');
  });
});

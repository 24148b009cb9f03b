import { expect, it } from 'vitest';
import type { Endpoints } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { service } from '../test-objects.ts';

const endpoints: Endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'ext', namespace: 'default', labels: { x: 'y' } },
  subsets: [
    {
      addresses: [{ ip: '192.0.2.42' }],
      notReadyAddresses: [{ ip: '192.0.2.44' }],
      ports: [{ port: 9376, protocol: 'TCP' }],
    },
  ],
};

function withService(): TestCluster {
  const test = new TestCluster();
  const { selector: _, ...spec } = service('ext').spec ?? {};
  test.cluster.create('services', { ...service('ext'), spec });
  test.cluster.create('endpoints', endpoints);
  test.pass(1);
  return test;
}

function slices(test: TestCluster) {
  return test.cluster.list('endpointslices.discovery.k8s.io', 'default');
}

it('copies what somebody wrote for a Service that selects nothing', () => {
  expect(slices(withService())).toMatchObject([
    {
      addressType: 'IPv4',
      metadata: {
        labels: {
          x: 'y',
          'kubernetes.io/service-name': 'ext',
          'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
        },
        ownerReferences: [{ kind: 'Endpoints', name: 'ext' }],
      },
      endpoints: [
        { addresses: ['192.0.2.42'], conditions: { ready: true } },
        { addresses: ['192.0.2.44'], conditions: { ready: false } },
      ],
      ports: [{ name: '', port: 9376, protocol: 'TCP' }],
    },
  ]);
});

it('follows changes, and takes the copy away with the original', () => {
  const test = withService();
  const found = test.cluster.get('endpoints', 'default', 'ext');
  if (!found) throw new Error('there are no Endpoints');
  test.cluster.update('endpoints', { ...found, subsets: [{ addresses: [{ ip: '192.0.2.9' }] }] });
  test.pass(1);
  expect(slices(test).map(({ endpoints: own = [], ports }) => [own[0]?.addresses, ports])).toEqual([
    [['192.0.2.9'], undefined],
  ]);
  test.cluster.remove('endpoints', 'default', 'ext');
  test.pass(1);
  expect(slices(test)).toEqual([]);
});

it('leaves Endpoints alone that say so, or that the cluster wrote itself', () => {
  const test = new TestCluster();
  test.cluster.create('services', service('ext'));
  test.cluster.create('endpoints', {
    ...endpoints,
    metadata: {
      ...endpoints.metadata,
      name: 'other',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
  });
  test.pass(1);
  expect(
    slices(test).map(({ metadata }) => metadata.labels?.['endpointslice.kubernetes.io/managed-by']),
  ).toEqual(['endpointslice-controller.k8s.io']);
});

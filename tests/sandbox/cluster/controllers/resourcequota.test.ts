import { expect, it } from 'vitest';
import { TestCluster } from './test-cluster.ts';
import { asking, deployment, job, template } from './test-objects.ts';

function withQuota(hard: Record<string, string>): TestCluster {
  const test = new TestCluster();
  test.cluster.create('resourcequotas', {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'limits', namespace: 'default' },
    spec: { hard },
  });
  test.pass(1);
  return test;
}

function used(test: TestCluster) {
  return test.cluster.get('resourcequotas', 'default', 'limits')?.status?.used;
}

it('counts what is there when the quota comes, what is new and what is given back', () => {
  const test = withQuota({ pods: '10', 'requests.cpu': '2', configmaps: '5', 'count/deployments.apps': '3' });
  expect(used(test)).toEqual({
    pods: '0',
    'requests.cpu': '0',
    configmaps: '1',
    'count/deployments.apps': '0',
  });
  const spec = { template: template('web', asking({ cpu: '250m' })) };
  test.cluster.create('deployments.apps', deployment('web', 3, spec));
  test.pass(3);
  expect(used(test)).toEqual({
    pods: '3',
    'requests.cpu': '750m',
    configmaps: '1',
    'count/deployments.apps': '1',
  });
  test.cluster.remove('deployments.apps', 'default', 'web', { propagation: 'Background' });
  test.pass(5);
  expect(used(test)).toEqual({
    pods: '0',
    'requests.cpu': '0',
    configmaps: '1',
    'count/deployments.apps': '0',
  });
});

it('gives back what a Pod asked for when it has ended', () => {
  const test = withQuota({ pods: '2' });
  test.cluster.create('jobs.batch', job('work', { completions: 4, parallelism: 2 }));
  test.pass(1);
  expect(used(test)).toEqual({ pods: '2' });
  test.pass(30);
  expect(used(test)).toEqual({ pods: '0' });
  expect(test.cluster.get('jobs.batch', 'default', 'work')?.status).toMatchObject({ succeeded: 4 });
});

it('makes a Deployment say why it has too few Pods', () => {
  const test = withQuota({ pods: '2' });
  test.cluster.create('deployments.apps', deployment('web', 3));
  test.pass(3);
  const conditions = test.cluster.get('deployments.apps', 'default', 'web')?.status?.conditions ?? [];
  expect(conditions.find(({ type }) => type === 'ReplicaFailure')?.message).toMatch(
    /^pods "web-\w+-\w{5}" is forbidden: exceeded quota: limits, requested: pods=1, used: pods=2, limited: pods=2$/,
  );
});

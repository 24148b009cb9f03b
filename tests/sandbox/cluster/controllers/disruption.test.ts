import { describe, expect, it } from 'vitest';
import type { OwnerReference, Pod, PodDisruptionBudget } from '../../../../src/kubernetes/api.ts';
import { TestCluster } from './test-cluster.ts';
import { deployment, pod, statefulSet } from './test-objects.ts';

function budget(spec: PodDisruptionBudget['spec']): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'guard', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  };
}

function status(test: TestCluster) {
  return test.cluster.get('poddisruptionbudgets.policy', 'default', 'guard')?.status;
}

describe('a PodDisruptionBudget', () => {
  it.each([
    [{ minAvailable: 1 }, 1, 2],
    [{ minAvailable: 3 }, 3, 0],
    [{ minAvailable: '50%' }, 2, 1],
    [{ maxUnavailable: 1 }, 2, 1],
    [{ maxUnavailable: '34%' }, 1, 2],
    [{ maxUnavailable: 0 }, 3, 0],
  ])('with %j wants %i of three healthy and lets %i go', (spec, desiredHealthy, disruptionsAllowed) => {
    const test = new TestCluster();
    test.cluster.create('deployments.apps', deployment('web', 3));
    test.pass(3);
    test.cluster.create('poddisruptionbudgets.policy', budget(spec));
    test.pass(1);
    expect(status(test)).toEqual({
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: disruptionsAllowed > 0 ? 'True' : 'False',
          reason: disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods',
          message: '',
          observedGeneration: 1,
          lastTransitionTime: '2026-01-01T00:00:03Z',
        },
      ],
      currentHealthy: 3,
      desiredHealthy,
      disruptionsAllowed,
      expectedPods: 3,
      observedGeneration: 1,
    });
  });

  it('follows Pods as they come and go', () => {
    const test = new TestCluster();
    test.cluster.create('poddisruptionbudgets.policy', budget({ minAvailable: 1 }));
    test.cluster.create('deployments.apps', deployment('web', 2));
    test.pass(3);
    expect(status(test)?.disruptionsAllowed).toBe(1);
    const [first] = test.pods();
    test.cluster.remove('pods', 'default', first?.metadata.name ?? '');
    test.simulation.settle();
    expect(status(test)?.disruptionsAllowed).toBe(0);
    test.pass(3);
    expect(status(test)?.disruptionsAllowed).toBe(1);
  });

  it('says when there is nothing to guard', () => {
    const test = new TestCluster();
    test.cluster.create('poddisruptionbudgets.policy', budget({ maxUnavailable: 1 }));
    test.pass(1);
    expect(test.events('guard')).toContain('NoPods: No matching pods found');
    test.cluster.remove('poddisruptionbudgets.policy', 'default', 'guard');
    test.pass(1);
    expect(status(test)).toBeUndefined();
  });
});

/** A Pod of somebody. */
function owned(by: Partial<OwnerReference>, more: Partial<Pod['metadata']> = {}): Pod {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'w', uid: 'w', controller: true, ...by };
  const made = pod('odd', {}, { app: 'web' });
  return { ...made, metadata: { ...made.metadata, ownerReferences: [owner], ...more } };
}

// The messages and numbers are those of a real cluster of Kubernetes 1.36.3.
describe('a PodDisruptionBudget over Pods', () => {
  const failed = (why: string) =>
    `CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: ${why}`;

  it.each<[what: string, owner: Partial<OwnerReference>, why: string]>([
    [
      'of a kind that the cluster does not know',
      { apiVersion: 'example.com/v1', kind: 'Widget' },
      'no matches for kind "Widget" in version "example.com/v1"',
    ],
    ['of a DaemonSet', { kind: 'DaemonSet' }, 'daemonsets.apps does not implement the scale subresource'],
    [
      'of a Job',
      { apiVersion: 'batch/v1', kind: 'Job' },
      'jobs.batch does not implement the scale subresource',
    ],
    ['of a ReplicaSet that is gone', {}, 'found no controllers for pod "odd"'],
  ])('%s cannot say how many there should be', (_, owner, why) => {
    const test = new TestCluster();
    // It is held, since the garbage collector would take it before it is looked at.
    test.cluster.create('pods', owned(owner, { finalizers: ['example.com/hold'] }));
    test.cluster.create('poddisruptionbudgets.policy', budget({ minAvailable: '50%' }));
    test.pass(1);
    expect(test.events('guard')).toContain(failed(why));
    const condition = { type: 'DisruptionAllowed', reason: 'SyncFailed', status: 'False', message: why };
    expect(status(test)).toMatchObject({ disruptionsAllowed: 0, conditions: [condition] });
    const [before] = status(test)?.conditions ?? [];
    test.pass(10);
    test.cluster.create('pods', pod('another', {}, { app: 'web' }));
    test.pass(5);
    // It says the same again, and since when it does.
    expect(status(test)?.conditions).toEqual([before]);
  });

  it.each<[spec: NonNullable<PodDisruptionBudget['spec']>, expression: string]>([
    [{ minAvailable: '50%' }, ''],
    [
      {
        maxUnavailable: 1,
        selector: {
          matchLabels: { app: 'web' },
          matchExpressions: [
            { key: 'app', operator: 'In', values: ['web', 'x'] },
            { key: 'app', operator: 'Exists' },
          ],
        },
      },
      'LabelSelectorRequirement{Key:app,Operator:In,Values:[web x],},LabelSelectorRequirement{Key:app,Operator:Exists,Values:[],},',
    ],
  ])('of nobody warns that it cannot take a part of them: %j', (spec, expression) => {
    const test = new TestCluster();
    test.cluster.create('pods', pod('bare', {}, { app: 'web' }));
    test.cluster.create('poddisruptionbudgets.policy', budget(spec));
    test.pass(3);
    const selector = `&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{${expression}},}`;
    expect(test.events('guard').at(-1)).toBe(
      `UnmanagedPods: Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`,
    );
    expect(status(test)).toMatchObject({ expectedPods: 0, desiredHealthy: 0, disruptionsAllowed: 0 });
  });

  it.each<[what: string, spec: PodDisruptionBudget['spec'], expected: number, healthy: number]>([
    ['neither says how many', {}, 0, 0],
    ['wants half', { minAvailable: '50%' }, 5, 3],
    ['lets more go than there are', { maxUnavailable: 9 }, 5, 0],
  ])('of a ReplicaSet and a StatefulSet, where it %s', (_, spec, expectedPods, desiredHealthy) => {
    const test = new TestCluster();
    const labels = { matchLabels: { app: 'web' } };
    const { spec: of } = deployment('web', 3);
    if (!of) throw new Error('a Deployment has a spec');
    const { replicas = 0, selector, template } = of;
    const metadata = { name: 'web', namespace: 'default' };
    const set = { replicas, selector, template };
    test.cluster.create('replicasets.apps', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata,
      spec: set,
    });
    test.cluster.create('statefulsets.apps', statefulSet('db', 2, { selector: labels, template }));
    test.pass(10);
    test.cluster.create('poddisruptionbudgets.policy', budget(spec));
    test.pass(1);
    const disruptionsAllowed = expectedPods === 0 ? 0 : 5 - desiredHealthy;
    expect(status(test)).toMatchObject({
      expectedPods,
      desiredHealthy,
      currentHealthy: 5,
      disruptionsAllowed,
    });
  });

  it('counts one whose eviction was granted as gone, for two minutes', () => {
    const test = new TestCluster();
    test.cluster.create('deployments.apps', deployment('web', 2));
    test.pass(3);
    test.cluster.create('poddisruptionbudgets.policy', budget({ minAvailable: 1 }));
    test.pass(1);
    const guard = test.cluster.get('poddisruptionbudgets.policy', 'default', 'guard');
    const [granted] = test.pods().map(({ metadata }) => metadata.name);
    if (!guard?.status || granted === undefined) throw new Error('there is no budget or no Pod');
    const disruptedPods = { [granted]: '2026-01-01T00:00:04Z', gone: '2026-01-01T00:00:04Z' };
    test.cluster.updateStatus('poddisruptionbudgets.policy', {
      ...guard,
      status: { ...guard.status, disruptedPods },
    });
    test.pass(1);
    const forgotten = { [granted]: '2026-01-01T00:00:04Z' };
    expect(status(test)).toMatchObject({
      currentHealthy: 1,
      disruptionsAllowed: 0,
      disruptedPods: forgotten,
    });
    test.pass(120);
    expect(status(test)).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 1 });
    expect(status(test)).not.toHaveProperty('disruptedPods');
    expect(test.events(granted).at(-1)).toBe(
      "NotDeleted: Pod was expected by PDB default/default to be deleted but it wasn't",
    );
  });
});

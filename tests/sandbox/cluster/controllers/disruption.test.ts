import { describe, expect, it } from 'vitest';
import type { PodDisruptionBudget } from '../../../../src/kubernetes/api.ts';
import { TestCluster } from './test-cluster.ts';
import { deployment, pod } from './test-objects.ts';

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

  it('says when there is nothing to guard, and when it cannot be said of how many', () => {
    const test = new TestCluster();
    test.cluster.create('poddisruptionbudgets.policy', budget({ maxUnavailable: 1 }));
    test.pass(1);
    expect(test.events('guard')).toContain('NoPods: No matching pods found');
    const owner = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'w', uid: 'w', controller: true };
    const odd = pod('odd', {}, { app: 'web' });
    test.cluster.create('pods', { ...odd, metadata: { ...odd.metadata, ownerReferences: [owner] } });
    test.pass(1);
    expect(test.events('guard').at(-1)).toBe(
      'CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: found no controllers for pod "odd"',
    );
    expect(status(test)?.conditions).toMatchObject([{ reason: 'SyncFailed', status: 'False' }]);
  });
});

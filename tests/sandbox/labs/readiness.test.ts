import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/sandbox/cluster/resources.ts';
import { notReady } from '../../../src/sandbox/labs/readiness.ts';

const conditions = (type: string, status: string) => [
  { type: 'Other', status: 'True' },
  { type, status },
];
const waiting = (reason?: string) => [{ state: { running: {} } }, { state: { waiting: { reason } } }];

// The API leaves out of a status what is 0, and a new object has none at all.
describe('what is not ready says what it is', () => {
  it.each<[Resource, object, string | undefined]>([
    ['pods', { status: { phase: 'Running', conditions: conditions('Ready', 'True') } }, undefined],
    [
      'pods',
      { status: { phase: 'Running', conditions: conditions('Ready', 'False') } },
      'it is Running, and not ready',
    ],
    ['pods', {}, 'it is Pending, and not ready'],
    [
      'pods',
      { status: { phase: 'Pending', containerStatuses: waiting('ImagePullBackOff') } },
      'it is ImagePullBackOff, and not ready',
    ],
    ['pods', { status: { phase: 'Pending', containerStatuses: waiting() } }, 'it is Pending, and not ready'],
    ['pods', { status: { phase: 'Failed', containerStatuses: [] } }, 'it is Failed, and not ready'],
    ['replicasets.apps', { spec: { replicas: 2 }, status: { replicas: 2, readyReplicas: 2 } }, undefined],
    ['replicasets.apps', { spec: { replicas: 2 }, status: { replicas: 2 } }, '0 of 2 are ready'],
    ['replicasets.apps', {}, '0 of 1 are ready'],
    ['statefulsets.apps', { spec: { replicas: 3 }, status: { readyReplicas: 2 } }, '2 of 3 are ready'],
    ['statefulsets.apps', { spec: {}, status: { readyReplicas: 1 } }, undefined],
    ['statefulsets.apps', {}, '0 of 1 are ready'],
    ['daemonsets.apps', { status: { numberReady: 2, desiredNumberScheduled: 2 } }, undefined],
    ['daemonsets.apps', { status: { desiredNumberScheduled: 2 } }, '0 of 2 are ready'],
    ['daemonsets.apps', {}, '0 of 0 are ready'],
    ['jobs.batch', { status: { succeeded: 1, conditions: conditions('Complete', 'True') } }, undefined],
    ['jobs.batch', { status: { failed: 3 } }, '0 of its Pods succeeded, 3 failed'],
    ['jobs.batch', { status: { succeeded: 1, active: 1 } }, '1 of its Pods succeeded, 0 failed'],
    ['jobs.batch', {}, '0 of its Pods succeeded, 0 failed'],
    ['persistentvolumeclaims', { status: { phase: 'Bound' } }, undefined],
    ['persistentvolumeclaims', { status: { phase: 'Lost' } }, 'it is Lost'],
    ['persistentvolumeclaims', {}, 'it is Pending'],
    ['nodes', { status: { conditions: conditions('Ready', 'True') } }, undefined],
    ['nodes', { status: { conditions: conditions('Ready', 'Unknown') } }, 'it is not ready'],
    ['nodes', {}, 'it is not ready'],
    ['deployments.apps', { metadata: {} }, '0 of 1 are ready'],
    [
      'deployments.apps',
      {
        metadata: { generation: 2 },
        spec: { replicas: 2 },
        status: { replicas: 2, updatedReplicas: 2, readyReplicas: 2, observedGeneration: 2 },
      },
      undefined,
    ],
    [
      'deployments.apps',
      {
        metadata: { generation: 2 },
        spec: { replicas: 2 },
        status: { replicas: 2, updatedReplicas: 2, readyReplicas: 2, observedGeneration: 1 },
      },
      '2 of 2 are ready; the rollout is not complete',
    ],
    [
      'deployments.apps',
      {
        metadata: { generation: 1 },
        spec: { replicas: 2 },
        status: { replicas: 3, updatedReplicas: 1, readyReplicas: 2, observedGeneration: 1 },
      },
      '2 of 2 are ready; the rollout is not complete',
    ],
    [
      'deployments.apps',
      {
        metadata: { generation: 1 },
        spec: { replicas: 2 },
        status: { replicas: 3, updatedReplicas: 2, readyReplicas: 2, observedGeneration: 1 },
      },
      '2 of 2 are ready; the rollout is not complete',
    ],
  ])('%s %j', (table, object, instead) => {
    expect(notReady(table, object, 1)).toBe(instead);
  });

  it('wants as many as are asked for', () => {
    const two = { spec: { replicas: 2 }, status: { readyReplicas: 2 } };
    expect(notReady('statefulsets.apps', two, 2)).toBeUndefined();
    expect(notReady('statefulsets.apps', two, 3)).toBe('2 of 2 are ready');
    expect(notReady('daemonsets.apps', {}, 0)).toBeUndefined();
  });

  it('is refused for a kind that never says so', () => {
    expect(() => notReady('configmaps', {}, 1)).toThrow('of configmaps nothing is known that is ready');
  });
});

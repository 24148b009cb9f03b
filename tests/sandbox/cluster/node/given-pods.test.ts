import { describe, expect, it } from 'vitest';
import { OneNode } from './one-node.ts';

const sleeper = { name: 'app', image: 'busybox:1.36', command: ['sleep', '1000'] };

describe('A Pod that somebody else writes to, or gives to a node', () => {
  it('is not ready before others have said what it waits for', () => {
    const world = OneNode.fresh('busybox:1.36');
    const type = 'example.com/open';
    world.run('shop', { readinessGates: [{ conditionType: type }], containers: [sleeper] });
    world.watch('shop', 5);
    const ready = (status: 'True' | 'False') => {
      const pod = world.cluster.get('pods', 'default', 'shop');
      if (!pod) throw new Error('no Pod');
      const conditions = (pod.status?.conditions ?? []).filter((each) => each.type !== type);
      world.cluster.updateStatus('pods', {
        ...pod,
        status: { ...pod.status, conditions: [...conditions, { type, status }] },
      });
      world.watch('shop', 3);
      const found = world.pod('shop')?.status?.conditions?.find((each) => each.type === 'Ready');
      return [found?.status, found?.message];
    };
    // k8s.io/kubernetes/pkg/kubelet/status/generate_test.go, TestGeneratePodReadyCondition
    expect(ready('False')).toEqual([
      'False',
      `the status of pod readiness gate "${type}" is not "True", but False`,
    ]);
    expect(ready('True')).toEqual(['True', undefined]);
  });

  it('is let be when it has ended before the kubelet saw it', () => {
    const world = OneNode.fresh('busybox:1.36');
    world.cluster.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'shop', namespace: 'default' },
      spec: { nodeName: 'worker-1', containers: [sleeper] },
      status: { phase: 'Failed' },
    });
    expect(world.watch('shop', 5)).toEqual([]);
    expect(world.runtime.containers('worker-1')).toEqual([]);
  });

  it('has its place taken by another of its name', () => {
    const world = OneNode.fresh('busybox:1.36');
    world.run('shop', { containers: [sleeper] });
    world.watch('shop', 5);
    const before = world.runtime.containers('worker-1').map(({ id }) => id);
    world.cluster.remove('pods', 'default', 'shop', { gracePeriodSeconds: 0 });
    world.run('shop', { containers: [sleeper] });
    expect(world.watch('shop', 5).at(-1)).toBe('Running app:Running*');
    const after = world.runtime.containers('worker-1').map(({ id }) => id);
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
  });

  it('is not taken when it does not fit', () => {
    const world = OneNode.fresh('busybox:1.36');
    const resources = { requests: { memory: '500Gi' } };
    world.run('big', { containers: [{ ...sleeper, resources }] });
    world.cluster.remove('pods', 'default', 'big', { gracePeriodSeconds: 0 });
    world.cluster.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'big', namespace: 'default' },
      spec: { nodeName: 'worker-1', containers: [{ ...sleeper, resources }] },
    });
    expect(world.watch('big', 3)).toEqual(['Failed OutOfmemory']);
    const message =
      "Node didn't have enough resource: memory, requested: 536870912000, used: 0, capacity: 8485076992";
    expect(world.pod('big')?.status?.message).toBe(`Pod was rejected: ${message}`);
  });
});

import { describe, expect, it } from 'vitest';
import type { OwnerReference } from '../../../../src/kubernetes/api.ts';
import { loadOn, setLoad, type Workload } from '../../../../src/sandbox/cluster/node/workload-load.ts';
import { controlledBy, controllerOf } from '../../../../src/sandbox/cluster/object.ts';
import { OneNode, shell } from './one-node.ts';

/** A Deployment of two ReplicaSets, the first with two Pods that are ready and one that is not, and a Pod of its own. */
function shop() {
  const { cluster } = OneNode.fresh();
  const meta = (name: string, owner?: OwnerReference) => ({
    name,
    namespace: 'default',
    ...(owner ? { ownerReferences: [owner] } : {}),
  });
  const template = { spec: { containers: [shell('app', 'true')] } };
  const selector = { matchLabels: { app: 'web' } };
  const deployment = cluster.create('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('web'),
    spec: { selector, template },
  });
  const sets = ['web-old', 'web-new'].map((name) =>
    cluster.create('replicasets.apps', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: meta(name, controlledBy(deployment)),
      spec: { selector, template },
    }),
  );
  const alone = cluster.create('replicasets.apps', {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: meta('alone'),
    spec: { selector, template },
  });
  const pod = (name: string, owner: OwnerReference | undefined, ready: 'True' | 'False' | undefined) =>
    cluster.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: meta(name, owner),
      spec: { containers: [shell('app', 'true')] },
      ...(ready ? { status: { conditions: [{ type: 'Ready', status: ready }] } } : {}),
    });
  const [old, next] = sets.map(controlledBy);
  const pods = {
    one: pod('one', old, 'True'),
    two: pod('two', next, 'True'),
    unready: pod('unready', next, 'False'),
    silent: pod('silent', next, undefined),
    single: pod('single', controlledBy(alone), 'True'),
    own: pod('own', undefined, 'True'),
  };
  return { cluster, pods };
}

const workload = (kind: Workload['kind'], name: string): Workload => ({ kind, name, namespace: 'default' });

function loads(...given: readonly (readonly [Workload, number])[]) {
  const { cluster, pods } = shop();
  for (const [each, cpuMilli] of given) setLoad(cluster, each, cpuMilli);
  return Object.fromEntries(
    Object.entries(pods).map(([name, pod]) => [name, loadOn(cluster, pod, controllerOf(pod))]),
  );
}

describe('The load of a workload', () => {
  const none = { one: 0, two: 0, unready: 0, silent: 0, single: 0, own: 0 };

  it('is none where nobody asked for it', () => {
    expect(loads()).toEqual(none);
    expect(loads([workload('Deployment', 'web'), 300], [workload('Deployment', 'web'), 0])).toEqual(none);
    expect(loads([workload('Deployment', 'other'), 300])).toEqual(none);
  });

  it('is shared by the Pods that are ready, in all ReplicaSets of a Deployment', () => {
    expect(loads([workload('Deployment', 'web'), 300])).toEqual({ ...none, one: 150, two: 150 });
  });

  it('is that of a ReplicaSet where it has nobody above it', () => {
    expect(loads([workload('ReplicaSet', 'alone'), 300])).toEqual({ ...none, single: 300 });
  });

  it('of a Pod is its own, ready or not, and comes to that of its workload', () => {
    const found = loads(
      [workload('Deployment', 'web'), 300],
      [workload('Pod', 'one'), 50],
      [workload('Pod', 'unready'), 70],
      [workload('Pod', 'own'), 90],
    );
    expect(found).toEqual({ ...none, one: 200, two: 150, unready: 70, own: 90 });
  });
});

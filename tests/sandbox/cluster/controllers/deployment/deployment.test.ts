import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../../../src/kubernetes/api.ts';
import { podSpec, TestCluster } from '../test-cluster.ts';
import { deployment, template } from '../test-objects.ts';

type Spec = NonNullable<Deployment['spec']>;

function get(test: TestCluster, name = 'web') {
  const found = test.cluster.get('deployments.apps', 'default', name);
  if (!found?.spec) throw new Error('there is no Deployment');
  return { ...found, spec: found.spec };
}

function change(test: TestCluster, spec: Partial<Spec>): void {
  const found = get(test);
  test.cluster.update('deployments.apps', { ...found, spec: { ...found.spec, ...spec } });
}

function imaged(image: string, annotations: Record<string, string> = {}) {
  return template('web', podSpec({ containers: [{ name: 'web', image }] }), annotations);
}

/** `name size/ready` of the ReplicaSets, the oldest first. */
function sets(test: TestCluster): string[] {
  return test.cluster
    .list('replicasets.apps', 'default')
    .map(({ metadata, spec, status }) => {
      const revision = metadata.annotations?.['deployment.kubernetes.io/revision'];
      return `${revision}: ${spec?.replicas}/${status?.readyReplicas ?? 0}`;
    })
    .sort();
}

function started(spec: Partial<Spec> = {}, replicas = 3): TestCluster {
  const test = new TestCluster();
  test.cluster.create('deployments.apps', deployment('web', replicas, spec));
  test.pass(5);
  return test;
}

describe('a new Deployment', () => {
  it('has one ReplicaSet, named by the hash of its template', () => {
    const test = started();
    const [set] = test.cluster.list('replicasets.apps', 'default');
    expect(set?.metadata.name).toMatch(/^web-[bcdf456789]{6,10}$/);
    const hash = set?.metadata.name.slice(4);
    expect(set?.metadata.labels).toEqual({ app: 'web', 'pod-template-hash': hash });
    expect(set?.spec?.selector).toEqual({ matchLabels: { app: 'web', 'pod-template-hash': hash } });
    expect(set?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
      'deployment.kubernetes.io/revision': '1',
    });
    expect(test.events('web')).toEqual([
      `ScalingReplicaSet: Scaled up replica set ${set?.metadata.name} from 0 to 3`,
    ]);
  });

  it('says how it stands, in the words of the controller', () => {
    const test = started();
    const [set] = test.cluster.list('replicasets.apps', 'default');
    expect(get(test).status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
      conditions: [
        {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
          lastUpdateTime: '2026-01-01T00:00:01Z',
          lastTransitionTime: '2026-01-01T00:00:01Z',
        },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${set?.metadata.name}" has successfully progressed.`,
          lastUpdateTime: '2026-01-01T00:00:01Z',
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
      ],
    });
    expect(get(test).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
  });

  it('with no replicas is there all the same', () => {
    const test = started({}, 0);
    expect(sets(test)).toEqual(['1: 0/0']);
    expect(get(test).status?.conditions).toMatchObject([
      { type: 'Available' },
      { reason: 'NewReplicaSetAvailable' },
    ]);
  });
});

describe('a rolling update', () => {
  it('goes step by step, and never below what has to be available', () => {
    const test = started();
    const scaled: string[] = [];
    test.store.listen(({ table, after }) => {
      if (table === 'events') scaled.push((after as { message: string }).message.replace(/web-\w+/, 'web'));
    });
    change(test, { template: imaged('nginx:1.28') });
    test.pass(20);
    expect(scaled.filter((each) => each.startsWith('Scaled'))).toEqual([
      'Scaled up replica set web from 0 to 1',
      'Scaled down replica set web from 3 to 2',
      'Scaled up replica set web from 1 to 2',
      'Scaled down replica set web from 2 to 1',
      'Scaled up replica set web from 2 to 3',
      'Scaled down replica set web from 1 to 0',
    ]);
    expect(sets(test)).toEqual(['1: 0/0', '2: 3/3']);
    expect(get(test).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2');
  });

  it.each([
    { maxSurge: 0, maxUnavailable: 1, most: 3, least: 2 },
    { maxSurge: '100%', maxUnavailable: 0, most: 6, least: 3 },
    { maxSurge: '50%', maxUnavailable: '50%', most: 5, least: 2 },
    { maxSurge: 0, maxUnavailable: 0, most: 3, least: 2 },
  ])(
    'stays within a surge of $maxSurge and $maxUnavailable missing',
    ({ maxSurge, maxUnavailable, most, least }) => {
      const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
      const test = started({ strategy });
      change(test, { template: imaged('nginx:1.28') });
      for (let tick = 0; tick < 200; tick++) {
        test.simulation.advance(100);
        const { replicas = 0, availableReplicas = 0 } = get(test).status ?? {};
        expect(replicas).toBeLessThanOrEqual(most);
        expect(availableReplicas).toBeGreaterThanOrEqual(least);
      }
      expect(sets(test)).toEqual(['1: 0/0', '2: 3/3']);
    },
  );

  it('stops where the new Pods do not become ready, and says so when the deadline has passed', () => {
    const test = started({ progressDeadlineSeconds: 30 });
    change(test, { template: imaged('nginx:broken', { 'never-ready': 'true' }) });
    test.pass(20);
    expect(sets(test)).toEqual(['1: 3/3', '2: 1/0']);
    test.pass(20);
    const progressing = get(test).status?.conditions?.find(({ type }) => type === 'Progressing');
    expect(progressing).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
    expect(progressing?.message).toMatch(/^ReplicaSet "web-\w+" has timed out progressing\.$/);
  });

  it('goes back to a template that was there before, as a new revision', () => {
    const test = started();
    change(test, { template: imaged('nginx:1.28') });
    test.pass(20);
    change(test, { template: template('web') });
    test.pass(20);
    expect(sets(test)).toEqual(['2: 0/0', '3: 3/3']);
    const [back] = test.cluster
      .list('replicasets.apps', 'default')
      .filter(({ spec }) => spec?.replicas === 3);
    expect(back?.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1');
  });

  it('keeps no more old ReplicaSets than the history is to have', () => {
    const test = started({ revisionHistoryLimit: 1 });
    for (const tag of ['2', '3', '4']) {
      change(test, { template: imaged(`nginx:${tag}`) });
      test.pass(30);
    }
    expect(sets(test)).toEqual(['3: 0/0', '4: 3/3']);
  });
});

describe('a Deployment that recreates', () => {
  it('has no new Pod before the last old one is gone', () => {
    const test = started({ strategy: { type: 'Recreate' } });
    change(test, { template: imaged('nginx:1.28') });
    test.simulation.settle();
    expect(sets(test)).toEqual(['1: 0/0']);
    test.simulation.advance(900);
    expect(test.pods().every(({ metadata }) => metadata.deletionTimestamp !== undefined)).toBe(true);
    test.pass(5);
    expect(sets(test)).toEqual(['1: 0/0', '2: 3/3']);
  });
});

describe('a Deployment that is paused', () => {
  it('is scaled but not rolled out, until it is resumed', () => {
    const test = started();
    change(test, { paused: true });
    test.pass(1);
    change(test, { template: imaged('nginx:1.28'), replicas: 5 });
    test.pass(5);
    expect(sets(test)).toEqual(['1: 5/5']);
    expect(get(test).status?.conditions?.find(({ type }) => type === 'Progressing')).toMatchObject({
      status: 'Unknown',
      reason: 'DeploymentPaused',
      message: 'Deployment is paused',
    });
    change(test, { paused: false });
    test.pass(30);
    expect(sets(test)).toEqual(['1: 0/0', '2: 5/5']);
  });
});

describe('scaling', () => {
  it('tells of the new size once', () => {
    const test = started();
    change(test, { replicas: 5 });
    test.pass(3);
    expect(test.events('web').at(-1)).toMatch(
      /^ScalingReplicaSet: Scaled up replica set web-\w+ from 3 to 5$/,
    );
    expect(get(test).status).toMatchObject({ replicas: 5, availableReplicas: 5 });
  });

  it('in the middle of a rollout gives each ReplicaSet its share', () => {
    const test = started(
      { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } },
      10,
    );
    change(test, { template: imaged('nginx:broken', { 'never-ready': 'true' }) });
    test.pass(5);
    expect(sets(test)).toEqual(['1: 8/8', '2: 5/0']);
    change(test, { replicas: 15 });
    test.pass(3);
    // The example of the documentation on proportional scaling.
    expect(sets(test)).toEqual(['1: 11/11', '2: 7/0']);
  });
});

describe('a Deployment that is deleted', () => {
  it('takes everything with it', () => {
    const test = started();
    test.cluster.remove('deployments.apps', 'default', 'web', { propagation: 'Background' });
    test.pass(5);
    expect(test.pods()).toEqual([]);
    expect(test.cluster.list('replicasets.apps')).toEqual([]);
  });

  it('waits for its Pods when they are to go before it', () => {
    const test = started();
    test.cluster.remove('deployments.apps', 'default', 'web', { propagation: 'Foreground' });
    test.simulation.settle();
    expect(get(test).metadata.finalizers).toEqual(['foregroundDeletion']);
    test.pass(5);
    expect(test.cluster.get('deployments.apps', 'default', 'web')).toBeUndefined();
    expect(test.pods()).toEqual([]);
  });

  it('leaves its ReplicaSet and Pods behind when they are to stay', () => {
    const test = started();
    test.cluster.remove('deployments.apps', 'default', 'web', { propagation: 'Orphan' });
    test.pass(5);
    expect(test.cluster.get('deployments.apps', 'default', 'web')).toBeUndefined();
    const [set] = test.cluster.list('replicasets.apps');
    expect(set?.metadata.ownerReferences).toBeUndefined();
    expect(test.pods()).toHaveLength(3);
  });
});

import { describe, expect, it } from 'vitest';
import type { DaemonSet } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { daemonSet, template } from '../test-objects.ts';

type Spec = NonNullable<DaemonSet['spec']>;

function started(spec: Partial<Spec> = {}, nodes = 3): TestCluster {
  const test = new TestCluster({ nodes });
  test.cluster.create('daemonsets.apps', daemonSet('agent', spec));
  test.pass(5);
  return test;
}

function get(test: TestCluster) {
  const found = test.cluster.get('daemonsets.apps', 'default', 'agent');
  if (!found?.spec) throw new Error('there is no DaemonSet');
  return { ...found, spec: found.spec };
}

function update(test: TestCluster, image: string, annotations: Record<string, string> = {}): void {
  const found = get(test);
  const changed = template('agent', { containers: [{ name: 'agent', image }] }, annotations);
  test.cluster.update('daemonsets.apps', { ...found, spec: { ...found.spec, template: changed } });
}

function images(test: TestCluster): (string | undefined)[] {
  return test
    .pods()
    .map(({ spec }) => spec?.containers[0]?.image)
    .sort();
}

describe('a DaemonSet', () => {
  it('has a Pod on every node', () => {
    const test = started();
    expect(
      test
        .pods()
        .map(({ spec }) => spec?.nodeName)
        .sort(),
    ).toEqual(['worker-1', 'worker-2', 'worker-3']);
    expect(get(test).status).toEqual({
      currentNumberScheduled: 3,
      desiredNumberScheduled: 3,
      numberAvailable: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      observedGeneration: 1,
      updatedNumberScheduled: 3,
    });
    expect(
      test.events('agent').every((each) => /^SuccessfulCreate: Created pod: agent-\w{5}$/.test(each)),
    ).toBe(true);
  });

  it('comes to a node that is new, and to no other', () => {
    const test = started({}, 1);
    test.addNode('worker-2');
    test.addNode('worker-3', { labels: { os: 'other' } });
    test.pass(3);
    expect(test.pods()).toHaveLength(3);
    const limited = started({ template: template('agent', { nodeSelector: { disk: 'ssd' } }) });
    expect(limited.pods()).toEqual([]);
    expect(get(limited).status).toMatchObject({ desiredNumberScheduled: 0 });
  });

  it('stays away from tainted nodes, and comes to cordoned ones', () => {
    const test = new TestCluster({ nodes: 3 });
    const node = (name: string) => {
      const found = test.cluster.get('nodes', undefined, name);
      if (!found) throw new Error(`there is no node ${name}`);
      return found;
    };
    test.cluster.update('nodes', {
      ...node('worker-1'),
      spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] },
    });
    test.cluster.update('nodes', { ...node('worker-2'), spec: { unschedulable: true } });
    test.cluster.create('daemonsets.apps', daemonSet('agent'));
    test.pass(3);
    expect(
      test
        .pods()
        .map(({ spec }) => spec?.nodeName)
        .sort(),
    ).toEqual(['worker-2', 'worker-3']);
    // A taint that only keeps new Pods away leaves the ones that are there.
    test.cluster.update('nodes', {
      ...node('worker-3'),
      spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] },
    });
    test.pass(3);
    expect(test.pods()).toHaveLength(2);
    expect(get(test).status).toMatchObject({ desiredNumberScheduled: 1, numberMisscheduled: 1 });
  });

  it('replaces a Pod that fails, after pauses that grow', () => {
    const test = started({ template: template('agent', {}, { ends: '1', 'ends-with': '1' }) }, 1);
    test.pass(30);
    const kills = test.events('agent').filter((each) => each.startsWith('FailedDaemonPod'));
    expect(kills.length).toBeGreaterThan(2);
    expect(kills.length).toBeLessThan(8);
    expect(kills[0]).toMatch(
      /^FailedDaemonPod: Found failed daemon pod default\/agent-\w{5} on node worker-1, will try to kill it$/,
    );
  });
});

describe('its rolling update', () => {
  it('replaces one after another', () => {
    const test = started();
    update(test, 'agent:2');
    let fewest = 3;
    for (let tick = 0; tick < 100; tick++) {
      test.simulation.advance(200);
      fewest = Math.min(fewest, get(test).status?.numberAvailable ?? 0);
    }
    expect(fewest).toBe(2);
    expect(images(test)).toEqual(['agent:2', 'agent:2', 'agent:2']);
    expect(test.cluster.list('controllerrevisions.apps')).toHaveLength(2);
  });

  it('has the new one before the old one goes when there may be more', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    const test = started({ updateStrategy });
    update(test, 'agent:2');
    for (let tick = 0; tick < 100; tick++) {
      test.simulation.advance(200);
      expect(get(test).status?.numberAvailable).toBe(3);
    }
    expect(images(test)).toEqual(['agent:2', 'agent:2', 'agent:2']);
  });

  it('stops at one that does not become ready', () => {
    const test = started();
    update(test, 'agent:broken', { 'never-ready': 'true' });
    test.pass(60);
    expect(images(test)).toEqual(['agent:broken', 'nginx:1.27', 'nginx:1.27']);
  });

  it('waits for the Pods to be deleted by hand when it is told to', () => {
    const test = started({ updateStrategy: { type: 'OnDelete' } });
    update(test, 'agent:2');
    test.pass(10);
    expect(images(test)).toEqual(['nginx:1.27', 'nginx:1.27', 'nginx:1.27']);
    expect(get(test).status?.updatedNumberScheduled).toBeUndefined();
  });
});

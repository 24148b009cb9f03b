import { describe, expect, it } from 'vitest';
import type { DaemonSet, Pod } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { daemonSet, template } from '../test-objects.ts';

type Spec = NonNullable<DaemonSet['spec']>;

const resource = 'daemonsets.apps';

function started(spec: Partial<Spec> = {}, nodes = 3, seconds = 5): TestCluster {
  const test = new TestCluster({ nodes });
  test.cluster.create(resource, daemonSet('agent', spec));
  test.pass(seconds);
  return test;
}

function change(test: TestCluster, spec: Partial<Spec>): void {
  const found = test.cluster.get(resource, 'default', 'agent');
  if (found) test.cluster.update(resource, { ...found, spec: { ...found.spec, ...spec } });
}

const status = (test: TestCluster) => test.cluster.get(resource, 'default', 'agent')?.status;
const imaged = (image: string, annotations: Record<string, string> = {}, more: Partial<Pod['spec']> = {}) =>
  template('agent', { containers: [{ name: 'agent', image }], ...more }, annotations);
const images = (test: TestCluster) =>
  test
    .pods()
    .map(({ spec }) => `${spec?.containers[0]?.image}`)
    .sort();

// pkg/controller/daemon/daemon_controller_test.go and update_test.go of Kubernetes 1.36.3
describe('a DaemonSet', () => {
  it('replaces a daemon that has ended, well or not', () => {
    const test = started({ template: imaged('nginx', { ends: '3' }) }, 1, 5);
    expect(test.events('agent')).toContainEqual(
      expect.stringMatching(
        /^SucceededDaemonPod: Found succeeded daemon pod default\/agent-\w{5} on node worker-1, will try to delete it$/,
      ),
    );
  });

  it('is on the node only that its template names', () => {
    const test = started({ template: imaged('nginx', {}, { nodeName: 'worker-2' }) });
    expect(test.pods().map(({ spec }) => spec?.nodeName)).toEqual(['worker-2']);
    expect(status(test)).toMatchObject({ desiredNumberScheduled: 1, numberReady: 1 });
  });

  it('bears what its template says besides what all bear, and the missing network where it uses the node’s', () => {
    const tolerations = [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 9 },
      { key: 'own', operator: 'Exists', effect: 'NoSchedule' },
    ];
    const test = started({ template: imaged('nginx', {}, { hostNetwork: true, tolerations }) }, 1);
    const borne = test
      .pods()[0]
      ?.spec?.tolerations?.map(({ key, effect, tolerationSeconds }) => [key, effect, tolerationSeconds]);
    const common = ['not-ready', 'unreachable'].map((key) => [
      `node.kubernetes.io/${key}`,
      'NoExecute',
      undefined,
    ]);
    const pressed = [
      'disk-pressure',
      'memory-pressure',
      'pid-pressure',
      'unschedulable',
      'network-unavailable',
    ];
    expect(borne).toEqual([
      ['own', 'NoSchedule', undefined],
      ...common,
      ...pressed.map((key) => [`node.kubernetes.io/${key}`, 'NoSchedule', undefined]),
    ]);
  });

  it('counts a daemon as available only after a while', () => {
    const test = started({ minReadySeconds: 10 });
    expect(status(test)).toMatchObject({ numberReady: 3, numberUnavailable: 3 });
    test.pass(10);
    expect(status(test)).toMatchObject({ numberAvailable: 3 });
  });

  it('says what the API refuses, and tries again', () => {
    const test = new TestCluster({ nodes: 2 });
    const metadata = { name: 'few', namespace: 'default' };
    test.cluster.create('resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { hard: { pods: '1' } },
    });
    test.pass(1);
    test.cluster.create(resource, daemonSet('agent'));
    test.pass(3);
    expect(test.events('agent')).toContainEqual(
      expect.stringMatching(
        /^FailedCreate: Error creating: pods "agent-\w{5}" is forbidden: exceeded quota: few/,
      ),
    );
    expect(status(test)).toMatchObject({ currentNumberScheduled: 1, desiredNumberScheduled: 2 });
    test.cluster.remove('resourcequotas', 'default', 'few');
    test.pass(30);
    expect(status(test)).toMatchObject({ currentNumberScheduled: 2 });
  });

  it('gives up a daemon whose node is gone before it came there', () => {
    const test = new TestCluster({ nodes: 1 });
    test.addNode('full', { pods: '0' });
    test.cluster.create(resource, daemonSet('agent'));
    test.pass(3);
    expect(test.pods()).toHaveLength(2);
    test.cluster.remove('nodes', undefined, 'full');
    test.pass(3);
    expect(test.pods().map(({ spec }) => spec?.nodeName)).toEqual(['worker-1']);
  });

  it('replaces those that do not work at once, and the others one by one', () => {
    const test = started({ template: imaged('nginx:1') });
    const [sick] = test.pods();
    const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T00:00:05Z' }];
    if (sick) test.cluster.updateStatus('pods', { ...sick, status: { ...sick.status, conditions } });
    change(test, { template: imaged('nginx:2', { 'never-ready': '' }) });
    test.pass(30);
    expect(images(test)).toEqual(['nginx:1', 'nginx:1', 'nginx:2']);
    expect(test.pods().some(({ metadata }) => metadata.uid === sick?.metadata.uid)).toBe(false);
  });

  it('makes new ones beside the old, at once where the old do not work, and only where they belong', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    const test = started({ template: imaged('nginx:1', { 'never-ready': '' }), updateStrategy }, 2);
    change(test, { template: imaged('nginx:2', { 'never-ready': '' }) });
    test.pass(5);
    expect(images(test)).toEqual(['nginx:1', 'nginx:1', 'nginx:2', 'nginx:2']);
    change(test, { template: imaged('nginx:3', { 'never-ready': '' }) });
    test.pass(5);
    // Two old ones on a node are odd, and wait for somebody.
    expect(images(test)).toEqual(['nginx:1', 'nginx:1', 'nginx:2', 'nginx:2']);
  });

  it('keeps none of its history where it says so', () => {
    const test = started({ template: imaged('nginx:1'), revisionHistoryLimit: 0 }, 1);
    change(test, { template: imaged('nginx:2') });
    test.pass(10);
    expect(test.cluster.list('controllerrevisions.apps', 'default').map(({ revision }) => revision)).toEqual([
      2,
    ]);
  });

  it('on its way out does nothing more', () => {
    const test = started({}, 1);
    const found = test.cluster.get(resource, 'default', 'agent');
    const finalizers = ['example.com/hold'];
    if (found) test.cluster.update(resource, { ...found, metadata: { ...found.metadata, finalizers } });
    test.cluster.remove(resource, 'default', 'agent');
    test.addNode('late');
    test.pass(5);
    expect(test.pods().map(({ spec }) => spec?.nodeName)).toEqual(['worker-1']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';

const now = Date.parse('2026-11-20T09:00:00Z');

function fresh(nodes = 3, seed = 7): Sandbox {
  return Sandbox.fresh({ now, seed, nodes });
}

function post(sandbox: Sandbox, path: string, body: unknown): number {
  return sandbox.api.handle({ method: 'POST', path, query: {}, headers: {}, body }).status;
}

function deploy(sandbox: Sandbox, name: string, replicas: number, image = 'nginx:1.28'): void {
  const labels = { app: name };
  const containers = [{ name, image, resources: { requests: { cpu: '50m' } } }];
  const status = post(sandbox, '/apis/apps/v1/namespaces/default/deployments', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  });
  if (status !== 201) throw new Error(`refused: ${status}`);
}

function podsOf(sandbox: Sandbox): readonly string[] {
  return sandbox.cluster.list('pods', 'default').map(({ metadata, spec, status }) => {
    const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
    return `${metadata.name} ${spec?.nodeName} ${status?.phase} ${ready} ${status?.podIP}`;
  });
}

describe('A new sandbox', () => {
  it('has a cluster of three nodes in which everything runs and has run for a while', () => {
    const { cluster } = fresh();
    expect(cluster.list('nodes').map(({ metadata }) => metadata.name)).toEqual([
      'control-plane',
      'worker-1',
      'worker-2',
    ]);
    for (const { metadata, status } of cluster.list('pods')) {
      expect(status?.containerStatuses?.[0], metadata.name).toMatchObject({ ready: true, restartCount: 0 });
      expect(now - Date.parse(metadata.creationTimestamp), metadata.name).toBeGreaterThan(5 * 60_000);
    }
    expect(cluster.list('pods').length).toBe(11);
    expect(cluster.list('events')).toEqual([]);
  });

  it('is at the time that was asked for, and the same for the same seed', () => {
    expect(fresh().cluster.now).toBe(now);
    expect(fresh().snapshot()).toEqual(fresh().snapshot());
    expect(fresh(3, 8).snapshot()).not.toEqual(fresh().snapshot());
  });

  for (const nodes of [1, 2, 5]) {
    it(`has ${nodes} nodes where so many are asked for, each with an address and a range of its own`, () => {
      const all = fresh(nodes).cluster.list('nodes');
      expect(new Set(all.map(({ spec }) => spec?.podCIDR)).size).toBe(nodes);
      expect(new Set(all.map(({ status }) => status?.addresses?.[0]?.address)).size).toBe(nodes);
    });
  }

  it('runs a Deployment of three within a few seconds', () => {
    const sandbox = fresh();
    deploy(sandbox, 'web', 3);
    const isReady = () =>
      sandbox.cluster.get('deployments.apps', 'default', 'web')?.status?.readyReplicas === 3;
    expect(sandbox.advance(6_000, isReady)).toBe(true);
  });
});

describe('A sandbox that was saved and loaded', () => {
  it('goes on as it would have, whatever was under way', () => {
    const sandbox = fresh();
    deploy(sandbox, 'web', 3);
    deploy(sandbox, 'broken', 1, 'nginx:9.99');
    for (const moment of [300, 700, 2_500, 9_000]) {
      sandbox.advance(moment);
      const loaded = new Sandbox(JSON.parse(JSON.stringify(sandbox.snapshot())) as World);
      const other = new Sandbox(sandbox.snapshot());
      for (const each of [loaded, other]) each.advance(40_000);
      expect(JSON.parse(JSON.stringify(loaded.snapshot()))).toEqual(
        JSON.parse(JSON.stringify(other.snapshot())),
      );
    }
  });

  it('goes back to what it was', () => {
    const sandbox = fresh();
    const before = sandbox.snapshot();
    deploy(sandbox, 'web', 2);
    sandbox.advance(10_000);
    const once = podsOf(sandbox);
    sandbox.restore(before);
    expect(podsOf(sandbox)).toEqual([]);
    deploy(sandbox, 'web', 2);
    sandbox.advance(10_000);
    expect(podsOf(sandbox)).toEqual(once);
  });
});

describe('A node that fails', () => {
  it('is noticed after 50 seconds; its Pods are replaced after five minutes, and gone when it comes back', () => {
    const sandbox = fresh();
    deploy(sandbox, 'web', 4);
    sandbox.advance(10_000);
    const ready = (name: string) =>
      sandbox.cluster.get('nodes', undefined, name)?.status?.conditions?.find(({ type }) => type === 'Ready')
        ?.status;
    const lost = sandbox.cluster
      .podsOn('worker-1')
      .filter(({ metadata }) => metadata.namespace === 'default').length;
    expect(lost).toBeGreaterThan(0);
    sandbox.failNode('worker-1');
    sandbox.advance(45_000);
    expect(ready('worker-1')).toBe('True');
    sandbox.advance(10_000);
    expect(ready('worker-1')).toBe('Unknown');
    sandbox.advance(320_000);
    const running = podsOf(sandbox).filter((text) => text.includes('worker-2 Running True'));
    expect(running).toHaveLength(4);
    expect(podsOf(sandbox)).toHaveLength(4 + lost);
    sandbox.recoverNode('worker-1');
    sandbox.advance(20_000);
    expect(ready('worker-1')).toBe('True');
    expect(podsOf(sandbox)).toHaveLength(4);
  });

  it('starts its containers again when it comes back in time', () => {
    const sandbox = fresh();
    sandbox.failNode('worker-2');
    sandbox.advance(20_000);
    sandbox.recoverNode('worker-2');
    sandbox.advance(20_000);
    const [proxy] = sandbox.cluster.podsOn('worker-2');
    expect(proxy?.status?.containerStatuses?.[0]).toMatchObject({ ready: true, restartCount: 1 });
  });

  it('has to be one that there is', () => {
    expect(() => fresh().failNode('worker-9')).toThrow('nodes "worker-9" not found');
  });
});

describe('A Pod of the control plane', () => {
  it('comes back when it is deleted, since it stands in a file on its node, and was never stopped', () => {
    const sandbox = fresh();
    const find = () => sandbox.cluster.get('pods', 'kube-system', 'etcd-control-plane');
    const before = find();
    sandbox.cluster.remove('pods', 'kube-system', 'etcd-control-plane');
    sandbox.advance(3_000);
    expect(find()?.metadata.uid).not.toBe(before?.metadata.uid);
    expect(find()?.status?.containerStatuses).toEqual(before?.status?.containerStatuses);
  });
});

describe('What Pods use', () => {
  it('is known once the metrics server has seen them twice, and rises with the load of their workload', () => {
    const sandbox = fresh();
    deploy(sandbox, 'web', 2);
    const path = '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods';
    const used = () => {
      const answer = sandbox.api.handle({ method: 'GET', path, query: {}, headers: {} });
      const { items } = (answer as { body: { items: { containers: { usage: { cpu: string } }[] }[] } }).body;
      return items.map(({ containers }) =>
        Math.round(Number.parseInt(containers[0]?.usage.cpu ?? '', 10) / 1e6),
      );
    };
    sandbox.advance(8_000);
    expect(used()).toEqual([]);
    sandbox.advance(40_000);
    expect(used()).toEqual([0, 0]);
    sandbox.setLoad({ kind: 'Deployment', namespace: 'default', name: 'web' }, 600);
    expect(used()).toEqual([300, 300]);
    sandbox.setLoad({ kind: 'Deployment', namespace: 'default', name: 'web' }, 0);
    expect(used()).toEqual([0, 0]);
  });
});

describe('Whatever is done to a sandbox', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('scale' as const), replicas: fc.integer({ min: 0, max: 6 }) }),
    fc.record({
      kind: fc.constant('image' as const),
      image: fc.constantFrom('nginx:1.27', 'nginx:1.28', 'nginx:9.99'),
    }),
    fc.record({ kind: fc.constant('delete' as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 30_000 }) }),
    fc.record({ kind: fc.constant('fail' as const), node: fc.constantFrom('worker-1', 'worker-2') }),
    fc.record({ kind: fc.constant('recover' as const), node: fc.constantFrom('worker-1', 'worker-2') }),
  );

  it('leaves addresses unique, containers with their Pods, and the replicas that were asked for', () => {
    const begun = fresh().snapshot();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const sandbox = new Sandbox(begun);
        const { cluster } = sandbox;
        deploy(sandbox, 'web', 2);
        for (const each of steps) {
          const web = cluster.get('deployments.apps', 'default', 'web');
          if (!web?.spec) throw new Error('no Deployment');
          if (each.kind === 'wait') sandbox.advance(each.ms);
          else if (each.kind === 'fail') sandbox.failNode(each.node);
          else if (each.kind === 'recover') sandbox.recoverNode(each.node);
          else if (each.kind === 'scale') {
            cluster.update('deployments.apps', { ...web, spec: { ...web.spec, replicas: each.replicas } });
          } else if (each.kind === 'image') {
            const { template } = web.spec;
            const containers = (template.spec?.containers ?? []).map((container) => ({
              ...container,
              image: each.image,
            }));
            const spec = { ...web.spec, template: { ...template, spec: { ...template.spec, containers } } };
            cluster.update('deployments.apps', { ...web, spec });
          } else {
            const pod = cluster.list('pods', 'default')[each.which];
            if (pod) cluster.remove('pods', 'default', pod.metadata.name);
          }
          sandbox.advance(500);
        }
        for (const node of ['worker-1', 'worker-2']) sandbox.recoverNode(node);
        sandbox.advance(15 * 60_000);
        const pods = cluster.list('pods');
        const addresses = pods.filter(({ spec }) => !spec?.hostNetwork).map(({ status }) => status?.podIP);
        expect(new Set(addresses).size).toBe(addresses.length);
        const known = new Set(pods.map(({ metadata }) => metadata.uid));
        const { tables } = sandbox.snapshot();
        for (const container of Object.values(tables['runtime/containers'] ?? {})) {
          const { labels } = (container as { spec: { labels: Record<string, string> } }).spec;
          if (labels['io.kubernetes.pod.namespace'] === 'default')
            expect(known).toContain(labels['io.kubernetes.pod.uid']);
        }
        const web = cluster.get('deployments.apps', 'default', 'web');
        expect(web?.status?.replicas ?? 0).toBeGreaterThanOrEqual(web?.spec?.replicas ?? 0);
        const isBroken = web?.spec?.template.spec?.containers[0]?.image === 'nginx:9.99';
        if (!isBroken) expect(web?.status?.readyReplicas ?? 0).toBe(web?.spec?.replicas);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

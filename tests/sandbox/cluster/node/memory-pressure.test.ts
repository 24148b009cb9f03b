import { describe, expect, it } from 'vitest';
import { Sandbox } from '../../../../src/sandbox/sandbox.ts';

const now = Date.parse('2026-11-20T09:00:00Z');

/** A worker with 8 GiB, and Pods that keep files in memory. */
function fill(
  amounts: Readonly<Record<string, { mebibytes: number; request?: string; priority?: string }>>,
): Sandbox {
  const sandbox = Sandbox.fresh({ now, seed: 7, nodes: 2 });
  for (const [name, value] of [
    ['low', -5],
    ['high', 1000],
  ] as const) {
    sandbox.cluster.create('priorityclasses.scheduling.k8s.io', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value,
    });
  }
  for (const [name, { mebibytes, request, priority }] of Object.entries(amounts)) {
    const line = `dd if=/dev/zero of=/cache/x bs=1M count=${mebibytes}; sleep 10000`;
    const resources = request ? { requests: { memory: request } } : {};
    sandbox.api.handle({
      method: 'POST',
      path: '/api/v1/namespaces/default/pods',
      query: {},
      headers: {},
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name },
        spec: {
          ...(priority ? { priorityClassName: priority } : {}),
          volumes: [{ name: 'cache', emptyDir: { medium: 'Memory' } }],
          containers: [
            {
              name: 'app',
              image: 'busybox:1.36',
              command: ['sh', '-c', line],
              volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
              resources,
            },
          ],
        },
      },
    });
  }
  sandbox.advance(60_000);
  return sandbox;
}

describe('A node whose memory runs out', () => {
  it('sends away the Pod that takes most beyond what it asked for, and says why', () => {
    const { cluster } = fill({
      greedy: { mebibytes: 3000 },
      modest: { mebibytes: 2600, request: '3Gi' },
      small: { mebibytes: 2600, request: '2Gi' },
    });
    const phases = cluster
      .list('pods', 'default')
      .map(({ metadata, status }) => [metadata.name, status?.phase, status?.reason]);
    expect(phases).toEqual([
      ['greedy', 'Failed', 'Evicted'],
      ['modest', 'Running', undefined],
      ['small', 'Running', undefined],
    ]);
    const greedy = cluster.get('pods', 'default', 'greedy');
    expect(greedy?.status?.message).toMatch(
      /^The node was low on resource: memory\. Threshold quantity: 100Mi, available: \d+Ki\. Container app was using \d+Ki, request is 0, has larger consumption of memory\. $/,
    );
    expect(greedy?.status?.conditions?.[0]).toMatchObject({
      type: 'DisruptionTarget',
      reason: 'TerminationByKubelet',
    });
    const pressure = cluster
      .get('nodes', undefined, 'worker-1')
      ?.status?.conditions?.find(({ type }) => type === 'MemoryPressure');
    expect(pressure?.status).toBe('True');
  });

  const evicted = ({ cluster }: Sandbox) =>
    cluster
      .list('pods', 'default')
      .filter(({ status }) => status?.reason === 'Evicted')
      .map(({ metadata }) => metadata.name);

  it('sends away those of low priority first, and then those that take most', () => {
    expect(
      evicted(
        fill({
          much: { mebibytes: 3300, priority: 'high' },
          little: { mebibytes: 2600 },
          low: { mebibytes: 2400, priority: 'low' },
        }),
      ),
    ).toEqual(['low']);
    const same = { one: { mebibytes: 2500 }, two: { mebibytes: 3000 }, three: { mebibytes: 2700 } };
    expect(evicted(fill(same))).toEqual(['two']);
  });

  it('says what a Pod had asked for', () => {
    const { cluster } = fill({
      one: { mebibytes: 4500, request: '1Gi' },
      two: { mebibytes: 4000, request: '6Gi' },
    });
    expect(cluster.get('pods', 'default', 'one')?.status?.message).toMatch(
      /Container app was using \d+Ki, request is 1Gi, has larger consumption of memory\. $/,
    );
  });

  it('keeps what the cluster cannot do without', () => {
    expect(
      evicted(
        fill({
          critical: { mebibytes: 4500, priority: 'system-node-critical' },
          other: { mebibytes: 4000 },
        }),
      ),
    ).toEqual(['other']);
  });

  it('is well again some minutes later', () => {
    const sandbox = fill({ one: { mebibytes: 4500 }, two: { mebibytes: 4000 } });
    expect(sandbox.cluster.get('pods', 'default', 'one')?.status?.reason).toBe('Evicted');
    sandbox.advance(6 * 60_000);
    const conditions = sandbox.cluster.get('nodes', undefined, 'worker-1')?.status?.conditions;
    expect(conditions?.find(({ type }) => type === 'MemoryPressure')?.status).toBe('False');
  });

  it('leaves everybody alone while there is room', () => {
    const { cluster } = fill({ one: { mebibytes: 3000 }, two: { mebibytes: 3000 } });
    expect(cluster.list('pods', 'default').map(({ status }) => status?.phase)).toEqual([
      'Running',
      'Running',
    ]);
  });
});

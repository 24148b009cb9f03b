import { describe, expect, it } from 'vitest';
import { patchType, TestServer } from '../test-server.ts';

const pods = '/api/v1/namespaces/default/pods';
const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';
const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'web' } };

/** A Pod that runs, and a budget of which a controller has counted this. */
function guarded(counted: object): TestServer {
  const server = new TestServer();
  const labels = { app: 'web' };
  server.ask('POST', pods, {
    metadata: { name: 'web', labels },
    spec: { containers: [{ name: 'web', image: 'nginx' }] },
  });
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  server.ask('PATCH', `${pods}/web/status`, { status }, patchType('merge'));
  server.ask('POST', budgets, {
    metadata: { name: 'b' },
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  });
  server.ask('PATCH', `${budgets}/b/status`, { status: counted }, patchType('merge'));
  return server;
}

const denied = (reason: string, message: string) => ({
  observedGeneration: 1,
  currentHealthy: 2,
  desiredHealthy: 1,
  conditions: [{ type: 'DisruptionAllowed', status: 'False', reason, message }],
});

// The words: k8s.io/kubernetes/pkg/registry/core/pod/storage/eviction.go, checkAndDecrement.
describe('a Pod whose budget allows nothing', () => {
  it.each([
    ['is still being processed by the server.', {}],
    [
      'does not allow evicting pods currently because it failed sync: no controllers',
      denied('SyncFailed', 'no controllers'),
    ],
    ['does not allow evicting pods currently (Other): for a reason', denied('Other', 'for a reason')],
    ['does not allow evicting pods currently', denied('SyncFailed', '')],
    [
      'needs 2 healthy pods and has 1 currently',
      { observedGeneration: 1, currentHealthy: 1, desiredHealthy: 2 },
    ],
  ])('is not evicted: it %s', (why, counted) => {
    const { status, body } = guarded(counted).ask('POST', `${pods}/web/eviction`, eviction);
    expect(status).toBe(429);
    expect(body.details.causes).toEqual([
      { reason: 'DisruptionBudget', message: `The disruption budget b ${why}` },
    ]);
  });
});

describe('a Pod whose budget allows one disruption', () => {
  const counted = { observedGeneration: 1, currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1 };

  it('is evicted where it is the one that is meant, and the budget knows of it', () => {
    const server = guarded(counted);
    const { uid } = server.ask('GET', `${pods}/web`).body.metadata;
    const deleteOptions = { preconditions: { uid }, gracePeriodSeconds: 0 };
    const answer = server.ask('POST', `${pods}/web/eviction`, { ...eviction, deleteOptions });
    expect(answer).toMatchObject({ status: 201, body: { status: 'Success' } });
    expect(server.ask('GET', `${budgets}/b`).body.status).toMatchObject({
      disruptionsAllowed: 0,
      disruptedPods: { web: '2026-11-20T08:00:00Z' },
    });
  });
});

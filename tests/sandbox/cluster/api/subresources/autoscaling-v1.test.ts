import { describe, expect, it } from 'vitest';
import { TestServer } from '../test-server.ts';

const collection = 'namespaces/default/horizontalpodautoscalers';
const older = `/apis/autoscaling/v1/${collection}`;
const newer = `/apis/autoscaling/v2/${collection}`;
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

function post(server: TestServer, spec: object) {
  return server.ask('POST', older, {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { scaleTargetRef, maxReplicas: 4, ...spec },
  });
}

describe('an autoscaler of autoscaling/v1', () => {
  it('is made in the words of v1, and told back in them', () => {
    const { status, body } = post(new TestServer(), { minReplicas: 2, targetCPUUtilizationPercentage: 60 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler' });
    expect(body.spec).toEqual({
      scaleTargetRef,
      minReplicas: 2,
      maxReplicas: 4,
      targetCPUUtilizationPercentage: 60,
    });
    expect(body.status).toEqual({ currentReplicas: 0, desiredReplicas: 0 });
  });

  it('is then one of v2', () => {
    const server = new TestServer();
    post(server, { targetCPUUtilizationPercentage: 60 });
    expect(server.ask('GET', `${newer}/web`).body).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: {
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
          },
        ],
      },
    });
  });

  it('wants 80 per cent of the processor when it says nothing', () => {
    expect(post(new TestServer(), {}).body.spec).toMatchObject({ targetCPUUtilizationPercentage: 80 });
  });

  it('is refused as one of v2 is', () => {
    const { status, body } = post(new TestServer(), { maxReplicas: 0 });
    expect(status).toBe(422);
    expect(body).toMatchObject({ kind: 'Status', reason: 'Invalid' });
  });

  it('is not read or changed in this version, and that is said', () => {
    const server = new TestServer();
    expect(server.ask('GET', older)).toMatchObject({ status: 500 });
    expect(server.ask('GET', older).body.message).toMatch(/autoscaling\/v2 is.*does not simulate it/);
    expect(server.ask('POST', '/apis/autoscaling/v1/nothing', {})).toMatchObject({ status: 404 });
  });
});

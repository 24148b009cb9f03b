import { describe, expect, it } from 'vitest';
import type { HorizontalPodAutoscaler } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { asking, deployment, template } from '../test-objects.ts';

type Spec = HorizontalPodAutoscaler['spec'];

const utilization = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
};

function autoscaler(spec: Partial<NonNullable<Spec>> = {}, name = 'web'): HorizontalPodAutoscaler {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [utilization],
      ...spec,
    },
    status: { desiredReplicas: 0 },
  };
}

/** @param load what all Pods together use, in thousandths of a processor */
function started(
  load: { milli: number },
  spec: Partial<NonNullable<Spec>> = {},
  replicas = 2,
  requests: Record<string, string> = { cpu: '200m' },
): TestCluster {
  const test = new TestCluster({
    nodes: 4,
    cpuMilli: () => load.milli / Math.max(1, running(test)),
  });
  test.cluster.create(
    'deployments.apps',
    deployment('web', replicas, { template: template('web', asking(requests)) }),
  );
  test.pass(60);
  test.cluster.create('horizontalpodautoscalers.autoscaling', autoscaler(spec));
  return test;
}

function running(test: TestCluster): number {
  return test
    .pods()
    .filter(({ metadata, status }) => !metadata.deletionTimestamp && status?.phase === 'Running').length;
}

function replicas(test: TestCluster): number | undefined {
  return test.cluster.get('deployments.apps', 'default', 'web')?.spec?.replicas;
}

function status(test: TestCluster) {
  return test.cluster.get('horizontalpodautoscalers.autoscaling', 'default', 'web')?.status;
}

function conditions(test: TestCluster): string[] {
  return (status(test)?.conditions ?? []).map((each) => `${each.type}=${each.status} ${each.reason}`);
}

describe('an autoscaler', () => {
  it('looks every fifteen seconds, and says what it sees', () => {
    const test = started({ milli: 200 });
    test.pass(14);
    expect(status(test)).toEqual({ desiredReplicas: 0 });
    test.pass(1);
    expect(status(test)).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 2,
      currentMetrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '100m' } },
        },
      ],
    });
    expect(conditions(test)).toEqual([
      'AbleToScale=True ReadyForNewScale',
      'ScalingActive=True ValidMetricFound',
      'ScalingLimited=False DesiredWithinRange',
    ]);
  });

  it('adds Pods under a load, by no more than twice at a time', () => {
    const load = { milli: 200 };
    const test = started(load);
    test.pass(20);
    load.milli = 700;
    test.pass(15);
    expect(replicas(test)).toBe(4);
    expect(conditions(test)).toContain('ScalingLimited=True ScaleUpLimit');
    expect(test.events('web')).toContain(
      'SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target',
    );
    expect(status(test)).toMatchObject({ lastScaleTime: expect.stringMatching(/^2026-/) });
    test.pass(60);
    expect(replicas(test)).toBe(7);
    test.pass(120);
    expect(replicas(test)).toBe(7);
  });

  it('does nothing within a tenth of the target', () => {
    const test = started({ milli: 218 });
    test.pass(300);
    expect(replicas(test)).toBe(2);
  });

  it('goes no further than it may', () => {
    const load = { milli: 5000 };
    const test = started(load, { maxReplicas: 5 });
    test.pass(200);
    expect(replicas(test)).toBe(5);
    expect(conditions(test)).toContain('ScalingLimited=True TooManyReplicas');
  });

  it('waits five minutes before it takes Pods away', () => {
    const load = { milli: 800 };
    const test = started(load, {}, 8);
    test.pass(20);
    load.milli = 100;
    test.pass(270);
    expect(replicas(test)).toBe(8);
    expect(conditions(test)).toContain('AbleToScale=True ScaleDownStabilized');
    test.pass(60);
    expect(replicas(test)).toBe(1);
    expect(test.events('web')).toContain('SuccessfulRescale: New size: 1; reason: All metrics below target');
  });

  it('takes Pods away at the speed that its rules allow', () => {
    const load = { milli: 800 };
    const scaleDown = {
      stabilizationWindowSeconds: 0,
      policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
    };
    const test = started(load, { behavior: { scaleDown } }, 8);
    test.pass(20);
    load.milli = 100;
    test.pass(130);
    expect(replicas(test)).toBe(5);
    expect(conditions(test)).toContain('ScalingLimited=True ScaleDownLimit');
  });

  it('keeps as many as there have to be', () => {
    const test = started({ milli: 0 }, { minReplicas: 4 });
    test.pass(16);
    expect(replicas(test)).toBe(4);
    expect(test.events('web')).toContain(
      'SuccessfulRescale: New size: 4; reason: Current number of replicas below Spec.MinReplicas',
    );
  });

  it.each<[what: string, spec: Partial<NonNullable<Spec>>, current: unknown, event: string]>([
    [
      'an amount for each Pod',
      {
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '512Ki' } },
          },
        ],
      },
      { type: 'Resource', resource: { name: 'memory', current: { averageValue: '1Mi' } } },
      'SuccessfulRescale: New size: 4; reason: memory resource above target',
    ],
    [
      'one container',
      {
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: 'web',
              target: { type: 'Utilization', averageUtilization: 25 },
            },
          },
        ],
      },
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          container: 'web',
          current: { averageUtilization: 50, averageValue: '100m' },
        },
      },
      'SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target',
    ],
    [
      'what is less than a tenth too much, where that is too much already',
      {
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 48 } },
          },
        ],
        behavior: { scaleUp: { tolerance: '0.01' } },
      },
      {
        type: 'Resource',
        resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '100m' } },
      },
      'SuccessfulRescale: New size: 3; reason: cpu resource utilization (percentage of request) above target',
    ],
    [
      'the metric that asks for the most',
      {
        metrics: [
          utilization,
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '70m' } },
          },
        ],
      },
      {
        type: 'Resource',
        resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '100m' } },
      },
      'SuccessfulRescale: New size: 3; reason: cpu resource above target',
    ],
    [
      'what it can, where one metric is not served and another asks for more',
      {
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 25 } },
          },
          {
            type: 'Pods',
            pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
          },
        ],
      },
      {
        type: 'Resource',
        resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '100m' } },
      },
      'SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target',
    ],
    [
      'no more than may be',
      { maxReplicas: 1 },
      undefined,
      'SuccessfulRescale: New size: 1; reason: Current number of replicas above Spec.MaxReplicas',
    ],
  ])('goes by %s', (_, spec, current, event) => {
    const test = started({ milli: 200 }, spec);
    test.pass(15);
    expect(status(test)?.currentMetrics?.[0]).toEqual(current);
    expect(test.events('web').filter((each) => each.startsWith('Successful'))).toEqual([event]);
  });

  it('takes no Pods away while one metric is not served', () => {
    const rps = {
      type: 'Pods',
      pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
    };
    const test = started({ milli: 20 }, { metrics: [utilization, rps] });
    test.pass(400);
    expect(replicas(test)).toBe(2);
    expect(conditions(test)).toContain('ScalingActive=False FailedGetPodsMetric');
  });

  it('remembers by how much it grew, where rules ask for it', () => {
    const scaleUp = { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] };
    const test = started({ milli: 1000 }, { behavior: { scaleUp } });
    test.pass(50);
    expect(replicas(test)).toBe(3);
    test.pass(30);
    expect(replicas(test)).toBe(4);
  });

  it('does nothing while there are no replicas', () => {
    const test = started({ milli: 0 }, {}, 0);
    test.pass(16);
    expect(replicas(test)).toBe(0);
    expect(conditions(test)).toContain('ScalingActive=False ScalingDisabled');
  });
});

// The messages are those of a real cluster of Kubernetes 1.36.3.
describe('an autoscaler that cannot know', () => {
  const active = (test: TestCluster) =>
    status(test)?.conditions?.find(({ type }) => type === 'ScalingActive')?.message ?? '';

  it('because the containers do not say what they ask for', () => {
    const test = started({ milli: 100 }, {}, 1, {});
    test.pass(16);
    expect(active(test)).toMatch(
      /^the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in container web of Pod web-\w+-\w{5}$/,
    );
    const told = test.events('web').filter((each) => each.startsWith('Failed'));
    expect(told).toEqual([
      expect.stringMatching(
        /^FailedGetResourceMetric: failed to get cpu utilization: missing request for cpu/,
      ),
      expect.stringMatching(
        /^FailedComputeMetricsReplicas: invalid metrics \(1 invalid out of 1\), first error is: failed to get cpu resource metric value: failed to get cpu utilization: /,
      ),
    ]);
    expect(status(test)).toMatchObject({
      currentReplicas: 1,
      desiredReplicas: 0,
      currentMetrics: [{ type: '' }],
    });
  });

  it('because what it scales is not there', () => {
    const test = started(
      { milli: 0 },
      { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'ghost' } },
    );
    test.pass(16);
    expect(test.events('web').at(-1)).toBe('FailedGetScale: deployments.apps "ghost" not found');
    expect(status(test)?.conditions).toMatchObject([
      {
        type: 'AbleToScale',
        status: 'False',
        message:
          'the HPA controller was unable to get the target\'s current scale: deployments.apps "ghost" not found',
      },
    ]);
  });

  it.each([
    ['batch/v1', 'Job', 'no matches for kind "Job" in group "batch"'],
    ['v1', 'Pod', 'no matches for kind "Pod" in group ""'],
    ['apps/v1', 'StatefulSet', 'statefulsets.apps "web" not found'],
  ])('because nothing of that kind can be scaled: %s %s', (apiVersion, kind, message) => {
    const test = started({ milli: 0 }, { scaleTargetRef: { apiVersion, kind, name: 'web' } });
    test.pass(16);
    expect(test.events('web').at(-1)).toBe(`FailedGetScale: ${message}`);
  });

  it.each<[spec: Partial<NonNullable<Spec>>, inner: RegExp]>([
    [
      {
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: 'side',
              target: { type: 'Utilization', averageUtilization: 50 },
            },
          },
        ],
      },
      /^failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API$/,
    ],
    [
      {
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'disk', target: { type: 'Utilization', averageUtilization: 50 } },
          },
        ],
      },
      /^failed to get disk utilization: missing request for disk in container web of Pod web-/,
    ],
  ])('because a metric comes to nothing: %j', (spec, inner) => {
    const test = started({ milli: 100 }, spec);
    test.pass(16);
    const told = test.events('web').find((each) => each.startsWith('FailedGet')) ?? '';
    expect(told.slice(told.indexOf(': ') + 2)).toMatch(inner);
  });

  it.each([
    [
      {
        type: 'Object',
        object: {
          describedObject: { apiVersion: 'v1', kind: 'Service', name: 'front' },
          metric: { name: 'hits' },
          target: { type: 'Value', value: '10' },
        },
      },
      'unable to get metric hits: Service on default front/unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
    ],
    [
      {
        type: 'Pods',
        pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
      },
      'unable to get metric rps: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
    ],
    [
      {
        type: 'External',
        external: { metric: { name: 'q' }, target: { type: 'AverageValue', averageValue: '10' } },
      },
      'unable to get external metric default/q/nil: unable to fetch metrics from external metrics API: the server could not find the requested resource (get q.external.metrics.k8s.io)',
    ],
  ])('because nobody serves such metrics: %j', (metric, message) => {
    const test = started({ milli: 0 }, { metrics: [metric] });
    test.pass(16);
    expect(active(test)).toBe(`the HPA was unable to compute the replica count: ${message}`);
  });

  it('because another one has the same Pods', () => {
    const test = started({ milli: 100 });
    test.cluster.create('horizontalpodautoscalers.autoscaling', autoscaler({}, 'twin'));
    test.pass(16);
    expect(conditions(test)).toContain('ScalingActive=False AmbiguousSelector');
  });
});

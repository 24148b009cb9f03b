import { describe, expect, it } from 'vitest';
import type { HorizontalPodAutoscalerSpec, HPAScalingRules, Pod } from '../../../../../src/kubernetes/api.ts';
import type { History } from '../../../../../src/sandbox/cluster/controllers/autoscaler/history.ts';
import { normalize } from '../../../../../src/sandbox/cluster/controllers/autoscaler/normalize.ts';
import {
  proposeReplicas,
  type Question,
} from '../../../../../src/sandbox/cluster/controllers/autoscaler/replica-calculator.ts';
import type { Stored } from '../../../../../src/sandbox/cluster/object.ts';
import { podSpec } from '../test-cluster.ts';

const now = Date.parse('2026-01-01T01:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

interface CalculatedPod {
  readonly request?: string | undefined;
  readonly phase?: string;
  readonly isReady?: boolean;
  /** Seconds since it was started and since its readiness last changed. */
  readonly started?: number;
  readonly changed?: number;
  readonly isLeaving?: boolean;
  /** What it uses, in thousandths of a processor; nothing is known where it is left out. */
  readonly uses?: number | undefined;
}

function podOf(
  {
    request = '1',
    phase = 'Running',
    isReady = true,
    started = 3600,
    changed = 3600,
    isLeaving,
  }: CalculatedPod,
  place: number,
): Stored<Pod> {
  const common = { uid: `u${place}`, resourceVersion: '1', creationTimestamp: ago(started) };
  const leaving = isLeaving ? { deletionTimestamp: ago(1) } : {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${place}`, namespace: 'default', ...common, ...leaving },
    spec: podSpec({
      containers: [{ name: 'c', resources: { requests: { cpu: request, memory: request } } }],
    }),
    status: {
      phase,
      startTime: ago(started),
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: ago(changed) }],
    },
  };
}

function propose(pods: readonly CalculatedPod[], question: Partial<Question>) {
  const usages = pods.flatMap(({ uses }, place) =>
    uses === undefined
      ? []
      : [
          {
            namespace: 'default',
            name: `p${place}`,
            at: now,
            windowMs: 60_000,
            containers: [{ name: 'c', cpuNano: uses * 1e6, memoryBytes: uses }],
          },
        ],
  );
  const asked: Question = {
    replicas: pods.length,
    resource: 'cpu',
    container: undefined,
    target: { utilization: 50 },
    tolerances: { up: 0.1, down: 0.1 },
    ...question,
  };
  return proposeReplicas(usages, pods.map(podOf), asked, now);
}

const using = (...amounts: (number | undefined)[]): CalculatedPod[] => amounts.map((uses) => ({ uses }));
const starting = { isReady: false, started: 60, changed: 60 };
const recent = { started: 200, changed: 10 };

// pkg/controller/podautoscaler/replica_calculator_test.go of Kubernetes 1.36.3: what it is asked and what comes out.
describe('the replica calculator', () => {
  it.each<
    [what: string, pods: CalculatedPod[], question: Partial<Question>, expected: number, percent: number]
  >([
    ['scales up by what is used', using(300, 500, 700), { target: { utilization: 30 } }, 5, 50],
    [
      'takes those that are not ready for idle, so that it scales up less',
      [{ uses: 300, ...starting }, ...using(500, 700)],
      { target: { utilization: 30 } },
      4,
      60,
    ],
    [
      'does not scale up where the idle ones would do',
      [{ uses: 400 }, { uses: 500, ...starting }, { uses: 700, ...starting }],
      { target: { utilization: 30 } },
      3,
      40,
    ],
    [
      'takes those that have just become ready for idle',
      [{ uses: 400 }, { uses: 500, ...recent }, { uses: 700, ...recent }],
      { target: { utilization: 30 } },
      3,
      40,
    ],
    [
      'leaves out those that have failed',
      [...using(500, 700), { uses: 0, phase: 'Failed' }, { uses: 0, phase: 'Failed' }],
      { replicas: 2, target: { utilization: 30 } },
      4,
      60,
    ],
    [
      'leaves out those on their way out',
      [...using(500, 700), { uses: 0, isLeaving: true }],
      { replicas: 2, target: { utilization: 30 } },
      4,
      60,
    ],
    ['scales down', using(100, 300, 500, 250, 250), {}, 3, 28],
    [
      'scales down without those that have not been ready yet',
      [...using(100, 300, 500), { uses: 250, ...starting }, { uses: 250, ...starting }],
      {},
      2,
      30,
    ],
    [
      'leaves things as they are within the tolerance',
      using(1010, 1030, 1020),
      { target: { utilization: 100 } },
      3,
      102,
    ],
    [
      'takes those of which nothing is known for idle when it scales up',
      using(1000, undefined),
      { target: { utilization: 50 } },
      2,
      100,
    ],
    [
      'takes those of which nothing is known for busy when it scales down',
      using(100, 100, undefined, undefined),
      { target: { utilization: 50 } },
      4,
      10,
    ],
    [
      'scales down though nothing is known of one',
      using(0, 0, 0, undefined),
      { target: { utilization: 100 } },
      1,
      0,
    ],
    [
      'is not led astray by Pods that it has not got any more',
      using(...Array.from({ length: 10 }, () => 300)),
      { replicas: 4, target: { utilization: 50 } },
      6,
      30,
    ],
    [
      'waits for the first readiness of a Pod for half a minute',
      [{ uses: 1000 }, { uses: 1000, isReady: false, started: 600, changed: 590 }],
      { target: { utilization: 50 } },
      2,
      100,
    ],
    [
      'counts one that is unready again after it has run for long',
      [{ uses: 1000 }, { uses: 1000, isReady: false, started: 600, changed: 100 }],
      { target: { utilization: 50 } },
      4,
      100,
    ],
  ])('%s', (_, pods, question, replicas, utilization) => {
    expect(propose(pods, question)).toMatchObject({ replicas, utilization });
  });

  it.each<[what: string, pods: CalculatedPod[], question: Partial<Question>, expected: unknown]>([
    [
      'an amount of processor for each Pod',
      using(300, 500, 700),
      { target: { average: 300 } },
      { replicas: 5, average: 500 },
    ],
    [
      'an amount of memory for each Pod, whether they are ready or not',
      [{ uses: 100, ...starting }, ...using(200, 300)],
      { resource: 'memory', target: { average: 100_000 } },
      { replicas: 6, average: 200_000 },
    ],
    [
      'an amount where nothing is known of one',
      using(200, 200, undefined),
      { target: { average: 100 } },
      { replicas: 4, average: 200 },
    ],
    [
      'an amount that is not reached, where nothing is known of one',
      using(10, 10, undefined),
      { target: { average: 100 } },
      { replicas: 2, average: 10 },
    ],
    [
      'what one container uses',
      using(300, 500, 700),
      { container: 'c', target: { utilization: 30 } },
      { replicas: 5, utilization: 50 },
    ],
    [
      'what a container uses that is not there',
      using(300),
      { container: 'x' },
      'unable to get metrics for resource cpu: no metrics returned from resource metrics API',
    ],
    [
      'Pods of which nothing is known',
      using(undefined),
      {},
      'unable to get metrics for resource cpu: no metrics returned from resource metrics API',
    ],
    [
      'Pods that are all starting',
      [{ uses: 100, ...starting }],
      {},
      'did not receive metrics for targeted pods (pods might be unready)',
    ],
    [
      'Pods that ask for nothing at all',
      [{ uses: 100, request: '0' }],
      {},
      'no metrics returned matched known pods',
    ],
  ])('is asked for %s', (_, pods, question, expected) => {
    const found = propose(pods, question);
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toMatchObject(expected as object);
  });
});

const policy = (type: string, value: number, periodSeconds = 60) => ({ type, value, periodSeconds });

interface Held {
  readonly current: number;
  readonly proposed: number;
  readonly spec?: Partial<HorizontalPodAutoscalerSpec>;
  readonly up?: HPAScalingRules;
  readonly down?: HPAScalingRules;
  readonly history?: Partial<History>;
}

function hold({ current, proposed, spec, up, down, history = {} }: Held) {
  const behavior =
    up || down ? { ...(up ? { scaleUp: up } : {}), ...(down ? { scaleDown: down } : {}) } : undefined;
  const whole: HorizontalPodAutoscalerSpec = {
    maxReplicas: 100,
    scaleTargetRef: { kind: 'Deployment', name: 'web' },
    ...(behavior ? { behavior } : {}),
    ...spec,
  };
  const before: History = { recommendations: [], ups: [], downs: [], ...history };
  const { replicas, able, limited } = normalize(whole, before, current, proposed, now);
  return [replicas, able.reason, limited.status === 'True' ? limited.reason : ''];
}

const seconds = (replicas: number, before: number) => ({ replicas, at: now - before * 1000 });
const within = 'ReadyForNewScale';

// pkg/controller/podautoscaler/horizontal_test.go: `TestConvertDesiredReplicasWithRules`,
// `TestNormalizeDesiredReplicas`, `TestScalingWithRules`, `TestNormalizeDesiredReplicasWithBehavior`
describe('what is proposed', () => {
  it.each<[what: string, held: Held, expected: readonly [number, string, string]]>([
    ['is done', { current: 5, proposed: 7 }, [7, within, '']],
    [
      'is at least what has to be',
      { current: 2, proposed: 1, spec: { minReplicas: 2 } },
      [2, within, 'TooFewReplicas'],
    ],
    [
      'is at most what may be',
      { current: 7, proposed: 10, spec: { maxReplicas: 8 } },
      [8, within, 'TooManyReplicas'],
    ],
    ['is not more than twice as much', { current: 10, proposed: 30 }, [20, within, 'ScaleUpLimit']],
    ['is up to four from one', { current: 1, proposed: 9 }, [4, within, 'ScaleUpLimit']],
    [
      'is held against what was thought right in the last five minutes',
      { current: 5, proposed: 2, history: { recommendations: [seconds(4, 299), seconds(5, 301)] } },
      [4, 'ScaleDownStabilized', ''],
    ],
    [
      'by Pods at a time',
      { current: 10, proposed: 500, up: { policies: [policy('Pods', 5)] } },
      [15, within, 'ScaleUpLimit'],
    ],
    [
      'by a share at a time',
      { current: 10, proposed: 500, up: { policies: [policy('Percent', 200)] } },
      [30, within, 'ScaleUpLimit'],
    ],
    [
      'by what allows the most',
      { current: 10, proposed: 500, up: { policies: [policy('Pods', 4), policy('Percent', 100)] } },
      [20, within, 'ScaleUpLimit'],
    ],
    [
      'by what allows the least, where that is asked for',
      {
        current: 10,
        proposed: 500,
        up: { selectPolicy: 'Min', policies: [policy('Pods', 4), policy('Percent', 100)] },
      },
      [14, within, 'ScaleUpLimit'],
    ],
    [
      'not at all upwards',
      { current: 10, proposed: 20, up: { selectPolicy: 'Disabled' } },
      [10, within, 'ScaleUpLimit'],
    ],
    [
      'by rules, up to what may be',
      { current: 10, proposed: 20, spec: { maxReplicas: 12 }, up: {} },
      [12, within, 'TooManyReplicas'],
    ],
    ['by rules, less than they allow', { current: 10, proposed: 12, up: {} }, [12, within, '']],
    [
      'by what has been added in that time already',
      {
        current: 12,
        proposed: 500,
        up: { policies: [policy('Pods', 5)] },
        history: { ups: [seconds(2, 30), seconds(9, 61)] },
      },
      [15, within, 'ScaleUpLimit'],
    ],
    [
      'by what was thought right, upwards',
      {
        current: 5,
        proposed: 9,
        up: { stabilizationWindowSeconds: 60 },
        history: { recommendations: [seconds(6, 30), seconds(5, 61)] },
      },
      [6, 'ScaleUpStabilized', ''],
    ],
    [
      'downwards by Pods at a time',
      { current: 10, proposed: 1, down: { policies: [policy('Pods', 3)] } },
      [7, within, 'ScaleDownLimit'],
    ],
    [
      'downwards by a share at a time',
      { current: 10, proposed: 1, down: { policies: [policy('Percent', 30)] } },
      [7, within, 'ScaleDownLimit'],
    ],
    [
      'downwards by what allows the least',
      {
        current: 100,
        proposed: 1,
        down: { selectPolicy: 'Min', policies: [policy('Pods', 4), policy('Percent', 10)] },
      },
      [96, within, 'ScaleDownLimit'],
    ],
    [
      'not at all downwards',
      { current: 10, proposed: 5, down: { selectPolicy: 'Disabled' } },
      [10, within, 'ScaleDownLimit'],
    ],
    [
      'downwards by rules, to what has to be',
      { current: 10, proposed: 1, spec: { minReplicas: 3 }, down: {} },
      [3, within, 'TooFewReplicas'],
    ],
    ['downwards by rules, less than they allow', { current: 10, proposed: 8, down: {} }, [8, within, '']],
    ['by rules, not at all', { current: 10, proposed: 10, down: {} }, [10, within, '']],
    [
      'by what was thought right, downwards',
      { current: 10, proposed: 5, down: {}, history: { recommendations: [seconds(9, 100)] } },
      [9, 'ScaleDownStabilized', ''],
    ],
  ])('%s', (_, held, expected) => {
    expect(hold(held)).toEqual(expected);
  });
});

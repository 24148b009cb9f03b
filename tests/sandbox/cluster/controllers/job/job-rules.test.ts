import { describe, expect, it } from 'vitest';
import type { ContainerStatus, Job, JobSpec, Pod } from '../../../../../src/kubernetes/api.ts';
import { verdictOf } from '../../../../../src/sandbox/cluster/controllers/job/pod-failure.ts';
import type { Stored } from '../../../../../src/sandbox/cluster/object.ts';
import { TestCluster } from '../test-cluster.ts';
import { job, pod, template } from '../test-objects.ts';

type Spec = Partial<NonNullable<Job['spec']>>;

const common = { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };

function exit(name: string, exitCode?: number): ContainerStatus {
  const state = exitCode === undefined ? { running: {} } : { terminated: { exitCode } };
  return { name, image: '', imageID: '', ready: false, restartCount: 0, state };
}

// pkg/controller/job/pod_failure_policy_test.go of Kubernetes 1.36.3
describe('the policy about Pods that fail', () => {
  const onCodes = (action: string, operator: string, values: number[], containerName?: string) => ({
    action,
    onExitCodes: { operator, values, ...(containerName === undefined ? {} : { containerName }) },
  });
  const onCondition = (action: string, type: string, status?: string) => ({
    action,
    onPodConditions: [{ type, ...(status === undefined ? {} : { status }) }],
  });
  const target = { type: 'DisruptionTarget', status: 'True' };
  const message = (code: number, index: number, container = 'main') =>
    `Container ${container} for pod default/p failed with exit code ${code} matching FailJob rule at index ${index}`;

  it.each<[what: string, rules: object[], status: Pod['status'], expected: object]>([
    [
      'has no rule for it',
      [onCodes('FailJob', 'In', [5])],
      { containerStatuses: [exit('main', 2)] },
      { action: undefined },
    ],
    [
      'fails the Job by a code',
      [onCodes('FailJob', 'In', [5, 6])],
      { containerStatuses: [exit('main', 5)] },
      { action: 'FailJob', message: message(5, 0) },
    ],
    [
      'fails the Job by any other code',
      [onCodes('Ignore', 'In', [1]), onCodes('FailJob', 'NotIn', [5, 6])],
      { containerStatuses: [exit('main', 7)] },
      { action: 'FailJob', message: message(7, 1) },
    ],
    [
      'passes over containers that went well',
      [onCodes('FailJob', 'NotIn', [5])],
      { containerStatuses: [exit('side', 0), exit('run')] },
      { action: undefined },
    ],
    [
      'is about one container',
      [onCodes('FailJob', 'In', [2], 'main')],
      { containerStatuses: [exit('side', 2), exit('main', 1)] },
      { action: undefined },
    ],
    [
      'is about an init container too',
      [onCodes('FailJob', 'In', [2], 'setup')],
      { containerStatuses: [exit('main')], initContainerStatuses: [exit('setup', 2)] },
      { action: 'FailJob', message: message(2, 0, 'setup') },
    ],
    [
      'takes the first rule that fits',
      [onCodes('Ignore', 'In', [2]), onCodes('FailJob', 'In', [2])],
      { containerStatuses: [exit('main', 2)] },
      { action: 'Ignore' },
    ],
    ['counts', [onCodes('Count', 'In', [2])], { containerStatuses: [exit('main', 2)] }, { action: 'Count' }],
    [
      'goes by a condition',
      [onCondition('Ignore', 'DisruptionTarget')],
      { conditions: [target] },
      { action: 'Ignore' },
    ],
    [
      'goes by a condition that is not so',
      [onCondition('FailJob', 'ConfigIssue', 'False')],
      { conditions: [{ type: 'ConfigIssue', status: 'False' }] },
      {
        action: 'FailJob',
        message: 'Pod default/p has condition ConfigIssue matching FailJob rule at index 0',
      },
    ],
    [
      'does not go by a condition that says another thing',
      [onCondition('Ignore', 'DisruptionTarget', 'False')],
      { conditions: [target] },
      { action: undefined },
    ],
    [
      'does not go by another condition',
      [onCondition('Ignore', 'ConfigIssue')],
      { conditions: [target] },
      { action: undefined },
    ],
    [
      'does not go by what is not said',
      [onCondition('Ignore', 'DisruptionTarget'), onCodes('FailJob', 'In', [1])],
      {},
      { action: undefined },
    ],
  ])('%s', (_, rules, status, expected) => {
    const spec = { template: {}, podFailurePolicy: { rules } } as unknown as JobSpec;
    const failed = { ...pod('p'), metadata: { name: 'p', namespace: 'default', ...common }, status };
    const of = { ...job('j'), spec, metadata: { name: 'j', ...common } };
    expect(verdictOf(of as Stored<Job>, failed as unknown as Stored<Pod>)).toEqual(expected);
  });
});

function started(spec: Spec, exitCode = 0, seconds = 1): TestCluster {
  const test = new TestCluster();
  test.cluster.create('jobs.batch', job('work', spec, exitCode, seconds));
  return test;
}

function status(test: TestCluster) {
  return test.cluster.get('jobs.batch', 'default', 'work')?.status;
}

function ending(test: TestCluster): string {
  const last = status(test)?.conditions?.at(-1);
  return `${last?.type}: ${last?.reason}`;
}

/** Pods of the Job that are not on their way out, by their number. */
function indexes(test: TestCluster): string[] {
  return test
    .pods()
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? '')
    .sort();
}

function change(test: TestCluster, spec: Spec): void {
  const found = test.cluster.get('jobs.batch', 'default', 'work');
  if (found) test.cluster.update('jobs.batch', { ...found, spec: { ...found.spec, ...spec } });
}

const indexed: Spec = {
  completionMode: 'Indexed',
  completions: 3,
  parallelism: 3,
  backoffLimit: 2 ** 31 - 1,
};

// pkg/controller/job/job_controller_test.go of Kubernetes 1.36.3
describe('a Job whose Pods have numbers', () => {
  it.each<[what: string, spec: Spec, exitCode: number, expected: string, message: string]>([
    [
      'has failed where a number has',
      { backoffLimitPerIndex: 0 },
      1,
      'Failed: FailedIndexes',
      'Job has failed indexes',
    ],
    [
      'has failed where too many numbers have',
      { backoffLimitPerIndex: 0, maxFailedIndexes: 1, parallelism: 2 },
      1,
      'Failed: MaxFailedIndexesExceeded',
      'Job has exceeded the specified maximal number of failed indexes',
    ],
    [
      'is done where the numbers are that matter',
      { parallelism: 1, successPolicy: { rules: [{ succeededIndexes: '1-2' }, { succeededIndexes: '0' }] } },
      0,
      'Complete: SuccessPolicy',
      'Matched rules at index 1',
    ],
    [
      'is done where so many are',
      { parallelism: 1, successPolicy: { rules: [{ succeededCount: 2 }] } },
      0,
      'Complete: SuccessPolicy',
      'Matched rules at index 0',
    ],
    [
      'is done where so many of some are',
      { parallelism: 1, successPolicy: { rules: [{ succeededIndexes: '1-2', succeededCount: 1 }] } },
      0,
      'Complete: SuccessPolicy',
      'Matched rules at index 0',
    ],
    [
      'is done where all are',
      { parallelism: 1, successPolicy: { rules: [{ succeededIndexes: '' }] } },
      0,
      'Complete: CompletionsReached',
      'Reached expected number of succeeded pods',
    ],
  ])('%s', (_, spec, exitCode, expected, message) => {
    const test = started({ ...indexed, ...spec }, exitCode);
    test.pass(60);
    expect(ending(test)).toBe(expected);
    expect(status(test)?.conditions?.at(-1)?.message).toBe(message);
  });

  it('gives up a number at once by a rule, and counts no failure that is to be ignored', () => {
    const rule = (action: string, value: number) => ({
      action,
      onExitCodes: { operator: 'In', values: [value] },
    });
    const policy = { podFailurePolicy: { rules: [rule('FailIndex', 7), rule('Ignore', 8)] } };
    const given = started({ ...indexed, ...policy, backoffLimitPerIndex: 5 }, 7);
    given.pass(10);
    expect(status(given)).toMatchObject({ failed: 3, failedIndexes: '0-2' });
    const ignored = started({ ...indexed, ...policy, completions: 1, backoffLimitPerIndex: 5 }, 8);
    ignored.pass(20);
    const [again] = ignored.pods().filter(({ metadata }) => metadata.finalizers);
    expect(again?.metadata.annotations).toMatchObject({
      'batch.kubernetes.io/job-index-failure-count': '0',
      'batch.kubernetes.io/job-index-ignored-failure-count': '1',
    });
    expect(status(ignored)?.failed ?? 0).toBe(0);
  });

  it('lets those go whose number is too high or is there twice, and fills gaps', () => {
    const test = started({ ...indexed, completions: 5, parallelism: 5 }, 0, 600);
    test.pass(5);
    expect(indexes(test)).toEqual(['0', '1', '2', '3', '4']);
    change(test, { completions: 3, parallelism: 3 });
    test.pass(5);
    expect(indexes(test)).toEqual(['0', '1', '2']);
    const [twin] = test.pods();
    const { name: _, uid: __, resourceVersion: ___, ...metadata } = twin?.metadata ?? { name: '', ...common };
    if (twin) test.cluster.create('pods', { ...twin, metadata: { ...metadata, name: 'twin' } });
    test.pass(5);
    expect(indexes(test)).toEqual(['0', '1', '2']);
    change(test, { parallelism: 1 });
    test.pass(5);
    expect(indexes(test)).toHaveLength(1);
  });

  it('tells its containers their number, unless they have it', () => {
    const env = [{ name: 'JOB_COMPLETION_INDEX', value: 'own' }];
    const containers = [
      { name: 'a', image: 'nginx' },
      { name: 'b', image: 'nginx', env },
    ];
    const spec = { restartPolicy: 'Never', containers, initContainers: [{ name: 'i', image: 'nginx' }] };
    const test = started({ ...indexed, completions: 1, template: template('work', spec) });
    test.pass(2);
    const [made] = test.pods();
    const names = (list: readonly { env?: readonly object[] }[] = []) => list.map((each) => each.env);
    const fieldPath = "metadata.labels['batch.kubernetes.io/job-completion-index']";
    const told = [{ name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } }];
    expect(names(made?.spec?.containers)).toEqual([told, env]);
    expect(names(made?.spec?.initContainers)).toEqual([told]);
  });

  it('waits for one on its way out before it makes another, where it replaces only failed ones', () => {
    const test = started(
      { ...indexed, completions: 2, parallelism: 2, podReplacementPolicy: 'Failed' },
      0,
      600,
    );
    test.pass(3);
    const [first] = test.pods();
    test.cluster.remove('pods', 'default', first?.metadata.name ?? '');
    test.simulation.settle();
    test.simulation.advance(900);
    expect(indexes(test)).toEqual(['1']);
    test.pass(20);
    expect(indexes(test)).toEqual(['0', '1']);
  });
});

describe('a Job', () => {
  it('takes Pods away when it wants fewer, and all when it pauses; and goes on again', () => {
    const test = started({ completions: 6, parallelism: 4 }, 0, 600);
    test.pass(3);
    change(test, { parallelism: 1 });
    test.pass(3);
    expect(status(test)).toMatchObject({ active: 1 });
    expect(test.events('work').filter((each) => each.startsWith('SuccessfulDelete'))).toHaveLength(3);
    for (const [suspend, reason] of [
      [true, 'JobSuspended'],
      [false, 'JobResumed'],
      [true, 'JobSuspended'],
    ] as const) {
      change(test, { suspend });
      test.pass(3);
      expect(status(test)?.conditions).toMatchObject([
        { type: 'Suspended', status: suspend ? 'True' : 'False', reason },
      ]);
      expect(status(test)?.active ?? 0).toBe(suspend ? 0 : 1);
    }
  });

  it.each([
    [0, 1],
    [3, 3],
  ])(
    'fails when its Pods were started again too often: limit %i, restarts %i',
    (backoffLimit, restartCount) => {
      const spec = { restartPolicy: 'OnFailure', containers: [{ name: 'web', image: 'nginx' }] };
      const test = started({ backoffLimit, template: template('work', spec) });
      test.pass(3);
      const [found] = test.pods();
      const restarted = (count: number) => {
        const containerStatuses = [{ ...exit('web'), restartCount: count }];
        if (found)
          test.cluster.updateStatus('pods', {
            ...found,
            metadata: { ...found.metadata, resourceVersion: '' },
            status: { ...found.status, containerStatuses },
          });
        test.pass(3);
      };
      restarted(restartCount - 1);
      expect(status(test)?.conditions).toBeUndefined();
      restarted(restartCount);
      expect(ending(test)).toBe('Failed: BackoffLimitExceeded');
    },
  );

  it('tries again where the API refuses a Pod, and leaves Pods alone that were another’s', () => {
    const test = new TestCluster();
    const metadata = { name: 'few', namespace: 'default' };
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { hard: { pods: '1' } },
    } as const;
    test.cluster.create('resourcequotas', quota);
    test.pass(1);
    test.cluster.create('jobs.batch', job('work', { completions: 2, parallelism: 2 }, 0, 600));
    test.pass(1);
    expect(test.events('work').at(-1)).toMatch(
      /^FailedCreate: Error creating: pods "work-\w{5}" is forbidden: exceeded quota: few/,
    );
    test.cluster.remove('resourcequotas', 'default', 'few');
    test.pass(60);
    expect(status(test)?.active).toBe(2);
    const finalizers = ['batch.kubernetes.io/job-tracking', 'example.com/hold'];
    const stray = pod('stray');
    const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'gone', uid: 'gone', controller: true };
    test.cluster.create('pods', {
      ...stray,
      metadata: { ...stray.metadata, finalizers, ownerReferences: [owner] },
    });
    test.pass(3);
    expect(test.cluster.get('pods', 'default', 'stray')?.metadata.finalizers).toEqual(['example.com/hold']);
  });
});

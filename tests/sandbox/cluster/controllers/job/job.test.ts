import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { job, template } from '../test-objects.ts';

type Spec = NonNullable<Job['spec']>;

function started(spec: Partial<Spec> = {}, exitCode = 0, seconds = 1): TestCluster {
  const test = new TestCluster();
  test.cluster.create('jobs.batch', job('work', spec, exitCode, seconds));
  test.simulation.settle();
  return test;
}

function get(test: TestCluster) {
  const found = test.cluster.get('jobs.batch', 'default', 'work');
  if (!found?.spec) throw new Error('there is no Job');
  return { ...found, spec: found.spec };
}

function conditions(test: TestCluster): string[] {
  return (get(test).status?.conditions ?? []).map(
    ({ type, status, reason }) => `${type}=${status} ${reason}`,
  );
}

describe('a Job', () => {
  it('runs Pods until enough have succeeded, so many at a time', () => {
    const test = started({ completions: 3, parallelism: 2 });
    expect(get(test).status).toMatchObject({ active: 2, ready: 0, startTime: '2026-01-01T00:00:00Z' });
    test.pass(30);
    expect(get(test).status).toMatchObject({
      succeeded: 3,
      ready: 0,
      terminating: 0,
      uncountedTerminatedPods: {},
    });
    expect(get(test).status?.active).toBeUndefined();
    expect(conditions(test)).toEqual([
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    expect(test.events('work').slice(-1)).toEqual(['Completed: Job completed']);
    expect(test.pods().every(({ metadata }) => metadata.finalizers === undefined)).toBe(true);
  });

  it('tries again after ten seconds, then twenty, until it has failed too often', () => {
    const test = started({ backoffLimit: 2 }, 3);
    const seen: number[] = [];
    for (let second = 0; second <= 60; second++) {
      if (test.pods().length > seen.length) seen.push(second);
      test.pass(1);
    }
    // A Pod runs after one second and ends after two; ten and twenty seconds later comes the next.
    expect(seen).toEqual([0, 12, 34]);
    expect(get(test).status).toMatchObject({ failed: 3 });
    expect(conditions(test)).toEqual([
      'FailureTarget=True BackoffLimitExceeded',
      'Failed=True BackoffLimitExceeded',
    ]);
    expect(test.events('work').at(-1)).toBe(
      'BackoffLimitExceeded: Job has reached the specified backoff limit',
    );
  });

  it('ends when its time is up, and its Pods with it', () => {
    const test = started({ activeDeadlineSeconds: 10 }, 0, 1000);
    test.pass(10);
    expect(conditions(test)).toEqual(['FailureTarget=True DeadlineExceeded']);
    expect(get(test).status).toMatchObject({ failed: 1, terminating: 1 });
    test.pass(5);
    expect(conditions(test)).toEqual(['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
    expect(test.pods()).toEqual([]);
    expect(test.events('work').at(-1)).toBe(
      'DeadlineExceeded: Job was active longer than specified deadline',
    );
  });

  it('is suspended and resumed', () => {
    const test = started({ suspend: true });
    test.pass(5);
    expect(test.pods()).toEqual([]);
    expect(conditions(test)).toEqual(['Suspended=True JobSuspended']);
    test.cluster.update('jobs.batch', { ...get(test), spec: { ...get(test).spec, suspend: false } });
    test.pass(10);
    expect(conditions(test)).toEqual([
      'Suspended=False JobResumed',
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    expect(test.events('work').filter((each) => !each.startsWith('SuccessfulCreate'))).toEqual([
      'Suspended: Job suspended',
      'Resumed: Job resumed',
      'Completed: Job completed',
    ]);
  });

  it('without a number of completions ends with the first success', () => {
    const test = new TestCluster();
    const { completions: _, ...spec } = job('work', { parallelism: 3 }).spec ?? {
      template: template('work'),
    };
    test.cluster.create('jobs.batch', { ...job('work'), spec });
    test.pass(10);
    expect(get(test).status).toMatchObject({ succeeded: 3 });
    expect(conditions(test).at(-1)).toBe('Complete=True CompletionsReached');
  });

  it('replaces a Pod that somebody deletes, and counts it as failed', () => {
    const test = started({}, 0, 60);
    test.pass(3);
    const [pod] = test.pods();
    test.cluster.remove('pods', 'default', pod?.metadata.name ?? '');
    test.pass(30);
    expect(get(test).status).toMatchObject({ failed: 1, active: 1 });
    expect(test.pods()).toHaveLength(1);
  });

  it('that is deleted lets its Pods go', () => {
    const test = started({}, 0, 1000);
    test.pass(3);
    test.cluster.remove('jobs.batch', 'default', 'work', { propagation: 'Background' });
    test.pass(5);
    expect(test.pods()).toEqual([]);
  });

  it('that is deleted alone leaves Pods that can be deleted', () => {
    const test = started({}, 0, 1000);
    test.pass(3);
    test.cluster.remove('jobs.batch', 'default', 'work', { propagation: 'Orphan' });
    test.pass(3);
    const [pod] = test.pods();
    expect(pod?.metadata.finalizers).toBeUndefined();
  });

  it('is deleted some time after its end when it says so', () => {
    const test = started({ ttlSecondsAfterFinished: 20 });
    test.pass(15);
    expect(conditions(test).at(-1)).toBe('Complete=True CompletionsReached');
    test.pass(15);
    expect(test.cluster.get('jobs.batch', 'default', 'work')).toBeUndefined();
    expect(test.pods()).toEqual([]);
  });
});

describe('an indexed Job', () => {
  it('numbers its Pods', () => {
    const test = started({ completions: 3, parallelism: 3, completionMode: 'Indexed' });
    const [first] = test.pods();
    expect(first?.metadata.name).toMatch(/^work-0-\w{5}$/);
    expect(first?.metadata.labels?.['batch.kubernetes.io/job-completion-index']).toBe('0');
    expect(first?.metadata.annotations?.['batch.kubernetes.io/job-completion-index']).toBe('0');
    expect(first?.spec?.hostname).toBe('work-0');
    expect(first?.spec?.containers[0]?.env).toEqual([
      {
        name: 'JOB_COMPLETION_INDEX',
        valueFrom: {
          fieldRef: {
            apiVersion: 'v1',
            fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']",
          },
        },
      },
    ]);
    test.pass(10);
    expect(get(test).status).toMatchObject({ completedIndexes: '0-2', succeeded: 3 });
  });

  it('ends early when enough of the right ones have succeeded', () => {
    const successPolicy = { rules: [{ succeededIndexes: '0', succeededCount: 1 }] };
    const test = started({ completions: 3, parallelism: 1, completionMode: 'Indexed', successPolicy });
    test.pass(20);
    expect(conditions(test)).toEqual([
      'SuccessCriteriaMet=True SuccessPolicy',
      'Complete=True SuccessPolicy',
    ]);
    expect(get(test).status).toMatchObject({ succeeded: 1, completedIndexes: '0' });
  });

  it('lets each number fail by itself', () => {
    const test = started(
      { completions: 2, parallelism: 2, completionMode: 'Indexed', backoffLimitPerIndex: 1 },
      1,
    );
    test.pass(60);
    expect(get(test).status).toMatchObject({ failedIndexes: '0,1', failed: 4 });
    expect(conditions(test)).toEqual(['FailureTarget=True FailedIndexes', 'Failed=True FailedIndexes']);
  });
});

describe('a Job with a policy for failures', () => {
  it('fails at once for the exit codes it names', () => {
    const podFailurePolicy = {
      rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }],
    };
    const test = started({ podFailurePolicy }, 42);
    test.pass(10);
    expect(conditions(test)).toEqual(['FailureTarget=True PodFailurePolicy', 'Failed=True PodFailurePolicy']);
    expect(get(test).status?.conditions?.[0]?.message).toMatch(
      /^Container web for pod default\/work-\w{5} failed with exit code 42 matching FailJob rule at index 0$/,
    );
  });

  it('does not count those that it ignores', () => {
    const podFailurePolicy = {
      rules: [{ action: 'Ignore', onExitCodes: { operator: 'NotIn', values: [42] } }],
    };
    const test = started({ podFailurePolicy, backoffLimit: 0 }, 1);
    test.pass(60);
    expect(get(test).status?.failed).toBeUndefined();
    expect(conditions(test)).toEqual([]);
    expect(test.pods().length).toBeGreaterThan(1);
  });
});

import { describe, expect, it } from 'vitest';
import type { CronJob } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { cronJob, job } from '../test-objects.ts';

type Spec = NonNullable<CronJob['spec']>;

const resource = 'cronjobs.batch';
const first = Date.parse('2026-01-01T00:00:00Z') / 60_000;

function started(schedule: string, spec: Partial<Spec> = {}, endless = false): TestCluster {
  const test = new TestCluster();
  test.cluster.create(resource, cronJob('tick', schedule, spec, endless));
  return test;
}

const get = (test: TestCluster) => test.cluster.get(resource, 'default', 'tick');
const jobs = (test: TestCluster) => test.cluster.list('jobs.batch').map(({ metadata }) => metadata.name);

function change(test: TestCluster, spec: Partial<Spec>): void {
  const found = get(test);
  if (found) test.cluster.update(resource, { ...found, spec: { ...found.spec, ...spec } });
}

function quota(test: TestCluster): void {
  const metadata = { name: 'none', namespace: 'default' };
  const hard = { 'count/jobs.batch': '0' };
  test.cluster.create('resourcequotas', {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: { hard },
  });
  test.pass(1);
}

// pkg/controller/cronjob/cronjob_controllerv2_test.go and utils_test.go of Kubernetes 1.36.3
describe('a CronJob', () => {
  it('that was late says so, and waits for the next time', () => {
    const test = started('* * * * *', { startingDeadlineSeconds: 20, suspend: true });
    test.pass(90);
    change(test, { suspend: false });
    test.pass(1);
    expect(jobs(test)).toEqual([]);
    test.pass(30);
    expect(jobs(test)).toEqual([`tick-${first + 2}`]);
    const missed = started('0 * * * *', { startingDeadlineSeconds: 3600, suspend: true });
    missed.pass(3605);
    change(missed, { suspend: false });
    missed.pass(1);
    expect(jobs(missed)).toEqual([`tick-${first + 60}`]);
  });

  it('that missed more than a hundred times says so, and goes on with the last', () => {
    const test = started('* * * * *', { suspend: true });
    test.pass(60 * 101 + 5);
    change(test, { suspend: false });
    test.pass(1);
    expect(test.events('tick')).toEqual([
      'TooManyMissedTimes: too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
      `SuccessfulCreate: Created job tick-${first + 101}`,
    ]);
  });

  it('says what the API refuses, and tries again', () => {
    const test = started('* * * * *');
    quota(test);
    test.pass(60);
    expect(test.events('tick')[0]).toBe(
      `FailedCreate: Error creating job: jobs.batch "tick-${first + 1}" is forbidden: exceeded quota: none, requested: count/jobs.batch=1, used: count/jobs.batch=0, limited: count/jobs.batch=0`,
    );
    test.cluster.remove('resourcequotas', 'default', 'none');
    test.pass(30);
    expect(jobs(test)).toEqual([`tick-${first + 1}`]);
  });

  it('takes no Job of its name that is another’s', () => {
    const test = started('* * * * *');
    test.cluster.create('jobs.batch', job(`tick-${first + 1}`, {}, 0, 600));
    test.pass(70);
    expect(get(test)?.status).toEqual({});
    expect(test.events('tick')).toEqual([]);
  });

  it('misses a Job that somebody has deleted, and one that it forgot', () => {
    const test = started('0 * * * *', {}, true);
    test.pass(3605);
    const name = `tick-${first + 60}`;
    expect(get(test)?.status?.active).toMatchObject([{ name }]);
    const found = test.cluster.get(resource, 'default', 'tick');
    if (found) test.cluster.updateStatus(resource, { ...found, status: { ...found.status, active: [] } });
    test.pass(1);
    expect(test.events('tick').at(-1)).toBe(
      `UnexpectedJob: Saw a job that the controller did not create or forgot: ${name}`,
    );
    const latest = test.cluster.get(resource, 'default', 'tick');
    const active = [{ apiVersion: 'batch/v1', kind: 'Job', name: 'gone', namespace: 'default', uid: 'gone' }];
    if (latest) test.cluster.updateStatus(resource, { ...latest, status: { ...latest.status, active } });
    test.pass(1);
    expect(test.events('tick')).toContain('MissingJob: Active job went missing: gone');
    expect(get(test)?.status?.active).toBeUndefined();
  });

  it('replaces the Job that runs, though it is gone already, and keeps as many as it says of those that end', () => {
    const test = started('* * * * *', { concurrencyPolicy: 'Replace', successfulJobsHistoryLimit: 1 }, true);
    test.pass(125);
    expect(jobs(test)).toEqual([`tick-${first + 2}`]);
    expect(test.events('tick')).toContain(`SuccessfulDelete: Deleted job tick-${first + 1}`);
    const ended = started('* * * * *', { successfulJobsHistoryLimit: 0 });
    ended.pass(80);
    expect(jobs(ended)).toEqual([]);
  });

  it('makes no more when it is on its way out', () => {
    const test = started('* * * * *', {}, true);
    test.pass(70);
    const found = test.cluster.get(resource, 'default', 'tick');
    const finalizers = ['example.com/hold'];
    if (found) test.cluster.update(resource, { ...found, metadata: { ...found.metadata, finalizers } });
    test.cluster.remove(resource, 'default', 'tick');
    test.pass(120);
    expect(jobs(test)).toEqual([`tick-${first + 1}`]);
  });

  it.each([
    ['America/New_York', '2026-01-01T00:01:00Z', '2025-12-31T19:01:00-05:00'],
    ['Asia/Kolkata', '2026-01-01T00:01:00Z', '2026-01-01T05:31:00+05:30'],
  ])('tells in %s when a Job was to be made', (timeZone, _, expected) => {
    const test = started('* * * * *', { timeZone });
    test.pass(62);
    const [made] = test.cluster.list('jobs.batch');
    expect(made?.metadata.annotations?.['batch.kubernetes.io/cronjob-scheduled-timestamp']).toBe(expected);
  });
});

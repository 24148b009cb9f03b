import { describe, expect, it } from 'vitest';
import type { CronJob } from '../../../../../src/kubernetes/api.ts';
import { TestCluster } from '../test-cluster.ts';
import { cronJob, template } from '../test-objects.ts';

type Spec = NonNullable<CronJob['spec']>;

function started(schedule: string, spec: Partial<Spec> = {}, endless = false): TestCluster {
  const test = new TestCluster();
  test.cluster.create('cronjobs.batch', cronJob('tick', schedule, spec, endless));
  return test;
}

function jobs(test: TestCluster): string[] {
  return test.cluster.list('jobs.batch').map(({ metadata }) => metadata.name);
}

function get(test: TestCluster) {
  const found = test.cluster.get('cronjobs.batch', 'default', 'tick');
  if (!found?.spec) throw new Error('there is no CronJob');
  return { ...found, spec: found.spec };
}

// Minutes since 1970 at the beginning of 2026.
const first = Date.parse('2026-01-01T00:00:00Z') / 60_000;

describe('a CronJob', () => {
  it('makes a Job at each time, named by the minute', () => {
    const test = started('* * * * *');
    test.pass(62);
    expect(jobs(test)).toEqual([`tick-${first + 1}`]);
    expect(get(test).status).toMatchObject({
      active: [{ apiVersion: 'batch/v1', kind: 'Job', name: `tick-${first + 1}`, namespace: 'default' }],
      lastScheduleTime: '2026-01-01T00:01:00Z',
    });
    const [made] = test.cluster.list('jobs.batch');
    expect(made?.metadata.annotations?.['batch.kubernetes.io/cronjob-scheduled-timestamp']).toBe(
      '2026-01-01T00:01:00Z',
    );
    expect(made?.spec?.selector).toEqual({
      matchLabels: { 'batch.kubernetes.io/controller-uid': made?.metadata.uid },
    });
    expect(test.pods()[0]?.metadata.labels).toMatchObject({
      'batch.kubernetes.io/job-name': `tick-${first + 1}`,
      'job-name': `tick-${first + 1}`,
    });
    test.pass(10);
    expect(get(test).status).toEqual({
      lastScheduleTime: '2026-01-01T00:01:00Z',
      lastSuccessfulTime: '2026-01-01T00:01:04Z',
    });
    expect(test.events('tick')).toEqual([
      `SuccessfulCreate: Created job tick-${first + 1}`,
      `SawCompletedJob: Saw completed job: tick-${first + 1}, condition: Complete`,
    ]);
  });

  it('keeps the last three that succeeded', () => {
    const test = started('* * * * *');
    test.pass(60 * 6 + 10);
    expect(jobs(test)).toEqual([4, 5, 6].map((minute) => `tick-${first + minute}`));
    expect(test.events('tick')).toContain(`SuccessfulDelete: Deleted job tick-${first + 1}`);
    expect(test.pods()).toHaveLength(3);
  });

  it('starts none while one runs when that is forbidden', () => {
    const test = started('* * * * *', { concurrencyPolicy: 'Forbid' }, true);
    test.pass(200);
    expect(jobs(test)).toEqual([`tick-${first + 1}`]);
    expect(test.events('tick').at(-1)).toBe(
      'JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid',
    );
  });

  it('puts the next in place of the last when it is told to', () => {
    const test = started('* * * * *', { concurrencyPolicy: 'Replace' }, true);
    test.pass(190);
    expect(jobs(test)).toEqual([`tick-${first + 3}`]);
    expect(test.pods()).toHaveLength(1);
  });

  it('does nothing while it is suspended, and goes on with the last time that was missed', () => {
    const test = started('* * * * *', { suspend: true });
    test.pass(310);
    expect(jobs(test)).toEqual([]);
    test.cluster.update('cronjobs.batch', { ...get(test), spec: { ...get(test).spec, suspend: false } });
    test.pass(1);
    expect(jobs(test)).toEqual([`tick-${first + 5}`]);
  });

  it('leaves out a time that is too long ago', () => {
    const test = started('0 * * * *', { suspend: true, startingDeadlineSeconds: 60 });
    test.pass(3600 + 600);
    test.cluster.update('cronjobs.batch', { ...get(test), spec: { ...get(test).spec, suspend: false } });
    test.pass(1);
    expect(jobs(test)).toEqual([]);
    test.pass(3600);
    expect(jobs(test)).toEqual([`tick-${first + 120}`]);
  });

  it('says when it cannot read the schedule, or does not know the time zone', () => {
    expect(eventsOf(started('every day'))).toEqual([
      'UnparseableSchedule: unparseable schedule: "every day" : expected exactly 5 fields, found 2: [every day]',
    ]);
    expect(eventsOf(started('* * * * *', { timeZone: 'Mars/Olympus' }))).toEqual([
      'UnknownTimeZone: invalid timeZone: "Mars/Olympus": unknown time zone Mars/Olympus',
    ]);
  });

  it('keeps the time of its zone', () => {
    const test = started('0 9 * * *', { timeZone: 'Europe/Berlin' });
    test.pass(8 * 3600 + 5);
    expect(jobs(test)).toEqual([`tick-${first + 480}`]);
    const [made] = test.cluster.list('jobs.batch');
    expect(made?.metadata.annotations?.['batch.kubernetes.io/cronjob-scheduled-timestamp']).toBe(
      '2026-01-01T09:00:00+01:00',
    );
  });

  it('keeps the last one that failed', () => {
    const failing = template('tick', { restartPolicy: 'Never' }, { ends: '1', 'ends-with': '1' });
    const test = started('* * * * *', { jobTemplate: { spec: { backoffLimit: 0, template: failing } } });
    test.pass(200);
    expect(jobs(test)).toEqual([`tick-${first + 3}`]);
    expect(test.events('tick')).toContain(
      `SawCompletedJob: Saw completed job: tick-${first + 1}, condition: Failed`,
    );
  });

  // pkg/controller/cronjob/cronjob_controllerv2.go: what it tells of Jobs that are not as it left them.
  it('tells of a Job of its own that went missing', () => {
    const test = started('0 * * * *', {}, true);
    test.pass(3601);
    test.cluster.remove('jobs.batch', 'default', `tick-${first + 60}`, { propagation: 'Background' });
    test.pass(10);
    expect(test.events('tick')).toContain(`MissingJob: Active job went missing: tick-${first + 60}`);
    expect(get(test).status?.active ?? []).toEqual([]);
  });

  it('takes a Job of its own that is already there', () => {
    const test = started('* * * * *');
    const { uid } = get(test).metadata;
    const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', uid, controller: true };
    const made = { containers: [{ name: 'a', image: 'b' }], restartPolicy: 'Never' };
    test.cluster.create('jobs.batch', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: `tick-${first + 1}`, namespace: 'default', ownerReferences: [owner] },
      spec: { suspend: true, template: { spec: made } },
    });
    test.pass(62);
    // It says so each time it looks, until the Job is its own.
    expect([...new Set(test.events('tick'))]).toEqual([
      `UnexpectedJob: Saw a job that the controller did not create or forgot: tick-${first + 1}`,
    ]);
    expect(get(test).status).toMatchObject({
      active: [{ name: `tick-${first + 1}` }],
      lastScheduleTime: '2026-01-01T00:01:00Z',
    });
  });

  it('leaves a Job of somebody else with its name alone', () => {
    const test = started('* * * * *');
    const made = { containers: [{ name: 'a', image: 'b' }], restartPolicy: 'Never' };
    test.cluster.create('jobs.batch', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: `tick-${first + 1}`, namespace: 'default' },
      spec: { suspend: true, template: { spec: made } },
    });
    test.pass(62);
    expect(test.events('tick')).toEqual([]);
    expect(get(test).status).toEqual({});
  });
});

function eventsOf(test: TestCluster): string[] {
  test.pass(1);
  return test.events('tick');
}

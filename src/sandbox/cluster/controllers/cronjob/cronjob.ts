import type { CronJob, CronJobStatus, Job, ObjectReference } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { controllerOf, type Stored, timestamp } from '../../object.ts';
import { textOrder } from '../age.ts';
import { isTrue } from '../conditions.ts';
import { omitEmpty } from '../omit-empty.ts';
import { managersOf } from '../owners.ts';
import { refusalIn } from '../refusal.ts';
import { Retries } from '../retries.ts';
import { isTimeZone, readSchedule, type Schedule } from './schedule.ts';
import { jobName, scheduledJob } from './scheduled-job.ts';

const name = 'cronjob';
const component = 'cronjob-controller';

/** A little later than the time itself (`nextScheduleDelta`). */
const deltaMs = 100;

type StoredJob = Stored<Job>;

/** Makes Jobs at the times of a schedule (k8s.io/kubernetes/pkg/controller/cronjob). */
export function cronJobController(cluster: Cluster, simulation: Simulation): Controller {
  const retries = new Retries(simulation, name);
  return {
    name,
    tables: ['cronjobs.batch', 'jobs.batch'],
    concerns(change) {
      if (change.table === 'cronjobs.batch') return [change.key];
      return change.table === 'jobs.batch' ? managersOf(change, 'CronJob') : [];
    },
    reconcile(key) {
      const cronJob = cluster.getByKey('cronjobs.batch', key);
      if (!cronJob) return retries.forget(key);
      const sync = new CronSync(cluster, cronJob);
      const next = sync.run();
      if (sync.hasFailed) retries.again(key);
      else retries.forget(key);
      if (next !== undefined) simulation.wake(name, key, next);
    },
  };
}

class CronSync {
  readonly #cluster: Cluster;
  readonly #cronJob: Stored<CronJob>;
  #active: readonly ObjectReference[];
  #lastScheduleTime: string | undefined;
  #lastSuccessfulTime: string | undefined;
  hasFailed = false;

  constructor(cluster: Cluster, cronJob: Stored<CronJob>) {
    this.#cluster = cluster;
    this.#cronJob = cronJob;
    this.#active = cronJob.status?.active ?? [];
    this.#lastScheduleTime = cronJob.status?.lastScheduleTime;
    this.#lastSuccessfulTime = cronJob.status?.lastSuccessfulTime;
  }

  /** @returns when to look again, in milliseconds since 1970 */
  run(): number | undefined {
    const jobs = this.#jobs();
    this.#cleanUp(jobs);
    this.#notice(this.#jobs());
    const next = this.#cronJob.metadata.deletionTimestamp === undefined ? this.#schedule() : undefined;
    const status = omitEmpty<CronJobStatus>({
      active: this.#active,
      lastScheduleTime: this.#lastScheduleTime,
      lastSuccessfulTime: this.#lastSuccessfulTime,
    });
    this.#cluster.updateStatus('cronjobs.batch', { ...this.#cronJob, status });
    return next;
  }

  #jobs(): readonly StoredJob[] {
    const { uid } = this.#cronJob.metadata;
    return this.#cluster.ownedBy('jobs.batch', uid).filter((job) => controllerOf(job)?.uid === uid);
  }

  /** The oldest Jobs that are more than the history is to keep. */
  #cleanUp(jobs: readonly StoredJob[]): void {
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = this.#cronJob.spec;
    for (const [type, limit] of [
      ['Complete', successfulJobsHistoryLimit],
      ['Failed', failedJobsHistoryLimit],
    ] as const) {
      if (limit === undefined) continue;
      const ended = jobs.filter(({ status }) => isTrue(status?.conditions, type)).sort(byStart);
      for (const job of ended.slice(0, Math.max(0, ended.length - limit))) this.#delete(job);
    }
  }

  #delete(job: StoredJob): void {
    const { namespace, name: jobOf, deletionTimestamp } = job.metadata;
    if (deletionTimestamp !== undefined) return;
    this.#cluster.remove('jobs.batch', namespace, jobOf, { propagation: 'Background' });
    this.#forget(job.metadata.uid);
    this.#tell('Normal', 'SuccessfulDelete', `Deleted job ${jobOf}`);
  }

  #forget(uid: string | undefined): void {
    this.#active = this.#active.filter((each) => each.uid !== uid);
  }

  /** Which of the Jobs that ran have ended, and which it does not know. */
  #notice(jobs: readonly StoredJob[]): void {
    for (const { metadata, status } of jobs) {
      const isKnown = this.#active.some(({ uid }) => uid === metadata.uid);
      const condition = ['Complete', 'Failed'].find((type) => isTrue(status?.conditions, type));
      if (!isKnown && !condition) {
        const what = `Saw a job that the controller did not create or forgot: ${metadata.name}`;
        this.#tell('Warning', 'UnexpectedJob', what);
      }
      if (isKnown && condition) {
        this.#forget(metadata.uid);
        const what = `Saw completed job: ${metadata.name}, condition: ${condition}`;
        this.#tell('Normal', 'SawCompletedJob', what);
      }
      const { completionTime } = status ?? {};
      if (condition !== 'Complete' || completionTime === undefined) continue;
      if (completionTime > (this.#lastSuccessfulTime ?? '')) this.#lastSuccessfulTime = completionTime;
    }
    for (const { uid, name: jobOf = '', namespace } of this.#active) {
      if (jobs.some(({ metadata }) => metadata.uid === uid)) continue;
      if (this.#cluster.get('jobs.batch', namespace, jobOf)) continue;
      this.#tell('Normal', 'MissingJob', `Active job went missing: ${jobOf}`);
      this.#forget(uid);
    }
  }

  #schedule(): number | undefined {
    const { schedule: text = '', timeZone, suspend, startingDeadlineSeconds } = this.#cronJob.spec;
    const { now } = this.#cluster;
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      const what = `invalid timeZone: "${timeZone}": unknown time zone ${timeZone}`;
      this.#tell('Warning', 'UnknownTimeZone', what);
      return undefined;
    }
    if (suspend) return undefined;
    const schedule = readSchedule(text, timeZone);
    if (typeof schedule === 'string') {
      this.#tell('Warning', 'UnparseableSchedule', `unparseable schedule: "${text}" : ${schedule}`);
      return undefined;
    }
    const since = this.#since(startingDeadlineSeconds);
    const { latest, isTooMany } = lastTime(schedule, since, now);
    const next = schedule.next(latest ?? now);
    const then = next === undefined ? undefined : next + deltaMs;
    if (latest === undefined) return then;
    if (isTooMany) {
      const what =
        'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      this.#tell('Warning', 'TooManyMissedTimes', what);
    }
    const isLate = startingDeadlineSeconds !== undefined && latest + startingDeadlineSeconds * 1000 < now;
    if (isLate) {
      const when = new Date(latest).toUTCString().replace('GMT', '+0000');
      this.#tell('Warning', 'MissSchedule', `Missed scheduled time to start a job: ${when}`);
      return then;
    }
    const isDone =
      this.#active.some((each) => each.name === jobName(this.#cronJob, latest)) ||
      this.#lastScheduleTime === timestamp(latest);
    if (isDone || !this.#makeRoom()) return then;
    this.#create(latest);
    return this.hasFailed ? undefined : then;
  }

  #since(startingDeadlineSeconds: number | undefined): number {
    const last = Date.parse(this.#lastScheduleTime ?? this.#cronJob.metadata.creationTimestamp);
    if (startingDeadlineSeconds === undefined) return last;
    return Math.max(last, this.#cluster.now - startingDeadlineSeconds * 1000);
  }

  /** @returns whether another Job may be started */
  #makeRoom(): boolean {
    const { concurrencyPolicy = 'Allow' } = this.#cronJob.spec;
    if (this.#active.length === 0 || concurrencyPolicy === 'Allow') return true;
    if (concurrencyPolicy === 'Forbid') {
      const what = 'Not starting job because prior execution is running and concurrency policy is Forbid';
      this.#tell('Normal', 'JobAlreadyActive', what);
      return false;
    }
    for (const { namespace, name: jobOf = '' } of this.#active) {
      const job = this.#cluster.get('jobs.batch', namespace, jobOf);
      if (job) this.#delete(job);
    }
    return true;
  }

  #create(time: number): void {
    try {
      const job = this.#cluster.create('jobs.batch', scheduledJob(this.#cluster, this.#cronJob, time));
      this.#tell('Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
      this.#note(job, time);
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal.reason === 'AlreadyExists') {
        const { namespace } = this.#cronJob.metadata;
        const there = this.#cluster.get('jobs.batch', namespace, jobName(this.#cronJob, time));
        if (there && controllerOf(there)?.uid === this.#cronJob.metadata.uid) this.#note(there, time);
        return;
      }
      this.hasFailed = true;
      this.#tell('Warning', 'FailedCreate', `Error creating job: ${refusal.message}`);
    }
  }

  #note({ apiVersion, kind, metadata }: StoredJob, time: number): void {
    const { namespace = '', name: jobOf, uid, resourceVersion } = metadata;
    this.#active = [...this.#active, { apiVersion, kind, name: jobOf, namespace, resourceVersion, uid }];
    this.#lastScheduleTime = timestamp(time);
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    recordEvent(this.#cluster, { about: this.#cronJob, type, reason, message, component });
  }
}

/** The last time that has come, and whether more than a hundred were missed before it (`mostRecentScheduleTime`). */
function lastTime(
  schedule: Schedule,
  since: number,
  now: number,
): { latest: number | undefined; isTooMany: boolean } {
  const first = schedule.next(since);
  if (first === undefined || first > now) return { latest: undefined, isTooMany: false };
  const second = schedule.next(first);
  if (second === undefined || second > now) return { latest: first, isTooMany: false };
  const pause = Math.max(1000, second - first);
  const missed = Math.trunc((now - first) / pause) + 1;
  let latest = first;
  const from = first + Math.max(0, missed - 2) * pause;
  for (let time = schedule.next(from); time !== undefined && time <= now; time = schedule.next(time)) {
    latest = time;
  }
  return { latest, isTooMany: missed > 100 };
}

function byStart(one: StoredJob, other: StoredJob): number {
  const [first, second] = [one, other].map(({ status: { startTime = '~' } = {} }) => startTime) as [
    string,
    string,
  ];
  return textOrder(first, second) || textOrder(one.metadata.name, other.metadata.name);
}

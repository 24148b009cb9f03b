import type { CronJob, Job, JobSpec } from '../../../kubernetes/api.ts';
import { humanDuration } from '../../../kubernetes/duration.ts';
import { selectorText } from '../../../kubernetes/selector-text.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';
import { controllerText } from './owned-pods.ts';
import { describePodTemplate } from './pod-template.ts';
import { longTime } from './times.ts';

/** Describes a Job. */
export function* describeJob(job: Job, about: About): Steps<string> {
  const { metadata, spec, status } = job;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.field('Selector', selectorText(spec?.selector));
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.optional('Controlled By', controllerText(job));
  description.optional('Parallelism', spec?.parallelism);
  description.field('Completions', spec?.completions ?? '<unset>');
  description.optional('Completion Mode', spec?.completionMode).optional('Suspend', spec?.suspend);
  description.optional('Backoff Limit', spec?.backoffLimit);
  description.optional('TTL Seconds After Finished', spec?.ttlSecondsAfterFinished);
  describeTimes(description, job);
  if (spec?.activeDeadlineSeconds !== undefined) {
    description.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  }
  const { active = 0, ready, succeeded = 0, failed = 0, completedIndexes = '' } = status ?? {};
  const running = ready === undefined ? `${active} Active` : `${active} Active (${ready} Ready)`;
  description.field('Pods Statuses', `${running} / ${succeeded} Succeeded / ${failed} Failed`);
  if (spec?.completionMode === 'Indexed')
    description.field('Completed Indexes', indexesText(completedIndexes));
  describePodTemplate(description, spec?.template);
  yield* describeEvents(description, job, about);
  return description.toString();
}

function describeTimes(description: Description, { status }: Job): void {
  const { startTime, completionTime } = status ?? {};
  if (startTime) description.field('Start Time', longTime(startTime));
  if (completionTime) description.field('Completed At', longTime(completionTime));
  if (startTime && completionTime) {
    description.field('Duration', humanDuration(Date.parse(completionTime) - Date.parse(startTime)));
  }
}

/** Long lists are cut behind the first comma from the 50th sign on. */
function indexesText(indexes: string): string {
  if (indexes === '') return '<none>';
  const comma = indexes.indexOf(',', 50);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}

/** Describes a CronJob. */
export function* describeCronJob(cronJob: CronJob, about: About): Steps<string> {
  const { metadata, spec, status } = cronJob;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Schedule', spec?.schedule).field('Concurrency Policy', spec?.concurrencyPolicy);
  description.field('Suspend', spec?.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False');
  description.field('Time Zone', spec?.timeZone ?? '<unset>');
  description.field('Successful Job History Limit', spec?.successfulJobsHistoryLimit ?? '<unset>');
  description.field('Failed Job History Limit', spec?.failedJobsHistoryLimit ?? '<unset>');
  const deadline = spec?.startingDeadlineSeconds;
  description.field('Starting Deadline Seconds', deadline === undefined ? '<unset>' : `${deadline}s`);
  describeJobTemplate(description, spec?.jobTemplate.spec);
  description.field(
    'Last Schedule Time',
    status?.lastScheduleTime ? longTime(status.lastScheduleTime) : '<unset>',
  );
  const active = (status?.active ?? []).map(({ name }) => name).join(', ');
  description.field('Active Jobs', active || '<none>');
  yield* describeEvents(description, cronJob, about);
  return description.toString();
}

function describeJobTemplate(description: Description, spec: JobSpec | undefined): void {
  description.field('Selector', spec?.selector ? selectorText(spec.selector) : '<unset>');
  description.field('Parallelism', spec?.parallelism ?? '<unset>');
  description.field('Completions', spec?.completions ?? '<unset>');
  if (spec?.activeDeadlineSeconds !== undefined) {
    description.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  }
  describePodTemplate(description, spec?.template);
}

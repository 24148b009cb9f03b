import type { CronJob, Job } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import type { Decoded } from '../../kinds/kind.ts';
import { jobRules } from '../../kinds/workloads/job.ts';
import { controlledBy, type Stored } from '../../object.ts';
import { omitAbsent } from '../omit-empty.ts';

/** The name of the Job of a time: it ends in the minutes since 1970. */
export function jobName({ metadata }: Stored<CronJob>, time: number): string {
  return `${metadata.name}-${Math.floor(time / 60_000)}`;
}

/**
 * The Job that a CronJob makes at a time, with all that the API fills in.
 *
 * @param time when it was to be made, in milliseconds since 1970
 */
export function scheduledJob(cluster: Cluster, cronJob: Stored<CronJob>, time: number): Job {
  const { metadata: of = {}, spec } = cronJob.spec.jobTemplate;
  const job: Job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: omitAbsent<Job['metadata']>({
      name: jobName(cronJob, time),
      namespace: cronJob.metadata.namespace,
      labels: of.labels,
      annotations: {
        ...of.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': localTime(time, cronJob.spec.timeZone),
      },
      ownerReferences: [controlledBy(cronJob)],
    }),
    spec: { template: {}, ...spec },
  };
  const defaulted = (jobRules.defaults?.(job) ?? job) as Decoded<Job>;
  return jobRules.prepareCreate?.(defaulted, cluster) ?? defaulted;
}

/** A time with the difference of its zone, as RFC 3339 writes it. */
function localTime(time: number, timeZone = 'UTC'): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const text = format.format(time).replace(' ', 'T');
  const minutes = Math.round((Date.parse(`${text}Z`) - time) / 60_000);
  if (minutes === 0) return `${text}Z`;
  const two = (number: number) => `${number}`.padStart(2, '0');
  const size = Math.abs(minutes);
  return `${text}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

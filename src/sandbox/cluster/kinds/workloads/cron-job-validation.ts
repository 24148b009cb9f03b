import type { CronJob, CronJobSpec } from '../../../../kubernetes/api.ts';
import { isTimeZone, readSchedule } from '../../controllers/cronjob/schedule.ts';
import { type Complaint, invalid, notSupported, required } from '../complaint.ts';
import { isNew } from '../object-meta.ts';
import { notNegative, requiredOneOf } from '../value-rules.ts';
import { jobSpecComplaints } from './job-validation.ts';

/** What a Job's name may have, less the time that a CronJob puts behind its own. */
const mostLetters = 52;

const insteadOfZone = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';

/** What is wrong with a CronJob (k8s.io/kubernetes/pkg/apis/batch/validation, validateCronJobSpec). */
export function cronJobComplaints({ metadata, spec }: CronJob): readonly Complaint[] {
  const { name = '' } = metadata;
  const isLong = isNew(metadata) && name.length > mostLetters;
  const policies = ['Allow', 'Forbid', 'Replace'];
  return [
    ...scheduleComplaints(spec, isNew(metadata)),
    ...notNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...zoneComplaints(spec.timeZone),
    ...requiredOneOf('spec.concurrencyPolicy', spec.concurrencyPolicy, policies),
    ...templateComplaints(spec),
    ...notNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...notNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
    ...(isLong ? [invalid('metadata.name', name, `must be no more than ${mostLetters} characters`)] : []),
  ];
}

/** A schedule may not get a time zone; one that had one could not have been made. */
export function cronJobUpdateComplaints({ spec: { schedule } }: CronJob): readonly Complaint[] {
  return schedule.includes('TZ') ? [invalid('spec.schedule', schedule, insteadOfZone)] : [];
}

function scheduleComplaints({ schedule }: CronJobSpec, isCreated: boolean): readonly Complaint[] {
  const path = 'spec.schedule';
  if (!schedule) return [required(path)];
  const [, zone, rest] = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/.exec(schedule) ?? [];
  const read = readSchedule(rest ?? schedule, zone);
  return [
    ...(typeof read === 'string' ? [invalid(path, schedule, read)] : []),
    ...(isCreated && schedule.includes('TZ') ? [invalid(path, schedule, insteadOfZone)] : []),
  ];
}

function zoneComplaints(zone: string | undefined): readonly Complaint[] {
  const path = 'spec.timeZone';
  if (zone === undefined) return [];
  if (zone === '') return [invalid(path, zone, 'timeZone must be nil or non-empty string')];
  const isStrange = zone
    .split('/')
    .some((part) => !/^(?!-)[A-Za-z0-9._+-]{1,14}$|^$/.test(part) || /^\.\.?$/.test(part));
  const unknown = invalid(path, zone, `unknown time zone ${zone}`);
  if (isStrange) return [unknown];
  if (zone.toLowerCase() === 'local') {
    const why = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    return [invalid(path, zone, why)];
  }
  return isTimeZone(zone) ? [] : [unknown];
}

function templateComplaints({ jobTemplate }: CronJobSpec): readonly Complaint[] {
  const path = 'spec.jobTemplate.spec';
  const spec = jobTemplate.spec ?? { template: {} };
  return [
    ...jobSpecComplaints(spec, path),
    ...(spec.selector
      ? [invalid(`${path}.selector`, spec.selector, '`selector` will be auto-generated')]
      : []),
    ...(spec.manualSelector ? [notSupported(`${path}.manualSelector`, true, ['nil', 'false'])] : []),
  ];
}

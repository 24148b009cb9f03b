import type { CronJob, CronJobSpec } from '../../../../kubernetes/api.ts';
import {
  ageColumn,
  ageOf,
  integer,
  nameColumn,
  selectorCell,
  since,
  templateCells,
  templateColumns,
  text,
  wide,
} from '../cells.ts';
import { filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { cronJobComplaints, cronJobUpdateComplaints } from './cron-job-validation.ts';
import { defaultedWorkOfJob } from './job.ts';
import { hostnameWarning, podTemplateWarnings } from './template-warnings.ts';

/** CronJobs (k8s.io/kubernetes/pkg/apis/batch/v1 and pkg/registry/batch/cronjob). */
export const cronJobRules: KindRules<CronJob> = {
  defaults: (object) => inField(object, 'spec', defaultedSpec),
  prepareCreate: (object) => beginsWith(object, {}),
  prepareUpdate: keepsStatus,
  validate: cronJobComplaints,
  validateUpdate: cronJobUpdateComplaints,
  warnings: ({ metadata, spec }, old) => [
    ...(old ? [] : hostnameWarning(metadata.name)),
    ...podTemplateWarnings(spec.jobTemplate.spec, old?.spec.jobTemplate.spec, 'spec.jobTemplate.spec'),
  ],
  columns: [
    nameColumn,
    text('Schedule'),
    text('Timezone'),
    { name: 'Suspend', type: 'boolean' },
    integer('Active'),
    text('Last Schedule'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  row: (object, context) => {
    const { spec, status } = object;
    return [
      object.metadata.name,
      spec.schedule,
      spec.timeZone ?? '<none>',
      suspendCell(spec.suspend),
      status?.active?.length ?? 0,
      status?.lastScheduleTime === undefined ? '<none>' : since(status.lastScheduleTime, context),
      ageOf(object, context),
      ...templateCells(spec.jobTemplate.spec?.template),
      selectorCell(spec.jobTemplate.spec?.selector),
    ];
  },
  hasStatus: true,
};

/** Upstream writes it as Python does (printBoolPtr). */
function suspendCell(suspend: boolean | undefined): string {
  return suspend ? 'True' : suspend === undefined ? '<unset>' : 'False';
}

function defaultedSpec(spec: CronJobSpec): CronJobSpec {
  const next = filled<CronJobSpec>(spec, {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  });
  return inField(next, 'jobTemplate', (template) => inField(template, 'spec', defaultedWorkOfJob));
}

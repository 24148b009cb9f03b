import type { Job, JobSpec, ObjectMeta } from '../../../../kubernetes/api.ts';
import { humanDuration } from '../../../../kubernetes/duration.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import {
  ageColumn,
  ageOf,
  nameColumn,
  selectorCell,
  since,
  templateCells,
  templateColumns,
  text,
  wide,
} from '../cells.ts';
import { eachOf, filled, inField } from '../filled.ts';
import { sortedMap } from '../go-values.ts';
import type { Decoded, KindRules, RowContext } from '../kind.ts';
import { defaultedTemplate } from '../pod/pod-defaults.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { jobComplaints, jobUpdateComplaints } from './job-validation.ts';
import { hostnameWarning, podTemplateWarnings } from './template-warnings.ts';

/** The largest number a field of 32 bits holds: as many failures as there may be. */
const endless = 2 ** 31 - 1;

/** Jobs (k8s.io/kubernetes/pkg/apis/batch/v1 and pkg/registry/batch/job). */
export const jobRules: KindRules<Job> = {
  defaults: (object) => withTemplateLabels(inField(object, 'spec', defaultedJobSpec)),
  prepareCreate: (object, cluster) => withTemplateLabels(beginsWith(withSelector(object, cluster), {})),
  prepareUpdate: keepsStatus,
  validate: jobComplaints,
  validateUpdate: jobUpdateComplaints,
  warnings: ({ metadata, spec }, old) => [
    ...(old ? [] : hostnameWarning(metadata.name)),
    ...podTemplateWarnings(spec, old?.spec),
  ],
  columns: [
    nameColumn,
    text('Status'),
    text('Completions'),
    text('Duration'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  row: (object, context) => [
    object.metadata.name,
    statusCell(object),
    completionsCell(object),
    durationCell(object, context),
    ageOf(object, context),
    ...templateCells(object.spec.template),
    selectorCell(object.spec.selector),
  ],
  fieldLabels: { 'status.successful': ({ status }) => `${status?.succeeded ?? 0}` },
  hasStatus: true,
};

/** What a Job does, with what was left out; a CronJob's template has only that of the Pods in it. */
function defaultedJobSpec(spec: JobSpec): JobSpec {
  const isAlone = spec.completions === undefined && spec.parallelism === undefined;
  const next = filled<JobSpec>(spec, {
    ...(isAlone ? { completions: 1 } : {}),
    parallelism: 1,
    backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : endless,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed',
    manualSelector: false,
  });
  return defaultedWorkOfJob(next);
}

/** What of a Job is filled in wherever it stands. */
export function defaultedWorkOfJob(spec: JobSpec): JobSpec {
  const next = inField(spec, 'podFailurePolicy', (policy) =>
    inField(policy, 'rules', (rules) =>
      eachOf(rules, (rule) =>
        inField(rule, 'onPodConditions', (patterns) =>
          eachOf(patterns, (pattern) => (pattern.status ? pattern : { ...pattern, status: 'True' })),
        ),
      ),
    ),
  );
  return inField(next, 'template', defaultedTemplate);
}

/** A Job without labels has those of its Pods. */
function withTemplateLabels<T extends Job>(job: T): T {
  const labels = job.spec?.template.metadata?.labels;
  const own = job.metadata.labels ?? {};
  if (!labels || Object.keys(own).length > 0) return job;
  return { ...job, metadata: { ...job.metadata, labels } };
}

/** Gives a Job a label that no other Pods have (strategy.go, generateSelector). */
function withSelector(job: Decoded<Job>, cluster: Cluster): Decoded<Job> {
  if (job.spec.manualSelector) return job;
  const uid = job.metadata.uid ?? cluster.newUid();
  const { template, selector } = job.spec;
  const metadata: ObjectMeta = {
    ...template.metadata,
    labels: {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': job.metadata.name ?? '',
      'controller-uid': uid,
      'job-name': job.metadata.name ?? '',
      ...template.metadata?.labels,
    },
  };
  const matchLabels = sortedMap({ 'batch.kubernetes.io/controller-uid': uid, ...selector?.matchLabels });
  return {
    ...job,
    metadata: { ...job.metadata, uid },
    spec: { ...job.spec, selector: { ...selector, matchLabels }, template: { ...template, metadata } },
  };
}

function statusCell({ metadata, status }: Stored<Job>): string {
  const isTrue = (type: string): boolean =>
    status?.conditions?.find((each) => each.type === type)?.status === 'True';
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (isTrue('Suspended')) return 'Suspended';
  if (isTrue('FailureTarget')) return 'FailureTarget';
  return isTrue('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function completionsCell({ spec, status }: Stored<Job>): string {
  const done = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${done}/${spec.completions}`;
  const { parallelism = 0 } = spec;
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function durationCell({ status }: Stored<Job>, context: RowContext): string {
  if (status?.startTime === undefined) return '';
  if (status.completionTime === undefined) return since(status.startTime, context);
  return humanDuration(Date.parse(status.completionTime) - Date.parse(status.startTime));
}

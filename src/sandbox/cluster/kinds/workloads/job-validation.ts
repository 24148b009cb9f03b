import type { Container, Job, JobSpec, PodFailurePolicyRule } from '../../../../kubernetes/api.ts';
import { fitsSelector, type Stored, sameValue } from '../../object.ts';
import { type Complaint, duplicate, invalid, notSupported, required, tooMany } from '../complaint.ts';
import { without } from '../filled.ts';
import { internalForm, internalTemplate } from '../internal-form.ts';
import type { Decoded } from '../kind.ts';
import { labelKeyComplaints, labelNameComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { templateComplaints } from '../pod/pod-validation.ts';
import { selectorComplaints, selectorUpdateComplaints } from '../selector-validation.ts';
import { complaintsOf, notNegative, oneOf, pathComplaints, requiredOneOf } from '../value-rules.ts';
import { modeComplaints } from './job-mode-validation.ts';
import { matchComplaints } from './workload-validation.ts';

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];

/** What is wrong with a Job (k8s.io/kubernetes/pkg/apis/batch/validation, ValidateJob). */
export function jobComplaints(job: Decoded<Job>): readonly Complaint[] {
  const { metadata, spec } = job;
  return [
    ...generatedComplaints(job),
    ...jobSpecComplaints(spec, 'spec'),
    ...(spec.selector ? selectorComplaints(spec.selector, 'spec.selector') : [required('spec.selector')]),
    ...matchComplaints(spec.selector, spec.template, 'spec.template'),
    ...hostnameComplaints(metadata.name ?? '', spec),
  ];
}

/** What is wrong with what a Job does, wherever it stands (validateJobSpec). */
export function jobSpecComplaints(spec: JobSpec, path: string): readonly Complaint[] {
  const numbers = [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ] as const;
  const needsLimit = spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined;
  return [
    ...numbers.flatMap((name) => notNegative(`${path}.${name}`, spec[name])),
    ...(needsLimit ? [required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')] : []),
    ...(spec.managedBy === undefined ? [] : pathComplaints(`${path}.managedBy`, spec.managedBy)),
    ...modeComplaints(spec, path),
    ...policyComplaints(spec, path),
    ...templateComplaints(spec.template, `${path}.template`),
    ...restartComplaints(spec, path),
  ];
}

/** What of a Job may not change (ValidateJobSpecUpdate). */
export function jobUpdateComplaints(
  { spec }: Decoded<Job>,
  { spec: old }: Stored<Job>,
): readonly Complaint[] {
  const fixed = [
    'completionMode',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
  ] as const;
  const canBeMoved = old.suspend === true && !spec.template.spec?.nodeName;
  const template = canBeMoved ? old.template.metadata : spec.template.metadata;
  const isSame = sameValue(spec.template, old.template);
  return [
    ...completionComplaints(spec, old),
    ...selectorUpdateComplaints(spec.selector, old.selector),
    ...(isSame || (canBeMoved && sameValue(movable(spec), movable(old)) && template)
      ? []
      : [unchangeableTemplate(spec, canBeMoved)]),
    ...fixed.flatMap((name) =>
      sameValue(spec[name], old[name])
        ? []
        : [invalid(`spec.${name}`, shownOf(spec, name) ?? null, 'field is immutable')],
    ),
  ];
}

/** Of a Job that has not begun only what its Pods do is looked at. */
function unchangeableTemplate({ template }: JobSpec, canBeMoved: boolean): Complaint {
  return canBeMoved && template.spec
    ? invalid('spec.template.spec', internalForm('PodSpec', template.spec), 'field is immutable')
    : invalid('spec.template', internalTemplate(template), 'field is immutable');
}

/** As the API server shows it: policies in its own form. */
function shownOf(
  spec: JobSpec,
  name: 'completionMode' | 'podFailurePolicy' | 'backoffLimitPerIndex' | 'managedBy' | 'successPolicy',
): unknown {
  if (name === 'podFailurePolicy') return spec.podFailurePolicy && shownFailurePolicy(spec.podFailurePolicy);
  if (name === 'successPolicy') return spec.successPolicy && shownSuccessPolicy(spec.successPolicy);
  return spec[name];
}

/** Of a Job that has not begun, where its Pods shall run may be changed. */
function movable({ template }: JobSpec): unknown {
  const { spec: pod } = template;
  return pod && without(pod, 'affinity', 'nodeSelector', 'tolerations', 'schedulingGates');
}

function completionComplaints(spec: JobSpec, old: JobSpec): readonly Complaint[] {
  const path = 'spec.completions';
  if (spec.completions === old.completions) return [];
  if (spec.completionMode !== 'Indexed') return immutableComplaints(spec.completions, old.completions, path);
  if (spec.completions === undefined || spec.completions === spec.parallelism) return [];
  return [invalid(path, spec.completions, 'can only be modified in tandem with spec.parallelism')];
}

/** A selector that was made has to be the Job's own (validateGeneratedSelector). */
function generatedComplaints({ metadata, spec }: Decoded<Job>): readonly Complaint[] {
  if (!spec.selector || spec.manualSelector) return [];
  const { uid = '', name = '' } = metadata;
  const expected = {
    'controller-uid': uid,
    'job-name': name,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
  };
  const labels = spec.template.metadata?.labels;
  const path = 'spec.template.metadata.labels';
  return [
    ...Object.entries(expected).flatMap(([key, value]) => {
      const found = labels?.[key];
      if (found === undefined) return [required(`${path}[${key}]`, `must be '${value}'`)];
      return found === value ? [] : [invalid(`${path}[${key}]`, labels, `must be '${value}'`)];
    }),
    ...(fitsSelector(spec.selector, expected)
      ? []
      : [invalid('spec.selector', spec.selector, '`selector` not auto-generated')]),
  ];
}

function hostnameComplaints(
  name: string,
  { completionMode, completions = 0 }: JobSpec,
): readonly Complaint[] {
  if (completionMode !== 'Indexed' || completions <= 0) return [];
  const last = `${name}-${completions - 1}`;
  if (labelNameComplaints(last).length === 0) return [];
  return [invalid('metadata.name', name, `will not able to create pod with invalid DNS label: ${last}`)];
}

/** As the API server shows it: in its own form. */
function shownSuccessPolicy({ rules }: NonNullable<JobSpec['successPolicy']>): unknown {
  return {
    Rules: rules.map(({ succeededIndexes = null, succeededCount = null }) => ({
      SucceededIndexes: succeededIndexes,
      SucceededCount: succeededCount,
    })),
  };
}

function shownFailurePolicy(policy: NonNullable<JobSpec['podFailurePolicy']>): unknown {
  return {
    Rules: policy.rules.map(({ action, onExitCodes, onPodConditions }) => ({
      Action: action,
      OnExitCodes: onExitCodes
        ? {
            ContainerName: onExitCodes.containerName ?? null,
            Operator: onExitCodes.operator,
            Values: onExitCodes.values,
          }
        : null,
      OnPodConditions: onPodConditions?.map(({ type, status }) => ({ Type: type, Status: status })) ?? null,
    })),
  };
}

function policyComplaints(spec: JobSpec, path: string): readonly Complaint[] {
  const { podFailurePolicy, podReplacementPolicy: replacement, successPolicy, completionMode } = spec;
  const { rules = [] } = podFailurePolicy ?? {};
  const field = `${path}.podFailurePolicy.rules`;
  const replacements = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  return [
    ...(rules.length > 20 ? [tooMany(field, rules.length, 20)] : []),
    ...rules.flatMap((rule, index) => ruleComplaints(rule, spec, `${field}[${index}]`)),
    ...(successPolicy && completionMode !== 'Indexed'
      ? [
          invalid(
            `${path}.successPolicy`,
            shownSuccessPolicy(successPolicy),
            'requires indexed completion mode',
          ),
        ]
      : []),
    ...(successPolicy?.rules.length === 0
      ? [
          required(
            `${path}.successPolicy.rules`,
            'at least one rules must be specified when the successPolicy is specified',
          ),
        ]
      : []),
    ...(replacement === undefined ? [] : oneOf(`${path}.podReplacementPolicy`, replacement, replacements)),
  ];
}

function ruleComplaints(rule: PodFailurePolicyRule, spec: JobSpec, path: string): readonly Complaint[] {
  const { action, onExitCodes: codes, onPodConditions: conditions = [] } = rule;
  const bare = (why: string): Complaint => ({
    reason: 'FieldValueInvalid',
    field: path,
    message: `Invalid value: ${why}`,
  });
  const needsLimit = action === 'FailIndex' && spec.backoffLimitPerIndex === undefined;
  return [
    ...(action
      ? needsLimit
        ? [invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set')]
        : oneOf(`${path}.action`, action, actions)
      : [required(`${path}.action`, `valid values: [${actions.map((each) => `"${each}"`).join(' ')}]`)]),
    ...(codes ? exitCodeComplaints(codes, spec, `${path}.onExitCodes`) : []),
    ...conditions.flatMap(({ type, status }, index) => [
      ...complaintsOf(`${path}.onPodConditions[${index}].type`, type, labelKeyComplaints(type)),
      ...oneOf(`${path}.onPodConditions[${index}].status`, status, ['False', 'True', 'Unknown']),
    ]),
    ...(codes && conditions.length > 0
      ? [bare('specifying both OnExitCodes and OnPodConditions is not supported')]
      : []),
    ...(codes || conditions.length > 0
      ? []
      : [bare('specifying one of OnExitCodes and OnPodConditions is required')]),
  ];
}

function exitCodeComplaints(
  { operator, containerName, values }: NonNullable<PodFailurePolicyRule['onExitCodes']>,
  { template }: JobSpec,
  path: string,
): readonly Complaint[] {
  const hasName = ({ name }: Container): boolean => name === containerName;
  const isThere = template.spec?.containers.some(hasName) || template.spec?.initContainers?.some(hasName);
  const names = 'must be one of the container or initContainer names in the pod template';
  const field = `${path}.values`;
  const isOrdered = sameValue(
    values,
    [...values].sort((one, other) => one - other),
  );
  return [
    ...requiredOneOf(`${path}.operator`, operator, ['In', 'NotIn']),
    ...(containerName !== undefined && !isThere
      ? [invalid(`${path}.containerName`, containerName, names)]
      : []),
    ...(values.length === 0 ? [invalid(field, values, 'at least one value is required')] : []),
    ...(values.length > 255 ? [tooMany(field, values.length, 255)] : []),
    ...values.flatMap((value, index) => [
      ...(operator === 'In' && value === 0
        ? [invalid(`${field}[${index}]`, value, 'must not be 0 for the In operator')]
        : []),
      ...(values.indexOf(value) < index ? [duplicate(`${field}[${index}]`, value)] : []),
    ]),
    ...(isOrdered ? [] : [invalid(field, values, 'must be ordered')]),
  ];
}

function restartComplaints({ template, podFailurePolicy }: JobSpec, path: string): readonly Complaint[] {
  const field = `${path}.template.spec.restartPolicy`;
  const policy = template.spec?.restartPolicy;
  if (policy === 'Always') {
    return [required(field, 'valid values: "OnFailure", "Never"')];
  }
  if (policy !== 'OnFailure' && policy !== 'Never')
    return [notSupported(field, policy, ['OnFailure', 'Never'])];
  return podFailurePolicy && policy !== 'Never'
    ? [invalid(field, policy, 'only "Never" is supported when podFailurePolicy is specified')]
    : [];
}

import type { Container, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../../../../kubernetes/api.ts';
import { type Stored, sameValue } from '../../object.ts';
import { type Complaint, forbidden, invalid } from '../complaint.ts';
import { inField, withField, without } from '../filled.ts';
import { internalForm, podSpecDiff } from '../internal-form.ts';
import type { Decoded } from '../kind.ts';
import { requiredText } from '../value-rules.ts';

const most = 2 ** 31 - 1;

const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** That something of a Pod changed which may not. */
export function unchangeable(before: PodSpec, after: PodSpec): Complaint {
  const changes = podSpecDiff(before, after);
  return forbidden('spec', `pod updates may not change fields other than ${changeable}\n${changes}`);
}

/**
 * What of a Pod may not change, whichever way it is written: ephemeral containers are added and resources are
 * resized by ways of their own, so these are not looked at here
 * (k8s.io/kubernetes/pkg/apis/core/validation, ValidatePodUpdate).
 */
export function podUpdateComplaints(
  { spec }: Decoded<Pod>,
  { spec: before }: Stored<Pod>,
): readonly Complaint[] {
  const counts = [
    ...countComplaints(spec.containers, before.containers, 'spec.containers'),
    ...countComplaints(spec.initContainers, before.initContainers, 'spec.initContainers'),
  ];
  if (counts.length > 0) return counts;
  const images = [
    ...imageComplaints(spec.containers, 'spec.containers'),
    ...imageComplaints(spec.initContainers, 'spec.initContainers'),
  ];
  const deadline = deadlineComplaints(spec.activeDeadlineSeconds, before.activeDeadlineSeconds);
  const next = munged(spec, before);
  const isSame = sameValue(withoutSpecial(next), withoutSpecial(before));
  return [
    ...ephemeralComplaints(spec, before),
    ...images,
    ...deadline,
    ...tolerationComplaints(spec.tolerations, before.tolerations),
    ...gateComplaints(spec, before),
    ...placeComplaints(spec, before),
    ...(isSame ? [] : [unchangeable(before, next)]),
  ];
}

/** Whether a Pod changed in what only has ways of its own: ephemeral containers, and what containers ask for. */
export function changesSpecial(spec: PodSpec, old: PodSpec): boolean {
  const special = ({ containers, initContainers, ephemeralContainers, resources }: PodSpec) => [
    [...containers, ...(initContainers ?? [])].map(({ resources: each, resizePolicy }) => [
      each,
      resizePolicy,
    ]),
    ephemeralContainers ?? [],
    resources,
  ];
  return !sameValue(special(spec), special(old));
}

function countComplaints(
  now: readonly Container[] = [],
  before: readonly Container[] = [],
  path: string,
): readonly Complaint[] {
  const isSame = now.length === before.length;
  return isSame ? [] : [forbidden(path, 'pod updates may not add or remove containers')];
}

function deadlineComplaints(now: number | undefined, before: number | undefined): readonly Complaint[] {
  const path = 'spec.activeDeadlineSeconds';
  if (now === undefined) {
    const why = 'must not update from a positive integer to nil value';
    return before === undefined ? [] : [invalid(path, null, why)];
  }
  if (now < 0 || now > most) return [invalid(path, now, `must be between 0 and ${most}, inclusive`)];
  return before !== undefined && before < now
    ? [invalid(path, now, 'must be less than or equal to previous value')]
    : [];
}

function tolerationComplaints(
  now: readonly Toleration[] = [],
  before: readonly Toleration[] = [],
): readonly Complaint[] {
  const plain = (each: Toleration) => without(each, 'tolerationSeconds');
  const areThere = before.every((old) => now.some((each) => sameValue(plain(each), plain(old))));
  const why = 'existing toleration can not be modified except its tolerationSeconds';
  return areThere ? [] : [forbidden('spec.tolerations', why)];
}

function gateComplaints(now: PodSpec, before: PodSpec): readonly Complaint[] {
  const known = new Set(before.schedulingGates?.map(({ name }) => name));
  return (now.schedulingGates ?? []).flatMap(({ name }, index) => {
    const why = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return known.has(name) ? [] : [forbidden(`spec.schedulingGates[${index}].name`, why)];
  });
}

/** Where a Pod that waits behind a gate may run can be narrowed, and nothing else (validateNodeAffinityMutation). */
function placeComplaints(now: PodSpec, before: PodSpec): readonly Complaint[] {
  if (!before.schedulingGates?.length) return [];
  const kept = Object.entries(before.nodeSelector ?? {}).every(
    ([key, value]) => now.nodeSelector?.[key] === value,
  );
  const only = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  return [
    ...(kept ? [] : [invalid('spec.nodeSelector', now.nodeSelector ?? null, only)]),
    ...termComplaints(termsOf(now), termsOf(before)),
  ];
}

function termsOf({ affinity }: PodSpec): readonly NodeSelectorTerm[] {
  return affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
}

function termComplaints(
  now: readonly NodeSelectorTerm[],
  before: readonly NodeSelectorTerm[],
): readonly Complaint[] {
  const path = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
  const shown = (term: NodeSelectorTerm) => internalForm('NodeSelectorTerm', term);
  if (before.length > 0 && before.length !== now.length) {
    const why = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    return [invalid(path, now.map(shown), why)];
  }
  const why = 'only additions are allowed (no mutations or deletions)';
  return before.flatMap((old, index) =>
    now
      .slice(index, index + 1)
      .flatMap((term) => (hasOnlyMore(term, old) ? [] : [invalid(`${path}[${index}]`, shown(term), why)])),
  );
}

/** An empty term fits no node, so that it may not become one that does. */
function hasOnlyMore(now: NodeSelectorTerm, before: NodeSelectorTerm): boolean {
  const isEmpty = ({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm) =>
    matchExpressions.length + matchFields.length === 0;
  if (isEmpty(before)) return isEmpty(now);
  const keeps = (list: readonly unknown[] = [], old: readonly unknown[] = []) =>
    sameValue(list.slice(0, old.length), old);
  return keeps(now.matchExpressions, before.matchExpressions) && keeps(now.matchFields, before.matchFields);
}

/** A spec with the place of another. */
function withPlaceOf(now: PodSpec, before: PodSpec): PodSpec {
  const { nodeSelector, affinity } = before;
  const others = without(now.affinity ?? {}, 'nodeAffinity');
  const old = affinity?.nodeAffinity ? { nodeAffinity: affinity.nodeAffinity } : {};
  const joined = { ...others, ...old };
  const isNone = Object.keys(joined).length === 0 && affinity === undefined;
  return {
    ...without(now, 'nodeSelector', 'affinity'),
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(isNone ? {} : { affinity: joined }),
  };
}

function imageComplaints(containers: readonly Container[] = [], path: string): readonly Complaint[] {
  return containers.flatMap(({ image }, index) => requiredText(`${path}[${index}].image`, image));
}

function ephemeralComplaints(now: PodSpec, before: PodSpec): readonly Complaint[] {
  const path = 'spec.ephemeralContainers';
  return (before.ephemeralContainers ?? []).flatMap((old) => {
    const found = now.ephemeralContainers?.find(({ name }) => name === old.name);
    if (!found) return [forbidden(path, `existing ephemeral containers "${old.name}" may not be removed\n`)];
    return sameValue(found, old)
      ? []
      : [forbidden(path, `existing ephemeral containers "${old.name}" may not be changed\n`)];
  });
}

/** What may change is put back to what it was, so that the rest can be compared. */
export function munged(now: PodSpec, before: PodSpec): PodSpec {
  const images = (all: readonly Container[], old: readonly Container[] = []) =>
    all.map((each, index) => withField(each, 'image', old[index]?.image));
  const plain = without(now, 'activeDeadlineSeconds', 'tolerations', 'schedulingGates');
  const { activeDeadlineSeconds, tolerations, schedulingGates } = before;
  const next: PodSpec = {
    ...plain,
    ...(activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds }),
    ...(tolerations === undefined ? {} : { tolerations }),
    ...(schedulingGates === undefined ? {} : { schedulingGates }),
  };
  const placed = schedulingGates?.length ? withPlaceOf(next, before) : next;
  return inField(
    inField(placed, 'containers', (all) => images(all, before.containers)),
    'initContainers',
    (all) => images(all, before.initContainers),
  );
}

function withoutSpecial(spec: PodSpec): PodSpec {
  const plain = (all: readonly Container[]) => all.map((each) => without(each, 'resources', 'resizePolicy'));
  const rest = without(spec, 'ephemeralContainers', 'resources');
  return inField(inField(rest, 'containers', plain), 'initContainers', plain);
}

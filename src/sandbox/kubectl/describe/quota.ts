import type { LimitRange, LimitRangeItem, Namespace, ResourceQuota } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { nameOf } from '../server/served-object.ts';
import { listOrNone } from './about.ts';
import { Description, sortedEntries } from './description.ts';
import { longTime } from './times.ts';

const scopeHelp: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

const limitHeads = [
  'Type',
  'Resource',
  'Min',
  'Max',
  'Default Request',
  'Default Limit',
  'Max Limit/Request Ratio',
];

/** Describes a ResourceQuota. */
export function describeResourceQuota(quota: ResourceQuota): string {
  const description = new Description();
  description.field('Name', quota.metadata.name).field('Namespace', quota.metadata.namespace);
  describeScopes(description, quota, 0, ' * ');
  description.head(0, 'Resource', 'Used', 'Hard');
  describeUse(description, quota, 0);
  return description.toString();
}

function describeScopes(description: Description, { spec }: ResourceQuota, level: number, dot: string): void {
  const scopes = (spec?.scopes ?? []).toSorted();
  if (scopes.length > 0) description.field('Scopes', scopes.join(', '), level);
  for (const scope of scopes) {
    if (scopeHelp[scope]) description.row(level, `${dot}${scopeHelp[scope]}`);
  }
}

function describeUse(description: Description, { status }: ResourceQuota, level: number): void {
  for (const [name, hard] of sortedEntries(status?.hard)) {
    description.row(level, name, status?.used?.[name] ?? '0', hard);
  }
}

/** Describes a LimitRange. */
export function describeLimitRange({ metadata, spec }: LimitRange): string {
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.head(0, ...limitHeads);
  for (const item of spec?.limits ?? []) describeLimits(description, item, '');
  return description.toString();
}

function describeLimits(description: Description, item: LimitRangeItem, indent: string): void {
  const lists = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
  const names = new Set(lists.flatMap((list) => Object.keys(list ?? {})));
  for (const name of [...names].sort()) {
    description.row(0, `${indent}${item.type}`, name, ...lists.map((list) => list?.[name] ?? '-'));
  }
}

/** Describes a Namespace, with its quotas and limits. */
export function* describeNamespace({ metadata, status }: Namespace): Steps<string> {
  const description = new Description();
  description.field('Name', metadata.name);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('Status', status?.phase);
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    description.title('Conditions').head(1, 'Type', 'Status', 'LastTransitionTime', 'Reason', 'Message');
  }
  for (const { type, status: state, lastTransitionTime, reason, message } of conditions) {
    description.row(1, type, state, longTime(lastTransitionTime), reason, message);
  }
  const place = `/api/v1/namespaces/${nameOf(metadata)}`;
  const quotas = yield* listOrNone<ResourceQuota>(`${place}/resourcequotas`);
  if (quotas) describeQuotas(description.write('\n'), quotas);
  const ranges = yield* listOrNone<LimitRange>(`${place}/limitranges`);
  if (ranges) describeRanges(description.write('\n'), ranges);
  return description.toString();
}

function describeQuotas(description: Description, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) {
    description.row(0, 'No resource quota.');
    return;
  }
  description.row(0, 'Resource Quotas');
  for (const quota of quotas) {
    description.field('Name', quota.metadata.name, 1);
    describeScopes(description, quota, 1, '* ');
    description.row(1, 'Resource', 'Used', 'Hard').row(1, '--------', '---', '---');
    describeUse(description, quota, 1);
  }
}

function describeRanges(description: Description, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) {
    description.row(0, 'No LimitRange resource.');
    return;
  }
  const [type = '', ...others] = limitHeads;
  description.row(0, 'Resource Limits').row(0, ` ${type}`, ...others);
  description.row(0, ` ${'-'.repeat(type.length)}`, ...others.map((head) => '-'.repeat(head.length)));
  for (const { spec } of ranges) {
    for (const item of spec?.limits ?? []) describeLimits(description, item, ' ');
  }
}

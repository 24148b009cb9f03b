import type { Node, Pod } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { ServerFailure } from '../failures.ts';
import { get } from '../server/client.ts';
import { nameOf } from '../server/served-object.ts';
import { type About, describeEvents, listOf, subjectOf } from './about.ts';
import { Description, sortedEntries } from './description.ts';
import { describeUsage } from './node-usage.ts';
import { describeTaints } from './scheduling.ts';
import { longTime } from './times.ts';

/** Describes a node, with the Pods on it. @throws ServerFailure when they cannot be had */
export function* describeNode(node: Node, about: About): Steps<string> {
  const { metadata, spec, status } = node;
  const description = new Description();
  description.field('Name', metadata.name).field('Roles', rolesOf(metadata.labels).join(',') || '<none>');
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  describeTaints(description, spec?.taints);
  description.field('Unschedulable', spec?.unschedulable ?? false);
  yield* describeLease(description, nameOf(metadata));
  describeConditions(description, node);
  description.title('Addresses');
  for (const { type, address } of status?.addresses ?? []) description.field(type, address, 1);
  for (const [title, list] of [
    ['Capacity', sortedEntries(status?.capacity)],
    ['Allocatable', sortedEntries(status?.allocatable)],
  ] as const) {
    if (list.length > 0) description.title(title);
    for (const [name, amount] of list) description.field(name, amount, 1);
  }
  describeSystem(description, node);
  description.optional('PodCIDR', spec?.podCIDR).optional('PodCIDRs', spec?.podCIDRs?.join(','));
  description.optional('ProviderID', spec?.providerID);
  yield* describePods(description, node, about);
  // The kubelet names the node where others give its uid.
  const subject = subjectOf(node);
  yield* describeEvents(description, node, about, [subject, { ...subject, uid: nameOf(metadata) }]);
  return description.toString();
}

function rolesOf(labels: Readonly<Record<string, string>> = {}): string[] {
  const roles = Object.entries(labels).map(([key, value]) =>
    key === 'kubernetes.io/role' ? value : (/^node-role\.kubernetes\.io\/(.+)$/.exec(key)?.[1] ?? ''),
  );
  return [...new Set(roles.filter(Boolean))].sort();
}

function* describePods(description: Description, node: Node, { now }: About): Steps<void> {
  const fields = `spec.nodeName=${nameOf(node.metadata)},status.phase!=Succeeded,status.phase!=Failed`;
  try {
    const pods = yield* listOf<Pod>('/api/v1/pods', { fieldSelector: fields });
    describeUsage(description, node, pods, now);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    if (failure.reason !== 'Forbidden') throw failure;
    description.field('Pods', 'not authorized');
  }
}

interface Lease extends ApiObject {
  readonly spec: {
    readonly holderIdentity: string;
    readonly acquireTime?: string;
    readonly renewTime?: string;
  };
}

function* describeLease(description: Description, name: string): Steps<void> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`;
  try {
    const { spec } = yield* get<Lease>(path);
    const { holderIdentity, acquireTime, renewTime } = spec;
    const timeText = (time: string | undefined): string => (time ? longTime(time) : '<unset>');
    description.title('Lease').field('HolderIdentity', holderIdentity, 1);
    description.field('AcquireTime', timeText(acquireTime), 1).field('RenewTime', timeText(renewTime), 1);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    description.field('Lease', `Failed to get lease: ${failure.message}`);
  }
}

function describeConditions(description: Description, { status }: Node): void {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return;
  description.title('Conditions');
  description.row(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message');
  description.row(1, '----', '------', '-----------------', '------------------', '------', '-------');
  for (const { type, status: state, lastHeartbeatTime, lastTransitionTime, reason, message } of conditions) {
    const times = [`${longTime(lastHeartbeatTime)} `, `${longTime(lastTransitionTime)} `];
    description.row(1, `${type} `, `${state} `, ...times, `${reason ?? ''} `, message);
  }
}

function describeSystem(description: Description, { status }: Node): void {
  const system = status?.nodeInfo;
  description.title('System Info');
  description.field('Machine ID', system?.machineID, 1).field('System UUID', system?.systemUUID, 1);
  description.field('Boot ID', system?.bootID, 1).field('Kernel Version', system?.kernelVersion, 1);
  description.field('OS Image', system?.osImage, 1);
  description.field('Operating System', system?.operatingSystem, 1);
  description.field('Architecture', system?.architecture, 1);
  description.field('Container Runtime Version', system?.containerRuntimeVersion, 1);
  description.field('Kubelet Version', system?.kubeletVersion, 1);
}

import type { Node, Pod } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { byKey } from '../../go/go-order.ts';
import { throwUnless } from '../../thrown.ts';
import { ServerFailure } from '../failures.ts';
import { get } from '../server/client.ts';
import { nameOf } from '../server/served-object.ts';
import { type About, describeEvents, listOf, listOrEmpty, subjectOf } from './about.ts';
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
  yield* describeSlices(description, nameOf(metadata), about);
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
  readonly spec?: {
    readonly holderIdentity?: string;
    readonly acquireTime?: string;
    readonly renewTime?: string;
  };
}

function* describeLease(description: Description, name: string): Steps<void> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`;
  try {
    const { spec } = yield* get<Lease>(path);
    const { holderIdentity = '<unset>', acquireTime, renewTime } = spec ?? {};
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

interface ResourceSlice extends ApiObject {
  readonly spec: {
    readonly driver: string;
    readonly pool: { readonly name: string };
    readonly devices?: readonly unknown[];
  };
}

/** So many pools are listed. */
const mostPools = 10;

function* describeSlices(description: Description, node: string, { known }: About): Steps<void> {
  if (!known.some(({ name, version }) => name === 'resourceslices' && version === 'v1')) return;
  const query = { fieldSelector: `spec.nodeName=${node}` };
  const slices = yield* listOrEmpty<ResourceSlice>('/apis/resource.k8s.io/v1/resourceslices', query);
  const pools = new Map<string, { cells: readonly string[]; slices: number; devices: number }>();
  for (const { spec } of slices) {
    const key = `${spec.driver}/${spec.pool.name}`;
    const { devices = [] } = spec;
    const pool = pools.get(key) ?? { cells: [spec.driver, spec.pool.name], slices: 0, devices: 0 };
    pool.slices += 1;
    pool.devices += devices.length;
    pools.set(key, pool);
  }
  if (pools.size === 0) return;
  description.title('Node-Local ResourceSlices').head(1, 'Driver', 'Pool', 'Slices', 'Devices');
  const sorted = [...pools].sort(byKey);
  for (const [, pool] of sorted.slice(0, mostPools)) {
    description.row(1, ...pool.cells, pool.slices, pool.devices);
  }
  if (sorted.length > mostPools) description.row(1, `...and ${sorted.length - mostPools} more pools`);
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

import type { Node, NodeSpec, Taint } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, text, wide } from '../cells.ts';
import { type Complaint, duplicate, forbidden, invalid } from '../complaint.ts';
import { inField } from '../filled.ts';
import type { Decoded, KindRules } from '../kind.ts';
import { labelKeyComplaints, labelValueComplaints } from '../label-rules.ts';
import { rangeComplaints } from '../network/addresses.ts';
import { keepsStatus } from '../status.ts';
import { complaintsOf, requiredOneOf } from '../value-rules.ts';

const rolePrefix = 'node-role.kubernetes.io/';

/** Nodes (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/registry/core/node). */
export const nodeRules: KindRules<Node> = {
  defaults: (object) =>
    inField(inField(object, 'spec', withBlocks), 'status', (status) =>
      status.capacity && !status.allocatable ? { ...status, allocatable: status.capacity } : status,
    ),
  // Whoever registers a node may say how it is.
  prepareCreate: (object) => object,
  prepareUpdate: keepsStatus,
  validate: ({ spec }) => [
    ...taintComplaints(spec?.taints ?? []),
    ...(spec?.podCIDRs ?? []).flatMap((each, index) => rangeComplaints(`spec.podCIDRs[${index}]`, each)),
  ],
  validateUpdate: nodeUpdateComplaints,
  columns: [
    nameColumn,
    text('Status'),
    text('Roles'),
    ageColumn,
    text('Version'),
    wide('Internal-IP'),
    wide('External-IP'),
    wide('OS-Image'),
    wide('Kernel-Version'),
    wide('Container-Runtime'),
  ],
  row: (object, context) => {
    const info = object.status?.nodeInfo;
    const address = (type: string): string =>
      object.status?.addresses?.find((each) => each.type === type)?.address ?? '<none>';
    const architecture = info?.architecture ? ` (${info.architecture})` : '';
    return [
      object.metadata.name,
      statusCell(object),
      rolesCell(object),
      ageOf(object, context),
      info?.kubeletVersion ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      info?.osImage || '<unknown>',
      `${info?.kernelVersion || '<unknown>'}${architecture}`,
      info?.containerRuntimeVersion || '<unknown>',
    ];
  },
  fieldLabels: { 'spec.unschedulable': ({ spec }) => `${Boolean(spec?.unschedulable)}` },
  hasStatus: true,
};

function statusCell({ spec, status }: Stored<Node>): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const shown = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return spec?.unschedulable ? `${shown},SchedulingDisabled` : shown;
}

function rolesCell({ metadata }: Stored<Node>): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return [key.slice(rolePrefix.length)];
    return key === 'kubernetes.io/role' && value ? [value] : [];
  });
  return [...new Set(roles)].sort().join(',') || '<none>';
}

/** What is wrong with taints (k8s.io/kubernetes/pkg/apis/core/validation, validateNodeTaints). */
function taintComplaints(taints: readonly Taint[]): readonly Complaint[] {
  return taints.flatMap((taint, index) => {
    const path = `metadata.taints[${index}]`;
    const { key, value = '', effect } = taint;
    const first = taints.findIndex((each) => each.key === key && each.effect === effect);
    const valueProblems = labelValueComplaints(value);
    return [
      ...complaintsOf(`${path}.key`, key, labelKeyComplaints(key)),
      ...(valueProblems.length > 0 ? [invalid(`${path}.value`, value, valueProblems.join(';'))] : []),
      ...requiredOneOf(`${path}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
      ...(first < index ? [sameTaint(path, taint)] : []),
    ];
  });
}

/** The first block of addresses may be told alone, by old clients (Convert_v1_NodeSpec_To_core_NodeSpec). */
function withBlocks(spec: NodeSpec): NodeSpec {
  return spec.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR ? { ...spec, podCIDRs: [spec.podCIDR] } : spec;
}

function sameTaint(path: string, { key, value = '', effect, timeAdded }: Taint): Complaint {
  const shown = { Key: key, Value: value, Effect: effect, TimeAdded: timeAdded ?? null };
  const plain = duplicate(path, shown);
  return { ...plain, message: `${plain.message}: taints must be unique by key and effect pair` };
}

function nodeUpdateComplaints({ spec }: Decoded<Node>, { spec: old }: Stored<Node>): readonly Complaint[] {
  const cannot = (field: string): string => `node updates may not change ${field} except from "" to valid`;
  const isMoved = old.podCIDRs?.length && old.podCIDRs.join() !== spec.podCIDRs?.join();
  const isOther = old.providerID && old.providerID !== spec.providerID;
  return [
    ...(isMoved ? [forbidden('spec.podCIDRs', cannot('podCIDR'))] : []),
    ...(isOther ? [forbidden('spec.providerID', cannot('providerID'))] : []),
  ];
}

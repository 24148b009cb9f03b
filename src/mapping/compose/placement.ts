import { isName } from '../../kubernetes/names.ts';
import type { NodeTerm } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import { isMetadataKey } from '../workload/metadata.ts';
import type { ServiceContext, VerdictParts } from './key-rule.ts';

const none = { grade: 'none', kubernetes: 'none' } as const;
const controlPlane = 'node-role.kubernetes.io/control-plane';

/** Labels that every node has, by what Swarm calls them (https://kubernetes.io/docs/reference/labels-annotations-taints/). */
const wellKnown: Readonly<Record<string, string>> = {
  'node.hostname': 'kubernetes.io/hostname',
  'node.platform.os': 'kubernetes.io/os',
  'node.platform.arch': 'kubernetes.io/arch',
};

/** Swarm writes processors as the kernel does. */
const processors: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

/** A constraint of Swarm, `node.labels.disk == ssd`, as what a node has to have. */
export function applyConstraint(
  draft: WorkloadDraft,
  value: string,
  { extras }: ServiceContext,
): VerdictParts {
  const [, key = '', operator = '', wanted = ''] = /^\s*([\w./-]+)\s*(==|!=)\s*(.+?)\s*$/.exec(value) ?? [];
  if (key === '')
    return { ...none, why: `\`${value}\` is no constraint: write \`node.labels.disk == ssd\`.` };
  const isEqual = operator === '==';
  if (key === 'node.role') return role(wanted, isEqual, extras);
  const label = wellKnown[key] ?? /^(?:node|engine)\.labels\.(.+)$/.exec(key)?.[1];
  if (label === undefined || !isMetadataKey(label)) {
    return {
      ...none,
      why: `Nodes have no \`${key}\`. Give those that are meant a label, with \`kubectl label node\`, and ask for that.`,
    };
  }
  const text = key === 'node.platform.arch' ? (processors[wanted] ?? wanted) : wanted;
  if (!isName(text, 'labelValue')) return { ...none, why: `\`${text}\` is nothing that a label can say.` };
  const isOwn = wellKnown[key] === undefined;
  const labelled = isOwn
    ? ` The label has to be on the nodes: \`kubectl label node NAME ${label}=${text}\`.`
    : '';
  const same = draft.pod.nodeSelector?.[label];
  if (isEqual && (same === undefined || same === text)) {
    draft.pod.nodeSelector = { ...draft.pod.nodeSelector, [label]: text };
    return {
      kubernetes: 'spec.nodeSelector',
      why: `The Pod runs on nodes with \`${label}=${text}\` only.${labelled}`,
    };
  }
  require(extras, { key: label, operator: isEqual ? 'In' : 'NotIn', values: [text] });
  return {
    why: `The Pod runs on nodes ${isEqual ? 'with' : 'without'} \`${label}=${text}\` only.${labelled}`,
  };
}

function role(wanted: string, isEqual: boolean, extras: ServiceContext['extras']): VerdictParts {
  if (wanted !== 'manager' && wanted !== 'worker')
    return { ...none, why: `\`${wanted}\` is no role of a node in Swarm.` };
  const isManager = (wanted === 'manager') === isEqual;
  require(extras, { key: controlPlane, operator: isManager ? 'Exists' : 'DoesNotExist' });
  if (!isManager)
    return {
      why: `A worker is a node without \`${controlPlane}\`. Nodes of the control plane take no Pods anyway, unless their taint is gone.`,
    };
  if (!extras.tolerations.some(({ key }) => key === controlPlane))
    extras.tolerations.push({ key: controlPlane, operator: 'Exists', effect: 'NoSchedule' });
  return {
    grade: 'approximate',
    why: `Managers of Swarm are nodes of the control plane here, which take no Pods unless these bear their taint: a toleration is there for it. Managed clusters show you no such nodes, and what needs Swarm's API finds none.`,
    sources: ['docker-compose-file-deploy', 'k8s-assign-pod-node', 'k8s-taints'],
  };
}

type Requirement = NonNullable<NodeTerm['matchExpressions']>[number];

/** Terms are alternatives, so all that is asked for goes into one. */
function require(extras: ServiceContext['extras'], requirement: Requirement): void {
  const [term] =
    extras.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  extras.affinity = {
    ...extras.affinity,
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [...(term?.matchExpressions ?? []), requirement] }],
      },
    },
  };
}

/** `spread: node.labels.zone`: evenly over the values of a label. */
export function applyPreference(
  draft: WorkloadDraft,
  spread: string,
  { extras }: ServiceContext,
): VerdictParts {
  const label = wellKnown[spread] ?? /^(?:node|engine)\.labels\.(.+)$/.exec(spread)?.[1];
  if (label === undefined || !isMetadataKey(label))
    return { ...none, why: `Nodes have no \`${spread}\` to be spread over.` };
  if (!extras.spread.some(({ topologyKey }) => topologyKey === label)) {
    extras.spread.push({
      maxSkew: 1,
      topologyKey: label,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: draft.name } },
    });
  }
  return {
    why: `The scheduler tries to have as many Pods at each value of the label \`${label}\`. Zones of a cloud are \`topology.kubernetes.io/zone\`.`,
  };
}

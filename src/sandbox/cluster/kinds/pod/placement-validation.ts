import type {
  Affinity,
  LabelSelector,
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  Toleration,
  TopologySpreadConstraint,
} from '../../../../kubernetes/api.ts';
import { type Complaint, duplicate, forbidden, invalid, notSupported, required } from '../complaint.ts';
import {
  labelKeyComplaints,
  labelNameComplaints,
  labelValueComplaints,
  subdomainComplaints,
} from '../label-rules.ts';
import { selectorComplaints } from '../selector-validation.ts';
import { complaintsOf, oneOf } from '../value-rules.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const requiredRule = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredRule = 'preferredDuringSchedulingIgnoredDuringExecution';

/** What is wrong with tolerations (k8s.io/kubernetes/pkg/apis/core/validation, ValidateTolerations). */
export function tolerationComplaints(
  tolerations: readonly Toleration[] = [],
  path: string,
): readonly Complaint[] {
  return tolerations.flatMap((toleration, index) => {
    const place = `${path}[${index}]`;
    const { key = '', operator = '', effect = '', tolerationSeconds } = toleration;
    const all = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    const timed = "effect must be 'NoExecute' when `tolerationSeconds` is set";
    return [
      ...(key ? complaintsOf(`${place}.key`, key, labelKeyComplaints(key)) : []),
      ...(key === '' && operator !== 'Exists' ? [invalid(`${place}.operator`, operator, all)] : []),
      ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
        ? [invalid(`${place}.effect`, effect, timed)]
        : []),
      ...operatorComplaints(toleration, place),
      ...(effect ? oneOf(`${place}.effect`, effect, effects) : []),
    ];
  });
}

function operatorComplaints({ operator = '', value = '' }: Toleration, path: string): readonly Complaint[] {
  const field = `${path}.operator`;
  switch (operator) {
    case '':
    case 'Equal': {
      const problems = labelValueComplaints(value);
      return problems.length > 0 ? [invalid(field, value, problems.join(';'))] : [];
    }
    case 'Exists':
      return value ? [invalid(field, value, "value must be empty when `operator` is 'Exists'")] : [];
    case 'Lt':
    case 'Gt':
      return [notSupported(field, operator, ['Equal', 'Exists', 'Lt', 'Gt'])];
    default:
      return [notSupported(field, operator, ['Equal', 'Exists'])];
  }
}

/** What is wrong with where a Pod wants to be (validateAffinity). */
export function affinityComplaints(affinity: Affinity | undefined, path: string): readonly Complaint[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  return [
    ...(nodeAffinity ? nodeComplaints(nodeAffinity, `${path}.nodeAffinity`) : []),
    ...(podAffinity ? podComplaints(podAffinity, `${path}.podAffinity`) : []),
    ...(podAntiAffinity ? podComplaints(podAntiAffinity, `${path}.podAntiAffinity`) : []),
  ];
}

function nodeComplaints(affinity: NodeAffinity, path: string): readonly Complaint[] {
  const needed = affinity[requiredRule];
  const terms = `${path}.${requiredRule}.nodeSelectorTerms`;
  return [
    ...(needed?.nodeSelectorTerms.length === 0
      ? [required(terms, 'must have at least one node selector term')]
      : []),
    ...(needed?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      nodeTermComplaints(term, `${terms}[${index}]`, true),
    ),
    ...(affinity[preferredRule] ?? []).flatMap(({ weight, preference }, index) => {
      const place = `${path}.${preferredRule}[${index}]`;
      return [
        ...weightComplaints(weight, place),
        ...nodeTermComplaints(preference, `${place}.preference`, false),
      ];
    }),
  ];
}

function weightComplaints(weight: number, path: string): readonly Complaint[] {
  const isFit = weight > 0 && weight <= 100;
  return isFit ? [] : [invalid(`${path}.weight`, weight, 'must be in the range 1-100')];
}

function nodeTermComplaints(term: NodeSelectorTerm, path: string, isStrict: boolean): readonly Complaint[] {
  const { matchExpressions = [], matchFields = [] } = term;
  return [
    ...matchExpressions.flatMap((each, index) =>
      expressionComplaints(each, `${path}.matchExpressions[${index}]`, isStrict),
    ),
    ...matchFields.flatMap((each, index) => fieldComplaints(each, `${path}.matchFields[${index}]`)),
  ];
}

function expressionComplaints(
  { key, operator, values = [] }: NodeSelectorRequirement,
  path: string,
  isStrict: boolean,
): readonly Complaint[] {
  return [
    ...countComplaints(operator, values.length, path),
    ...complaintsOf(`${path}.key`, key, labelKeyComplaints(key)),
    ...(isStrict
      ? values.flatMap((value, index) =>
          complaintsOf(`${path}.values[${index}]`, value, labelValueComplaints(value)),
        )
      : []),
  ];
}

function countComplaints(operator: string, count: number, path: string): readonly Complaint[] {
  const field = `${path}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count > 0 ? [] : [required(field, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return count === 0
        ? []
        : [forbidden(field, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      return count === 1
        ? []
        : [required(field, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(`${path}.operator`, operator, 'not a valid selector operator')];
  }
}

function fieldComplaints(
  { key, operator, values = [] }: NodeSelectorRequirement,
  path: string,
): readonly Complaint[] {
  const isKnown = operator === 'In' || operator === 'NotIn';
  const one = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
  return [
    ...(isKnown
      ? values.length === 1
        ? []
        : [required(`${path}.values`, one)]
      : [invalid(`${path}.operator`, operator, 'not a valid selector operator')]),
    ...(key === 'metadata.name'
      ? values.flatMap((name, index) =>
          complaintsOf(`${path}.values[${index}]`, name, subdomainComplaints(name)),
        )
      : [invalid(`${path}.key`, key, 'not a valid field selector key')]),
  ];
}

function podComplaints(affinity: PodAffinity, path: string): readonly Complaint[] {
  return [
    ...(affinity[requiredRule] ?? []).flatMap((term, index) =>
      podTermComplaints(term, `${path}.${requiredRule}[${index}]`),
    ),
    ...(affinity[preferredRule] ?? []).flatMap(({ weight, podAffinityTerm }, index) => {
      const place = `${path}.${preferredRule}[${index}]`;
      return [
        ...weightComplaints(weight, place),
        ...podTermComplaints(podAffinityTerm, `${place}.podAffinityTerm`),
      ];
    }),
  ];
}

function podTermComplaints(term: PodAffinityTerm, path: string): readonly Complaint[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey } = term;
  const field = `${path}.topologyKey`;
  return [
    ...selectorComplaints(labelSelector, `${path}.labelSelector`),
    ...selectorComplaints(namespaceSelector, `${path}.namespaceSelector`),
    ...namespaces.flatMap((name) => complaintsOf(`${path}.namespace`, name, labelNameComplaints(name))),
    ...(['matchLabelKeys', 'mismatchLabelKeys'] as const).flatMap((list) =>
      keyComplaints(term[list], labelSelector, `${path}.${list}`),
    ),
    ...(topologyKey ? [] : [required(field, 'can not be empty')]),
    ...complaintsOf(field, topologyKey, labelKeyComplaints(topologyKey)),
  ];
}

/** What is wrong with keys of labels that are looked up on the Pod itself (validateLabelKeys). */
function keyComplaints(
  keys: readonly string[] = [],
  selector: LabelSelector | undefined,
  path: string,
): readonly Complaint[] {
  if (keys.length > 0 && !selector)
    return [forbidden(path, 'must not be specified when labelSelector is not set')];
  return keys.flatMap((key, index) => complaintsOf(`${path}[${index}]`, key, labelKeyComplaints(key)));
}

/** What is wrong with how Pods are to be spread (validateTopologySpreadConstraints). */
export function spreadComplaints(
  constraints: readonly TopologySpreadConstraint[] = [],
  path: string,
): readonly Complaint[] {
  return constraints.flatMap((constraint, index) => {
    const place = `${path}[${index}]`;
    const { maxSkew, topologyKey, whenUnsatisfiable: action, minDomains, labelSelector } = constraint;
    const isTwice = constraints
      .slice(index + 1)
      .some((each) => each.topologyKey === topologyKey && each.whenUnsatisfiable === action);
    const only = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
    const domains = `${place}.minDomains`;
    return [
      ...(maxSkew > 0 ? [] : [invalid(`${place}.maxSkew`, maxSkew, 'must be greater than zero')]),
      ...(topologyKey ? [] : [required(`${place}.topologyKey`, 'can not be empty')]),
      ...oneOf(`${place}.whenUnsatisfiable`, action, ['DoNotSchedule', 'ScheduleAnyway']),
      ...(isTwice
        ? [duplicate(`${place}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${action}}`)]
        : []),
      ...(minDomains !== undefined && minDomains <= 0
        ? [invalid(domains, minDomains, 'must be greater than zero')]
        : []),
      ...(minDomains !== undefined && action !== 'DoNotSchedule' ? [invalid(domains, minDomains, only)] : []),
      ...(['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const).flatMap((field) =>
        constraint[field] === undefined
          ? []
          : oneOf(`${place}.${field}`, constraint[field], ['Honor', 'Ignore']),
      ),
      ...keyComplaints(constraint.matchLabelKeys, labelSelector, `${place}.matchLabelKeys`),
      ...selectorComplaints(labelSelector, `${place}.labelSelector`),
    ];
  });
}

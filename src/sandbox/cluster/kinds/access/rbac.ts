import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '../../../../kubernetes/api.ts';
import { unexplained } from '../../api/objects/status.ts';
import type { Stored } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, text, wide } from '../cells.ts';
import { type Complaint, invalid, notSupported, required } from '../complaint.ts';
import { eachOf, filled, inField, withField } from '../filled.ts';
import type { Cell, KindRules, RowContext } from '../kind.ts';
import { pathNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { selectorComplaints } from '../selector-validation.ts';
import { complaintsOf, requiredText } from '../value-rules.ts';

const group = 'rbac.authorization.k8s.io';

type Binding = RoleBinding | ClusterRoleBinding;

/** Roles (k8s.io/kubernetes/pkg/apis/rbac/validation); they have no columns of their own. */
export const roleRules: KindRules<Role> = {
  validate: ({ rules = [] }) => rules.flatMap((rule, index) => ruleComplaints(rule, true, `rules[${index}]`)),
  nameRule: 'path',
  createsOnUpdate: true,
};

/** ClusterRoles. */
export const clusterRoleRules: KindRules<ClusterRole> = {
  validate: ({ rules = [], aggregationRule }) => [
    ...rules.flatMap((rule, index) => ruleComplaints(rule, false, `rules[${index}]`)),
    ...(aggregationRule ? aggregationComplaints(aggregationRule.clusterRoleSelectors ?? []) : []),
  ],
  nameRule: 'path',
  createsOnUpdate: true,
};

/** RoleBindings. */
export const roleBindingRules: KindRules<RoleBinding> = bindingRules(['Role', 'ClusterRole']);

/** ClusterRoleBindings. */
export const clusterRoleBindingRules: KindRules<ClusterRoleBinding> = bindingRules(['ClusterRole']);

function bindingRules<T extends Binding>(kinds: readonly string[]): KindRules<T> {
  const isNamespaced = kinds.includes('Role');
  return {
    defaults: (object) => {
      const roleRef = object.roleRef.apiGroup ? object.roleRef : { ...object.roleRef, apiGroup: group };
      const named = withField<Binding, 'roleRef'>(object, 'roleRef', roleRef);
      return inField(named, 'subjects', (subjects) => eachOf(subjects, defaultedSubject)) as T;
    },
    prepareCreate: demandKnownRole,
    prepareUpdate: demandKnownRole,
    validate: ({ roleRef, subjects = [] }) => [
      ...roleComplaints(roleRef, kinds),
      ...subjects.flatMap((each, index) => subjectComplaints(each, isNamespaced, `subjects[${index}]`)),
    ],
    validateUpdate: ({ roleRef }, old) => {
      const { apiGroup, kind, name } = old.roleRef;
      const isSame = roleRef.apiGroup === apiGroup && roleRef.kind === kind && roleRef.name === name;
      const shown = { APIGroup: roleRef.apiGroup, Kind: roleRef.kind, Name: roleRef.name };
      return isSame ? [] : [invalid('roleRef', shown, 'cannot change roleRef')];
    },
    columns: [nameColumn, text('Role'), ageColumn, wide('Users'), wide('Groups'), wide('ServiceAccounts')],
    row: (object, context) => bindingRow(object as unknown as Stored<Binding>, context),
    nameRule: 'path',
    createsOnUpdate: true,
  };
}

/**
 * Nobody gives a role that nobody knows: upstream looks at it before anything else
 * (k8s.io/kubernetes/pkg/registry/rbac/rolebinding/policybased).
 *
 * @throws ApiError
 */
function demandKnownRole<T extends Binding>(binding: T): T {
  const { kind } = binding.roleRef;
  if (kind === 'Role' || kind === 'ClusterRole') return binding;
  throw unexplained(`unsupported role reference kind: ${JSON.stringify(kind)}`);
}

function bindingRow(object: Stored<Binding>, context: RowContext): readonly Cell[] {
  const { metadata, roleRef, subjects = [] } = object;
  const named = (kind: string): string =>
    subjects
      .filter((subject) => subject.kind === kind)
      .map(({ name, namespace }) => (kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name))
      .join(', ');
  return [
    metadata.name,
    `${roleRef.kind}/${roleRef.name}`,
    ageOf(object, context),
    named('User'),
    named('Group'),
    named('ServiceAccount'),
  ];
}

function defaultedSubject(subject: Subject): Subject {
  const isPerson = subject.kind === 'User' || subject.kind === 'Group';
  return isPerson ? filled(subject, { apiGroup: group }) : subject;
}

function ruleComplaints(rule: PolicyRule, isNamespaced: boolean, path: string): readonly Complaint[] {
  const { verbs, nonResourceURLs = [], apiGroups = [], resources = [], resourceNames = [] } = rule;
  const noVerbs =
    verbs.length === 0 ? [required(`${path}.verbs`, 'verbs must contain at least one value')] : [];
  const urls = `${path}.nonResourceURLs`;
  if (nonResourceURLs.length > 0) {
    const isBoth = apiGroups.length > 0 || resources.length > 0 || resourceNames.length > 0;
    return [
      ...noVerbs,
      ...(isNamespaced
        ? [invalid(urls, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs')]
        : []),
      ...(isBoth
        ? [
            invalid(
              urls,
              nonResourceURLs,
              'rules cannot apply to both regular resources and non-resource URLs',
            ),
          ]
        : []),
    ];
  }
  return [
    ...noVerbs,
    ...(apiGroups.length === 0
      ? [required(`${path}.apiGroups`, 'resource rules must supply at least one api group')]
      : []),
    ...(resources.length === 0
      ? [required(`${path}.resources`, 'resource rules must supply at least one resource')]
      : []),
  ];
}

function aggregationComplaints(
  selectors: readonly Parameters<typeof selectorComplaints>[0][],
): readonly Complaint[] {
  const path = 'aggregationRule.clusterRoleSelectors';
  if (selectors.length === 0) {
    return [required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
  }
  return selectors.flatMap((selector, index) => {
    const wrong = selectorComplaints(selector, `${path}[${index}]`);
    return wrong.length > 0 ? [...wrong, invalid(`${path}[${index}]`, null, 'invalid label selector.')] : [];
  });
}

function roleComplaints({ apiGroup, kind, name }: RoleRef, kinds: readonly string[]): readonly Complaint[] {
  return [
    ...(apiGroup === group ? [] : [notSupported('roleRef.apiGroup', apiGroup ?? '', [group])]),
    ...(kinds.includes(kind) ? [] : [notSupported('roleRef.kind', kind, kinds)]),
    ...(name ? complaintsOf('roleRef.name', name, pathNameComplaints(name)) : [required('roleRef.name')]),
  ];
}

function subjectComplaints(subject: Subject, isNamespaced: boolean, path: string): readonly Complaint[] {
  const { kind, name, apiGroup = '', namespace = '' } = subject;
  const unnamed = requiredText(`${path}.name`, name);
  const wrongGroup = (wanted: string): readonly Complaint[] =>
    apiGroup === wanted ? [] : [notSupported(`${path}.apiGroup`, apiGroup, [wanted])];
  switch (kind) {
    case 'ServiceAccount':
      return [
        ...unnamed,
        ...(name ? complaintsOf(`${path}.name`, name, subdomainComplaints(name)) : []),
        ...wrongGroup(''),
        ...(isNamespaced || namespace ? [] : [required(`${path}.namespace`)]),
      ];
    case 'User':
    case 'Group':
      return [...unnamed, ...wrongGroup(group)];
    default:
      return [...unnamed, notSupported(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group'])];
  }
}

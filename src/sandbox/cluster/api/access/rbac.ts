import type { PolicyRule, RoleRef, Subject } from '../../../../kubernetes/api.ts';
import { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { nameOf } from '../../resources.ts';
import { isAlmighty } from './user.ts';
import type { User } from './user-info.ts';

/** What somebody wants to do. */
export interface Attributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** A path, where it is about no resource. */
  readonly path?: string | undefined;
}

/** Whether somebody may, and by which binding. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/**
 * Decides by the RBAC objects of the cluster (k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac). Members of
 * the administrators' groups may do everything.
 */
export function authorize(cluster: Cluster, user: User, attributes: Attributes): Decision {
  for (const { rules, reason } of rulesFor(cluster, user, attributes.namespace)) {
    if (rules.some((rule) => allows(rule, attributes))) return { allowed: true, reason };
  }
  return { allowed: isAlmighty(user), reason: '' };
}

/** @throws ApiError Forbidden with upstream's words when somebody may not */
export function demandPermission(cluster: Cluster, user: User, attributes: Attributes): void {
  if (isAlmighty(user) || authorize(cluster, user, attributes).allowed) return;
  const { verb, group, resource, subresource, namespace, name = '' } = attributes;
  const what = nameOf({ plural: resource, group });
  const part = subresource ? `${resource}/${subresource}` : resource;
  const scope =
    namespace === undefined ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  const why = `User ${JSON.stringify(user.name)} cannot ${verb} resource ${JSON.stringify(part)} in API group ${JSON.stringify(group)} ${scope}`;
  const named = name === '' ? what : `${what} ${JSON.stringify(name)}`;
  throw new ApiError('Forbidden', `${named} is forbidden: ${why}`, {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    kind: resource,
  });
}

/** The rules that hold for somebody, with the words that say where they come from. */
export function* rulesFor(
  cluster: Cluster,
  user: User,
  namespace: string | undefined,
): Generator<{ readonly rules: readonly PolicyRule[]; readonly reason: string }> {
  for (const { metadata, roleRef, subjects = [] } of cluster.list(
    'clusterrolebindings.rbac.authorization.k8s.io',
  )) {
    const subject = subjects.find((each) => isMeant(each, user, ''));
    if (!subject) continue;
    const reason = `RBAC: allowed by ClusterRoleBinding "${metadata.name}" of ${roleText(roleRef)} to ${subjectText(subject)}`;
    yield { rules: rulesOfRole(cluster, roleRef, undefined), reason };
  }
  if (namespace === undefined) return;
  for (const { metadata, roleRef, subjects = [] } of cluster.list(
    'rolebindings.rbac.authorization.k8s.io',
    namespace,
  )) {
    const subject = subjects.find((each) => isMeant(each, user, namespace));
    if (!subject) continue;
    const reason = `RBAC: allowed by RoleBinding "${metadata.name}/${namespace}" of ${roleText(roleRef)} to ${subjectText(subject)}`;
    yield { rules: rulesOfRole(cluster, roleRef, namespace), reason };
  }
}

function rulesOfRole(
  cluster: Cluster,
  { kind, name }: RoleRef,
  namespace: string | undefined,
): readonly PolicyRule[] {
  const role =
    kind === 'ClusterRole'
      ? cluster.get('clusterroles.rbac.authorization.k8s.io', undefined, name)
      : cluster.get('roles.rbac.authorization.k8s.io', namespace, name);
  return role?.rules ?? [];
}

function isMeant({ kind, name, namespace }: Subject, user: User, bound: string): boolean {
  switch (kind) {
    case 'User':
      return user.name === name;
    case 'Group':
      return user.groups.includes(name);
    default:
      return user.name === `system:serviceaccount:${namespace || bound}:${name}`;
  }
}

function allows(rule: PolicyRule, { verb, group, resource, subresource, name, path }: Attributes): boolean {
  if (!has(rule.verbs, verb)) return false;
  if (path !== undefined) return (rule.nonResourceURLs ?? []).some((each) => fitsPath(each, path));
  const part = subresource ? `${resource}/${subresource}` : resource;
  const resources = rule.resources ?? [];
  const isNamed =
    has(resources, part) || (subresource !== undefined && resources.includes(`*/${subresource}`));
  if (!isNamed || !has(rule.apiGroups ?? [], group)) return false;
  const names = rule.resourceNames ?? [];
  return names.length === 0 || (name !== undefined && names.includes(name));
}

function has(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value);
}

function fitsPath(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}

function roleText({ kind, name }: RoleRef): string {
  return `${kind} "${name}"`;
}

function subjectText({ kind, name, namespace }: Subject): string {
  return `${kind} "${namespace ? `${name}/${namespace}` : name}"`;
}

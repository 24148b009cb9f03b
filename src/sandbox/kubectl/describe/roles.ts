import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../../../kubernetes/api.ts';
import { compactRules, ruleCells } from '../server/policy-rules.ts';
import { Description } from './description.ts';

/** Describes a Role or a ClusterRole. */
export function describeRole({ metadata, rules }: Role | ClusterRole): string {
  const description = new Description();
  description.field('Name', metadata.name);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.title('PolicyRule').head(1, 'Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs');
  for (const rule of compactRules(rules ?? [])) description.row(1, ...ruleCells(rule));
  return description.toString();
}

/** Describes a RoleBinding or a ClusterRoleBinding. */
export function describeRoleBinding(binding: RoleBinding | ClusterRoleBinding): string {
  const { metadata, roleRef, subjects = [] } = binding;
  const description = new Description();
  description.field('Name', metadata.name);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.title('Role').field('Kind', roleRef.kind, 1).field('Name', roleRef.name, 1);
  description.title('Subjects').head(1, 'Kind', 'Name', 'Namespace');
  for (const { kind, name, namespace } of subjects) description.row(1, kind, name, namespace);
  return description.toString();
}

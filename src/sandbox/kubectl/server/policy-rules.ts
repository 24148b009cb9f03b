import type { PolicyRule } from '../../../kubernetes/api.ts';

/**
 * Rules as `describe` and `auth can-i --list` show them: one a resource, with all of its verbs, in order
 * (k8s.io/kubectl/pkg/util/rbac).
 */
export function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const found = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules.flatMap(simpleRules)) {
    if (rule.nonResourceURLs) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const before = found.get(key);
    found.set(key, before ? { ...before, verbs: [...new Set([...before.verbs, ...rule.verbs])] } : rule);
  }
  return [...others, ...found.values()].sort((one, other) => (goString(one) < goString(other) ? -1 : 1));
}

/** Its cells: the resource with its group, addresses, names, verbs. */
export function ruleCells({
  resources,
  apiGroups,
  nonResourceURLs,
  resourceNames,
  verbs,
}: PolicyRule): string[] {
  return [qualified(resources?.[0], apiGroups?.[0]), ...[nonResourceURLs, resourceNames, verbs].map(listed)];
}

function simpleRules({
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
  verbs,
}: PolicyRule): PolicyRule[] {
  const named = resourceNames.length > 0 ? resourceNames.map((name) => [name]) : [undefined];
  return [
    ...apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        verbs.flatMap((verb) =>
          named.map((names) => ({
            apiGroups: [group],
            resources: [resource],
            verbs: [verb],
            ...(names === undefined ? {} : { resourceNames: names }),
          })),
        ),
      ),
    ),
    ...nonResourceURLs.flatMap((url) => verbs.map((verb) => ({ nonResourceURLs: [url], verbs: [verb] }))),
  ];
}

/** As Go prints the rule; by this they are sorted. */
function goString({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  return `&PolicyRule{Verbs:${listed(verbs)},APIGroups:${listed(apiGroups)},Resources:${listed(resources)},ResourceNames:${listed(resourceNames)},NonResourceURLs:${listed(nonResourceURLs)},}`;
}

function listed(texts: readonly string[] | undefined): string {
  return `[${(texts ?? []).join(' ')}]`;
}

/** `deployments.apps/scale` for the resource `deployments/scale` of the group `apps`. */
function qualified(resource: string | undefined, group: string | undefined): string {
  if (resource === undefined) return '';
  const [name = '', ...part] = resource.split('/');
  const whole = group ? `${name}.${group}` : name;
  return part.length > 0 ? `${whole}/${part.join('/')}` : whole;
}

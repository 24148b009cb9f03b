import { complain, type Steps } from '../../effects.ts';
import { byKey } from '../../go/go-order.ts';
import { throwUnless } from '../../thrown.ts';
import { onlyName } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { BareFailure, CommandFailure } from '../failures.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { resourceNamed } from '../server/discovery.ts';
import { createGenerated } from './generated.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';

const resourceVerbs =
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate';
const urlVerbs = '* get post put delete patch head options';

/** Verbs that only some resources know, as `resource.group`. */
const specialVerbs: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  escalate: ['roles.rbac.authorization.k8s.io', 'clusterroles.rbac.authorization.k8s.io'],
  impersonate: ['users.', 'serviceaccounts.', 'groups.', 'userextras.authentication.k8s.io'],
};

/** `kubectl create role NAME --verb=… --resource=… [--resource-name=…]` */
export function* runCreateRole(context: KubectlContext): Steps<number> {
  const name = onlyName(context);
  const wanted = readWanted(context);
  if (name === '') throw new CommandFailure('name must be specified');
  if (wanted.verbs.length === 0) throw new CommandFailure('at least one verb must be specified');
  yield* warnOfVerbs(wanted.verbs);
  if (wanted.resources.length === 0) throw new CommandFailure('at least one resource must be specified');
  const known = yield* context.known();
  demandKnown(wanted, known);
  const rules = rulesOf(wanted, known);
  return yield* createGenerated(context, { apiVersion, kind: 'Role', metadata: { name }, rules });
}

/** `kubectl create clusterrole NAME --verb=… --resource=…|--non-resource-url=…|--aggregation-rule=…` */
export function* runCreateClusterRole(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = onlyName(context);
  const wanted = readWanted(context);
  const urls = [...new Set(options.list('--non-resource-url'))];
  if (name === '') throw new CommandFailure('name must be specified');
  const aggregated = options.list('--aggregation-rule');
  if (aggregated.length > 0) {
    if (urls.length + wanted.verbs.length + wanted.resources.length + wanted.names.length > 0) {
      throw new CommandFailure(
        'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
      );
    }
    const matchLabels = Object.fromEntries(aggregated.map((pair) => pair.split('=', 2)));
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels }] };
    return yield* createGenerated(context, {
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name },
      rules: null,
      aggregationRule,
    });
  }
  if (wanted.verbs.length === 0) throw new CommandFailure('at least one verb must be specified');
  if (wanted.resources.length + urls.length === 0) {
    throw new CommandFailure('one of resource or nonResourceURL must be specified');
  }
  const known = yield* context.known();
  if (wanted.resources.length > 0) {
    yield* warnOfVerbs(wanted.verbs);
    demandKnown(wanted, known);
  }
  demandUrls(urls, wanted.verbs);
  const ofUrls = urls.length > 0 ? [{ verbs: wanted.verbs, nonResourceURLs: urls }] : [];
  const rules = [...rulesOf(wanted, known), ...ofUrls];
  return yield* createGenerated(context, { apiVersion, kind: 'ClusterRole', metadata: { name }, rules });
}

function demandUrls(urls: readonly string[], verbs: readonly string[]): void {
  if (urls.length === 0) return;
  const odd = verbs.find((verb) => !urlVerbs.split(' ').includes(verb));
  if (odd !== undefined) throw new CommandFailure(`invalid verb: '${odd}' for nonResourceURL`);
  for (const url of urls) {
    if (url === '*') continue;
    if (!url.startsWith('/')) throw new CommandFailure('nonResourceURL should start with /');
    if (url.slice(0, -1).includes('*')) {
      throw new CommandFailure("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
  }
}

interface WantedResource {
  readonly resource: string;
  readonly group: string;
  readonly part: string;
}

interface Wanted {
  readonly verbs: readonly string[];
  readonly resources: readonly WantedResource[];
  readonly names: readonly string[];
}

function readWanted({ options }: KubectlContext): Wanted {
  const verbs = [...new Set(options.list('--verb'))];
  const resources = options.list('--resource').map((word): WantedResource => {
    const [whole = '', ...parts] = word.split('/');
    const [resource = '', ...group] = whole.split('.');
    return { resource, group: group.join('.'), part: parts.join('/') };
  });
  const all = resources.find(({ resource, group, part }) => resource === '*' && group === '' && part === '');
  return {
    verbs: verbs.includes('*') ? ['*'] : verbs,
    resources: all ? [all] : resources,
    names: [...new Set(options.all('--resource-name'))],
  };
}

function* warnOfVerbs(verbs: readonly string[]): Steps<void> {
  for (const verb of verbs) {
    if (!resourceVerbs.split(' ').includes(verb)) {
      yield* complain(`Warning: '${verb}' is not a standard resource verb\n`);
    }
  }
}

function demandKnown({ verbs, resources }: Wanted, known: readonly DiscoveredResource[]): void {
  for (const { resource, group } of resources) {
    if (resource === '') {
      throw new CommandFailure('resource must be specified if apiGroup/subresource specified');
    }
    if (resource === '*') return;
    const found = lookUp(resource, group, known);
    const name = found?.name ?? resource;
    const where = found?.group ?? group;
    const special = verbs.filter((verb) => specialVerbs[verb]);
    const refused = special.find((verb) => !specialVerbs[verb]?.includes(`${name}.${where}`));
    if (refused !== undefined) {
      throw new CommandFailure(`can not perform '${refused}' on '${name}' in group '${where}'`);
    }
    if (!found && special.length === 0) throw unknownResource(resource, group);
  }
}

function unknownResource(resource: string, group: string): CommandFailure {
  const what = `the server doesn't have a resource type ${JSON.stringify(resource)}`;
  return new BareFailure(group === '' ? what : `${what} in group ${JSON.stringify(group)}`);
}

function lookUp(
  resource: string,
  group: string,
  known: readonly DiscoveredResource[],
): DiscoveredResource | undefined {
  try {
    return resourceNamed(group === '' ? resource : `${resource}.${group}`, known);
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    return undefined;
  }
}

/** One rule a group, in the order of their names. */
function rulesOf({ verbs, resources, names }: Wanted, known: readonly DiscoveredResource[]): unknown[] {
  const groups = new Map<string, Set<string>>();
  for (const { resource, group, part } of resources) {
    const found = lookUp(resource, group, known);
    const name = found?.name ?? resource;
    const where = found?.group ?? group;
    const list = groups.get(where) ?? new Set();
    groups.set(where, list.add(part === '' ? name : `${name}/${part}`));
  }
  return [...groups].sort(byKey).map(([group, list]) => ({
    verbs,
    apiGroups: [group],
    resources: [...list],
    ...(names.length > 0 ? { resourceNames: names } : {}),
  }));
}

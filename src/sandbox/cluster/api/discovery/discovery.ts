import { kubernetesVersion } from '../../new-cluster/names.ts';
import type { ApiRequest } from '../request.ts';
import { type Discovered, discovered, servedGroups } from './served-parts.ts';

const serverAddress = '172.30.0.11:6443';

/** What `/version` says. */
export const serverVersion: unknown = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: kubernetesVersion,
  gitCommit: 'simulated',
  gitTreeState: 'clean',
  buildDate: '2026-07-22T18:07:38Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/**
 * The document of discovery at a path: `/api`, `/apis`, one group, one version of a group.
 *
 * @param words of the path
 * @returns undefined when there is none
 */
export function discoveryAt(words: readonly string[], request: ApiRequest): unknown {
  const [root, group, version, ...more] = words;
  if (more.length > 0) return undefined;
  if (root === 'api') {
    if (group === undefined) return isAggregated(request) ? aggregated('') : coreVersions();
    return version === undefined ? resourceList('', group) : undefined;
  }
  if (group === undefined) return isAggregated(request) ? aggregated() : groupList();
  return version === undefined ? groupOf(group) : resourceList(group, version);
}

/** All paths that are served, as `/` lists them. */
export function servedPaths(): unknown {
  const groups = servedGroups().filter(({ group }) => group !== '');
  const paths = [
    '/api',
    '/api/v1',
    '/apis',
    '/apis/',
    ...groups.flatMap(({ group, version }) => [`/apis/${group}`, `/apis/${group}/${version}`]),
    '/healthz',
    '/livez',
    '/openapi/v3',
    '/openapi/v3/',
    '/readyz',
    '/version',
  ];
  return { paths: paths.sort() };
}

function isAggregated({ headers }: ApiRequest): boolean {
  const [first = ''] = (headers.accept ?? '').split(',');
  return first.includes('as=APIGroupDiscoveryList') && first.includes('v=v2') && !first.includes('v=v2beta1');
}

function coreVersions(): unknown {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

function groupList(): unknown {
  const groups = servedGroups()
    .filter(({ group }) => group !== '')
    .map(({ group, version }) => groupBody(group, version));
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

function groupOf(name: string): unknown {
  const found = servedGroups().find(({ group }) => group === name && group !== '');
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...groupBody(found.group, found.version) };
}

function groupBody(name: string, version: string): object {
  const one = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [one], preferredVersion: one };
}

function resourceList(group: string, version: string): unknown {
  const found = discovered().filter((each) => each.group === group && each.version === version);
  if (found.length === 0) return undefined;
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: found.flatMap(listed) };
}

function listed({
  plural,
  singular,
  kind,
  namespaced,
  verbs,
  shortNames,
  categories,
  parts,
}: Discovered): object[] {
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs,
      ...(shortNames.length > 0 ? { shortNames } : {}),
      ...(categories.length > 0 ? { categories } : {}),
    },
    ...parts.map((part) => ({
      name: `${plural}/${part.name}`,
      singularName: '',
      namespaced,
      ...(part.apiVersion === undefined ? {} : groupAndVersion(part.apiVersion)),
      kind: part.kind,
      verbs: part.verbs,
    })),
  ];
}

/** The document of aggregated discovery (apidiscovery.k8s.io/v2). @param only the one group that is meant */
function aggregated(only?: string): unknown {
  const items = servedGroups()
    .filter(({ group }) => (only === undefined ? group !== '' : group === only))
    .map(({ group, version }) => ({
      metadata: group === '' ? {} : { name: group },
      versions: [
        {
          version,
          resources: discovered()
            .filter((each) => each.group === group)
            .map(aggregatedResource),
          freshness: 'Current',
        },
      ],
    }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

function aggregatedResource(resource: Discovered): object {
  const { plural, singular, kind, namespaced, verbs, shortNames, categories, parts } = resource;
  return {
    resource: plural,
    responseKind: { group: '', version: '', kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(parts.length > 0
      ? {
          subresources: parts.map((part) => ({
            subresource: part.name,
            responseKind: {
              group: '',
              version: '',
              ...groupAndVersion(part.apiVersion ?? ''),
              kind: part.kind,
            },
            verbs: part.verbs,
          })),
        }
      : {}),
  };
}

function groupAndVersion(apiVersion: string): { group: string; version: string } | object {
  if (apiVersion === '') return {};
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return { group, version };
}

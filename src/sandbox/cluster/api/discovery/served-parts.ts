import { rulesOf } from '../../kinds/all-kinds.ts';
import { type Resource, type ServedResource, servedResources } from '../../resources.ts';

/** A part of an object that has a path of its own. */
export interface ServedPart {
  readonly name: string;
  readonly kind: string;
  /** Of the kind, where it is another than the object's. */
  readonly apiVersion?: string;
  readonly verbs: readonly string[];
}

/** A resource as discovery tells of it. */
export interface Discovered {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly parts: readonly ServedPart[];
}

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const changing = ['get', 'patch', 'update'];
const connecting = ['create', 'get'];

const podParts: readonly ServedPart[] = [
  { name: 'attach', kind: 'PodAttachOptions', verbs: connecting },
  { name: 'binding', kind: 'Binding', verbs: ['create'] },
  { name: 'ephemeralcontainers', kind: 'Pod', verbs: changing },
  { name: 'eviction', kind: 'Eviction', apiVersion: 'policy/v1', verbs: ['create'] },
  { name: 'exec', kind: 'PodExecOptions', verbs: connecting },
  { name: 'log', kind: 'Pod', verbs: ['get'] },
  { name: 'portforward', kind: 'PodPortForwardOptions', verbs: connecting },
];

const ownParts: Partial<Record<Resource, readonly ServedPart[]>> = {
  pods: podParts,
  namespaces: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }],
  serviceaccounts: [
    { name: 'token', kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', verbs: ['create'] },
  ],
};

/** The parts that objects of a resource have. */
function partsOf({ table, kind }: ServedResource): readonly ServedPart[] {
  const { hasStatus, scale } = rulesOf(table);
  const own = ownParts[table] ?? [];
  return [
    ...own,
    ...(scale ? [{ name: 'scale', kind: 'Scale', apiVersion: 'autoscaling/v1', verbs: changing }] : []),
    ...(hasStatus ? [{ name: 'status', kind, verbs: changing }] : []),
  ];
}

/** Resources that no objects are kept of: questions that are answered, measurements, signs of life. */
const unkept: readonly Discovered[] = [
  question('', 'v1', 'Binding', true),
  question('authentication.k8s.io', 'v1', 'SelfSubjectReview', false),
  question('authorization.k8s.io', 'v1', 'LocalSubjectAccessReview', true),
  question('authorization.k8s.io', 'v1', 'SelfSubjectAccessReview', false),
  question('authorization.k8s.io', 'v1', 'SelfSubjectRulesReview', false),
  question('authorization.k8s.io', 'v1', 'SubjectAccessReview', false),
  readOnly('coordination.k8s.io/v1', 'leases', 'Lease', true),
  readOnly('metrics.k8s.io/v1beta1', 'nodes', 'NodeMetrics', false),
  readOnly('metrics.k8s.io/v1beta1', 'pods', 'PodMetrics', true),
];

let all: readonly Discovered[] | undefined;

/** Everything that is served, in the order of the groups in upstream's discovery. */
export function discovered(): readonly Discovered[] {
  all ??= [...servedResources.map(describe), ...unkept].sort(
    (one, other) => groupPlace(one.group) - groupPlace(other.group) || (one.plural < other.plural ? -1 : 1),
  );
  return all;
}

/** The groups that are served, with their one version. */
export function servedGroups(): readonly { readonly group: string; readonly version: string }[] {
  const versions = new Map(discovered().map(({ group, version }) => [group, version]));
  return [...versions].map(([group, version]) => ({ group, version }));
}

const groupOrder = [
  '',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'metrics.k8s.io',
];

function groupPlace(group: string): number {
  return groupOrder.indexOf(group);
}

function describe(resource: ServedResource): Discovered {
  const { group, version, plural, kind, namespaced, shortNames, inAll, table } = resource;
  return {
    group,
    version,
    plural,
    singular: kind.toLowerCase(),
    kind,
    namespaced,
    verbs: table === 'namespaces' ? allVerbs.filter((each) => each !== 'deletecollection') : allVerbs,
    shortNames,
    categories: inAll ? ['all'] : [],
    parts: partsOf(resource),
  };
}

function question(group: string, version: string, kind: string, namespaced: boolean): Discovered {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  return {
    group,
    version,
    plural,
    singular,
    kind,
    namespaced,
    verbs: ['create'],
    shortNames: [],
    categories: [],
    parts: [],
  };
}

function readOnly(apiVersion: string, plural: string, kind: string, namespaced: boolean): Discovered {
  const [group = '', version = ''] = apiVersion.split('/');
  return {
    group,
    version,
    plural,
    // The metrics server names no singulars.
    singular: group === 'metrics.k8s.io' ? '' : kind.toLowerCase(),
    kind,
    namespaced,
    verbs: ['get', 'list'],
    shortNames: [],
    categories: [],
    parts: [],
  };
}

import type {
  Endpoint,
  EndpointAddress,
  EndpointSlice,
  EndpointSubset,
  Endpoints,
} from '../../../../kubernetes/api.ts';
import type { Controller } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { controlledBy, type Stored, sameValue } from '../../object.ts';
import { omitAbsent } from '../omit-empty.ts';
import { refusalIn } from '../refusal.ts';

const resource = 'endpointslices.discovery.k8s.io';
const serviceLabel = 'kubernetes.io/service-name';
const managerLabel = 'endpointslice.kubernetes.io/managed-by';
const manager = 'endpointslicemirroring-controller.k8s.io';
const skipLabel = 'endpointslice.kubernetes.io/skip-mirror';

/** What is told of the older object only. */
const notCopied = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'endpoints.kubernetes.io/last-change-trigger-time',
];

type Content = Pick<EndpointSlice, 'endpoints' | 'ports'>;

/**
 * Copies Endpoints that somebody wrote by hand, for a Service that selects nothing, into slices
 * (k8s.io/kubernetes/pkg/controller/endpointslicemirroring).
 */
export function endpointSliceMirroring(cluster: Cluster): Controller {
  return {
    name: 'endpointslice-mirroring',
    tables: [resource, 'endpoints', 'services'],
    concerns({ table, key, before, after }) {
      if (table === 'endpoints' || table === 'services') return [key];
      if (table !== resource) return [];
      const { metadata } = (after ?? before) as EndpointSlice;
      const { labels: { [serviceLabel]: service, [managerLabel]: by } = {} } = metadata;
      return service && by === manager ? [`${metadata.namespace}/${service}`] : [];
    },
    reconcile(key) {
      const endpoints = cluster.getByKey('endpoints', key);
      const service = cluster.getByKey('services', key);
      const isMirrored =
        endpoints !== undefined &&
        service !== undefined &&
        service.spec.selector === undefined &&
        endpoints.metadata.labels?.[skipLabel] !== 'true';
      const slash = key.indexOf('/');
      const slices = slicesOf(cluster, key.slice(0, slash), key.slice(slash + 1));
      try {
        write(cluster, slices, isMirrored ? endpoints : undefined);
      } catch (error) {
        // Nothing can be made any more in a namespace on its way out.
        refusalIn(error);
      }
    },
  };
}

function slicesOf(cluster: Cluster, namespace: string, service: string): readonly Stored<EndpointSlice>[] {
  // Services without a selector are few, and so are their slices.
  const ofService = ({ metadata }: EndpointSlice) =>
    metadata.labels?.[managerLabel] === manager
      ? [`${metadata.namespace}/${metadata.labels[serviceLabel]}`]
      : [];
  return cluster.store
    .index(resource, 'mirrored', ofService)
    .entries(`${namespace}/${service}`) as Stored<EndpointSlice>[];
}

function write(
  cluster: Cluster,
  slices: readonly Stored<EndpointSlice>[],
  endpoints: Stored<Endpoints> | undefined,
): void {
  const contents = (endpoints?.subsets ?? []).map(contentOf);
  const { name = '', namespace = '' } = endpoints?.metadata ?? {};
  const labels = { ...endpoints?.metadata.labels, [serviceLabel]: name, [managerLabel]: manager };
  const copied = Object.entries(endpoints?.metadata.annotations ?? {}).filter(
    ([key]) => !notCopied.includes(key),
  );
  const annotations = Object.fromEntries(copied);
  for (const [place, content] of contents.entries()) {
    const known = slices[place];
    if (!known && endpoints) {
      cluster.create(resource, {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          generateName: `${name}-`,
          namespace,
          labels,
          ...(copied.length > 0 ? { annotations } : {}),
          ownerReferences: [controlledBy(endpoints)],
        },
        addressType: 'IPv4',
        ...content,
      });
    }
    const isSame =
      known &&
      sameValue(known.endpoints ?? [], content.endpoints ?? []) &&
      sameValue(known.ports ?? [], content.ports ?? []) &&
      sameValue(known.metadata.labels, labels);
    if (!known || isSame) continue;
    const { endpoints: _, ports: __, ...bare } = known;
    cluster.update(resource, { ...bare, metadata: { ...known.metadata, labels, annotations }, ...content });
  }
  for (const { metadata } of slices.slice(contents.length)) {
    cluster.remove(resource, metadata.namespace, metadata.name);
  }
}

function contentOf({ addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset): Content {
  const endpoints = [
    ...addresses.map((each) => endpointOf(each, true)),
    ...notReadyAddresses.map((each) => endpointOf(each, false)),
  ];
  const own = ports.map(({ name = '', port, protocol = 'TCP', appProtocol }) =>
    omitAbsent<NonNullable<Content['ports']>[number]>({ name, port, protocol, appProtocol }),
  );
  return { endpoints, ...(own.length > 0 ? { ports: own } : {}) };
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return omitAbsent<Endpoint>({ addresses: [ip], conditions: { ready }, hostname, nodeName, targetRef });
}

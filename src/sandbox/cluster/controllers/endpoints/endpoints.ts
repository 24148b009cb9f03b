import type {
  EndpointAddress,
  EndpointSubset,
  Endpoints,
  EndpointsPort,
  Service,
} from '../../../../kubernetes/api.ts';
import type { Controller } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { type Stored, sameValue } from '../../object.ts';
import { textOrder } from '../age.ts';
import { omitAbsent, omitEmpty } from '../omit-empty.ts';
import { isReady, type StoredPod } from '../pod-state.ts';
import { refusalIn } from '../refusal.ts';
import {
  hasAddress,
  headlessLabel,
  hostnameIn,
  isReachable,
  isSelecting,
  podsOf,
  portIn,
  portMemory,
  servicesOf,
  triggerTime,
} from './service-pods.ts';

const managerLabel = 'endpoints.kubernetes.io/managed-by';

/** As many addresses stand in one object, and this annotation says that there are more. */
const mostAddresses = 1000;
const overCapacity = 'endpoints.kubernetes.io/over-capacity';

/** Writes the older form of a Service's endpoints, one object with the Service's name (k8s.io/kubernetes/pkg/controller/endpoint). */
export function endpointsController(cluster: Cluster): Controller {
  return {
    name: 'endpoints',
    tables: ['endpoints', 'pods', 'services'],
    concerns(change) {
      switch (change.table) {
        case 'pods':
          return servicesOf(cluster, change);
        case 'services':
          return [change.key];
        case 'endpoints':
          return [change.key];
        default:
          return [];
      }
    },
    reconcile(key) {
      const service = cluster.getByKey('services', key);
      const known = cluster.getByKey('endpoints', key);
      if (!service) {
        if (known) cluster.remove('endpoints', known.metadata.namespace, known.metadata.name);
        return;
      }
      if (!isSelecting(service)) return;
      try {
        write(cluster, service, known);
      } catch (error) {
        // Nothing can be made any more in a namespace on its way out.
        refusalIn(error);
      }
    },
  };
}

function write(cluster: Cluster, service: Stored<Service>, known: Stored<Endpoints> | undefined): void {
  const pods = podsOf(cluster, service);
  const all = subsetsOf(service, pods);
  const subsets = truncated(all);
  const labels = {
    ...service.metadata.labels,
    ...(hasAddress(service) ? {} : { [headlessLabel]: '' }),
    [managerLabel]: 'endpoint-controller',
  };
  const isSame = known && sameValue(known.subsets ?? [], subsets) && sameValue(known.metadata.labels, labels);
  if (isSame) return;
  const { [overCapacity]: _, ...annotations } = triggerTime(service, pods, known?.metadata);
  const isCut = subsets !== all;
  const { name, namespace = '' } = service.metadata;
  const next = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      ...known?.metadata,
      name,
      namespace,
      labels,
      annotations: { ...annotations, ...(isCut ? { [overCapacity]: 'truncated' } : {}) },
    },
    ...(subsets.length > 0 ? { subsets } : {}),
  } as const;
  if (known) cluster.update('endpoints', next);
  else cluster.create('endpoints', next);
}

function subsetsOf(service: Stored<Service>, pods: readonly StoredPod[]): readonly EndpointSubset[] {
  const groups = new Map<
    string,
    EndpointSubset & {
      addresses: EndpointAddress[];
      notReadyAddresses: EndpointAddress[];
    }
  >();
  const tolerates = service.spec.publishNotReadyAddresses ?? false;
  const portsFor = portMemory(service, (pod) => portsOf(service, pod));
  const ids = new Map<unknown, string>();
  for (const pod of pods) {
    if (!isReachable(pod, tolerates)) continue;
    const ports = portsFor(pod);
    if (ports.length === 0 && (service.spec.ports ?? []).length > 0) continue;
    const id = ids.get(ports) ?? JSON.stringify(ports);
    ids.set(ports, id);
    const group = groups.get(id) ?? { addresses: [], notReadyAddresses: [], ports };
    groups.set(id, group);
    const list = tolerates || isReady(pod) ? group.addresses : group.notReadyAddresses;
    list.push(addressOf(service, pod));
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { addresses, notReadyAddresses, ports }]) =>
      omitEmpty<EndpointSubset>({
        addresses: addresses.sort(byAddress),
        notReadyAddresses: notReadyAddresses.sort(byAddress),
        ports,
      }),
    );
}

function portsOf({ spec }: Stored<Service>, pod: StoredPod): readonly EndpointsPort[] {
  const { ports = [] } = spec;
  return ports.flatMap((port) => {
    const number = portIn(pod, port);
    if (number === undefined) return [];
    const { name, protocol = 'TCP', appProtocol } = port;
    return [omitAbsent<EndpointsPort>({ name: name || undefined, port: number, protocol, appProtocol })];
  });
}

function addressOf(service: Stored<Service>, pod: StoredPod): EndpointAddress {
  const { metadata, spec, status: { podIP: ip = '' } = {} } = pod;
  const { nodeName } = spec;
  const { namespace = '' } = metadata;
  const hostname = hostnameIn(service, pod);
  return {
    ...(hostname === undefined ? {} : { hostname }),
    ip,
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: { kind: 'Pod', name: metadata.name, namespace, uid: metadata.uid },
  };
}

function byAddress(one: EndpointAddress, other: EndpointAddress): number {
  if (one.ip !== other.ip) return one.ip < other.ip ? -1 : 1;
  return textOrder(`${one.targetRef?.uid}`, `${other.targetRef?.uid}`);
}

/** Those that are ready first; each subset keeps its share (`truncateEndpoints`). */
function truncated(subsets: readonly EndpointSubset[]): readonly EndpointSubset[] {
  const count = (pick: (subset: EndpointSubset) => readonly unknown[] | undefined) =>
    subsets.reduce((sum, subset) => sum + (pick(subset)?.length ?? 0), 0);
  const ready = count(({ addresses }) => addresses);
  const notReady = count(({ notReadyAddresses }) => notReadyAddresses);
  if (ready + notReady <= mostAddresses) return subsets;
  const isReadyCut = ready > mostAddresses;
  const most = isReadyCut ? mostAddresses : mostAddresses - ready;
  let room = most;
  return subsets.map(({ addresses = [], notReadyAddresses = [], ports }) => {
    const own = isReadyCut ? addresses : notReadyAddresses;
    const share = Math.min(room, Math.ceil((own.length / (isReadyCut ? ready : notReady)) * most));
    room -= Math.min(share, own.length);
    return omitEmpty<EndpointSubset>({
      addresses: isReadyCut ? addresses.slice(0, share) : addresses,
      notReadyAddresses: isReadyCut ? [] : notReadyAddresses.slice(0, share),
      ports,
    });
  });
}

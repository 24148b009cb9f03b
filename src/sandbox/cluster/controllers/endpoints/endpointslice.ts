import type {
  Endpoint,
  EndpointConditions,
  EndpointPort,
  EndpointSlice,
  Service,
} from '../../../../kubernetes/api.ts';
import type { Controller } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { controlledBy, type Stored, sameValue } from '../../object.ts';
import { omitAbsent } from '../omit-empty.ts';
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
import { fillSlices, type SlicePlan } from './slice-plan.ts';

const serviceLabel = 'kubernetes.io/service-name';
const managerLabel = 'endpointslice.kubernetes.io/managed-by';
const manager = 'endpointslice-controller.k8s.io';
const resource = 'endpointslices.discovery.k8s.io';

/** Writes down where a Service's Pods are reached (k8s.io/endpointslice). */
export function endpointSliceController(cluster: Cluster): Controller {
  return {
    name: 'endpointslice',
    tables: [resource, 'pods', 'services'],
    concerns(change) {
      switch (change.table) {
        case 'pods':
          return servicesOf(cluster, change);
        case 'services':
          return change.after === undefined ? [] : [change.key];
        case resource: {
          const { metadata } = (change.after ?? change.before) as EndpointSlice;
          const { labels: { [serviceLabel]: service, [managerLabel]: by } = {} } = metadata;
          return service && by === manager ? [`${metadata.namespace}/${service}`] : [];
        }
        default:
          return [];
      }
    },
    reconcile(key) {
      const service = cluster.getByKey('services', key);
      if (!service || !isSelecting(service) || service.metadata.deletionTimestamp) return;
      const plan = planOf(cluster, service);
      try {
        carryOut(cluster, service, plan);
      } catch (error) {
        // Nothing can be made any more in a namespace on its way out.
        refusalIn(error);
      }
    },
  };
}

function planOf(cluster: Cluster, service: Stored<Service>): SlicePlan {
  const pods = podsOf(cluster, service).filter((pod) => isReachable(pod, true));
  const groups = new Map<string, { ports: readonly EndpointPort[]; endpoints: Map<string, Endpoint> }>();
  const portsFor = portMemory(service, (pod) => portsOf(service, pod));
  const ids = new Map<unknown, string>();
  for (const pod of pods) {
    const ports = portsFor(pod);
    const id = ids.get(ports) ?? JSON.stringify(ports);
    ids.set(ports, id);
    const group = groups.get(id) ?? { ports, endpoints: new Map() };
    groups.set(id, group);
    group.endpoints.set(pod.metadata.uid, endpointOf(service, pod, cluster));
  }
  return fillSlices(slicesOf(cluster, service), groups);
}

function slicesOf(cluster: Cluster, { metadata }: Stored<Service>): readonly Stored<EndpointSlice>[] {
  return cluster
    .ownedBy(resource, metadata.uid)
    .filter((slice) => slice.metadata.labels?.[managerLabel] === manager);
}

function carryOut(cluster: Cluster, service: Stored<Service>, plan: SlicePlan): void {
  const { name, namespace = '' } = service.metadata;
  const labels = {
    ...service.metadata.labels,
    ...(hasAddress(service) ? {} : { [headlessLabel]: '' }),
    [serviceLabel]: name,
    [managerLabel]: manager,
  };
  const pods = podsOf(cluster, service);
  const put = (slice: Stored<EndpointSlice>, content: SlicePlan['toCreate'][number] | undefined) => {
    const { endpoints: _, ports: __, ...bare } = slice;
    const next = content ? { ...bare, ...content } : slice;
    const isSame =
      next === slice || (sameValue(slice.endpoints, next.endpoints) && sameValue(slice.ports, next.ports));
    if (isSame && sameValue(slice.metadata.labels, labels)) return;
    const annotations = triggerTime(service, pods, slice.metadata);
    cluster.update(resource, { ...next, metadata: { ...slice.metadata, labels, annotations } });
  };
  for (const content of plan.toCreate) {
    cluster.create(resource, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels,
        annotations: triggerTime(service, pods, undefined),
        ownerReferences: [controlledBy(service)],
      },
      addressType: 'IPv4',
      ...content,
    });
  }
  for (const [slice, content] of plan.toUpdate) put(slice, content);
  for (const slice of plan.unchanged) put(slice, undefined);
  for (const slice of plan.toDelete) cluster.remove(resource, namespace, slice.metadata.name);
}

function portsOf({ spec }: Stored<Service>, pod: StoredPod): readonly EndpointPort[] {
  const { ports = [] } = spec;
  return ports.flatMap((port) => {
    const number = portIn(pod, port);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [omitAbsent<EndpointPort>({ name, port: number, protocol, appProtocol })];
  });
}

function endpointOf(service: Stored<Service>, pod: StoredPod, cluster: Cluster): Endpoint {
  const { metadata, spec, status: { podIP = '' } = {} } = pod;
  const { nodeName = '' } = spec;
  const { namespace = '' } = metadata;
  const serving = isReady(pod);
  const terminating = metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses || (serving && !terminating);
  const node = cluster.get('nodes', undefined, nodeName);
  const hostname = hostnameIn(service, pod);
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  return {
    addresses: [podIP],
    conditions: conditionsFor(ready, serving, terminating),
    ...(hostname === undefined ? {} : { hostname }),
    ...(nodeName === '' ? {} : { nodeName }),
    targetRef: {
      kind: 'Pod',
      name: metadata.name,
      namespace,
      uid: metadata.uid,
    },
    ...(zone === undefined ? {} : { zone }),
  };
}

/** There are eight that can be, and thousands of endpoints that have them. */
const allConditions = new Map<number, EndpointConditions>();

function conditionsFor(ready: boolean, serving: boolean, terminating: boolean): EndpointConditions {
  const id = (ready ? 4 : 0) + (serving ? 2 : 0) + (terminating ? 1 : 0);
  const known = allConditions.get(id) ?? { ready, serving, terminating };
  allConditions.set(id, known);
  return known;
}

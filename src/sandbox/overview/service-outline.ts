import type { Service } from '../../kubernetes/api.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { slicesOf } from '../cluster/network/service-endpoints.ts';
import type { Stored } from '../cluster/object.ts';
import type { Standing } from './standing.ts';

export interface ServiceOutline {
  readonly name: string;
  readonly namespace: string;
  readonly standing: Standing;
  readonly type: string;
  /** Its address; empty where it has none. */
  readonly address: string;
  /** Such as `80`, `80 on 30080 of every node`. */
  readonly ports: readonly string[];
  readonly ready: number;
  readonly notReady: number;
  /** Whether it chooses Pods by labels. */
  readonly hasSelector: boolean;
}

/** How many endpoints the Services have, in the order of their names. */
export function serviceOutlines(cluster: Cluster): readonly ServiceOutline[] {
  return cluster.list('services').map((service) => serviceOutline(cluster, service));
}

/** How one Service stands. */
export function serviceOutline(cluster: Cluster, service: Stored<Service>): ServiceOutline {
  const { name, namespace = '' } = service.metadata;
  const { selector = {}, type = 'ClusterIP', clusterIP = '', externalName, ports = [] } = service.spec ?? {};
  const endpoints = slicesOf(cluster, service).flatMap((slice) => slice.endpoints ?? []);
  const live = endpoints.filter(({ conditions }) => conditions?.terminating !== true);
  const ready = live.filter(({ conditions }) => conditions?.ready !== false).length;
  const isWell = type === 'ExternalName' || ready > 0;
  return {
    name,
    namespace,
    standing: isWell ? 'well' : live.length > 0 ? 'moving' : 'ill',
    type,
    address: externalName ?? clusterIP.replace(/^None$/, ''),
    ports: ports.map(({ port, nodePort, protocol }) => {
      const own = `${port}${protocol === 'TCP' ? '' : `/${protocol}`}`;
      return nodePort === undefined ? own : `${own} (${nodePort} on every node)`;
    }),
    ready,
    notReady: live.length - ready,
    hasSelector: Object.keys(selector).length > 0,
  };
}

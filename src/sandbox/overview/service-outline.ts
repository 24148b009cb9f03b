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
  const { metadata, spec } = service;
  const endpoints = slicesOf(cluster, service).flatMap((slice) => slice.endpoints ?? []);
  const live = endpoints.filter(({ conditions }) => conditions?.terminating !== true);
  const ready = live.filter(({ conditions }) => conditions?.ready !== false).length;
  const hasSelector = Object.keys(spec?.selector ?? {}).length > 0;
  const type = spec?.type ?? 'ClusterIP';
  const isExternal = type === 'ExternalName';
  const isOnItsWay = !hasSelector || live.length > 0;
  const standing = isExternal || ready > 0 ? 'well' : isOnItsWay ? 'moving' : 'ill';
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    standing,
    type,
    address: isExternal
      ? (spec?.externalName ?? '')
      : spec?.clusterIP === 'None'
        ? ''
        : (spec?.clusterIP ?? ''),
    ports: (spec?.ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) => {
      const own = `${port}${protocol === 'TCP' ? '' : `/${protocol}`}`;
      return nodePort === undefined ? own : `${own} (${nodePort} on every node)`;
    }),
    ready,
    notReady: live.length - ready,
    hasSelector,
  };
}

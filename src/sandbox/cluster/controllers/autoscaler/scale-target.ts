import type { CrossVersionObjectReference, LabelSelector } from '../../../../kubernetes/api.ts';
import { notFound } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { wantedReplicas } from '../replicas.ts';

const kinds = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
} as const;

/** Something whose number of replicas can be set. */
export interface ScaleTarget {
  readonly replicas: number;
  readonly selector: LabelSelector;
  scale(replicas: number): void;
}

/** @returns why there is none, in the words of the API */
export function scaleTarget(
  cluster: Cluster,
  namespace: string | undefined,
  { apiVersion = '', kind, name }: CrossVersionObjectReference,
): ScaleTarget | string {
  const table = apiVersion.startsWith('apps/') ? kinds[kind as keyof typeof kinds] : undefined;
  if (!table) {
    const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
    return `no matches for kind "${kind}" in group "${group}"`;
  }
  const object = cluster.get(table, namespace, name);
  if (!object) return notFound(table, name).message;
  return {
    replicas: wantedReplicas(object),
    selector: object.spec.selector,
    scale(replicas) {
      cluster.update(table, { ...object, spec: { ...object.spec, replicas } } as never);
    },
  };
}

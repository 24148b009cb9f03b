import type { Kinds, Resource } from '../cluster/resources.ts';

/** How a kind says that it is ready: undefined when it is, otherwise what is there instead. */
type Judge<R extends Resource> = (object: Kinds[R], least: number) => string | undefined;

const judges: { readonly [R in Resource]?: Judge<R> } = {
  pods: ({ status }) => {
    if (isTrue(status?.conditions, 'Ready')) return undefined;
    const waiting = status?.containerStatuses?.find(({ state }) => state?.waiting)?.state?.waiting?.reason;
    return `it is ${waiting ?? status?.phase ?? 'Pending'}, and not ready`;
  },
  'deployments.apps': ({ metadata, spec, status }, least) => {
    const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, observedGeneration = 0 } = status ?? {};
    const wanted = spec?.replicas ?? 1;
    const isSeen = observedGeneration >= (metadata.generation ?? 0);
    const isRolledOut = isSeen && updatedReplicas === wanted && replicas === wanted;
    return counted(readyReplicas, wanted, least, isRolledOut ? undefined : 'the rollout is not complete');
  },
  'replicasets.apps': ({ spec, status }, least) =>
    counted(status?.readyReplicas ?? 0, spec?.replicas ?? 1, least),
  'statefulsets.apps': ({ spec, status }, least) =>
    counted(status?.readyReplicas ?? 0, spec?.replicas ?? 1, least),
  'daemonsets.apps': ({ status }, least) =>
    counted(status?.numberReady ?? 0, status?.desiredNumberScheduled ?? 0, least),
  'jobs.batch': ({ status }) =>
    isTrue(status?.conditions, 'Complete')
      ? undefined
      : `${status?.succeeded ?? 0} of its Pods succeeded, ${status?.failed ?? 0} failed`,
  persistentvolumeclaims: ({ status }) =>
    status?.phase === 'Bound' ? undefined : `it is ${status?.phase ?? 'Pending'}`,
  nodes: ({ status }) => (isTrue(status?.conditions, 'Ready') ? undefined : 'it is not ready'),
};

/**
 * Whether an object has become what it was asked to be.
 *
 * @param least so many replicas have to be ready
 * @returns what is there instead; undefined when it has
 * @throws Error for a kind that does not say so
 */
export function notReady(table: Resource, object: unknown, least: number): string | undefined {
  const judge = judges[table] as ((object: unknown, least: number) => string | undefined) | undefined;
  if (!judge) throw new Error(`of ${table} nothing is known that is ready`);
  return judge(object, least);
}

function counted(ready: number, wanted: number, least: number, unless?: string): string | undefined {
  if (ready >= least && ready >= wanted && unless === undefined) return undefined;
  return `${ready} of ${wanted} are ready${unless !== undefined && ready >= wanted ? `; ${unless}` : ''}`;
}

type Conditions = readonly { readonly type: string; readonly status: string }[];

function isTrue(conditions: Conditions = [], type: string): boolean {
  return conditions.some((each) => each.type === type && each.status === 'True');
}

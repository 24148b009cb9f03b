import type {
  PersistentVolumeClaim,
  Pod,
  PodTemplateSpec,
  StatefulSet,
  Volume,
} from '../../../../kubernetes/api.ts';
import { controlledBy, type Stored } from '../../object.ts';
import { omitAbsent } from '../omit-empty.ts';
import type { StoredPod } from '../pod-state.ts';
import { wantedReplicas } from '../replicas.ts';

export type StoredSet = Stored<StatefulSet>;

const nameLabel = 'statefulset.kubernetes.io/pod-name';
const indexLabel = 'apps.kubernetes.io/pod-index';

/** The label that names the revision a Pod was made from. */
export const revisionLabel = 'controller-revision-hash';

/** The number at the end of a Pod's name, if it is one of this set; otherwise -1. */
export function ordinalOf({ metadata }: StoredSet, podName: string): number {
  const found = /^(.*)-(\d+)$/.exec(podName);
  return found?.[1] === metadata.name ? Number(found[2]) : -1;
}

/** The number of the first Pod. */
export function firstOrdinal({ spec }: StoredSet): number {
  return spec.ordinals?.start ?? 0;
}

/** Whether a Pod of this number is wanted. */
export function isWanted(set: StoredSet, ordinal: number): boolean {
  const first = firstOrdinal(set);
  return ordinal >= first && ordinal < first + wantedReplicas(set);
}

/** The name of a claim that belongs to a Pod of a set. */
export function claimName({ metadata }: StoredSet, template: PersistentVolumeClaim, ordinal: number): string {
  return `${template.metadata.name}-${metadata.name}-${ordinal}`;
}

/** The claims of a Pod of a set, as they are made for it. */
export function claimsFor(set: StoredSet, ordinal: number): readonly PersistentVolumeClaim[] {
  const { namespace = '' } = set.metadata;
  return (set.spec.volumeClaimTemplates ?? []).map((template) => ({
    ...template,
    apiVersion: 'v1' as const,
    kind: 'PersistentVolumeClaim' as const,
    metadata: {
      ...template.metadata,
      name: claimName(set, template, ordinal),
      namespace,
      labels: { ...template.metadata.labels, ...set.spec.selector.matchLabels },
    },
    status: { phase: 'Pending' },
  }));
}

/**
 * A Pod with a number: its name, its labels, its host name and its claims go by it.
 *
 * @param template of the revision it is made from
 */
export function podFor(set: StoredSet, template: PodTemplateSpec, revision: string, ordinal: number): Pod {
  const name = `${set.metadata.name}-${ordinal}`;
  const { metadata: { labels, annotations, finalizers } = {} } = template;
  const identity = {
    [revisionLabel]: revision,
    [nameLabel]: name,
    [indexLabel]: `${ordinal}`,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: omitAbsent<Pod['metadata']>({
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: { ...labels, ...identity },
      annotations,
      finalizers,
      ownerReferences: [controlledBy(set)],
    }),
    spec: {
      containers: [],
      ...template.spec,
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
      ...volumesFor(set, ordinal, template.spec?.volumes),
    },
    status: { phase: 'Pending' },
  };
}

/** Whether a Pod has the labels and claims that its number asks for. */
export function hasIdentity(set: StoredSet, { metadata, spec }: StoredPod): boolean {
  const ordinal = ordinalOf(set, metadata.name);
  return (
    metadata.labels?.[nameLabel] === metadata.name &&
    (set.spec.volumeClaimTemplates ?? []).every((template) =>
      spec.volumes?.some(
        (volume) =>
          volume.name === template.metadata.name &&
          volume.persistentVolumeClaim?.claimName === claimName(set, template, ordinal),
      ),
    )
  );
}

/** A Pod with the labels that its number asks for. */
export function withIdentity(set: StoredSet, pod: StoredPod): StoredPod {
  const { metadata } = pod;
  const identity = {
    [nameLabel]: metadata.name,
    [indexLabel]: `${ordinalOf(set, metadata.name)}`,
  };
  return { ...pod, metadata: { ...metadata, labels: { ...metadata.labels, ...identity } } };
}

function volumesFor(
  set: StoredSet,
  ordinal: number,
  others: readonly Volume[] = [],
): { readonly volumes?: readonly Volume[] } {
  const claims = (set.spec.volumeClaimTemplates ?? []).map((template) => {
    const { name = '' } = template.metadata;
    return { name, persistentVolumeClaim: { claimName: claimName(set, template, ordinal) } };
  });
  const volumes = [...claims, ...others.filter(({ name }) => !claims.some((each) => each.name === name))];
  return volumes.length > 0 ? { volumes } : {};
}

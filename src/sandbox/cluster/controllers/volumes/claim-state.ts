import type { PersistentVolume, PersistentVolumeClaim, Volume } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { objectKey, type Stored, timestamp } from '../../object.ts';
import { isFinished, type StoredPod } from '../pod-state.ts';

export type StoredClaim = Stored<PersistentVolumeClaim>;
export type StoredVolume = Stored<PersistentVolume>;

/** Annotations of claims and volumes (k8s.io/component-helpers/storage/volume). */
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
export const boundByController = 'pv.kubernetes.io/bound-by-controller';
export const provisionedBy = 'pv.kubernetes.io/provisioned-by';
const selectedNodeAnnotation = 'volume.kubernetes.io/selected-node';

/** Whether a claim has its volume, and both sides know. */
export function isFullyBound({ metadata, spec }: StoredClaim): boolean {
  return Boolean(spec.volumeName) && metadata.annotations?.[bindCompleted] !== undefined;
}

/** The node for which a claim is to be served; undefined while the scheduler has not chosen one. */
export function selectedNode({ metadata }: StoredClaim): string | undefined {
  return metadata.annotations?.[selectedNodeAnnotation];
}

/** Asks for a claim to be served on a node. */
export function selectNode(cluster: Cluster, claim: StoredClaim, node: string): void {
  cluster.update('persistentvolumeclaims', annotated(claim, { [selectedNodeAnnotation]: node }));
}

/** Whether a claim of this class gets its volume only when a Pod that uses it is placed. */
export function waitsForConsumer(cluster: Cluster, { spec }: StoredClaim): boolean {
  const name = spec.storageClassName;
  if (!name) return false;
  const storageClass = cluster.get('storageclasses.storage.k8s.io', undefined, name);
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Whether a volume is meant for a claim: by name, and by identity if it says one. */
export function isMeantFor({ spec }: StoredVolume, { metadata }: StoredClaim): boolean {
  const { name, namespace, uid } = spec.claimRef ?? {};
  return name === metadata.name && namespace === metadata.namespace && (!uid || uid === metadata.uid);
}

/** Writes down in a volume to which claim it belongs. @returns the volume as it is now */
export function bindVolume(cluster: Cluster, volume: StoredVolume, claim: StoredClaim): StoredVolume {
  if (volume.spec.claimRef?.uid === claim.metadata.uid) return volume;
  const isForeseen = isMeantFor(volume, claim);
  const { name, namespace = '', uid, resourceVersion } = claim.metadata;
  const claimRef = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    name,
    namespace,
    resourceVersion,
    uid,
  };
  const next = isForeseen ? volume : annotated(volume, { [boundByController]: 'yes' });
  return cluster.update('persistentvolumes', { ...next, spec: { ...next.spec, claimRef } });
}

/** Gives a volume a phase. @returns the volume as it is now */
export function setVolumePhase(
  cluster: Cluster,
  volume: StoredVolume,
  phase: string,
  message = '',
): StoredVolume {
  if (volume.status?.phase === phase) return volume;
  const { status: { message: _, ...before } = {} } = volume;
  const status = {
    ...before,
    phase,
    lastPhaseTransitionTime: timestamp(cluster.now),
    ...(message ? { message } : {}),
  };
  return cluster.updateStatus('persistentvolumes', { ...volume, status });
}

/** An object with more annotations. */
export function annotated<T extends StoredClaim | StoredVolume>(
  object: T,
  annotations: Readonly<Record<string, string>>,
): T {
  const all = { ...object.metadata.annotations, ...annotations };
  return { ...object, metadata: { ...object.metadata, annotations: all } };
}

/** The names of the claims of a Pod, each once: those that it names, and those that are made for it alone. */
export function claimNamesOf({ metadata, spec }: StoredPod): readonly string[] {
  const names = (spec.volumes ?? []).flatMap((volume) => {
    if (volume.ephemeral) return [ephemeralClaimName(metadata.name, volume)];
    return volume.persistentVolumeClaim ? [volume.persistentVolumeClaim.claimName] : [];
  });
  return [...new Set(names)];
}

/** The name of the claim that is made for a volume of one Pod (k8s.io/component-helpers/storage/ephemeral). */
export function ephemeralClaimName(pod: string, { name }: Volume): string {
  return `${pod}-${name}`;
}

/** The Pods that name a claim. */
export function podsUsing(cluster: Cluster, namespace: string, name: string): readonly StoredPod[] {
  const claimsOf = (pod: StoredPod) =>
    claimNamesOf(pod).map((each) => objectKey(pod.metadata.namespace, each));
  return cluster.store.index('pods', 'claim', claimsOf).entries(objectKey(namespace, name)) as StoredPod[];
}

/** The Pods that wait for a claim and have no node yet. */
export function unplacedPodsUsing(cluster: Cluster, { metadata }: StoredClaim): readonly StoredPod[] {
  const { namespace = '', name } = metadata;
  return podsUsing(cluster, namespace, name).filter((pod) => !isFinished(pod) && !pod.spec.nodeName);
}

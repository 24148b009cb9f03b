import type { PersistentVolume, PersistentVolumeClaim } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import { fitsTerm } from '../node-matching.ts';
import type { StoredPod } from '../pod-state.ts';
import {
  claimNamesOf,
  ephemeralClaimName,
  isFullyBound,
  selectedNode,
  waitsForConsumer,
} from '../volumes/claim-state.ts';
import { bestVolume } from '../volumes/match.ts';
import type { NodeInfo } from './node-info.ts';

type StoredClaim = Stored<PersistentVolumeClaim>;
type StoredVolume = Stored<PersistentVolume>;

/** The claims of a Pod. */
export interface PodClaims {
  readonly bound: readonly StoredClaim[];
  /** Those that get their volume only when it is known on which node. */
  readonly delayed: readonly StoredClaim[];
}

/** Of a Pod that has none. */
export const noClaims: PodClaims = { bound: [], delayed: [] };

/** What has to be done about the claims when the Pod comes to a node. */
export interface VolumePlan {
  readonly bindings: readonly (readonly [claim: StoredClaim, volume: StoredVolume])[];
  readonly toProvision: readonly StoredClaim[];
}

/**
 * The claims of a Pod, or why it cannot be placed anywhere because of them, in the words of
 * k8s.io/kubernetes/pkg/scheduler/framework/plugins/volumebinding.
 */
export function claimsOf(cluster: Cluster, pod: StoredPod): PodClaims | string {
  const names = claimNamesOf(pod);
  if (names.length === 0) return noClaims;
  const bound: StoredClaim[] = [];
  const delayed: StoredClaim[] = [];
  const immediate: StoredClaim[] = [];
  for (const name of names) {
    const claim = cluster.get('persistentvolumeclaims', pod.metadata.namespace, name);
    if (!claim) return absence(pod, name);
    if (claim.status?.phase === 'Lost') {
      const { volumeName = '' } = claim.spec;
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${volumeName}"`;
    }
    if (claim.metadata.deletionTimestamp !== undefined) {
      return `persistentvolumeclaim "${name}" is being deleted`;
    }
    if (isFullyBound(claim)) bound.push(claim);
    else if (waitsForConsumer(cluster, claim)) delayed.push(claim);
    else immediate.push(claim);
  }
  return immediate.length > 0 ? 'pod has unbound immediate PersistentVolumeClaims' : { bound, delayed };
}

function absence({ metadata, spec }: StoredPod, name: string): string {
  const isToBeMade = spec.volumes?.some(
    (volume) => volume.ephemeral && ephemeralClaimName(metadata.name, volume) === name,
  );
  return isToBeMade
    ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
    : `persistentvolumeclaim "${name}" not found`;
}

/** How the claims of a Pod would be served on a node; or why they would not. */
export function planVolumes(
  cluster: Cluster,
  { bound, delayed }: PodClaims,
  { node }: NodeInfo,
): VolumePlan | readonly string[] {
  const reasons: string[] = [];
  for (const {
    spec: { volumeName = '' },
  } of bound) {
    const volume = cluster.get('persistentvolumes', undefined, volumeName);
    if (!volume) {
      reasons.push('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
    } else if (!isOn(volume, node)) {
      reasons.push("node(s) didn't match PersistentVolume's node affinity");
    }
  }
  const bindings: [StoredClaim, StoredVolume][] = [];
  const toProvision: StoredClaim[] = [];
  const taken = new Set<string>();
  for (const claim of delayed) {
    const selected = selectedNode(claim);
    if (selected !== undefined) {
      if (selected !== node.metadata.name) return [...reasons, unbindable];
      toProvision.push(claim);
      continue;
    }
    const volume = bestVolume(cluster, claim, (each) => isOn(each, node) && !taken.has(each.metadata.name));
    if (volume) {
      taken.add(volume.metadata.name);
      bindings.push([claim, volume]);
    } else if (canProvision(cluster, claim)) {
      toProvision.push(claim);
    } else {
      return [...reasons, unbindable];
    }
  }
  return reasons.length > 0 ? reasons : { bindings, toProvision };
}

const unbindable = "node(s) didn't find available persistent volumes to bind";

/** Whether a volume can be reached from a node. */
function isOn({ spec }: StoredVolume, node: NodeInfo['node']): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => fitsTerm(term, node));
}

function canProvision(cluster: Cluster, { spec: { storageClassName = '' } }: StoredClaim): boolean {
  const storageClass = cluster.get('storageclasses.storage.k8s.io', undefined, storageClassName);
  return storageClass !== undefined && storageClass.provisioner !== 'kubernetes.io/no-provisioner';
}

/** Whether another Pod uses a claim that only one may use (`ReadWriteOncePod`). */
export function isClaimInUse(cluster: Cluster, pod: StoredPod, infos: readonly NodeInfo[]): boolean {
  const { namespace = '', uid } = pod.metadata;
  const exclusive = claimNamesOf(pod).filter((name) =>
    cluster.get('persistentvolumeclaims', namespace, name)?.spec.accessModes?.includes('ReadWriteOncePod'),
  );
  if (exclusive.length === 0) return false;
  return infos.some(({ pods }) =>
    pods.some(
      (other) =>
        other.metadata.namespace === namespace &&
        other.metadata.uid !== uid &&
        claimNamesOf(other).some((name) => exclusive.includes(name)),
    ),
  );
}

import type { PersistentVolumeClaimStatus } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { textOrder } from '../age.ts';
import { omitAbsent } from '../omit-empty.ts';
import {
  annotated,
  bindCompleted,
  bindVolume,
  boundByController,
  isMeantFor,
  type StoredClaim,
  type StoredVolume,
  selectedNode,
  setVolumePhase,
  unplacedPodsUsing,
  waitsForConsumer,
} from './claim-state.ts';
import { bestVolume, mismatch } from './match.ts';

/** Who tells of claims and volumes. */
export const component = 'persistentvolume-controller';

const provisionerAnnotations = [
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
];

/** Finds a volume for a claim, or sees to it that one is made; notices when it has lost it. */
export function syncClaim(cluster: Cluster, claim: StoredClaim): void {
  if (claim.metadata.annotations?.[bindCompleted] !== undefined) syncBound(cluster, claim);
  else if (claim.spec.volumeName) syncNamed(cluster, claim, claim.spec.volumeName);
  else syncUnbound(cluster, claim);
}

function syncUnbound(cluster: Cluster, claim: StoredClaim): void {
  const isDelayed = waitsForConsumer(cluster, claim);
  const volume = bestVolume(cluster, claim, undefined, isDelayed);
  if (volume) {
    bind(cluster, volume, claim);
    return;
  }
  if (assignDefaultClass(cluster, claim)) return;
  const pending = setPhase(cluster, claim, 'Pending');
  if (isDelayed && selectedNode(claim) === undefined) {
    tellOfWaiting(cluster, pending);
  } else if (pending.spec.storageClassName) {
    provision(cluster, pending, pending.spec.storageClassName);
  } else {
    const message = 'no persistent volumes available for this claim and no storage class is set';
    tell(cluster, pending, 'Normal', 'FailedBinding', message);
  }
}

function syncNamed(cluster: Cluster, claim: StoredClaim, name: string): void {
  const volume = cluster.get('persistentvolumes', undefined, name);
  if (!volume) {
    setPhase(cluster, claim, 'Pending');
    return;
  }
  if (volume.spec.claimRef) {
    if (isMeantFor(volume, claim)) {
      bind(cluster, volume, claim);
      return;
    }
    const message = `volume "${name}" already bound to a different claim.`;
    tell(cluster, claim, 'Warning', 'FailedBinding', message);
    setPhase(cluster, claim, 'Pending');
    return;
  }
  const reason = mismatch(volume, claim);
  if (reason === undefined) {
    bind(cluster, volume, claim);
    return;
  }
  const message = `Cannot bind to requested volume "${name}": ${reason}`;
  tell(cluster, claim, 'Warning', 'VolumeMismatch', message);
  setPhase(cluster, claim, 'Pending');
}

function syncBound(cluster: Cluster, claim: StoredClaim): void {
  const name = claim.spec.volumeName;
  if (!name) {
    const message = 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!';
    lose(cluster, claim, 'ClaimLost', message);
    return;
  }
  const volume = cluster.get('persistentvolumes', undefined, name);
  if (!volume) {
    const message = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
    lose(cluster, claim, 'ClaimLost', message);
  } else if (!volume.spec.claimRef || volume.spec.claimRef.uid === claim.metadata.uid) {
    bind(cluster, volume, claim);
  } else {
    const message = 'Two claims are bound to the same volume, this one is bound incorrectly';
    lose(cluster, claim, 'ClaimMisbound', message);
  }
}

/** Both sides are written in this order, so that whatever comes between can be gone on from (`bind`). */
function bind(cluster: Cluster, found: StoredVolume, claim: StoredClaim): void {
  const volume = setVolumePhase(cluster, bindVolume(cluster, found, claim), 'Bound');
  const isNamed = claim.spec.volumeName === volume.metadata.name;
  const next = annotated(claim, {
    [bindCompleted]: 'yes',
    ...(isNamed ? {} : { [boundByController]: 'yes' }),
  });
  const bound = cluster.update('persistentvolumeclaims', {
    ...next,
    spec: { ...next.spec, volumeName: volume.metadata.name },
  });
  const status = omitAbsent<PersistentVolumeClaimStatus>({
    ...bound.status,
    phase: 'Bound',
    accessModes: volume.spec.accessModes,
    capacity: bound.status?.phase === 'Bound' ? bound.status.capacity : volume.spec.capacity,
  });
  cluster.updateStatus('persistentvolumeclaims', { ...bound, status });
}

/** A claim without a volume has neither its size nor its modes. */
function setPhase(cluster: Cluster, claim: StoredClaim, phase: 'Pending' | 'Lost'): StoredClaim {
  const { status: { accessModes: _, capacity: __, ...status } = {} } = claim;
  return cluster.updateStatus('persistentvolumeclaims', { ...claim, status: { ...status, phase } });
}

function lose(cluster: Cluster, claim: StoredClaim, reason: string, message: string): void {
  if (claim.status?.phase === 'Lost') return;
  setPhase(cluster, claim, 'Lost');
  tell(cluster, claim, 'Warning', reason, message);
}

/** A claim that was made before there was a default class gets it when there is one. */
function assignDefaultClass(cluster: Cluster, claim: StoredClaim): boolean {
  if (claim.spec.storageClassName !== undefined) return false;
  const [first] = cluster
    .list('storageclasses.storage.k8s.io')
    .filter(({ metadata }) => {
      return metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    })
    // The newest counts; of those that are as new the first by name.
    .sort(
      ({ metadata: one }, { metadata: other }) =>
        textOrder(other.creationTimestamp, one.creationTimestamp) || textOrder(one.name, other.name),
    );
  if (!first) return false;
  const spec = { ...claim.spec, storageClassName: first.metadata.name };
  cluster.update('persistentvolumeclaims', { ...claim, spec });
  return true;
}

function tellOfWaiting(cluster: Cluster, claim: StoredClaim): void {
  // Pods that are made together with the claim are not there yet when it is looked at.
  const pods = unplacedPodsUsing(cluster, claim)
    .filter(({ metadata }) => Date.parse(metadata.creationTimestamp) + 1000 <= cluster.now)
    .map(({ metadata }) => metadata.name);
  if (pods.length === 0) {
    const message = 'waiting for first consumer to be created before binding';
    tell(cluster, claim, 'Normal', 'WaitForFirstConsumer', message);
    return;
  }
  const message = `waiting for pod${pods.length > 1 ? 's' : ''} ${pods.join(',')} to be scheduled`;
  tell(cluster, claim, 'Normal', 'WaitForPodScheduled', message);
}

function provision(cluster: Cluster, claim: StoredClaim, className: string): void {
  const storageClass = cluster.get('storageclasses.storage.k8s.io', undefined, className);
  if (!storageClass) {
    const message = `storageclass.storage.k8s.io "${className}" not found`;
    tell(cluster, claim, 'Warning', 'ProvisioningFailed', message);
    return;
  }
  const { provisioner } = storageClass;
  if (provisioner.startsWith('kubernetes.io/')) {
    const message = `no volume plugin matched name: ${provisioner}`;
    tell(cluster, claim, 'Warning', 'ProvisioningFailed', message);
    return;
  }
  const names = Object.fromEntries(provisionerAnnotations.map((each) => [each, provisioner]));
  cluster.update('persistentvolumeclaims', annotated(claim, names));
  const message = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  tell(cluster, claim, 'Normal', 'ExternalProvisioning', message);
}

function tell(
  cluster: Cluster,
  about: StoredClaim,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  recordEvent(cluster, { about, type, reason, message, component });
}

import type { CoreEvent, PersistentVolumeClaim } from '../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { eventsAbout } from '../../cluster/events.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Sandbox } from '../../sandbox.ts';
import { type Finding, sentence } from '../why/account.ts';
import { onItsWay, trouble } from './finding.ts';
import { namespaceFlag } from './pod-flags.ts';

/** Why a claim has no volume, or does not go. */
export function claimFindings(
  { cluster }: Sandbox,
  { metadata, spec, status }: Stored<PersistentVolumeClaim>,
): readonly Finding[] {
  const about = `Claim ${metadata.name}`;
  const describe = `kubectl describe pvc ${metadata.name}${namespaceFlag({ metadata })}`;
  if (metadata.deletionTimestamp !== undefined) {
    return [trouble(about, ['It is deleted, and stays as long as a Pod uses it.'], [describe])];
  }
  if (status?.phase === 'Bound') return [];
  if (status?.phase === 'Lost') return [trouble(about, ['The volume that it had is gone.'], [describe])];
  const told = eventsAbout(cluster, metadata.uid);
  const volume = spec?.volumeName;
  if (volume) {
    const refusal = told.findLast(({ type }) => type === 'Warning')?.message ?? 'there is none of that name';
    return [trouble(about, [sentence(`It names the volume ${volume}: ${refusal}`)], ['kubectl get pv'])];
  }
  const name = spec?.storageClassName;
  if (!name) {
    const because = 'It names no StorageClass, so nobody makes a volume for it';
    return [trouble(about, [`${because}: it waits for a PersistentVolume that fits.`], ['kubectl get pv'])];
  }
  const storage = cluster.get('storageclasses.storage.k8s.io', undefined, name);
  if (!storage) {
    const because = `It asks for the StorageClass ${name}, and there is none of that name.`;
    return [trouble(about, [because], ['kubectl get storageclass', describe])];
  }
  if (told.some(({ reason }) => reason === 'Provisioning')) {
    return [onItsWay(about, [`The provisioner of its StorageClass ${name} makes a volume for it.`])];
  }
  if (storage.volumeBindingMode === 'WaitForFirstConsumer' && !isAskedFor(told)) {
    const because = isUsed(cluster, metadata)
      ? 'the Pod that uses it has a node'
      : 'the first Pod uses it, and none does';
    return [onItsWay(about, [`Its StorageClass ${name} makes a volume when ${because}.`], [describe])];
  }
  const because = `Its StorageClass ${name} has volumes made by ${storage.provisioner}, and nobody of that name is in this cluster.`;
  return [trouble(about, [because], ['kubectl get storageclass', describe])];
}

/** Whether a Pod is there that uses a claim. */
function isUsed(cluster: Cluster, { namespace, name }: Stored<PersistentVolumeClaim>['metadata']): boolean {
  return cluster
    .list('pods', namespace)
    .some(({ spec }) => spec?.volumes?.some((each) => each.persistentVolumeClaim?.claimName === name));
}

/** Whether the volume controller has asked a provisioner for a volume. */
function isAskedFor(told: readonly Stored<CoreEvent>[]): boolean {
  return told.some(({ reason }) => reason === 'ExternalProvisioning' || reason === 'ProvisioningFailed');
}

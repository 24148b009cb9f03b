import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { keyOf } from '../../object.ts';
import { provisionedBy, type StoredClaim, type StoredVolume, selectedNode } from './claim-state.ts';

const name = 'local-path-provisioner';
const provisioner = 'rancher.io/local-path';

/** How long its helper Pod takes to make or to delete a folder: measured on a three-node cluster. */
const workMs = 3_000;

/** Where it makes folders on every node (its default configuration, in a cluster made by kind). */
const folder = '/var/local-path-provisioner';

const nodeAnnotation = 'local.path.provisioner/selected-node';

/** Who tells of it: it is known by its Pod and an identity of its own. */
const component = `${provisioner}_local-path-provisioner-54745b98cf-xj8zb_e9ddda64-a65f-4d02-a281-7823843bf1c9`;

/**
 * Makes a folder of a node into a volume for each claim of its class, and deletes it when the claim is gone
 * (https://github.com/rancher/local-path-provisioner, v0.0.37). Its keys are `claim namespace/name` and
 * `volume /name` for news, and `make …` and `delete …` when the work is done.
 */
export function localPathProvisioner(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['persistentvolumeclaims', 'persistentvolumes'],
    concerns({ table, key, after }: Change) {
      if (table === 'persistentvolumeclaims' && after && isAsked(cluster, after as StoredClaim)) {
        return [`claim ${key}`];
      }
      return table === 'persistentvolumes' && after && isToGo(after as StoredVolume) ? [`volume ${key}`] : [];
    },
    reconcile(key) {
      const space = key.indexOf(' ');
      const [what, subject] = [key.slice(0, space), key.slice(space + 1)];
      switch (what) {
        case 'claim':
          begin(subject);
          return;
        case 'make':
          make(subject);
          return;
        case 'volume':
          simulation.wake(name, `delete ${subject}`, cluster.now + workMs);
          return;
        default:
          remove(subject);
      }
    },
  };

  function begin(key: string): void {
    const claim = cluster.getByKey('persistentvolumeclaims', key);
    if (!claim || !isAsked(cluster, claim) || isBegun(key)) return;
    const { namespace, name: claimName } = claim.metadata;
    const message = `External provisioner is provisioning volume for claim "${namespace}/${claimName}"`;
    recordEvent(cluster, { about: claim, type: 'Normal', reason: 'Provisioning', message, component });
    simulation.wake(name, `make ${key}`, cluster.now + workMs);
  }

  function isBegun(key: string): boolean {
    return cluster.store.read('timers', `${name} make ${key}`) !== undefined;
  }

  function make(key: string): void {
    const claim = cluster.getByKey('persistentvolumeclaims', key);
    if (!claim || !isAsked(cluster, claim)) return;
    const volume = volumeFor(cluster, claim);
    if (!volume) return;
    try {
      cluster.create('persistentvolumes', volume);
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
      return;
    }
    const message = `Successfully provisioned volume ${volume.metadata.name}`;
    recordEvent(cluster, {
      about: claim,
      type: 'Normal',
      reason: 'ProvisioningSucceeded',
      message,
      component,
    });
  }

  function remove(key: string): void {
    const volume = cluster.getByKey('persistentvolumes', key);
    if (volume && isToGo(volume)) cluster.remove('persistentvolumes', undefined, volume.metadata.name);
  }
}

/** Whether a claim is to be served by it now. */
function isAsked(cluster: Cluster, claim: StoredClaim): boolean {
  const { metadata, spec } = claim;
  if (spec?.volumeName || metadata.deletionTimestamp !== undefined) return false;
  if (metadata.annotations?.['volume.kubernetes.io/storage-provisioner'] !== provisioner) return false;
  return !cluster.get('persistentvolumes', undefined, `pvc-${metadata.uid}`);
}

function isToGo({ metadata, spec, status }: StoredVolume): boolean {
  return (
    status?.phase === 'Released' &&
    metadata.deletionTimestamp === undefined &&
    metadata.annotations?.[provisionedBy] === provisioner &&
    spec?.persistentVolumeReclaimPolicy === 'Delete'
  );
}

function volumeFor(cluster: Cluster, claim: StoredClaim) {
  const { name: claimName, namespace = '', uid, resourceVersion } = claim.metadata;
  const { spec } = claim;
  const storageClass = cluster.get('storageclasses.storage.k8s.io', undefined, spec?.storageClassName ?? '');
  // Of a class that does not wait for a Pod the provisioner chooses the node itself.
  const node = selectedNode(claim) ?? workers(cluster)[0];
  if (!storageClass || node === undefined) return undefined;
  const volumeName = `pvc-${uid}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: volumeName,
      annotations: { [nodeAnnotation]: node, [provisionedBy]: provisioner },
      finalizers: ['kubernetes.io/pv-protection'],
    },
    spec: {
      accessModes: spec?.accessModes ?? [],
      capacity: { storage: spec?.resources?.requests?.storage ?? '0' },
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        name: claimName,
        namespace,
        resourceVersion,
        uid,
      },
      hostPath: {
        path: `${folder}/${volumeName}_${namespace}_${claimName}`,
        type: 'DirectoryOrCreate',
      },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }],
            },
          ],
        },
      },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode: spec?.volumeMode ?? 'Filesystem',
    },
    status: { phase: 'Pending' },
  } as const;
}

function workers(cluster: Cluster): readonly string[] {
  return cluster
    .list('nodes')
    .filter(({ spec }) => !spec?.unschedulable && (spec?.taints ?? []).length === 0)
    .map(keyOf)
    .map((key) => key.slice(1));
}

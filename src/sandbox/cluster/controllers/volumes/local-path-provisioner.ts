import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { Retries } from '../retries.ts';
import { provisionedBy, type StoredClaim, type StoredVolume, selectedNode } from './claim-state.ts';

const name = 'local-path-provisioner';
const provisioner = 'rancher.io/local-path';

/** How long its helper Pod takes to make or to delete a folder: measured on a three-node cluster. */
const workMs = 3_000;

/** So long it waits when it could not make one (sigs.k8s.io/sig-storage-lib-external-provisioner). */
const pauses = { firstMs: 15_000, longestMs: 1_000_000 };

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
  const retries = new Retries(simulation, name, pauses);
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
    const why = refusalOf(claim);
    if (why === undefined) {
      retries.forget(`claim ${key}`);
      simulation.wake(name, `make ${key}`, cluster.now + workMs);
      return;
    }
    const failed = `failed to provision volume with StorageClass "${claim.spec.storageClassName}": ${why}`;
    const reason = 'ProvisioningFailed';
    recordEvent(cluster, { about: claim, type: 'Warning', reason, message: failed, component });
    retries.again(`claim ${key}`);
  }

  /** Whether it works at a claim already, or waits before it tries again. */
  function isBegun(key: string): boolean {
    return ['make', 'claim'].some(
      (what) => cluster.store.read('timers', `${name} ${what} ${key}`) !== undefined,
    );
  }

  function make(key: string): void {
    const claim = cluster.getByKey('persistentvolumeclaims', key);
    if (!claim || !isAsked(cluster, claim)) return;
    const volume = volumeFor(cluster, claim);
    if (!volume) return;
    cluster.create('persistentvolumes', volume);
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
  if (spec.volumeName || metadata.deletionTimestamp !== undefined) return false;
  if (metadata.annotations?.['volume.kubernetes.io/storage-provisioner'] !== provisioner) return false;
  return !cluster.get('persistentvolumes', undefined, `pvc-${metadata.uid}`);
}

/** What it cannot do: a folder is on one node, and has no labels. */
function refusalOf(claim: StoredClaim): string | undefined {
  const { spec } = claim;
  if (spec.selector) return 'claim.Spec.Selector is not supported';
  if (spec.accessModes?.some((mode) => !mode.startsWith('ReadWriteOnce'))) {
    return 'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes';
  }
  return selectedNode(claim) === undefined ? 'configuration error, no node was specified' : undefined;
}

function isToGo({ metadata, spec, status }: StoredVolume): boolean {
  return (
    status?.phase === 'Released' &&
    metadata.deletionTimestamp === undefined &&
    metadata.annotations?.[provisionedBy] === provisioner &&
    spec.persistentVolumeReclaimPolicy === 'Delete'
  );
}

function volumeFor(cluster: Cluster, claim: StoredClaim) {
  const { name: claimName, namespace = '', uid, resourceVersion } = claim.metadata;
  const { accessModes = [], resources, storageClassName = '', volumeMode = 'Filesystem' } = claim.spec;
  const { storage = '0' } = resources?.requests ?? {};
  const storageClass = cluster.get('storageclasses.storage.k8s.io', undefined, storageClassName);
  const node = selectedNode(claim);
  if (!storageClass || node === undefined) return undefined;
  const { reclaimPolicy = 'Delete' } = storageClass;
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
      accessModes,
      capacity: { storage },
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
      persistentVolumeReclaimPolicy: reclaimPolicy,
      storageClassName: storageClass.metadata.name,
      volumeMode,
    },
    status: { phase: 'Pending' },
  } as const;
}

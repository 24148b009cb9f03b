/**
 * The fields that say what a volume is, of Pods and of PersistentVolumes, in the order in which they are
 * looked at (k8s.io/kubernetes/pkg/apis/core/validation, validateVolumeSource).
 */
const volumeSources: ReadonlySet<string> = new Set([
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'local',
  'csi',
  'ephemeral',
  'image',
]);

/** The sources that a volume names; there should be one. */
export function sourcesOf<T extends object>(volume: T): readonly (keyof T & string)[] {
  const fields = Object.keys(volume) as (keyof T & string)[];
  return [...volumeSources].flatMap((source) => fields.find((field) => field === source) ?? []);
}

import type { Named, PlainSource } from './plain-source.ts';
import { rareSources } from './rare-volume-sources.ts';

const disk = (field: string, name: string, id: string, idField: string): PlainSource => ({
  field,
  type: name,
  shown: [
    [`${id}:`, idField],
    ['FSType:', 'fsType'],
    ['Partition:', 'partition', '0'],
    ['ReadOnly:', 'readOnly', 'false'],
  ],
});

/** Fields that only the source of a PersistentVolume has, which stand after its first one. */
const persistentOnly: Readonly<Record<string, Named>> = {
  glusterfs: ['EndpointsNamespace:', 'endpointsNamespace', '<unset>'],
  azureFile: ['SecretNamespace:', 'secretNamespace'],
};

/** Sources of a Pod's volumes, in the order in which they are looked for. */
export const podSources: readonly PlainSource[] = [
  {
    field: 'hostPath',
    type: 'HostPath (bare host directory volume)',
    shown: [
      ['Path:', 'path'],
      ['HostPathType:', 'type', '<none>'],
    ],
  },
  disk(
    'gcePersistentDisk',
    'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    'PDName',
    'pdName',
  ),
  disk(
    'awsElasticBlockStore',
    'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    'VolumeID',
    'volumeID',
  ),
  {
    field: 'gitRepo',
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    shown: [
      ['Repository:', 'repository'],
      ['Revision:', 'revision'],
    ],
  },
  {
    field: 'secret',
    type: 'Secret (a volume populated by a Secret)',
    shown: [
      ['SecretName:', 'secretName'],
      ['Optional:', 'optional', 'false'],
    ],
  },
  {
    field: 'configMap',
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    shown: [
      ['Name:', 'name'],
      ['Optional:', 'optional', 'false'],
    ],
  },
  {
    field: 'nfs',
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    shown: [
      ['Server:', 'server'],
      ['Path:', 'path'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'iscsi',
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    shown: [
      ['TargetPortal:', 'targetPortal'],
      ['IQN:', 'iqn'],
      ['Lun:', 'lun', '0'],
      ['ISCSIInterface', 'iscsiInterface'],
      ['FSType:', 'fsType'],
      ['ReadOnly:', 'readOnly', 'false'],
      ['Portals:', 'portals', '[]'],
      ['DiscoveryCHAPAuth:', 'chapAuthDiscovery', 'false'],
      ['SessionCHAPAuth:', 'chapAuthSession', 'false'],
      ['SecretRef:', 'secretRef', 'nil'],
      ['InitiatorName:', 'initiatorName', '<none>'],
    ],
  },
  {
    field: 'glusterfs',
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    shown: [
      ['EndpointsName:', 'endpoints'],
      ['Path:', 'path'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'persistentVolumeClaim',
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    shown: [
      ['ClaimName:', 'claimName'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'rbd',
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    shown: [
      ['CephMonitors:', 'monitors', '[]'],
      ['RBDImage:', 'image'],
      ['FSType:', 'fsType'],
      ['RBDPool:', 'pool'],
      ['RadosUser:', 'user'],
      ['Keyring:', 'keyring'],
      ['SecretRef:', 'secretRef', 'nil'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'vsphereVolume',
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    shown: [
      ['VolumePath:', 'volumePath'],
      ['FSType:', 'fsType'],
      ['StoragePolicyName:', 'storagePolicyName'],
    ],
  },
  {
    field: 'cinder',
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    shown: [
      ['VolumeID:', 'volumeID'],
      ['FSType:', 'fsType'],
      ['ReadOnly:', 'readOnly', 'false'],
      ['SecretRef:', 'secretRef', 'nil'],
    ],
  },
  {
    field: 'cephfs',
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    shown: [
      ['Monitors:', 'monitors', '[]'],
      ['Path:', 'path'],
      ['User:', 'user'],
      ['SecretFile:', 'secretFile'],
      ['SecretRef:', 'secretRef', 'nil'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'fc',
    type: 'FC (a Fibre Channel disk)',
    shown: [
      ['TargetWWNs:', 'targetWWNs'],
      ['LUN:', 'lun', '<none>'],
      ['FSType:', 'fsType'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'azureFile',
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    shown: [
      ['SecretName:', 'secretName'],
      ['ShareName:', 'shareName'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'csi',
    type: 'CSI (a Container Storage Interface (CSI) volume source)',
    shown: [
      ['Driver:', 'driver'],
      ['FSType:', 'fsType'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
  {
    field: 'image',
    type: 'Image (a container image or OCI artifact)',
    shown: [
      ['Reference:', 'reference'],
      ['PullPolicy:', 'pullPolicy'],
    ],
  },
  ...rareSources,
];

/** Sources of PersistentVolumes: some say more than those of Pods. */
export const persistentSources: readonly PlainSource[] = [
  ...podSources
    .filter(({ field }) => !['secret', 'configMap', 'persistentVolumeClaim', 'image', 'csi'].includes(field))
    .map((source) => {
      const more = persistentOnly[source.field];
      const shown = more ? [...source.shown.slice(0, 1), more, ...source.shown.slice(1)] : source.shown;
      return { ...source, shown };
    }),
  {
    field: 'local',
    type: 'LocalVolume (a persistent volume backed by local storage on a node)',
    shown: [['Path:', 'path']],
  },
  {
    field: 'csi',
    type: 'CSI (a Container Storage Interface (CSI) volume source)',
    shown: [
      ['Driver:', 'driver'],
      ['FSType:', 'fsType'],
      ['VolumeHandle:', 'volumeHandle'],
      ['ReadOnly:', 'readOnly', 'false'],
    ],
  },
];

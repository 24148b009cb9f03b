import type { PlainSource } from './plain-source.ts';

const readOnly = ['ReadOnly:', 'readOnly', 'false'] as const;
const fsType = ['FSType:', 'fsType'] as const;

/** Sources of volumes whose drivers have left Kubernetes: objects that name them are still described. */
export const rareSources: readonly PlainSource[] = [
  {
    field: 'quobyte',
    type: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    shown: [['Registry:', 'registry'], ['Volume:', 'volume'], readOnly],
  },
  {
    field: 'azureDisk',
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    shown: [
      ['DiskName:', 'diskName'],
      ['DiskURI:', 'diskURI'],
      ['Kind: ', 'kind'],
      fsType,
      ['CachingMode:', 'cachingMode'],
      readOnly,
    ],
  },
  {
    field: 'photonPersistentDisk',
    type: 'PhotonPersistentDisk (a Persistent Disk resource in photon platform)',
    shown: [['PdID:', 'pdID'], fsType],
  },
  {
    field: 'portworxVolume',
    type: 'PortworxVolume (a Portworx Volume resource)',
    shown: [['VolumeID:', 'volumeID']],
  },
  {
    field: 'storageos',
    type: 'StorageOS (a StorageOS Persistent Disk resource)',
    shown: [['VolumeName:', 'volumeName'], ['VolumeNamespace:', 'volumeNamespace'], fsType, readOnly],
  },
  {
    field: 'flexVolume',
    type: 'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
    shown: [
      ['Driver:', 'driver'],
      fsType,
      ['SecretRef:', 'secretRef', 'nil'],
      readOnly,
      ['Options:', 'options', 'map[]'],
    ],
  },
  {
    field: 'flocker',
    type: 'Flocker (a Flocker volume mounted by the Flocker agent)',
    shown: [
      ['DatasetName:', 'datasetName'],
      ['DatasetUUID:', 'datasetUUID'],
    ],
  },
];

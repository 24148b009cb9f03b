import { objectsIn } from './placed-objects.ts';

/** A volume of each source, as a PersistentVolume has it. */
const sources: readonly (readonly [name: string, source: string])[] = [
  ['hostpath', 'hostPath: {path: /data, type: Directory}'],
  ['hostpathbare', 'hostPath: {path: /data}'],
  ['local', 'local: {path: /disk, fsType: ext4}'],
  ['localbare', 'local: {path: /disk}'],
  ['nfs', 'nfs: {server: nfs.example.com, path: /export, readOnly: true}'],
  [
    'csi',
    'csi: {driver: d.example.com, volumeHandle: v1, fsType: xfs, readOnly: true, volumeAttributes: {b: c, a: b}}',
  ],
  ['csibare', 'csi: {driver: d.example.com, volumeHandle: v1}'],
  [
    'csilong',
    `csi: {driver: d.example.com, volumeHandle: v1, volumeAttributes: {long: ${'x'.repeat(160)}}, nodePublishSecretRef: {name: s, namespace: n}, controllerPublishSecretRef: {name: s}}`,
  ],
  [
    'iscsi',
    'iscsi: {targetPortal: 10.0.0.1, iqn: iqn.x, lun: 1, iscsiInterface: default, fsType: ext4, portals: [a, b], chapAuthDiscovery: true, secretRef: {name: chap, namespace: n}, initiatorName: i}',
  ],
  ['fc', 'fc: {targetWWNs: [a, b], lun: 2, fsType: ext4, readOnly: true}'],
  ['fcids', 'fc: {wwids: [c]}'],
  [
    'rbd',
    'rbd: {monitors: [m1, m2], image: i, pool: p, user: u, keyring: k, secretRef: {name: s}, fsType: ext4}',
  ],
  ['cephfs', 'cephfs: {monitors: [m1], path: /, user: u, secretFile: f, secretRef: {name: s, namespace: n}}'],
  ['cinder', 'cinder: {volumeID: v, fsType: ext4, secretRef: {name: s, namespace: n}}'],
  ['glusterfs', 'glusterfs: {endpoints: e, endpointsNamespace: n, path: p}'],
  ['gce', 'gcePersistentDisk: {pdName: d, fsType: ext4, partition: 1}'],
  ['ebs', 'awsElasticBlockStore: {volumeID: v, fsType: ext4, partition: 0}'],
  [
    'azuredisk',
    'azureDisk: {diskName: d, diskURI: u, kind: Managed, cachingMode: None, fsType: ext4, readOnly: false}',
  ],
  ['azurefile', 'azureFile: {secretName: s, shareName: sh, secretNamespace: n}'],
  ['azurefilebare', 'azureFile: {secretName: s, shareName: sh}'],
  ['vsphere', 'vsphereVolume: {volumePath: v, fsType: ext4, storagePolicyName: p}'],
  ['quobyte', 'quobyte: {registry: r, volume: v, user: u, group: g, tenant: t}'],
  ['storageos', 'storageos: {volumeName: v, volumeNamespace: n, fsType: ext4}'],
  ['portworx', 'portworxVolume: {volumeID: v, fsType: ext4}'],
  ['flocker', 'flocker: {datasetName: d, datasetUUID: u}'],
  ['photon', 'photonPersistentDisk: {pdID: p, fsType: ext4}'],
  [
    'flex',
    'flexVolume: {driver: d, fsType: ext4, secretRef: {name: s, namespace: n}, readOnly: true, options: {a: b}}',
  ],
];

const volumes = sources.map(
  ([name, source]) => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod], persistentVolumeReclaimPolicy: Retain, volumeMode: Block, ${source}}
status: {phase: Available}
`,
);

/** Sources that only Pods have. */
const podOnly = [
  'emptyDir: {medium: Memory, sizeLimit: 1Gi}',
  'emptyDir: {sizeLimit: "0"}',
  'configMap: {name: settings, optional: true}',
  'secret: {secretName: keys, optional: true}',
  'downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}, {path: cpu, resourceFieldRef: {containerName: a, resource: limits.cpu}}]}',
  'downwardAPI: {}',
  'projected: {sources: [{configMap: {name: c, optional: true}}, {secret: {name: s, optional: true}}, {downwardAPI: {}}, {serviceAccountToken: {path: t, expirationSeconds: 60}}, {clusterTrustBundle: {name: b, path: p}}]}',
  'projected: {}',
  'ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}, annotations: {c: d}}, spec: {accessModes: [ReadWriteOnce], storageClassName: fast, volumeMode: Filesystem, resources: {requests: {storage: 1Gi}}, dataSource: {kind: PersistentVolumeClaim, name: from}}}}',
  'ephemeral: {}',
  'persistentVolumeClaim: {claimName: data, readOnly: true}',
  'image: {reference: "busybox:1.36", pullPolicy: Always}',
  'gitRepo: {repository: r, revision: v}',
  '',
];

const inPods = [
  ...sources.map(([, source]) => source).filter((text) => !text.startsWith('local')),
  ...podOnly,
];

/** PersistentVolumes, claims, storage classes, and a Pod that has a volume of each source. */
export const oddStorage = [
  ...objectsIn(volumes.join('---')),
  ...objectsIn(`
apiVersion: v1
kind: PersistentVolume
metadata: {name: nowhere, annotations: {a: b}, deletionTimestamp: "2026-01-05T05:00:00Z", finalizers: [kubernetes.io/pv-protection]}
spec:
  storageClassName: fast
  claimRef: {namespace: default, name: data}
  volumeAttributesClassName: gold
  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions: [{key: zone, operator: In, values: [a, b]}, {key: gpu, operator: Exists}]
      - {}
status: {phase: Failed, reason: Broken, message: cannot be deleted}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: anywhere}
spec: {local: {path: /x}, claimRef: {name: data}, nodeAffinity: {required: {nodeSelectorTerms: []}}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: odd}
spec: {local: {path: /x}, nodeAffinity: {}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, deletionTimestamp: "2026-01-05T05:00:00Z", finalizers: [kubernetes.io/pvc-protection]}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
  volumeName: nowhere
  volumeMode: Filesystem
  volumeAttributesClassName: gold
  resources: {requests: {storage: 2Gi}}
  dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: snap}
status:
  phase: Bound
  capacity: {storage: 1Gi}
  conditions:
  - {type: Resizing, status: "True", lastProbeTime: "2026-01-05T08:50:00Z", lastTransitionTime: "2026-01-05T08:50:00Z", reason: Growing, message: wait for it}
  - {type: FileSystemResizePending, status: "False"}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: bound}
spec: {volumeName: x, dataSource: {kind: PersistentVolumeClaim, name: from}, resources: {requests: {storage: 2Gi}}}
status: {phase: Lost}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: "true", note: x}}
provisioner: example.com/disk
parameters: {type: ssd, zone: a}
reclaimPolicy: Retain
allowVolumeExpansion: true
mountOptions: [debug, noatime]
volumeBindingMode: WaitForFirstConsumer
allowedTopologies:
- matchLabelExpressions: [{key: zone, values: [a, b]}, {key: rack, values: []}]
- {}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: slow, annotations: {storageclass.beta.kubernetes.io/is-default-class: "true"}}
provisioner: example.com/disk
allowVolumeExpansion: false
allowedTopologies: []
---
apiVersion: v1
kind: Pod
metadata: {name: volumes}
spec:
  containers: [{name: a, image: nginx}]
  volumes:
${inPods.map((source, place) => `  - {name: v${place}${source === '' ? '' : `, ${source}`}}`).join('\n')}
`),
];

/** The names of the PersistentVolumes. */
export const volumeNames = [...sources.map(([name]) => name), 'nowhere', 'anywhere', 'odd'];

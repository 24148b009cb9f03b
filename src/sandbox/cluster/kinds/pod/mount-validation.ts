import type { Container, VolumeMount } from '../../../../kubernetes/api.ts';
import { type Complaint, forbidden, invalid, missing } from '../complaint.ts';
import { oneOf, requiredText } from '../value-rules.ts';
import { descendingPathComplaints } from './volume-paths.ts';
import type { VolumesByName } from './volume-validation.ts';

/** What is wrong with what a container mounts (k8s.io/kubernetes/pkg/apis/core/validation, ValidateVolumeMounts). */
export function mountComplaints(
  { volumeMounts = [], volumeDevices = [], securityContext }: Container,
  volumes: VolumesByName,
  container: string,
): readonly Complaint[] {
  const path = `${container}.volumeMounts`;
  const taken = new Set<string>();
  // Upstream looks at one device of a volume only, the last.
  const devicePaths = new Map(volumeDevices.map((device) => [device.name, device.devicePath]));
  const shared = 'Bidirectional mount propagation is available only to privileged containers';
  return volumeMounts.flatMap((mount, index) => {
    const { name, mountPath, subPath = '', subPathExpr = '', mountPropagation } = mount;
    const place = `${path}[${index}]`;
    const isTwice = taken.has(mountPath);
    taken.add(mountPath);
    const isDevice = volumeDevices.some((device) => device.name === name);
    const isDevicePath = [...devicePaths.values()].includes(mountPath);
    const both = 'subPathExpr and subPath are mutually exclusive';
    // In some fields upstream does not say which mount it is.
    const propagation = `${path}.mountPropagation`;
    return [
      ...requiredText(`${place}.name`, name),
      ...(volumes.has(name) ? [] : [missing(`${place}.name`, name)]),
      ...requiredText(`${place}.mountPath`, mountPath),
      ...(isTwice ? [invalid(`${place}.mountPath`, mountPath, 'must be unique')] : []),
      ...(isDevice ? [invalid(`${place}.name`, name, 'must not already exist in volumeDevices')] : []),
      ...(isDevicePath
        ? [invalid(`${place}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices')]
        : []),
      ...(subPath ? descendingPathComplaints(subPath, `${path}.subPath`) : []),
      ...(subPath && subPathExpr ? [invalid(`${place}.subPathExpr`, subPathExpr, both)] : []),
      ...(subPathExpr ? descendingPathComplaints(subPathExpr, `${path}.subPathExpr`) : []),
      ...(mountPropagation === undefined
        ? []
        : oneOf(propagation, mountPropagation, ['Bidirectional', 'HostToContainer', 'None'])),
      ...(mountPropagation === 'Bidirectional' && !securityContext?.privileged
        ? [forbidden(propagation, shared)]
        : []),
      ...recursionComplaints(mount, `${path}.recursiveReadOnly`),
    ];
  });
}

/** What is wrong with how far a mount can only be read (validateMountRecursiveReadOnly). */
function recursionComplaints(
  { recursiveReadOnly, readOnly, mountPropagation = 'None' }: VolumeMount,
  path: string,
): readonly Complaint[] {
  if (recursiveReadOnly === undefined || recursiveReadOnly === 'Disabled') return [];
  if (recursiveReadOnly !== 'Enabled' && recursiveReadOnly !== 'IfPossible') {
    return oneOf(path, recursiveReadOnly, ['Disabled', 'Enabled', 'IfPossible']);
  }
  const why = 'may only be specified when mountPropagation is None or not specified';
  return [
    ...(readOnly ? [] : [forbidden(path, 'may only be specified when readOnly is true')]),
    ...(mountPropagation === 'None' ? [] : [forbidden(path, why)]),
  ];
}

/** What is wrong with the disks that a container has as they are (ValidateVolumeDevices). */
export function deviceComplaints(
  { volumeMounts = [], volumeDevices = [] }: Container,
  volumes: VolumesByName,
  container: string,
): readonly Complaint[] {
  const only = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
  const mountPaths = new Map(volumeMounts.map((mount) => [mount.name, mount.mountPath]));
  return volumeDevices.flatMap(({ name, devicePath }, index) => {
    const place = `${container}.volumeDevices[${index}]`;
    const volume = volumes.get(name);
    const before = volumeDevices.slice(0, index);
    const isNameTaken = name !== '' && before.some((each) => each.name === name);
    const isPathTaken = before.some((each) => each.devicePath === devicePath);
    const isMounted = volumeMounts.some((mount) => mount.name === name);
    const isMountPath = [...mountPaths.values()].includes(devicePath);
    return [
      ...requiredText(`${place}.name`, name),
      ...(isNameTaken ? [invalid(`${place}.name`, name, 'must be unique')] : []),
      ...(volume && !volume.persistentVolumeClaim && !volume.ephemeral
        ? [invalid(`${place}.name`, name, only)]
        : []),
      ...(volume ? [] : [missing(`${place}.name`, name)]),
      ...requiredText(`${place}.devicePath`, devicePath),
      ...(isPathTaken ? [invalid(`${place}.devicePath`, devicePath, 'must be unique')] : []),
      ...(devicePath.split('/').includes('..')
        ? [invalid(`${place}.devicePath`, devicePath, "can not contain backsteps ('..')")]
        : []),
      ...(isMounted ? [invalid(`${place}.name`, name, 'must not already exist in volumeMounts')] : []),
      ...(isMountPath
        ? [invalid(`${place}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts')]
        : []),
    ];
  });
}

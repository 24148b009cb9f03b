import type { Container } from '../../../../kubernetes/api.ts';
import { type Complaint, forbidden, invalid, missing } from '../complaint.ts';
import { oneOf, requiredText } from '../value-rules.ts';
import { descendingPathComplaints, type VolumesByName } from './volume-validation.ts';

/** What is wrong with what a container mounts (k8s.io/kubernetes/pkg/apis/core/validation, ValidateVolumeMounts). */
export function mountComplaints(
  { volumeMounts = [], volumeDevices = [], securityContext }: Container,
  volumes: VolumesByName,
  container: string,
): readonly Complaint[] {
  const path = `${container}.volumeMounts`;
  const taken = new Set<string>();
  const shared = 'Bidirectional mount propagation is available only to privileged containers';
  return volumeMounts.flatMap((mount, index) => {
    const { name, mountPath, subPath = '', subPathExpr = '', mountPropagation } = mount;
    const place = `${path}[${index}]`;
    const isTwice = taken.has(mountPath);
    taken.add(mountPath);
    const isDevice = volumeDevices.some((device) => device.name === name);
    const isDevicePath = volumeDevices.some(({ devicePath }) => devicePath === mountPath);
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
    ];
  });
}

/** What is wrong with the disks that a container has as they are (ValidateVolumeDevices). */
export function deviceComplaints(
  { volumeMounts = [], volumeDevices = [] }: Container,
  volumes: VolumesByName,
  container: string,
): readonly Complaint[] {
  const only = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
  return volumeDevices.flatMap(({ name, devicePath }, index) => {
    const place = `${container}.volumeDevices[${index}]`;
    const volume = volumes.get(name);
    const before = volumeDevices.slice(0, index);
    const isNameTaken = name !== '' && before.some((each) => each.name === name);
    const isPathTaken = before.some((each) => each.devicePath === devicePath);
    const isMounted = volumeMounts.some((mount) => mount.name === name);
    const isMountPath = volumeMounts.some(({ mountPath }) => mountPath === devicePath);
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

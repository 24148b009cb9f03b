import type { Volume } from '../../../../kubernetes/api.ts';
import { type Complaint, invalid, required } from '../complaint.ts';
import { oneOf, requiredText } from '../value-rules.ts';

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** What is wrong with a folder of the node (validateHostPathVolumeSource). */
export function hostPathComplaints(source: Volume['hostPath'], path: string): readonly Complaint[] {
  if (!source?.path) return [required(`${path}.path`)];
  return [
    ...backstepComplaints(source.path, `${path}.path`),
    ...oneOf(`${path}.type`, source.type ?? '', hostPathTypes),
  ];
}

/** What is wrong with a folder of a file server (validateNFSVolumeSource). */
export function nfsComplaints(source: Volume['nfs'], path: string): readonly Complaint[] {
  const { server, path: folder = '' } = source ?? {};
  return [
    ...requiredText(`${path}.server`, server),
    ...requiredText(`${path}.path`, folder),
    ...(folder.startsWith('/') ? [] : [invalid(`${path}.path`, folder, 'must be an absolute path')]),
  ];
}

/** A path inside a volume (ValidateLocalNonReservedPath). */
export function localPathComplaints(target: string, path: string): readonly Complaint[] {
  return [
    ...descendingPathComplaints(target, path),
    ...(target.startsWith('..') && !target.startsWith('../')
      ? [invalid(path, target, "must not start with '..'")]
      : []),
  ];
}

/** A path that goes down only (validateLocalDescendingPath). */
export function descendingPathComplaints(target: string, path: string): readonly Complaint[] {
  return [
    ...(target.startsWith('/') ? [invalid(path, target, 'must be a relative path')] : []),
    ...backstepComplaints(target, path),
  ];
}

function backstepComplaints(target: string, path: string): readonly Complaint[] {
  return target.split('/').includes('..') ? [invalid(path, target, "must not contain '..'")] : [];
}

import type {
  ConfigMapKeySelector,
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  FileKeySelector,
  ObjectFieldSelector,
  PodSpec,
  ResourceFieldSelector,
} from '../../../../kubernetes/api.ts';
import { type Complaint, invalid, missing, notSupported, required } from '../complaint.ts';
import { dataKeyProblems } from '../config/data-keys.ts';
import { labelKeyComplaints, labelNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { complaintsOf } from '../value-rules.ts';

/** Which fields of its Pod a variable can show. */
const shownFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** What else the conversion of fields knows. */
const knownFields = [
  ...shownFields,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
];
const shownResources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

const sourceWords =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';

/** What is wrong with variables (k8s.io/kubernetes/pkg/apis/core/validation, ValidateEnv). */
export function variableComplaints(variables: readonly EnvVar[] = [], path: string): readonly Complaint[] {
  return variables.flatMap(({ name, value = '', valueFrom }, index) => {
    const place = `${path}[${index}]`;
    return [
      ...(name ? complaintsOf(`${place}.name`, name, nameProblems(name)) : [required(`${place}.name`)]),
      ...(valueFrom ? sourceComplaints(valueFrom, value, `${place}.valueFrom`) : []),
    ];
  });
}

/** What is wrong with the objects that all variables are taken from (ValidateEnvFrom). */
export function variablesFromComplaints(
  sources: readonly EnvFromSource[] = [],
  path: string,
): readonly Complaint[] {
  return sources.flatMap(({ prefix = '', configMapRef, secretRef }, index) => {
    const place = `${path}[${index}]`;
    const named = (name = '', field: string): readonly Complaint[] =>
      name ? complaintsOf(field, name, subdomainComplaints(name)) : [required(field)];
    const tooMany = 'may not have more than one field specified at a time';
    return [
      ...(prefix ? complaintsOf(`${place}.prefix`, prefix, nameProblems(prefix)) : []),
      ...(configMapRef ? named(configMapRef.name, `${place}.configMapRef.name`) : []),
      ...(secretRef ? named(secretRef.name, `${place}.secretRef.name`) : []),
      ...(configMapRef || secretRef
        ? []
        : [invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`')]),
      ...(configMapRef && secretRef ? [invalid(path, '', tooMany)] : []),
    ];
  });
}

/** What is wrong with a reference to a field of the Pod (validateObjectFieldSelector). */
export function fieldRefComplaints(
  { fieldPath }: ObjectFieldSelector,
  shown: readonly string[],
  path: string,
): readonly Complaint[] {
  if (!fieldPath) return [required(`${path}.fieldPath`)];
  const [, base, subscript] = /^([^[]+)\['(.*)'\]$/.exec(fieldPath) ?? [];
  if (base !== undefined && subscript !== undefined) {
    const key = base === 'metadata.annotations' ? subscript.toLowerCase() : subscript;
    if (base === 'metadata.annotations' || base === 'metadata.labels') {
      return complaintsOf(path, key, labelKeyComplaints(key));
    }
    return [unreadable(fieldPath, path, 'field label does not support subscript')];
  }
  if (!knownFields.includes(fieldPath)) return [unreadable(fieldPath, path, 'field label not supported')];
  return shown.includes(fieldPath) ? [] : [notSupported(`${path}.fieldPath`, fieldPath, shown)];
}

/** What is wrong with a reference to what a container asks for or may use (validateContainerResourceFieldSelector). */
export function resourceRefComplaints(
  { containerName, resource, divisor = '0' }: ResourceFieldSelector,
  path: string,
  isFile: boolean,
): readonly Complaint[] {
  if (isFile && !containerName) return [required(`${path}.containerName`)];
  if (!resource) return [required(`${path}.resource`)];
  const isKnown = shownResources.includes(resource) || /^(requests|limits)\.hugepages-/.test(resource);
  return isKnown
    ? divisorComplaints(resource, divisor, `${path}.divisor`)
    : [notSupported(`${path}.resource`, resource, shownResources)];
}

const sizes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** What is wrong with the unit an amount is shown in (validateContainerResourceDivisor). */
function divisorComplaints(resource: string, divisor: string, path: string): readonly Complaint[] {
  const isCpu = resource.endsWith('.cpu');
  const known = isCpu ? ['1m', '1'] : sizes;
  if (divisor === '0' || known.includes(divisor)) return [];
  const kind = resource.replace(/^.*?\./, '').replace(/^ephemeral-storage$/, 'local ephemeral storage');
  const named = kind.startsWith('hugepages-') ? 'hugepages' : kind;
  const list = isCpu ? known.join(' and ') : known.join(', ');
  return [invalid(path, resource, `only divisor's values ${list} are supported with the ${named} resource`)];
}

/** That variables which are read from a file have it on a volume of the Pod's own (validateFileKeyRefVolumes). */
export function fileVariableComplaints(spec: PodSpec, path: string): readonly Complaint[] {
  const { volumes = [], initContainers = [], containers } = spec;
  const all = [
    ...initContainers.map((each, index) => [each, `${path}.initContainers[${index}]`] as const),
    ...containers.map((each, index) => [each, `${path}.containers[${index}]`] as const),
  ];
  return all.flatMap(([{ env = [] }, place]) =>
    env.flatMap(({ valueFrom }, index) => {
      if (!valueFrom?.fileKeyRef) return [];
      const { volumeName } = valueFrom.fileKeyRef;
      const field = `${place}.env[${index}].valueFrom.fileKeyRef.volumeName`;
      const volume = volumes.find(({ name }) => name === volumeName);
      if (!volume) return [missing(field, volumeName)];
      return volume.emptyDir
        ? []
        : [invalid(field, volumeName, 'referenced volume must be of type emptyDir')];
    }),
  );
}

function fileRefComplaints(
  { key, volumeName, path: file }: FileKeySelector,
  path: string,
): readonly Complaint[] {
  const isUp = file.split('/').includes('..');
  return [
    ...(key ? complaintsOf(`${path}.key`, key, nameProblems(key)) : [required(`${path}.key`)]),
    ...(volumeName
      ? complaintsOf(`${path}.volumeName`, volumeName, labelNameComplaints(volumeName))
      : [required(`${path}.volumeName`)]),
    ...(file ? [] : [required(`${path}.path`)]),
    ...(isUp ? [invalid(`${path}.path`, file, "must not contain '..'")] : []),
  ];
}

function unreadable(fieldPath: string, path: string, why: string): Complaint {
  return invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${why}: ${fieldPath}`);
}

function sourceComplaints(source: EnvVarSource, value: string, path: string): readonly Complaint[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  const count = Object.keys(source).length;
  return [
    ...(fieldRef ? fieldRefComplaints(fieldRef, shownFields, `${path}.fieldRef`) : []),
    ...(resourceFieldRef ? resourceRefComplaints(resourceFieldRef, `${path}.resourceFieldRef`, false) : []),
    ...(configMapKeyRef ? keyRefComplaints(configMapKeyRef, `${path}.configMapKeyRef`) : []),
    ...(secretKeyRef ? keyRefComplaints(secretKeyRef, `${path}.secretKeyRef`) : []),
    ...(fileKeyRef ? fileRefComplaints(fileKeyRef, `${path}.fileKeyRef`) : []),
    ...(count === 0
      ? [invalid(path, '', sourceWords)]
      : value !== ''
        ? [invalid(path, '', 'may not be specified when `value` is not empty')]
        : count > 1
          ? [invalid(path, '', 'may not have more than one field specified at a time')]
          : []),
  ];
}

function keyRefComplaints({ name = '', key }: ConfigMapKeySelector, path: string): readonly Complaint[] {
  return [
    ...complaintsOf(`${path}.name`, name, subdomainComplaints(name)),
    ...(key ? complaintsOf(`${path}.key`, key, dataKeyProblems(key)) : [required(`${path}.key`)]),
  ];
}

/** Since 1.30 a name may have nearly every printable character (IsRelaxedEnvVarName). */
function nameProblems(name: string): readonly string[] {
  return /^[ -<>-~]*$/.test(name)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

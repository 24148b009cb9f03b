import type {
  Container,
  ContainerPort,
  EphemeralContainer,
  PodSpec,
  SecurityContext,
} from '../../../../kubernetes/api.ts';
import { type Complaint, duplicate, forbidden, invalid, missing, required, tooMany } from '../complaint.ts';
import { internalForm } from '../internal-form.ts';
import { labelNameComplaints } from '../label-rules.ts';
import {
  complaintsOf,
  oneOf,
  portComplaints,
  portNameProblems,
  requiredOneOf,
  requiredText,
} from '../value-rules.ts';
import { deviceComplaints, mountComplaints } from './mount-validation.ts';
import { probeComplaints } from './probe-validation.ts';
import { variableComplaints, variablesFromComplaints } from './reference-validation.ts';
import { requirementComplaints } from './resource-validation.ts';
import { appArmorComplaints, seccompComplaints } from './security-validation.ts';
import type { VolumesByName } from './volume-validation.ts';

const restartPolicies = ['Always', 'Never', 'OnFailure'];
const mostId = 2 ** 31 - 1;

/** What is wrong with a Pod's containers (k8s.io/kubernetes/pkg/apis/core/validation, validateContainers). */
export function containerComplaints(
  pod: PodSpec,
  volumes: VolumesByName,
  path: string,
): readonly Complaint[] {
  const { containers = [] } = pod;
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const found = containers.flatMap((container, index) => {
    const place = `${path}[${index}]`;
    const isTwice = names.has(container.name);
    names.add(container.name);
    return [
      ...commonComplaints(container, volumes, place),
      ...(isTwice ? [duplicate(`${place}.name`, container.name)] : []),
      ...probeComplaints(container, pod.terminationGracePeriodSeconds, place),
      ...restartComplaints(container, place),
    ];
  });
  return [...found, ...hostPortComplaints(containers, path)];
}

/** What is wrong with its init containers (validateInitContainers). */
export function initContainerComplaints(
  pod: PodSpec,
  volumes: VolumesByName,
  path: string,
): readonly Complaint[] {
  const { containers = [], initContainers = [] } = pod;
  const names = new Set(containers.map(({ name }) => name));
  const why = 'may not be set for init containers without restartPolicy=Always';
  return initContainers.flatMap((container, index) => {
    const place = `${path}[${index}]`;
    const isTwice = names.has(container.name);
    if (container.name) names.add(container.name);
    const probes = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;
    return [
      ...commonComplaints(container, volumes, place),
      ...restartComplaints(container, place),
      ...(isTwice ? [duplicate(`${place}.name`, container.name)] : []),
      ...hostPortComplaints([container], path),
      ...(container.restartPolicy === 'Always'
        ? probeComplaints(container, pod.terminationGracePeriodSeconds, place)
        : probes
            .filter((field) => container[field] !== undefined)
            .map((field) => forbidden(`${place}.${field}`, why))),
    ];
  });
}

/** What is wrong with its ephemeral containers (validateEphemeralContainers). */
export function ephemeralContainerComplaints(
  { containers = [], initContainers = [], ephemeralContainers = [] }: PodSpec,
  volumes: VolumesByName,
  path: string,
): readonly Complaint[] {
  const others = new Set([...containers, ...initContainers].map(({ name }) => name));
  const names = new Set(others);
  return ephemeralContainers.flatMap((container, index) => {
    const place = `${path}[${index}]`;
    const { name, targetContainerName: target = '' } = container;
    const isTwice = names.has(name);
    names.add(name);
    return [
      ...commonComplaints(container, volumes, place),
      ...(isTwice ? [duplicate(`${place}.name`, name)] : []),
      ...(target && !others.has(target) ? [missing(`${place}.targetContainerName`, target)] : []),
      ...notForEphemeral
        .filter((field) => container[field] !== undefined && !isEmpty(container[field]))
        .map((field) => forbidden(`${place}.${field}`, 'cannot be set for an Ephemeral Container')),
    ];
  });
}

const notForEphemeral = [
  'ports',
  'resources',
  'lifecycle',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
] as const;

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function commonComplaints(
  container: Container | EphemeralContainer,
  volumes: VolumesByName,
  path: string,
): readonly Complaint[] {
  const { name, image, ports, env, envFrom, resources, securityContext } = container;
  const policies = ['File', 'FallbackToLogsOnError'];
  return [
    ...(name ? complaintsOf(`${path}.name`, name, labelNameComplaints(name)) : [required(`${path}.name`)]),
    ...requiredText(`${path}.image`, image),
    ...requiredOneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, policies),
    ...eachPortComplaints(ports, `${path}.ports`),
    ...variableComplaints(env, `${path}.env`),
    ...variablesFromComplaints(envFrom, `${path}.envFrom`),
    ...mountComplaints(container, volumes, path),
    ...deviceComplaints(container, volumes, path),
    ...requiredOneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, [
      'Always',
      'IfNotPresent',
      'Never',
    ]),
    ...requirementComplaints(resources, `${path}.resources`),
    ...resizeComplaints(container.resizePolicy, `${path}.resizePolicy`),
    ...securityComplaints(securityContext, `${path}.securityContext`),
  ];
}

function eachPortComplaints(ports: readonly ContainerPort[] = [], path: string): readonly Complaint[] {
  const names = new Set<string>();
  return ports.flatMap(({ name = '', containerPort, hostPort = 0, protocol }, index) => {
    const place = `${path}[${index}]`;
    const wrong = name ? complaintsOf(`${place}.name`, name, portNameProblems(name)) : [];
    const isTwice = wrong.length === 0 && names.has(name);
    if (name && wrong.length === 0) names.add(name);
    return [
      ...wrong,
      ...(isTwice ? [duplicate(`${place}.name`, name)] : []),
      ...(containerPort
        ? portComplaints(`${place}.containerPort`, containerPort)
        : [required(`${place}.containerPort`)]),
      ...(hostPort ? portComplaints(`${place}.hostPort`, hostPort) : []),
      ...requiredOneOf(`${place}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']),
    ];
  });
}

/** What is wrong with how a container is resized (validateResizePolicy). */
function resizeComplaints(policies: Container['resizePolicy'] = [], path: string): readonly Complaint[] {
  return policies.flatMap(({ resourceName, restartPolicy }, index) => {
    const isTwice = policies.findIndex((each) => each.resourceName === resourceName) < index;
    return [
      ...(isTwice ? [duplicate(`${path}[${index}]`, resourceName)] : []),
      ...oneOf(path, resourceName, ['cpu', 'memory']),
      ...requiredOneOf(path, restartPolicy, ['NotRequired', 'RestartContainer']),
    ];
  });
}

/** What is wrong with what a container may do (ValidateSecurityContext). */
function securityComplaints(context: SecurityContext | undefined, path: string): readonly Complaint[] {
  if (!context) return [];
  const { runAsUser, runAsGroup, privileged, allowPrivilegeEscalation, capabilities, procMount } = context;
  const isFixed = allowPrivilegeEscalation === false;
  const start = 'cannot set `allowPrivilegeEscalation` to false and';
  const shown = internalForm('SecurityContext', context);
  return [
    ...idComplaints(runAsUser, `${path}.runAsUser`),
    ...idComplaints(runAsGroup, `${path}.runAsGroup`),
    ...(procMount === undefined ? [] : oneOf(`${path}.procMount`, procMount, ['Default', 'Unmasked'])),
    ...seccompComplaints(context.seccompProfile, `${path}.seccompProfile`),
    ...(isFixed && privileged ? [invalid(path, shown, `${start} \`privileged\` to true`)] : []),
    ...(isFixed && capabilities?.add?.includes('CAP_SYS_ADMIN')
      ? [invalid(path, shown, `${start} \`capabilities.Add\` CAP_SYS_ADMIN`)]
      : []),
    ...appArmorComplaints(context.appArmorProfile, `${path}.appArmorProfile`),
  ];
}

/** What is wrong with the number of a user or a group. */
export function idComplaints(id: number | undefined, path: string): readonly Complaint[] {
  if (id === undefined || (id >= 0 && id <= mostId)) return [];
  return [invalid(path, id, `must be between 0 and ${mostId}, inclusive`)];
}

/** What is wrong with when a container is started again (validateContainerRestartPolicy). */
function restartComplaints(
  { restartPolicy, restartPolicyRules: rules = [] }: Container,
  path: string,
): readonly Complaint[] {
  const field = `${path}.restartPolicy`;
  const isMissing = restartPolicy === undefined && rules.length > 0;
  return [
    ...(isMissing ? [required(field, 'must specify restartPolicy when restart rules are used')] : []),
    ...(restartPolicy === undefined ? [] : oneOf(field, restartPolicy, restartPolicies)),
    ...(rules.length > 20 ? [tooMany(`${path}.restartPolicyRules`, rules.length, 20)] : []),
    ...rules.flatMap(({ action, exitCodes }, index) => {
      const place = `${path}.restartPolicyRules[${index}]`;
      return [
        ...oneOf(`${place}.action`, action, ['Restart', 'RestartAllContainers']),
        ...(exitCodes
          ? oneOf(`${place}.exitCodes.operator`, exitCodes.operator, ['In', 'NotIn'])
          : [required(`${place}.exitCodes`, 'must be specified')]),
        ...(exitCodes?.values && exitCodes.values.length > 255
          ? [tooMany(`${place}.exitCodes.values`, exitCodes.values.length, 255)]
          : []),
      ];
    }),
  ];
}

function hostPortComplaints(containers: readonly Container[], path: string): readonly Complaint[] {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort, hostIP = '', protocol }, at) => {
      if (!hostPort) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) return [duplicate(`${path}[${index}].ports[${at}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}

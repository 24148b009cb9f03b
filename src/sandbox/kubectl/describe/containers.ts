import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  Pod,
  ResourceRequirements,
} from '../../../kubernetes/api.ts';
import { type Description, sortedEntries } from './description.ts';
import { describeEnvironment } from './env.ts';
import { probeText } from './probe.ts';
import { longTime } from './times.ts';

/** Containers, and where they are described. */
export interface ContainersOf {
  readonly title: string;
  readonly containers: readonly Container[];
  readonly statuses?: readonly ContainerStatus[];
  /** The Pod they run in; left out in a template. */
  readonly pod?: Pod;
}

/** Adds containers: what they are to be, and how they are where they run. */
export function describeContainers(
  description: Description,
  { title, containers, statuses = [], pod }: ContainersOf,
): void {
  const indent = pod ? '' : '  ';
  description.write(`${indent}${title}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    const status = statuses.findLast(({ name }) => name === container.name);
    description.title(`${pod ? '' : ' '}${container.name}`, 1);
    describeBasics(description, container, status);
    describeWords(description, 'Command', container.command);
    describeWords(description, 'Args', container.args);
    if (status) describeStates(description, status);
    describeResources(description, container.resources, 2);
    for (const [name, probe] of [
      ['Liveness', container.livenessProbe],
      ['Readiness', container.readinessProbe],
      ['Startup', container.startupProbe],
    ] as const) {
      if (probe) description.field(name, probeText(probe), 2);
    }
    describeEnvironment(description, container, pod);
    describeMounts(description, container);
  }
}

/** Adds limits and requests. */
export function describeResources(
  description: Description,
  resources: ResourceRequirements | undefined,
  level: number,
): void {
  for (const [title, list] of [
    ['Limits', sortedEntries(resources?.limits)],
    ['Requests', sortedEntries(resources?.requests)],
  ] as const) {
    if (list.length > 0) description.title(title, level);
    for (const [name, quantity] of list) description.field(name, quantity, level + 1);
  }
}

function describeBasics(
  description: Description,
  { image, ports = [], securityContext }: Container,
  status: ContainerStatus | undefined,
): void {
  if (status) description.field('Container ID', status.containerID, 2);
  description.field('Image', image, 2);
  if (status) description.field('Image ID', status.imageID, 2);
  const many = ports.length > 1 ? 's' : '';
  const list = (numberOf: (port: ContainerPort) => number | undefined): string =>
    ports.map((port) => portText(port, numberOf(port) ?? 0)).join(', ') || '<none>';
  description.field(
    `Port${many}`,
    list(({ containerPort }) => containerPort),
    2,
  );
  description.field(
    `Host Port${many}`,
    list(({ hostPort }) => hostPort),
    2,
  );
  describeSeccomp(description, securityContext?.seccompProfile, 2, 3);
}

/** Adds the seccomp profile of a Pod or a container, where one is named. */
export function describeSeccomp(
  description: Description,
  profile: { readonly type: string; readonly localhostProfile?: string } | undefined,
  level: number,
  below: number,
): void {
  if (!profile) return;
  description.field('SeccompProfile', profile.type, level);
  if (profile.type === 'Localhost') description.field('LocalhostProfile', profile.localhostProfile, below);
}

function portText({ name, protocol = '' }: ContainerPort, number: number): string {
  return name ? `${number}/${protocol} (${name})` : `${number}/${protocol}`;
}

function describeWords(description: Description, title: string, words: readonly string[] = []): void {
  if (words.length > 0) description.title(title, 2);
  for (const word of words) for (const line of word.split('\n')) description.row(3, line);
}

function describeStates(description: Description, status: ContainerStatus): void {
  describeState(description, 'State', status.state);
  if (status.lastState?.terminated) describeState(description, 'Last State', status.lastState);
  description.field('Ready', status.ready ? 'True' : 'False', 2);
  description.field('Restart Count', status.restartCount, 2);
}

function describeState(description: Description, name: string, state: ContainerState | undefined): void {
  const { running, waiting, terminated } = state ?? {};
  if (running) {
    description.field(name, 'Running', 2).field('Started', longTime(running.startedAt), 3);
  } else if (terminated && !waiting) {
    const { reason, message, exitCode, signal, startedAt, finishedAt } = terminated;
    description.field(name, 'Terminated', 2).optional('Reason', reason, 3).optional('Message', message, 3);
    description.field('Exit Code', exitCode, 3);
    if (signal) description.field('Signal', signal, 3);
    description.field('Started', longTime(startedAt), 3).field('Finished', longTime(finishedAt), 3);
  } else description.field(name, 'Waiting', 2).optional('Reason', waiting?.reason, 3);
}

function describeMounts(
  description: Description,
  { volumeMounts = [], volumeDevices = [] }: Container,
): void {
  const none = volumeMounts.length === 0 ? '\t<none>' : '';
  description.write(`Mounts:${none}\n`, 2);
  for (const { mountPath, name, readOnly, subPath } of volumeMounts.toSorted(by(({ mountPath: at }) => at))) {
    const path = subPath ? `,path=${JSON.stringify(subPath)}` : '';
    description.row(3, `${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'}${path})`);
  }
  if (volumeDevices.length > 0) description.write(`Devices:${none}\n`, 2);
  for (const { devicePath, name } of volumeDevices.toSorted(by(({ devicePath: at }) => at))) {
    description.row(3, `${devicePath} from ${name}`);
  }
}

function by<T>(keyOf: (item: T) => string): (one: T, other: T) => number {
  return (one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0);
}

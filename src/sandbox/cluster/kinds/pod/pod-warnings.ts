import type {
  Container,
  ContainerPort,
  Pod,
  PodAffinity,
  PodSpec,
  Volume,
} from '../../../../kubernetes/api.ts';
import { thousandths } from '../../../../kubernetes/quantity-text.ts';
import type { Decoded } from '../kind.ts';
import { labelNameComplaints } from '../label-rules.ts';

/** What is said of volumes that are of the past. */
const oldVolumes: readonly (readonly [keyof Volume, string])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

/** What is said of a new Pod (k8s.io/kubernetes/pkg/registry/core/pod, WarningsOnCreate). */
export function podWarnings({ metadata, spec }: Decoded<Pod>): readonly string[] {
  const { name = '' } = metadata;
  const problems = labelNameComplaints(name);
  const hostname = `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
  return [...(problems.length > 0 ? [hostname] : []), ...podSpecWarnings(spec, '')];
}

/**
 * What is said of a Pod or a template (k8s.io/kubernetes/pkg/api/pod, warningsForPodSpecAndMeta).
 *
 * @param start of the paths, with a dot at its end: `spec.template.`
 */
export function podSpecWarnings(spec: PodSpec, start: string): readonly string[] {
  const path = `${start}spec`;
  return [
    ...spreadWarnings(spec, path),
    ...volumeWarnings(spec, path),
    ...secretWarnings(spec, path),
    ...containersOf(spec, path).flatMap(([container, place]) => containerWarnings(container, place)),
    ...portWarnings(spec, path),
    ...portNameWarnings(spec, path),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [
          `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
    ...affinityWarnings(spec.affinity?.podAffinity, `${path}.affinity.podAffinity`),
    ...affinityWarnings(spec.affinity?.podAntiAffinity, `${path}.affinity.podAntiAffinity`),
  ];
}

/** All containers with their paths: those that begin first come first. */
function containersOf(spec: PodSpec, path: string): readonly (readonly [Container, string])[] {
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  return [
    ...initContainers.map((each, index) => [each, `${path}.initContainers[${index}]`] as const),
    ...containers.map((each, index) => [each, `${path}.containers[${index}]`] as const),
    ...ephemeralContainers.map((each, index) => [each, `${path}.ephemeralContainers[${index}]`] as const),
  ];
}

function spreadWarnings({ topologySpreadConstraints = [] }: PodSpec, path: string): readonly string[] {
  return topologySpreadConstraints.flatMap(({ labelSelector }, index) =>
    labelSelector ? [] : [nullSelector(`${path}.topologySpreadConstraints[${index}]`)],
  );
}

function nullSelector(path: string): string {
  return `${path}.labelSelector: a null labelSelector results in matching no pod`;
}

function volumeWarnings({ volumes = [] }: PodSpec, path: string): readonly string[] {
  return volumes.flatMap((volume, index) =>
    oldVolumes
      .filter(([kind]) => volume[kind] !== undefined)
      .map(([kind, why]) => {
        const field = kind === 'storageos' ? 'storageOS' : kind;
        return `${path}.volumes[${index}].${field}: ${why}`;
      }),
  );
}

function secretWarnings(
  { imagePullSecrets = [], hostAliases = [] }: PodSpec,
  path: string,
): readonly string[] {
  const names = imagePullSecrets.map(({ name = '' }) => name);
  return [
    ...hostAliases.flatMap(({ ip }, index) =>
      hostAliases.findIndex((each) => each.ip === ip) < index
        ? [`${path}.hostAliases[${index}].ip: duplicate ip ${JSON.stringify(ip)}`]
        : [],
    ),
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [`${path}.imagePullSecrets[${index}].name: duplicate name ${JSON.stringify(name)}`]
        : [],
    ),
    ...names.flatMap((name, index) =>
      name === '' ? [`${path}.imagePullSecrets[${index}].name: invalid empty name ""`] : [],
    ),
  ];
}

function containerWarnings({ resources, env = [] }: Container, path: string): readonly string[] {
  const fractions = ['memory', 'ephemeral-storage'].flatMap((name) =>
    (['limits', 'requests'] as const).flatMap((list) => {
      const amount = resources?.[list]?.[name];
      if (amount === undefined || thousandths(amount) % 1000 === 0) return [];
      return [
        `${path}.resources.${list}[${name}]: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`,
      ];
    }),
  );
  const hidden = env.flatMap(({ name, value = '', valueFrom }, index) => {
    const reference = `$(${name})`;
    const isFirst = env.findIndex((each) => each.name === name) === index;
    const isBuiltOn = !valueFrom && value !== reference && value.includes(reference);
    if (isFirst || isBuiltOn) return [];
    return [
      `${path}.env[${index}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
    ];
  });
  return [...fractions, ...hidden];
}

function portWarnings(spec: PodSpec, path: string): readonly string[] {
  const seen = new Map<string, (readonly [ContainerPort, string])[]>();
  const warnings: string[] = [];
  for (const [{ ports = [] }, place] of containersOf(spec, path)) {
    for (const [index, port] of ports.entries()) {
      const field = `${place}.ports[${index}]`;
      const key = `${port.containerPort}/${port.protocol}`;
      const others = seen.get(key) ?? [];
      for (const [other, where] of others) {
        const kind = clash(port, other);
        if (kind) warnings.push(`${field}: ${kind} port definition with ${where}`);
      }
      seen.set(key, [...others, [port, field]]);
    }
  }
  return warnings;
}

function clash(port: ContainerPort, other: ContainerPort): string | undefined {
  const { hostIP = '', hostPort = 0 } = port;
  const { hostIP: otherIP = '', hostPort: otherPort = 0 } = other;
  if (hostIP === otherIP && hostPort === otherPort) return 'duplicate';
  if (hostPort === 0 || otherPort === 0) return 'overlapping';
  return hostPort === otherPort && (hostIP === '') !== (otherIP === '') ? 'dangerously ambiguous' : undefined;
}

function portNameWarnings(spec: PodSpec, path: string): readonly string[] {
  const seen = new Map<string, string>();
  return containersOf(spec, path).flatMap(([{ ports = [] }, place]) =>
    ports.flatMap(({ name }, index) => {
      if (!name) return [];
      const field = `${place}.ports[${index}]`;
      const first = seen.get(name);
      if (first === undefined) {
        seen.set(name, field);
        return [];
      }
      return [
        `${field}: duplicate port name ${JSON.stringify(name)} with ${first}, services and probes that select ports by name will use ${first}`,
      ];
    }),
  );
}

function affinityWarnings(affinity: PodAffinity | undefined, path: string): readonly string[] {
  const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...required.flatMap(({ labelSelector }, index) =>
      labelSelector ? [] : [nullSelector(`${path}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`)],
    ),
    ...preferred.flatMap(({ podAffinityTerm: { labelSelector } }, index) =>
      labelSelector
        ? []
        : [nullSelector(`${path}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm`)],
    ),
  ];
}

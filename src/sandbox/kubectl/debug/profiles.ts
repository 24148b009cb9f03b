import type { Container, Pod, PodSpec, SecurityContext } from '../../../kubernetes/api.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Served } from '../server/served-object.ts';

/** What is debugged: a Pod that runs, a copy of one, or a node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

const profiles = ['legacy', 'general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;

/** How much a container for debugging may do. */
export type Profile = (typeof profiles)[number];

/** What `--profile` names. @throws CommandFailure for one that is not known */
export function readProfile(options: Options): Profile {
  const name = options.text('--profile', 'general');
  const found = profiles.find((each) => each === name);
  if (!found) throw new CommandFailure(`unknown profile: ${name}`);
  return found;
}

type Change = (container: Container) => Container;

/**
 * A Pod with a profile applied to one of its containers (k8s.io/kubectl/pkg/cmd/debug/profiles.go).
 *
 * @param name of the container for debugging
 */
export function withProfile(
  pod: Served<Pod>,
  name: string,
  profile: Profile,
  style: DebugStyle,
  options: Options,
): Served<Pod> {
  const bare = style === 'copy' ? withoutKept(pod, profile, options) : pod;
  const changed = changes[profile](style).reduce((each, change) => withContainer(each, name, change), bare);
  return { ...changed, spec: placed(changed.spec, name, profile, style) };
}

const changes: Readonly<Record<Profile, (style: DebugStyle) => readonly Change[]>> = {
  legacy: () => [],
  general: (style) => [style === 'node' ? withoutSecurity : adding('SYS_PTRACE')],
  baseline: () => [withoutSecurity],
  restricted: () => [
    withoutSecurity,
    secured(() => ({
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      allowPrivilegeEscalation: false,
      seccompProfile: { type: 'RuntimeDefault' },
    })),
  ],
  netadmin: () => [adding('NET_ADMIN'), adding('NET_RAW')],
  sysadmin: () => [secured(() => ({ privileged: true }))],
};

function withoutSecurity(container: Container): Container {
  const { securityContext: _, ...rest } = container;
  return rest;
}

function secured(more: (before: SecurityContext) => SecurityContext): Change {
  return (container) => {
    const before = container.securityContext ?? {};
    return { ...container, securityContext: { ...before, ...more(before) } };
  };
}

function adding(capability: string): Change {
  return secured(({ capabilities }) => ({
    capabilities: { ...capabilities, add: [...(capabilities?.add ?? []), capability] },
  }));
}

function withContainer(pod: Served<Pod>, name: string, change: Change): Served<Pod> {
  const { spec } = pod;
  const each = <T extends { readonly name: string }>(container: T): T =>
    container.name === name ? (change(container as unknown as Container) as unknown as T) : container;
  return {
    ...pod,
    spec: {
      ...spec,
      containers: spec.containers.map(each),
      ...(spec.ephemeralContainers ? { ephemeralContainers: spec.ephemeralContainers.map(each) } : {}),
    },
  };
}

/** A copy stands behind no Service and is not probed, unless it is asked for. */
function withoutKept(pod: Served<Pod>, profile: Profile, options: Options): Served<Pod> {
  const { labels, annotations, ...metadata } = pod.metadata;
  if (profile === 'legacy')
    return { ...pod, metadata: { ...metadata, ...(annotations ? { annotations } : {}) } };
  const kept = {
    ...metadata,
    ...(labels && options.on('--keep-labels') ? { labels } : {}),
    ...(annotations && options.on('--keep-annotations') ? { annotations } : {}),
  };
  const { initContainers, ...others } = pod.spec;
  const containers = pod.spec.containers.map((container) => {
    const { livenessProbe, readinessProbe, startupProbe, ...rest } = container;
    return {
      ...rest,
      ...(livenessProbe && options.on('--keep-liveness') ? { livenessProbe } : {}),
      ...(readinessProbe && options.on('--keep-readiness') ? { readinessProbe } : {}),
      ...(startupProbe && options.on('--keep-startup') ? { startupProbe } : {}),
    };
  });
  const keepsInit = initContainers && options.on('--keep-init-containers', true);
  return {
    ...pod,
    metadata: kept,
    spec: { ...others, ...(keepsInit ? { initContainers } : {}), containers },
  };
}

function placed(spec: PodSpec, name: string, profile: Profile, style: DebugStyle): PodSpec {
  if (style === 'copy' && profile !== 'legacy') {
    return { ...spec, shareProcessNamespace: spec.shareProcessNamespace ?? true };
  }
  if (style !== 'node' || profile === 'baseline' || profile === 'restricted') return spec;
  const own = { ...spec, hostNetwork: true, hostPID: true, hostIPC: true };
  return profile === 'netadmin' ? own : withHostFiles(own, name);
}

function withHostFiles(spec: PodSpec, name: string): PodSpec {
  const mount = { mountPath: '/host', name: 'host-root' };
  return {
    ...spec,
    volumes: [...(spec.volumes ?? []), { name: 'host-root', hostPath: { path: '/' } }],
    containers: spec.containers.map((container) =>
      container.name === name
        ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] }
        : container,
    ),
  };
}

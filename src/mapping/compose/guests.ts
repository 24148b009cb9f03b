import { freeName } from '../../kubernetes/names.ts';
import type { KubernetesObject } from '../../kubernetes/objects.ts';
import type { PodSpec, PodTemplate } from '../../kubernetes/pod-spec.ts';
import { around, type Survey } from './survey.ts';
import type { TranslatedService } from './translate-service.ts';

/** Puts services that share the network of another into its Pod: their containers, volumes and data. */
export function moveGuests(services: readonly TranslatedService[], survey: Survey): TranslatedService[] {
  return services.map((each): TranslatedService => {
    const { host, guests } = around(survey, each.service.name);
    if (host !== undefined)
      return { ...each, objects: each.objects.filter(({ kind }) => !isWorkload(kind) && kind !== 'Service') };
    if (guests.length === 0) return each;
    const moved = services.filter(({ service }) => guests.includes(service));
    const isRecreated = moved.some(({ objects }) =>
      objects.some((object) => object.kind === 'Deployment' && object.spec.strategy?.type === 'Recreate'),
    );
    const templates = moved.flatMap(({ objects }) => objects.flatMap((object) => templateOf(object) ?? []));
    return { ...each, objects: each.objects.map((object) => withGuests(object, templates, isRecreated)) };
  });
}

const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

function isWorkload(kind: string): boolean {
  return workloads.has(kind);
}

function templateOf(object: KubernetesObject): PodTemplate | undefined {
  return object.kind === 'Deployment' ||
    object.kind === 'StatefulSet' ||
    object.kind === 'DaemonSet' ||
    object.kind === 'Job'
    ? object.spec.template
    : undefined;
}

function withGuests(
  object: KubernetesObject,
  guests: readonly PodTemplate[],
  isRecreated: boolean,
): KubernetesObject {
  const own = templateOf(object);
  if (!own || guests.length === 0) return object;
  const template = guests.reduce(joined, own);
  // A claim that one node can have goes over from the old Pod to the new one.
  const strategy = isRecreated && object.kind === 'Deployment' ? { strategy: { type: 'Recreate' } } : {};
  return {
    ...object,
    spec: { ...(object as { spec: object }).spec, ...strategy, template },
  } as KubernetesObject;
}

/** Volumes of the same name that are something else get another name. */
function joined(host: PodTemplate, guest: PodTemplate): PodTemplate {
  const volumes = [...(host.spec.volumes ?? [])];
  const names = new Map<string, string>();
  for (const volume of guest.spec.volumes ?? []) {
    const same = volumes.find((each) => JSON.stringify(each) === JSON.stringify(volume) && !each.emptyDir);
    const name = same?.name ?? freeName(volume.name, 'label', new Set(volumes.map((each) => each.name)));
    names.set(volume.name, name);
    if (!same) volumes.push({ ...volume, name });
  }
  const containers = guest.spec.containers.map((container) => ({
    ...container,
    // A name of a port is there once in a Pod, and nobody uses those of a guest.
    ...(container.ports ? { ports: container.ports.map(({ name: _, ...port }) => port) } : {}),
    ...(container.volumeMounts
      ? {
          volumeMounts: container.volumeMounts.map((each) => ({
            ...each,
            name: names.get(each.name) ?? each.name,
          })),
        }
      : {}),
  }));
  const before = guest.spec.initContainers ?? [];
  const known = new Set((host.spec.initContainers ?? []).map(({ name }) => name));
  const first = [...(host.spec.initContainers ?? []), ...before.filter(({ name }) => !known.has(name))];
  return {
    ...host,
    spec: {
      ...podFields(host.spec, guest.spec),
      ...(first.length > 0 ? { initContainers: first } : {}),
      containers: [...host.spec.containers, ...containers],
      ...(volumes.length > 0 ? { volumes } : {}),
    },
  };
}

/** What belongs to the Pod: the host's word counts, and a guest says what the host leaves open. */
function podFields(host: PodSpec, guest: PodSpec): Omit<PodSpec, 'containers'> {
  const {
    containers: _c,
    initContainers: _i,
    volumes: _v,
    restartPolicy: _r,
    hostname: _h,
    ...given
  } = guest;
  const { hostAliases = [], securityContext = {} } = host;
  const aliases = [
    ...hostAliases,
    ...(guest.hostAliases ?? []).filter(({ ip }) => !hostAliases.some((each) => each.ip === ip)),
  ];
  const context = { ...guest.securityContext, ...securityContext };
  const groups = [
    ...new Set([
      ...(securityContext.supplementalGroups ?? []),
      ...(guest.securityContext?.supplementalGroups ?? []),
    ]),
  ];
  const own = securityContext.sysctls ?? [];
  const sysctls = [
    ...own,
    ...(guest.securityContext?.sysctls ?? []).filter(({ name }) => !own.some((each) => each.name === name)),
  ];
  const merged = {
    ...given,
    ...host,
    ...(aliases.length > 0 ? { hostAliases: aliases } : {}),
    ...(Object.keys(context).length > 0
      ? {
          securityContext: {
            ...context,
            ...(groups.length > 0 ? { supplementalGroups: groups } : {}),
            ...(sysctls.length > 0 ? { sysctls } : {}),
          },
        }
      : {}),
  };
  if (!merged.hostPID) return merged;
  // With the processes of the node there is no namespace to share.
  const { shareProcessNamespace: _s, ...rest } = merged;
  return rest;
}

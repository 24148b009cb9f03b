import type {
  ClaimSpec,
  ClaimTemplate,
  KubernetesObject,
  NetworkPolicy,
  PersistentVolumeClaim,
  Service,
  ServicePort,
} from '../../kubernetes/objects.ts';
import type { Container, PodSpec, PodTemplate, Texts } from '../../kubernetes/pod-spec.ts';
import type { Claim, PublishedPort, WorkloadDraft, WorkloadKind } from './draft.ts';
import { serviceName } from './ports.ts';

/** What a draft becomes, in the order in which one would apply it: what is referred to, the workload, its Services. */
export function buildObjects(draft: WorkloadDraft, kind: WorkloadKind): KubernetesObject[] {
  return [
    ...[...draft.configMaps].map(
      ([name, data]): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }),
    ),
    ...[...draft.secrets].map(
      ([name, stringData]): KubernetesObject => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name },
        stringData,
      }),
    ),
    ...(kind === 'statefulset' ? [] : draft.claims.map(buildClaim)),
    ...(draft.isolated ? [buildPolicy(draft, kind)] : []),
    buildWorkload(draft, kind),
    ...buildServices(draft, kind),
  ];
}

/** Objects with the same kind and name once, as several drafts that share a claim give them. */
export function withoutDoubles(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const seen = new Set<string>();
  return objects.filter(({ kind, metadata }) => {
    const id = `${kind}/${metadata.name}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/**
 * The label that ties a Service to its Pods: `app` as `kubectl create deployment` writes it, `run` for a bare
 * Pod, as `kubectl run` does, so that the imperative line and the manifest make the same object.
 */
function selectorOf(draft: WorkloadDraft, kind: WorkloadKind): Texts {
  const key = kind === 'pod' ? 'run' : 'app';
  return { [key]: draft.labels[key] ?? draft.name };
}

/** The name of the container: as kubectl gives it, unless the draft has its own. */
function containerName(draft: WorkloadDraft): string {
  return draft.container.name ?? draft.name;
}

function buildWorkload(draft: WorkloadDraft, kind: WorkloadKind): KubernetesObject {
  const selector = selectorOf(draft, kind);
  const labels = { ...selector, ...draft.labels };
  const annotations = Object.keys(draft.annotations).length > 0 ? { annotations: draft.annotations } : {};
  const metadata = { name: draft.name, labels, ...annotations };
  const template: PodTemplate = { metadata: { labels, ...annotations }, spec: buildPodSpec(draft, kind) };
  switch (kind) {
    case 'pod':
      return { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec };
    case 'job':
      return {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata,
        spec: {
          ...(draft.backoffLimit === undefined ? {} : { backoffLimit: draft.backoffLimit }),
          ...(draft.ttlSecondsAfterFinished === undefined
            ? {}
            : { ttlSecondsAfterFinished: draft.ttlSecondsAfterFinished }),
          ...(draft.suspended ? { suspend: true } : {}),
          template,
        },
      };
    case 'deployment':
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          replicas: draft.replicas,
          selector: { matchLabels: selector },
          // Old and new Pod at once, as in a rolling update, would both want the volume that one node can have.
          ...(draft.claims.some((each) => each.accessMode === 'ReadWriteOnce')
            ? { strategy: { type: 'Recreate' } }
            : {}),
          template,
        },
      };
    case 'statefulset':
      return {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata,
        spec: {
          serviceName: governingService(draft),
          replicas: draft.replicas,
          selector: { matchLabels: selector },
          template,
          ...(draft.claims.length > 0 ? { volumeClaimTemplates: claimTemplates(draft) } : {}),
        },
      };
  }
}

function buildPodSpec(draft: WorkloadDraft, kind: WorkloadKind): PodSpec {
  const { volumes, restartPolicy, initContainers, ...rest } = draft.pod;
  const own = kind === 'statefulset' ? volumes?.filter((each) => !each.persistentVolumeClaim) : volumes;
  const restarts = kind === 'deployment' || kind === 'statefulset' ? undefined : restartPolicy;
  return {
    ...(restarts ? { restartPolicy: restarts } : {}),
    ...rest,
    ...(initContainers ? { initContainers } : {}),
    containers: [buildContainer(draft)],
    ...(own && own.length > 0 ? { volumes: own } : {}),
  };
}

/** The order in which people write a container's fields. */
const containerFields = [
  'imagePullPolicy',
  'command',
  'args',
  'workingDir',
  'stdin',
  'stdinOnce',
  'tty',
  'ports',
  'env',
  'envFrom',
  'resources',
  'startupProbe',
  'readinessProbe',
  'livenessProbe',
  'lifecycle',
  'volumeMounts',
  'volumeDevices',
  'securityContext',
] as const satisfies readonly (keyof Container)[];

function buildContainer(draft: WorkloadDraft): Container {
  const { container } = draft;
  const { ports = [] } = container;
  // Names are for telling several ports apart; the API asks for them in Services only.
  const named = ports.map((port) => ({ name: portName(port.containerPort, port.protocol), ...port }));
  const all = ports.length > 1 ? { ...container, ports: named } : container;
  const fields = containerFields.filter((field) => all[field] !== undefined);
  return {
    name: containerName(draft),
    image: container.image,
    ...Object.fromEntries(fields.map((field) => [field, all[field]])),
  };
}

/** Both types, and no rule: nothing in, nothing out. */
function buildPolicy(draft: WorkloadDraft, kind: WorkloadKind): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: draft.name },
    spec: { podSelector: { matchLabels: selectorOf(draft, kind) }, policyTypes: ['Ingress', 'Egress'] },
  };
}

function buildServices(draft: WorkloadDraft, kind: WorkloadKind): Service[] {
  const { ports, aliases, headless } = draft.service;
  const selector = selectorOf(draft, kind);
  const name = serviceName(draft);
  const declared = declaredPorts(draft);
  const names = [...(ports.length > 0 || headless ? [name] : []), ...aliases];
  const services = names.map((each) =>
    buildService(draft, each, selector, ports.length > 0 ? ports : declared),
  );
  if (kind !== 'statefulset') return services;
  const governing = buildService(draft, governingService(draft), selector, declared, true);
  return [governing, ...services.filter((each) => each.metadata.name !== governing.metadata.name)];
}

function buildService(
  draft: WorkloadDraft,
  name: string,
  selector: Texts,
  ports: readonly PublishedPort[],
  headless = draft.service.headless && draft.service.ports.length === 0,
): Service {
  const list = ports.map(
    ({ port, targetPort, protocol }): ServicePort => ({
      ...(ports.length > 1 ? { name: portName(port, protocol) } : {}),
      ...(protocol === 'TCP' ? {} : { protocol }),
      port,
      targetPort,
    }),
  );
  const noAddress = headless || list.length === 0;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: selector },
    spec: {
      ...(noAddress ? { clusterIP: 'None' } : {}),
      selector,
      ...(list.length > 0 ? { ports: list } : {}),
    },
  };
}

function declaredPorts(draft: WorkloadDraft): PublishedPort[] {
  return (draft.container.ports ?? []).map(({ containerPort, protocol = 'TCP' }) => ({
    port: containerPort,
    targetPort: containerPort,
    protocol,
  }));
}

/** A StatefulSet's own Service has no address; where ports are published, the name is taken by that Service. */
function governingService(draft: WorkloadDraft): string {
  return draft.service.ports.length > 0 ? serviceName(draft, `${draft.name}-pods`) : serviceName(draft);
}

function portName(port: number, protocol = 'TCP'): string {
  return `${protocol.toLowerCase()}-${port}`;
}

function buildClaim({ name, labels, ...claim }: Claim): PersistentVolumeClaim {
  const metadata = { name, ...(labels ? { labels } : {}) };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claimSpec(claim) };
}

/** A template's name is the volume's, by which it is mounted. */
function claimTemplates(draft: WorkloadDraft): ClaimTemplate[] {
  return (draft.pod.volumes ?? []).flatMap(({ name, persistentVolumeClaim }) => {
    const claim = draft.claims.find((each) => each.name === persistentVolumeClaim?.claimName);
    return claim ? [{ metadata: { name }, spec: claimSpec(claim) }] : [];
  });
}

function claimSpec({ accessMode, storage }: Omit<Claim, 'name'>): ClaimSpec {
  return { accessModes: [accessMode], resources: { requests: { storage } } };
}

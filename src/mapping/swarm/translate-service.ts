import { loadCompose } from '../../docker/compose/load.ts';
import { ComposeRefusal } from '../../docker/compose/refusal.ts';
import { GivenFlags } from '../../docker/given-flags.ts';
import type { DockerCommand } from '../../docker/parse.ts';
import { toName } from '../../kubernetes/names.ts';
import type {
  DaemonSet,
  Deployment,
  Job,
  KubernetesObject,
  Service,
  StatefulSet,
} from '../../kubernetes/objects.ts';
import type { Container } from '../../kubernetes/pod-spec.ts';
import type { CommandRow } from '../command-row.ts';
import {
  allObjects,
  type ComposeTranslation,
  type ServiceTranslation,
} from '../compose/compose-translation.ts';
import { nameOfImage } from '../image-name.ts';
import { summarize } from '../summary.ts';
import { translateByRow } from '../translate-by-row.ts';
import { translateCompose } from '../translate-compose.ts';
import type { SuggestedCommand, Translation } from '../translation.ts';
import type { KubernetesVersion } from '../workload/draft.ts';
import { caveatsOf } from './service-caveats.ts';
import {
  filesOf,
  type GivenFile,
  isJob,
  type PublishedPort,
  publishedPorts,
  serviceDocument,
} from './service-document.ts';

/**
 * A line of `docker service create` with its manifest. A service of Swarm is what `docker stack deploy` makes
 * of a compose file, so it goes the way of those; the flags are judged by their rows.
 *
 * @param command from `parseDocker`, not one that asks for help
 * @param input the line as it was typed
 * @throws DockerRefusal for an image that docker would refuse
 */
export function translateServiceCreate(
  command: DockerCommand,
  input: string,
  row: CommandRow,
  kubernetes: KubernetesVersion,
): Translation {
  const given = new GivenFlags(command);
  const [image = ''] = command.args;
  const { name } = toName(given.text('--name') || nameOfImage(image), 'label');
  const byRow = translateByRow(row, command, input);
  const compose = translateDocument(serviceDocument(command, name), name, kubernetes);
  if (compose instanceof ComposeRefusal)
    return {
      ...byRow,
      caveats: [
        `There is no manifest, since Swarm would not take the line: ${compose.message}.`,
        ...byRow.caveats,
      ],
    };
  const objects = allObjects(compose).map((each) => asInSwarm(each, given));
  const [service] = compose.services;
  const kind = service?.kind ?? 'Deployment';
  const opening = compose.commands.filter(({ argv }) => argv[1] !== 'port-forward');
  return {
    ...byRow,
    summary: summarize(
      `A ${kind}, \`${name}\`, because ${reasonFor(kind, given)}.`,
      objects.filter((each) => each.kind !== kind),
    ),
    commands: [...makingData(given), ...opening, ...waiting(kind, name, given), ...looking(objects)],
    objects,
    caveats: [...caveatsOf(command, input, name, given), ...(service?.caveats ?? []), ...row.caveats],
  };
}

/** @returns the refusal for a value that the client lets pass and a service cannot have */
function translateDocument(
  document: Readonly<Record<string, unknown>>,
  name: string,
  kubernetes: KubernetesVersion,
): ComposeTranslation | ComposeRefusal {
  // In a compose file a dollar begins a variable; the shell has replaced those of the line.
  const text = JSON.stringify(document).replaceAll('$', '$$$$');
  try {
    const project = loadCompose({ files: [{ path: '/swarm/service.json', text }], name, anyImage: true });
    return translateCompose(project, { kubernetes, file: `${name}.yaml` });
  } catch (error) {
    if (error instanceof ComposeRefusal) return error;
    throw error;
  }
}

function reasonFor(kind: ServiceTranslation['kind'], given: GivenFlags): string {
  const mode = given.text('--mode');
  if (isJob(given)) return `\`--mode ${mode}\` runs to an end`;
  if (mode === 'global') return '`--mode global` asks for one on every node';
  if (kind === 'Job')
    return `\`--restart-condition ${given.text('--restart-condition')}\` does not always start it again, and a Deployment would`;
  if (kind === 'StatefulSet') return 'it keeps data in a volume, and each Pod of a StatefulSet has its own';
  return 'it keeps tasks running, as many as were asked for';
}

/**
 * What differs from the service of a compose file: its port is that of every node, a task that is unhealthy
 * is replaced, and a job has a width.
 */
function asInSwarm(object: KubernetesObject, given: GivenFlags): KubernetesObject {
  const published = publishedPorts(given);
  if (object.kind === 'Service') return onEveryNode(object, published);
  const own = object.kind === 'Job' ? wide(object, given) : object;
  return isWorkload(own) ? withContainers(own, (each) => replaced(onItsNode(each, published))) : own;
}

/** Ports that a Service may ask the nodes for (https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport). */
const firstNodePort = 30_000;
const lastNodePort = 32_767;

function onEveryNode(service: Service, published: readonly PublishedPort[]): Service {
  const open = published.filter(({ mode }) => mode === 'ingress');
  if (open.length === 0 || service.spec.clusterIP === 'None') return service;
  const ports = service.spec.ports?.map((port) => {
    const { protocol = 'TCP' } = port;
    const own = open.find((each) => each.target === port.port && each.protocol === protocol.toLowerCase());
    const nodePort = Number(own?.published);
    return nodePort >= firstNodePort && nodePort <= lastNodePort ? { ...port, nodePort } : port;
  });
  return { ...service, spec: { ...service.spec, type: 'NodePort', ...(ports ? { ports } : {}) } };
}

type Workload = Deployment | StatefulSet | DaemonSet | Job;

function isWorkload(object: KubernetesObject): object is Workload {
  return ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(object.kind);
}

function withContainers<Kind extends Workload>(
  workload: Kind,
  change: (container: Container) => Container,
): Kind {
  const { template } = workload.spec;
  const spec = { ...template.spec, containers: template.spec.containers.map(change) };
  return { ...workload, spec: { ...workload.spec, template: { ...template, spec } } };
}

/** `mode=host` takes the port of the node that a task runs on. */
function onItsNode(container: Container, published: readonly PublishedPort[]): Container {
  const taken = published.filter((port) => port.mode === 'host' && port.published !== undefined);
  if (taken.length === 0 || !container.ports) return container;
  const ports = container.ports.map((port) => {
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    const own = taken.find((each) => each.target === port.containerPort && each.protocol === protocol);
    return own ? { ...port, hostPort: Number(own.published) } : port;
  });
  return { ...container, ports };
}

/** Docker alone marks what is unhealthy, Swarm makes it anew. */
function replaced(container: Container): Container {
  const { readinessProbe } = container;
  return readinessProbe ? { ...container, livenessProbe: readinessProbe } : container;
}

/** Swarm starts all tasks of a job at once unless `--max-concurrent` says how many. */
function wide(job: Job, given: GivenFlags): Job {
  const most = Number(given.text('--max-concurrent') || given.text('--replicas') || 1);
  return most > 1 ? { ...job, spec: { ...job.spec, parallelism: most } } : job;
}

/** Secrets and configs are made before a service in Swarm too; a key has the name of the object here. */
function makingData(given: GivenFlags): SuggestedCommand[] {
  const make = (words: readonly string[], { source }: GivenFile, why: string): SuggestedCommand => ({
    argv: ['kubectl', 'create', ...words, toName(source, 'subdomain').name, `--from-file=${source}`],
    why,
  });
  return [
    ...filesOf(given, '--config').map((file) =>
      make(['configmap'], file, `Makes the ConfigMap of a file \`${file.source}\`, which is its key then.`),
    ),
    ...filesOf(given, '--secret').map((file) =>
      make(
        ['secret', 'generic'],
        file,
        `Makes the Secret of a file \`${file.source}\`. Swarm gives none out again, so take what it was made of.`,
      ),
    ),
  ];
}

function waiting(kind: ServiceTranslation['kind'], name: string, given: GivenFlags): SuggestedCommand[] {
  if (given.on('--detach')) return [];
  if (kind === 'Job') {
    return [
      {
        argv: ['kubectl', 'wait', '--for=condition=complete', `job/${name}`, '--timeout=10m'],
        why: 'Waits until it has completed, as docker does.',
      },
    ];
  }
  return [
    {
      argv: ['kubectl', 'rollout', 'status', `${kind.toLowerCase()}/${name}`],
      why: 'Waits until the replicas are there, as docker does.',
    },
  ];
}

function looking(objects: readonly KubernetesObject[]): SuggestedCommand[] {
  return objects.filter(isNodePort).map(({ metadata }) => ({
    argv: ['kubectl', 'get', 'service', metadata.name],
    why: 'Shows which port the nodes listen on, after the colon.',
  }));
}

function isNodePort(object: KubernetesObject): boolean {
  return object.kind === 'Service' && object.spec.type === 'NodePort';
}

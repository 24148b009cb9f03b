import { type PortBinding, parseExpose, parsePort } from '../../docker/ports.ts';
import type { Protocol } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import { declarePort, forwardPort, publishPort, serviceName } from '../workload/ports.ts';
import { type FlagRule, lastValue, type RunContext, usesOf, type VerdictParts } from './flag-rule.ts';

/** More ports than these are not listed one by one. */
const mostListed = 100;

const sources = ['docker-port-publishing', 'k8s-service', 'k8s-api-service', 'k8s-kubectl-port-forward'];
const lesson = 'services-and-dns';

/** How others reach the container. */
export const portFlags: readonly FlagRule[] = [
  {
    flag: '--publish',
    grade: 'approximate',
    kubernetes: 'Service spec.ports, `kubectl port-forward`',
    why: '',
    alsoCites: ['docker-host-network'],
    sources,
    lesson,
    apply(draft, { value }, { command }) {
      const bindings = parsePort(value);
      const network = lastValue(command, '--network');
      return network === 'host' || network === 'none' ? discarded(network) : publish(draft, bindings, value);
    },
  },
  {
    flag: '--publish-all',
    grade: 'none',
    kubernetes: 'none',
    why: 'It publishes what the image exposes, and nobody has looked into the image here. `docker image inspect` shows `ExposedPorts`: give each with `-p`.',
    sources: ['docker-port-publishing', 'k8s-service'],
    lesson,
    apply(draft, _use, { command }) {
      const exposed = usesOf(command, '--expose').flatMap((each) => knownPorts(each.value));
      if (exposed.length === 0 || exposed.length > mostListed) return {};
      for (const { port, protocol } of exposed) {
        publishPort(draft, { port, containerPort: port, protocol: inCapitals(protocol) });
        if (protocol === 'tcp') forwardPort(draft, 0, port);
      }
      return {
        grade: 'approximate',
        kubernetes: 'Service spec.ports',
        why: `The ports of \`--expose\` are ports of the Service \`${serviceName(draft)}\`. Those that the image exposes are unknown here: \`docker image inspect\` shows \`ExposedPorts\`.`,
      };
    },
  },
  {
    flag: '--expose',
    grade: 'exact',
    kubernetes: 'containers.ports.containerPort',
    why: '',
    alsoCites: ['k8s-service'],
    sources: ['docker-port-publishing', 'k8s-api-pod'],
    lesson,
    apply(draft, { value }, context) {
      const ports = knownPorts(value);
      if (ports.length === 0) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `\`${value}\` is no port that a Pod can have: 1 to 65535 of TCP, UDP or SCTP.`,
        };
      }
      if (ports.length > mostListed) return tooMany(draft, ports.length);
      for (const { port, protocol } of ports) declarePort(draft, port, inCapitals(protocol));
      return {
        why: `\`${value}\` is a \`containerPort\`. Like EXPOSE it is information: every port of a Pod is reachable in the cluster, declared or not.${context.kind === 'deployment' ? ' A Service gives it a name and an address.' : ''}`,
      };
    },
  },
];

/** Docker passes any number and protocol on; a Pod has three protocols, and no port 0. */
function knownPorts(value: string): { port: number; protocol: PortBinding['protocol'] }[] {
  return parseExpose(value).flatMap(({ port, protocol }) =>
    port > 0 && isProtocol(protocol) ? [{ port, protocol }] : [],
  );
}

function isProtocol(text: string): text is PortBinding['protocol'] {
  return text === 'tcp' || text === 'udp' || text === 'sctp';
}

function publish(draft: WorkloadDraft, all: readonly PortBinding[], value: string): VerdictParts {
  const bindings = all.filter(({ containerPort }) => containerPort > 0);
  const [first] = bindings;
  if (!first) return { grade: 'none', kubernetes: 'none', why: 'There is no port 0 in a Pod.' };
  if (bindings.length > mostListed) return tooMany(draft, bindings.length);
  if (isLoopback(first.hostIp)) return publishLocally(draft, bindings, first);
  const free = bindings.map((binding) => {
    const protocol = inCapitals(binding.protocol);
    const port = servicePortOf(binding);
    if (protocol === 'TCP') forwardPort(draft, hostPortOf(binding), binding.containerPort);
    return publishPort(draft, { port, containerPort: binding.containerPort, protocol });
  });
  if (free.includes(false)) {
    return {
      grade: 'none',
      kubernetes: 'none',
      why: `Port ${servicePortOf(first)} is published twice, which docker refuses as well when it starts the container. The first one stands.`,
    };
  }
  return {
    why: [whereTo(draft, bindings, first, value), fromYourMachine(first), specialAddress(first)]
      .filter(Boolean)
      .join(' '),
  };
}

/** As docker does, which says so for `host`. */
function discarded(network: string): VerdictParts {
  return {
    grade: 'exact',
    kubernetes: 'nothing',
    why: `With \`--network ${network}\` docker publishes no ports, and no Service is made here.${network === 'host' ? ' The container listens on the node itself.' : ''}`,
    sources: ['docker-host-network', 'docker-port-publishing'],
  };
}

function whereTo(
  draft: WorkloadDraft,
  bindings: readonly PortBinding[],
  first: PortBinding,
  value: string,
): string {
  const service = serviceName(draft);
  const last = bindings.at(-1) ?? first;
  const protocol = first.protocol === 'tcp' ? '' : ` (${first.protocol.toUpperCase()})`;
  if (bindings.length > 1) {
    return `\`${value}\` is ${bindings.length} ports of the Service \`${service}\`, one by one since a Service has no ranges: ${servicePortOf(first)} → ${first.containerPort} to ${servicePortOf(last)} → ${last.containerPort}${protocol}.`;
  }
  return `In the cluster, port ${servicePortOf(first)} of the Service \`${service}\` leads to port ${first.containerPort} of the container${protocol}.`;
}

function fromYourMachine(first: PortBinding): string {
  if (first.protocol !== 'tcp') {
    return `A Service reaches no laptop, and \`kubectl port-forward\` carries TCP only: ${first.protocol.toUpperCase()} from outside takes \`type: NodePort\` or \`LoadBalancer\`.`;
  }
  const local = hostPortOf(first);
  const from = local === 0 ? 'a free port of your machine' : `port ${local} of your machine`;
  return `A Service does not reach your machine: \`kubectl port-forward\` opens ${from} while it runs, and the world gets in by \`type: NodePort\` or \`LoadBalancer\`, or an Ingress.`;
}

function specialAddress({ hostIp, hostPort }: PortBinding): string {
  const range = hostPort.includes('-')
    ? `Docker would pick one of ${hostPort}; the first of them is taken here.`
    : '';
  const address =
    hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::'
      ? ''
      : `One address of one machine, ${hostIp}, has no counterpart: nodes come and go. The Service listens on none of them.`;
  return [range, address].filter(Boolean).join(' ');
}

/** Nothing outside the machine was meant to reach it, and a Service would let the whole cluster in. */
function publishLocally(
  draft: WorkloadDraft,
  bindings: readonly PortBinding[],
  first: PortBinding,
): VerdictParts {
  for (const binding of bindings) {
    declarePort(draft, binding.containerPort, inCapitals(binding.protocol));
    if (binding.protocol === 'tcp') forwardPort(draft, hostPortOf(binding), binding.containerPort);
  }
  if (first.protocol !== 'tcp') {
    return {
      grade: 'none',
      kubernetes: 'none',
      why: `${first.hostIp} is your machine alone, which is what \`kubectl port-forward\` is for, but it carries TCP only, not ${first.protocol.toUpperCase()}.`,
    };
  }
  return {
    kubernetes: '`kubectl port-forward`',
    why: `${first.hostIp} is your machine alone. No Service has that form; \`kubectl port-forward\` listens there and leads to port ${first.containerPort} of the container, as long as it runs.`,
    sources: ['docker-port-publishing', 'k8s-kubectl-port-forward'],
  };
}

function tooMany(draft: WorkloadDraft, count: number): VerdictParts {
  draft.service.headless = true;
  return {
    grade: 'approximate',
    kubernetes: 'Service with `clusterIP: None`',
    why: `A Service lists its ports one by one, and these are ${count}. A headless Service lists none: its name leads straight to the Pod, where every port is open. From outside the cluster, think of \`hostNetwork\`.`,
    sources: ['docker-port-publishing', 'k8s-service'],
  };
}

/** The port of the Service: the one that docker publishes, or the container's where docker picks one. */
function servicePortOf(binding: PortBinding): number {
  return hostPortOf(binding) || binding.containerPort;
}

/** 0 where docker picks a free one. */
function hostPortOf({ hostPort }: PortBinding): number {
  return hostPort === '' ? 0 : Number(hostPort.split('-')[0]);
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

function inCapitals(protocol: PortBinding['protocol']): Protocol {
  return protocol === 'udp' ? 'UDP' : protocol === 'sctp' ? 'SCTP' : 'TCP';
}

/**
 * On a network of one's own containers reach each other at the container's port, whatever is published: the
 * Service gets those ports as well.
 */
export function serveContainerPorts(draft: WorkloadDraft, { command }: Pick<RunContext, 'command'>): void {
  if (usesOf(command, '--network').length === 0 || draft.service.ports.length === 0) return;
  for (const { containerPort, protocol = 'TCP' } of draft.container.ports ?? []) {
    publishPort(draft, { port: containerPort, containerPort, protocol });
  }
}

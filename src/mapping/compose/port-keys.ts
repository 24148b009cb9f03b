import { scalarText } from '../../docker/compose/scalars.ts';
import type { PortConfig } from '../../docker/compose/service-shape.ts';
import { at, type Tree, textAt } from '../../docker/compose/tree.ts';
import type { Protocol } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import { declarePort, forwardPort, publishPort } from '../workload/ports.ts';
import { type KeyRule, type ServiceContext, servicePage, type VerdictParts } from './key-rule.ts';

const sources = [servicePage, 'docker-compose-networking', 'k8s-service', 'k8s-kubectl-port-forward'];

/** A Service lists its ports one by one. */
const mostListed = 100;

/** Ports that a service publishes or exposes. */
export const portKeys: readonly KeyRule[] = [
  {
    key: 'ports',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'Service spec.ports, `kubectl port-forward`',
    why: '',
    sources,
    apply: (draft, { trees, value }, context) => publish(draft, trees.map(readPort), value, context),
  },
  {
    key: 'expose',
    each: 'entry',
    grade: 'exact',
    kubernetes: 'Service spec.ports',
    why: '',
    sources: [servicePage, 'docker-compose-networking', 'k8s-service'],
    apply(draft, { value }, context) {
      const [, first = '', last = first, protocol = 'tcp'] =
        /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(value) ?? [];
      const count = Number(last) - Number(first) + 1;
      if (first === '' || Number(first) === 0 || Number(last) > 65_535 || count < 1) {
        return { grade: 'none', kubernetes: 'none', why: `\`${value}\` is no port that a Pod can have.` };
      }
      if (count > mostListed) return tooMany(draft, count);
      for (let port = Number(first); port <= Number(last); port++)
        serve(draft, port, inCapitals(protocol), context);
      return {
        why: `\`${value}\` is a port of the Service \`${context.around.serviceName}\`, so others in the cluster reach it by that name. As in docker, nothing outside does.`,
      };
    },
  },
];

function readPort(tree: Tree): PortConfig {
  const target = at(tree, 'target');
  const published = at(tree, 'published');
  return {
    target: target?.kind === 'leaf' ? Number(target.value) : 0,
    ...(published?.kind === 'leaf' ? { published: scalarText(published.value) } : {}),
    protocol: textAt(tree, 'protocol') ?? 'tcp',
    host_ip: textAt(tree, 'host_ip') ?? '',
    mode: textAt(tree, 'mode') ?? 'ingress',
    app_protocol: textAt(tree, 'app_protocol') ?? '',
  };
}

/**
 * In compose others reach a container at its own port, whatever is published, so that is the Service's port.
 * The published one is for the user's machine, and so is a port-forward.
 */
function publish(
  draft: WorkloadDraft,
  ports: readonly PortConfig[],
  value: string,
  context: ServiceContext,
): VerdictParts {
  const good = ports.filter(({ target = 0 }) => target > 0 && target < 65_536);
  const [first] = good;
  if (!first) return { grade: 'none', kubernetes: 'none', why: 'There is no such port in a Pod.' };
  if (good.length > mostListed) return tooMany(draft, good.length);
  for (const { target = 0, published, protocol = 'tcp', app_protocol } of good) {
    serve(draft, target, inCapitals(protocol), context);
    if (app_protocol) context.extras.appProtocols.set(target, app_protocol);
    if (inCapitals(protocol) === 'TCP') forwardPort(draft, firstOf(published), target);
  }
  const parts = [inCluster(good, first, context), fromMachine(good, first, value, context), special(first)];
  return { why: parts.filter((part) => part !== '').join(' ') };
}

function serve(draft: WorkloadDraft, port: number, protocol: Protocol, { service }: ServiceContext): void {
  declarePort(draft, port, protocol);
  if (service.config.network_mode !== 'none') publishPort(draft, { port, containerPort: port, protocol });
}

function inCluster(
  all: readonly PortConfig[],
  { target = 0 }: PortConfig,
  { around }: ServiceContext,
): string {
  const last = all.at(-1)?.target ?? target;
  const which = all.length > 1 ? `Ports ${target} to ${last}` : `Port ${target}`;
  return `${which} of the container ${all.length > 1 ? 'are those' : 'is that'} of the Service \`${around.serviceName}\`, since others in compose use the container's port, not the published one.`;
}

function fromMachine(
  all: readonly PortConfig[],
  first: PortConfig,
  value: string,
  { around }: ServiceContext,
): string {
  const { target = 0, published, protocol = 'tcp', host_ip: address = '' } = first;
  if (inCapitals(protocol) !== 'TCP') {
    return `${protocol.toUpperCase()} from outside of the cluster takes \`type: NodePort\` or \`LoadBalancer\`: \`kubectl port-forward\` carries TCP only.`;
  }
  const local = firstOf(published);
  const isLocal = address.startsWith('127.') || address === '::1';
  const command = `\`kubectl port-forward service/${around.serviceName} ${local === 0 || local === target ? `${local === 0 ? ':' : ''}${target}` : `${local}:${target}`}\``;
  const more = all.length > 1 ? ` and so on for \`${value}\`` : '';
  const world = isLocal
    ? ' That is your machine alone, as here.'
    : ' For the world, give the Service `type: LoadBalancer` or `NodePort`, or put an Ingress or Gateway before it.';
  return `${command} opens it on your machine${more}.${world}`;
}

function special({ mode, host_ip: address = '', published }: PortConfig): string {
  const range = published?.includes('-')
    ? `Docker would pick one of ${published}; the first is taken here.`
    : '';
  const host =
    mode === 'host'
      ? '`mode: host` takes the port of every node; `hostPort` does that, and at most one Pod a node can have it.'
      : '';
  const isOpen =
    address === '' ||
    address === '0.0.0.0' ||
    address === '::' ||
    address.startsWith('127.') ||
    address === '::1';
  const one = isOpen ? '' : `One address of one machine, ${address}, has no counterpart.`;
  return [range, host, one].filter((part) => part !== '').join(' ');
}

function tooMany(draft: WorkloadDraft, count: number): VerdictParts {
  draft.service.headless = true;
  return {
    grade: 'approximate',
    kubernetes: 'Service with `clusterIP: None`',
    why: `A Service lists its ports one by one, and these are ${count}. A headless Service lists none: its name leads straight to the Pod, where every port is open. From outside of the cluster, think of \`hostNetwork\`.`,
    sources: [servicePage, 'k8s-service'],
  };
}

/** 0 where docker picks a free one. */
function firstOf(published: string | undefined): number {
  const number = Number(published?.split('-')[0] ?? 0);
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : 0;
}

function inCapitals(protocol: string): Protocol {
  const text = protocol.toUpperCase();
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP';
}

import type { Deployment, Pod, Service } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import { create } from '../server/client.ts';
import type { Served } from '../server/served-object.ts';
import { readDryRun } from './dry-run.ts';
import { savedConfiguration } from './last-applied.ts';
import { outcomePrinter } from './outcome.ts';
import { overridden } from './overrides.ts';
import { serviceFor } from './service-for.ts';
import { forEachSubject, takeSubjects } from './subjects.ts';
import { typed } from './typed.ts';
import { fieldManager, writeQuery } from './write-query.ts';

/** `kubectl expose` (k8s.io/kubectl/pkg/cmd/expose). */
export function* runExpose(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, 'exposed', dryRun, true);
  const { namespace, isNamespaceGiven } = yield* context.target();
  const taken = yield* takeSubjects(context, { selectsNothing: true });
  const query = writeQuery({ dryRun, manager: fieldManager(options, 'kubectl-expose') });
  yield* forEachSubject(taken, function* (subject) {
    const service = overridden(serviceOf(subject, options), options);
    if (dryRun === 'client') {
      const placed = isNamespaceGiven
        ? { ...service, metadata: { ...service.metadata, namespace } }
        : service;
      yield* print(printer.text(typed(placed)));
      return;
    }
    const saved = savedConfiguration(service, options.on('--save-config'), true);
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/services`;
    yield* print(printer.text(yield* create(path, saved, query)));
  });
  return 0;
}

const exposable = ['Service', 'Pod', 'Deployment.apps', 'ReplicaSet.apps'];

function serviceOf({ resource, name, object }: Subject, options: Options): ApiObject {
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
  if (!exposable.includes(kind)) throw new CommandFailure(`cannot expose a ${kind}`);
  const clusterIp = options.text('--cluster-ip', '');
  const selector = options.text('--selector') || selectorOf(object);
  const found = portsOf(object);
  const ports = options.text('--port') || [...new Set(found.map(([port]) => port))].join(',');
  if (ports === '' && clusterIp !== 'None') {
    throw new CommandFailure("couldn't find port via --port flag or introspection");
  }
  const protocols: Record<string, string[]> = {};
  for (const [port, protocol] of found) protocols[port] = [...(protocols[port] ?? []), protocol];
  return serviceFor({
    name: options.text('--name') || name.slice(0, 63),
    selector,
    labels: options.text('--labels') || joined(object.metadata.labels ?? {}),
    ports,
    protocol: options.text('--protocol', ''),
    protocols,
    targetPort: options.text('--target-port', ''),
    externalIp: options.text('--external-ip', ''),
    type: options.text('--type', ''),
    loadBalancerIp: options.text('--load-balancer-ip', ''),
    sessionAffinity: options.text('--session-affinity', ''),
    clusterIp,
  }) as unknown as ApiObject;
}

function joined(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function selectorOf(object: ApiObject): string {
  const labels = selectedLabels(object);
  if (typeof labels !== 'string') return joined(labels);
  throw new CommandFailure(`couldn't retrieve selectors via --selector flag or introspection: ${labels}`);
}

/** @returns why there are none, when there are none */
function selectedLabels(object: ApiObject): Readonly<Record<string, string>> | string {
  switch (object.kind) {
    case 'Pod': {
      const { labels = {} } = object.metadata;
      return Object.keys(labels).length > 0 ? labels : 'the pod has no labels and cannot be exposed';
    }
    case 'Service':
      return (object as Service).spec?.selector ?? 'the service has no pod selector set';
    default: {
      const { matchLabels = {}, matchExpressions = [] } = (object as Served<Deployment>).spec.selector;
      const kind = object.kind.toLowerCase();
      if (Object.keys(matchLabels).length === 0) {
        return `invalid ${kind}: no selectors, therefore cannot be exposed`;
      }
      if (matchExpressions.length === 0) return matchLabels;
      const shown = matchExpressions.map(
        ({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`,
      );
      return `couldn't convert expressions - "[${shown.join(' ')}]" to map-based selector format`;
    }
  }
}

/** Numbers and protocols of its ports. */
function portsOf(object: ApiObject): readonly (readonly [port: string, protocol: string])[] {
  if (object.kind === 'Service') {
    const { ports = [] } = (object as Served<Service>).spec;
    return ports.map(({ port, protocol = 'TCP' }) => [String(port), protocol]);
  }
  const spec = object.kind === 'Pod' ? (object as Pod).spec : (object as Deployment).spec?.template?.spec;
  return (spec?.containers ?? []).flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol }) => [String(containerPort), protocol || 'TCP'] as const),
  );
}

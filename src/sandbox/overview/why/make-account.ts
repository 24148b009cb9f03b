import type { CoreEvent } from '../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { slicesOf } from '../../cluster/network/service-endpoints.ts';
import { controllerOf, type Stored } from '../../cluster/object.ts';
import type { Kinds, Resource } from '../../cluster/resources.ts';
import { eventsFrom } from '../../host/events.ts';
import type { Sandbox } from '../../sandbox.ts';
import { dockerFinding, type InspectedContainer, isStopped } from '../findings/docker-finding.ts';
import { objectFindings } from '../findings/object-findings.ts';
import { podFindings } from '../findings/pod-findings.ts';
import { serviceFindings } from '../findings/service-findings.ts';
import { lastLine } from '../last-line.ts';
import { isOwnNamespace } from '../overview.ts';
import type { Account, Finding, Step } from './account.ts';
import { clusterSteps } from './cluster-steps.ts';
import { dockerSteps } from './docker-steps.ts';
import { endpointSteps } from './endpoint-steps.ts';
import { mergedFindings } from './merged-findings.ts';
import { type Subject, scopeOf } from './scope.ts';
import { settledOf } from './settled.ts';

/** Of more steps only the last ones are told. */
const mostSteps = 24;

/** What has happened since the learner's last line that changed something, and what does not go on anywhere. */
export function wholeAccount(sandbox: Sandbox, containers: readonly InspectedContainer[]): Account {
  const { cluster } = sandbox;
  const line = lastLine(cluster.store);
  const events = cluster.list('events').filter(({ involvedObject, metadata }) => {
    const isNew = line === undefined || Number(metadata.resourceVersion) > line.revision;
    return isNew && !isOwnNamespace(involvedObject.namespace ?? '');
  });
  const engine = eventsFrom(cluster.store, line?.engineEvent ?? 0);
  const slices = cluster
    .list('endpointslices.discovery.k8s.io')
    .filter(({ metadata }) => !isOwnNamespace(metadata.namespace ?? ''));
  const everything = allSubjects(cluster);
  return {
    since: line && { line: line.text, at: line.at },
    now: cluster.now,
    about: undefined,
    ...told([
      ...clusterSteps(events),
      ...endpointSteps(slices, line?.at ?? Number.POSITIVE_INFINITY),
      ...dockerSteps(engine),
    ]),
    findings: mergedFindings([
      ...everything.flatMap((subject) => findingsOf(sandbox, subject)),
      ...containers.flatMap((each) => (isStopped(each) ? [] : (dockerFinding(sandbox, each) ?? []))),
    ]),
    settled: everything.flatMap((subject) => settledOf(cluster, subject) ?? []),
  };
}

/** What has happened to one object and to what belongs to it. */
export function accountOf(sandbox: Sandbox, subject: Subject): Account {
  const { cluster } = sandbox;
  const scope = scopeOf(cluster, subject);
  const uids = new Set(scope.map(({ object }) => object.metadata.uid));
  const { name } = subject.object.metadata;
  const owner = controllerOf(subject.object)?.uid;
  const events = cluster.list('events').filter((event) => {
    // Who made it told of that at its owner.
    const isMaking =
      owner !== undefined && uidOf(event) === owner && (event.message ?? '').includes(` ${name}`);
    return uids.has(uidOf(event)) || isMaking;
  });
  const slices = scope.flatMap(({ table, object }) =>
    table === 'services' ? slicesOf(cluster, object as Stored<Kinds['services']>) : [],
  );
  const onNode =
    subject.table === 'nodes'
      ? cluster
          .podsOn(subject.object.metadata.name)
          .map((object): Subject => ({ table: 'pods', kind: 'Pod', object }))
      : [];
  const findings = [...scope, ...onNode].flatMap((each) => findingsOf(sandbox, each));
  return {
    since: undefined,
    now: cluster.now,
    about: `${subject.kind} ${name}`,
    ...told([...clusterSteps(events), ...endpointSteps(slices, 0)]),
    findings: mergedFindings(findings),
    settled: findings.length > 0 ? [] : scope.slice(0, 1).flatMap((each) => settledOf(cluster, each) ?? []),
  };
}

/** What has happened to one container of the Docker Engine. */
export function containerAccount(sandbox: Sandbox, container: InspectedContainer): Account {
  const { cluster } = sandbox;
  const { Id, Name, State } = container;
  const name = Name.replace(/^\//, '');
  const events = eventsFrom(cluster.store, 0).filter(
    ({ type, id, attributes }) => (type === 'container' && id === Id) || attributes.container === Id,
  );
  const finding = dockerFinding(sandbox, container);
  const settled = State.Running
    ? `Container ${name} runs${State.Health ? `, and its health check says ${State.Health.Status}` : ''}.`
    : `Container ${name} has ended with exit code 0: its command was done.`;
  return {
    since: undefined,
    now: cluster.now,
    about: `container ${name}`,
    ...told(dockerSteps(events)),
    findings: finding ? [finding] : [],
    settled: finding ? [] : [settled],
  };
}

/** A node runs on without anything being told of it; so do the events of the node itself. */
function uidOf({ involvedObject }: Stored<CoreEvent>): string {
  return involvedObject.uid ?? '';
}

function told(steps: readonly Step[]): { readonly steps: readonly Step[]; readonly omitted: number } {
  const ordered = steps
    .map((step, place) => ({ step, place }))
    .sort((one, other) => one.step.at - other.step.at || one.place - other.place)
    .map(({ step }) => step);
  return { steps: ordered.slice(-mostSteps), omitted: Math.max(0, ordered.length - mostSteps) };
}

/** Kinds that can be ill, those first that others depend on. */
const tables: readonly (readonly [table: Resource, kind: string])[] = [
  ['nodes', 'Node'],
  ['namespaces', 'Namespace'],
  ['persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['cronjobs.batch', 'CronJob'],
  ['jobs.batch', 'Job'],
  ['deployments.apps', 'Deployment'],
  ['statefulsets.apps', 'StatefulSet'],
  ['daemonsets.apps', 'DaemonSet'],
  ['replicasets.apps', 'ReplicaSet'],
  ['pods', 'Pod'],
  ['services', 'Service'],
  ['horizontalpodautoscalers.autoscaling', 'HorizontalPodAutoscaler'],
];

/** Everything of the learner's. */
function allSubjects(cluster: Cluster): readonly Subject[] {
  return tables.flatMap(([table, kind]) =>
    cluster
      .list(table)
      .filter(({ metadata }) => !isOwnNamespace(metadata.namespace ?? ''))
      .map((object): Subject => ({ table, kind, object })),
  );
}

function findingsOf(sandbox: Sandbox, { table, object }: Subject): readonly Finding[] {
  if (table === 'pods') return podFindings(sandbox, object as Stored<Kinds['pods']>);
  if (table === 'services') return serviceFindings(sandbox, object as Stored<Kinds['services']>);
  const read = objectFindings[table] as
    | ((sandbox: Sandbox, object: Stored<Kinds[Resource]>) => readonly Finding[])
    | undefined;
  return read?.(sandbox, object) ?? [];
}

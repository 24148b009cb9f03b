import type { Cluster } from '../../cluster/cluster.ts';
import { slicesOf } from '../../cluster/network/service-endpoints.ts';
import { controllerOf, type Stored } from '../../cluster/object.ts';
import type { Kinds } from '../../cluster/resources.ts';
import { eventsFrom } from '../../host/events.ts';
import type { Sandbox } from '../../sandbox.ts';
import { dockerFinding, type InspectedContainer, isStopped } from '../findings/docker-finding.ts';
import { findingsOf } from '../findings/object-findings.ts';
import { lastLine } from '../last-line.ts';
import { isOwnNamespace } from '../overview.ts';
import type { Account, Step } from './account.ts';
import { clusterSteps } from './cluster-steps.ts';
import { dockerSteps } from './docker-steps.ts';
import { endpointSteps } from './endpoint-steps.ts';
import { mergedFindings } from './merged-findings.ts';
import { type Sort, type Subject, scopeOf } from './scope.ts';
import { settledAlone, settledOf } from './settled.ts';

/** Of more steps only the last ones are told. */
const mostSteps = 24;

/** What has happened since the learner's last line that changed something, and what does not go on anywhere. */
export function wholeAccount(sandbox: Sandbox, containers: readonly InspectedContainer[]): Account {
  const { cluster } = sandbox;
  const line = lastLine(cluster.store);
  const events = cluster.list('events').filter(({ involvedObject, metadata }) => {
    const isNew = line === undefined || Number(metadata.resourceVersion) > line.revision;
    return isNew && !isOwnNamespace(involvedObject.namespace);
  });
  const engine = eventsFrom(cluster.store, line?.engineEvent ?? 0);
  const slices = cluster
    .list('endpointslices.discovery.k8s.io')
    .filter(({ metadata }) => !isOwnNamespace(metadata.namespace));
  const everything = allSubjects(cluster).map((subject) => ({
    subject,
    findings: findingsOf(sandbox, subject),
  }));
  const well = everything.filter(({ findings }) => findings.length === 0);
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
      ...everything.flatMap(({ findings }) => findings),
      ...containers.flatMap((each) => (isStopped(each) ? [] : (dockerFinding(sandbox, each) ?? []))),
    ]),
    settled: well.flatMap(({ subject }) => settledOf(cluster, subject) ?? []),
  };
}

/** What has happened to one object and to what belongs to it. */
export function accountOf(sandbox: Sandbox, subject: Subject): Account {
  const { cluster } = sandbox;
  const scope = scopeOf(cluster, subject);
  const uids = new Set<string | undefined>(scope.map(({ object }) => object.metadata.uid));
  const { name, namespace } = subject.object.metadata;
  const owner = controllerOf(subject.object)?.uid;
  const events = cluster.list('events').filter(({ involvedObject: told, message }) => {
    // The taint eviction controller tells of a Pod by its name only.
    const isNamed =
      told.uid === undefined &&
      told.kind === subject.kind &&
      told.name === name &&
      told.namespace === namespace;
    // Who made it told of that at its owner.
    const isMaking = owner !== undefined && told.uid === owner && message?.includes(` ${name}`);
    return uids.has(told.uid) || isNamed || isMaking;
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
    settled: findings.length > 0 ? [] : [settledOf(cluster, subject) ?? settledAlone(subject) ?? []].flat(),
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

function told(steps: readonly Step[]): { readonly steps: readonly Step[]; readonly omitted: number } {
  const ordered = steps
    .map((step, place) => ({ step, place }))
    .sort((one, other) => one.step.at - other.step.at || one.place - other.place)
    .map(({ step }) => step);
  return { steps: ordered.slice(-mostSteps), omitted: Math.max(0, ordered.length - mostSteps) };
}

/** Kinds that can be ill, those first that others depend on. */
const sorts: readonly Sort[] = [
  { table: 'nodes', kind: 'Node' },
  { table: 'namespaces', kind: 'Namespace' },
  { table: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' },
  { table: 'cronjobs.batch', kind: 'CronJob' },
  { table: 'jobs.batch', kind: 'Job' },
  { table: 'deployments.apps', kind: 'Deployment' },
  { table: 'statefulsets.apps', kind: 'StatefulSet' },
  { table: 'daemonsets.apps', kind: 'DaemonSet' },
  { table: 'replicasets.apps', kind: 'ReplicaSet' },
  { table: 'pods', kind: 'Pod' },
  { table: 'services', kind: 'Service' },
  { table: 'horizontalpodautoscalers.autoscaling', kind: 'HorizontalPodAutoscaler' },
];

/** Everything of the learner's. */
function allSubjects(cluster: Cluster): readonly Subject[] {
  return sorts.flatMap((sort) =>
    cluster
      .list(sort.table)
      .filter(({ metadata }) => !isOwnNamespace(metadata.namespace))
      .map((object): Subject => ({ ...sort, object })),
  );
}

import type { Pod } from '../../../kubernetes/api.ts';
import type { ContainerRecord, ProcessRecord } from '../../runtime/records.ts';
import { tables } from '../../runtime/records.ts';
import type { Controller } from '../../simulation.ts';
import type { Change } from '../../store.ts';
import type { Cluster } from '../cluster.ts';
import { leaveNetwork, networkRecord } from '../network/pod-networks.ts';
import { keyOf, objectKey, type Stored } from '../object.ts';
import { admissionProblem } from './admission.ts';
import { podLabels } from './containers/container-spec.ts';
import { leaveQueues } from './images/image-pulls.ts';
import { type NodeContext, tell } from './node-context.ts';
import { isNodeUp, nodePowerTable } from './node-power.ts';
import { isReadinessStale } from './pods/pod-conditions.ts';
import { isStatic } from './pods/pod-containers.ts';
import { letGo } from './pods/pod-ending.ts';
import { generationOf } from './pods/pod-facts.ts';
import { dropPodRecord, keepPodRecord, type PodRecord, podRecord } from './pods/pod-record.ts';
import { writeRejection } from './pods/pod-status.ts';
import { type PodWork, remember } from './pods/pod-work.ts';
import { workOn } from './pods/pod-worker.ts';
import { hasManifest } from './pods/static-pods.ts';
import { tearDownVolumes } from './volumes/volumes.ts';

/**
 * The kubelets of all nodes: whatever is bound to a node is run there, and watched. Keyed by Pod, since the
 * kubelet has a worker for each.
 */
export function kubelet(context: NodeContext): Controller {
  const { cluster, simulation } = context;
  const { store } = cluster;
  return {
    name: 'kubelet',
    tables: [nodePowerTable, 'pods', tables.containers, tables.processes],
    concerns: (change) => concerned(cluster, change),
    reconcile(key) {
      const pod = cluster.getByKey('pods', key);
      const known = podRecord(store, key);
      const isAnother = known !== undefined && (!pod || known.uid !== podUid(pod));
      // What a file on the node asks for goes on whatever becomes of the object that shows it.
      const goesOn = known !== undefined && !pod && hasManifest(store, key);
      if (known && isAnother && !goesOn) forget(context, key, known);
      const node = pod?.spec?.nodeName;
      if (!pod || !node || !isNodeUp(store, node)) return;
      if (known && !isAnother) {
        const work: PodWork = { context, key, pod, record: known };
        const isMirror = isStatic(pod) && pod.metadata.deletionTimestamp !== undefined;
        if (!known.ended && !known.rejected && !isMirror) run(work, known);
        else if (pod.metadata.deletionTimestamp !== undefined) letGo(work);
        return;
      }
      const { phase } = pod.status ?? {};
      if (phase === 'Succeeded' || phase === 'Failed') return;
      const work: PodWork = {
        context,
        key,
        pod,
        record: firstRecord(pod, podUid(pod), node, cluster.now),
      };
      const problem = admissionProblem(context, pod, node);
      if (problem) {
        tell(context, pod, node, 'Warning', problem.reason, problem.message);
        writeRejection(work, problem.reason, problem.message);
        remember(work, { rejected: true });
        keepPodRecord(store, key, work.record);
        return;
      }
      run(work, undefined);
    },
  };

  function run(work: PodWork, before: PodRecord | undefined): void {
    const next = workOn(work);
    // The Pod may have gone in the course of it.
    if (!cluster.getByKey('pods', work.key) && !hasManifest(store, work.key)) {
      forget(context, work.key, work.record);
      return;
    }
    if (work.record !== before) keepPodRecord(store, work.key, work.record);
    if (next !== undefined) simulation.wake('kubelet', work.key, next);
  }
}

/** Ends and removes whatever is left of a Pod that is gone. */
function forget(context: NodeContext, key: string, record: PodRecord): void {
  const { cluster, runtime } = context;
  const { store } = cluster;
  leaveQueues(context, record.node, key);
  const { node, uid, sandbox, containers } = record;
  for (const { ids } of Object.values(containers)) {
    for (const id of ids) {
      const state = runtime.container(node, id)?.state;
      if (state === 'running' || state === 'paused') runtime.kill(node, id, 'SIGKILL');
      if (state !== undefined) runtime.remove(node, id);
    }
  }
  if (sandbox && networkRecord(store, sandbox.network)?.pod === key) leaveNetwork(store, sandbox.network);
  const lastWords = Object.keys(containers).map((name) => `pods/${uid}/last-words/${name}`);
  tearDownVolumes(store, node, [...(record.volumes ?? []), ...lastWords]);
  dropPodRecord(store, key);
}

function firstRecord(pod: Pod, uid: string, node: string, now: number): PodRecord {
  return {
    uid,
    node,
    seen: now,
    syncAt: now,
    observed: '',
    generation: generationOf(pod),
    containers: {},
    reasons: {},
    probes: {},
  };
}

const none: readonly string[] = [];

function concerned(cluster: Cluster, { table, key, before, after }: Change): readonly string[] {
  const { store } = cluster;
  switch (table) {
    case nodePowerTable:
      return after === undefined ? cluster.podsOn(key).map(keyOf) : none;
    case 'pods':
      return isAboutSpec(before as Pod | undefined, after as Pod | undefined) ? [key] : none;
    case tables.containers:
      return podOf((after ?? before) as ContainerRecord);
    case tables.processes: {
      // Hooks and probes wait for the processes that they began.
      const { host, container, isExec, exitCode } = (after ?? before) as ProcessRecord;
      if (!isExec || exitCode === undefined || after === undefined) return none;
      const found = store.read(tables.containers, `${host}/${container}`) as ContainerRecord | undefined;
      return found ? podOf(found) : none;
    }
    default:
      return none;
  }
}

/** The kubelet's own writing of a status is no reason to look again. */
function isAboutSpec(before: Pod | undefined, after: Pod | undefined): boolean {
  if (!before || !after) return (after ?? before)?.spec?.nodeName !== undefined;
  if (after.spec?.nodeName === undefined) return false;
  if (isReadinessStale(after)) return true;
  if (before.metadata.uid !== after.metadata.uid) return true;
  return (
    before.spec !== after.spec ||
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    before.metadata.generation !== after.metadata.generation
  );
}

function podOf({ spec: { labels } }: ContainerRecord): readonly string[] {
  const name = labels[podLabels.name];
  return name === undefined ? none : [objectKey(labels[podLabels.namespace], name)];
}

/** A Pod that comes from a file has the same identity however often its object is made anew. */
function podUid(pod: Stored<Pod>): string {
  return pod.metadata.annotations?.['kubernetes.io/config.hash'] ?? pod.metadata.uid;
}

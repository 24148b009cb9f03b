import type { DaemonSetStatus, Node, PodSpec } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { keyOf } from '../../object.ts';
import { byAge } from '../age.ts';
import { omitEmpty } from '../omit-empty.ts';
import { adoptersOf, claim, managersOf } from '../owners.ts';
import { isAvailable, isReady, isTerminating, nextAvailable, type StoredPod } from '../pod-state.ts';
import { refusalIn } from '../refusal.ts';
import { Retries } from '../retries.ts';
import { latestRevision, revisionsOf, truncateRevisions } from '../revision-history.ts';
import { createPod, deletePod, isNamespaceTerminating } from '../template-pods.ts';
import { daemonSpec, type StoredDaemonSet, shouldRun, specForNode, targetNode } from './placement.ts';
import { rollingStep } from './rolling-update.ts';

const name = 'daemonset';
const component = 'daemonset-controller';
const hashLabel = 'controller-revision-hash';
const generationAnnotation = 'deprecated.daemonset.template.generation';

/** Pods that fail are replaced after a pause that doubles (`NewBackOff(1s, 15m)`). */
const longestPauseMs = 15 * 60_000;

/** Keeps one Pod on each node where it belongs (k8s.io/kubernetes/pkg/controller/daemon). */
export function daemonSetController(cluster: Cluster, simulation: Simulation): Controller {
  const retries = new Retries(simulation, name);
  return {
    name,
    tables: ['daemonsets.apps', 'nodes', 'pods'],
    concerns(change) {
      switch (change.table) {
        case 'daemonsets.apps':
          return [change.key];
        case 'nodes':
          return isNewsOfNode(change) ? cluster.list('daemonsets.apps').map(keyOf) : [];
        case 'pods': {
          const managers = managersOf(change, 'DaemonSet');
          if (managers.length > 0) return managers;
          return adoptersOf(cluster, 'daemonsets.apps', change, ({ spec }) => spec.selector);
        }
        default:
          return [];
      }
    },
    reconcile(key) {
      const set = cluster.getByKey('daemonsets.apps', key);
      if (!set) return retries.forget(key);
      if (set.metadata.deletionTimestamp !== undefined) return;
      try {
        new DaemonSync(cluster, simulation, set).run();
        retries.forget(key);
      } catch (error) {
        if (!isNamespaceTerminating(refusalIn(error))) retries.again(key);
      }
    },
  };
}

function isNewsOfNode({ before, after }: Change): boolean {
  const old = before as Node | undefined;
  const now = after as Node | undefined;
  return old?.spec !== now?.spec || old?.metadata.labels !== now?.metadata.labels;
}

class DaemonSync {
  readonly #cluster: Cluster;
  readonly #simulation: Simulation;
  readonly #set: StoredDaemonSet;
  readonly #spec: PodSpec;
  #hash = '';
  #failure: ApiError | undefined;

  constructor(cluster: Cluster, simulation: Simulation, set: StoredDaemonSet) {
    this.#cluster = cluster;
    this.#simulation = simulation;
    this.#set = set;
    this.#spec = daemonSpec(set);
  }

  /** @throws ApiError what the API refused */
  run(): void {
    const set = this.#set;
    const { annotations } = set.metadata;
    const known = revisionsOf(this.#cluster, set, set.spec.selector);
    const collisions = set.status?.collisionCount ?? 0;
    const { template } = set.spec;
    const form = { hashLabel, annotations, collisions };
    const latest = latestRevision(this.#cluster, set, template, known, form);
    if (!latest) {
      const status = this.#countedStatus();
      this.#cluster.updateStatus('daemonsets.apps', {
        ...set,
        status: { ...status, collisionCount: collisions + 1 },
      });
      return;
    }
    const { labels: { [hashLabel]: hash = '' } = {} } = latest.metadata;
    this.#hash = hash;
    this.#manage();
    if ((set.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate' && !this.#failure)
      this.#roll();
    const revisions = revisionsOf(this.#cluster, set, set.spec.selector);
    const inUse = this.#pods().map(({ metadata: { labels = {} } }) => labels[hashLabel]);
    const live = new Set(
      revisions
        .filter(({ metadata: { labels = {} } }) => inUse.includes(labels[hashLabel]))
        .map(({ metadata }) => metadata.name),
    );
    live.add(latest.metadata.name);
    truncateRevisions(this.#cluster, revisions, live, set.spec.revisionHistoryLimit ?? 10);
    this.#cluster.updateStatus('daemonsets.apps', { ...set, status: this.#countedStatus() });
    const next = nextAvailable(this.#pods(), set.spec.minReadySeconds ?? 0, this.#cluster.now);
    if (next !== undefined) this.#simulation.wake(name, keyOf(set), next);
    if (this.#failure) throw this.#failure;
  }

  #manage(): void {
    const byNode = this.#byNode();
    const missing: string[] = [];
    for (const node of this.#cluster.list('nodes')) {
      const pods = byNode.get(node.metadata.name) ?? [];
      const { run, stay } = shouldRun(this.#spec, node);
      if (run && pods.length === 0) missing.push(node.metadata.name);
      else if (!stay) for (const pod of pods) this.#delete(pod);
      else this.#tidy(node.metadata.name, pods);
    }
    const known = new Set(this.#cluster.list('nodes').map(({ metadata }) => metadata.name));
    for (const [node, pods] of byNode) {
      // The Pod of a node that has gone before it came there will never start.
      if (!known.has(node)) for (const pod of pods) if (!pod.spec.nodeName) this.#delete(pod);
    }
    this.#create(missing);
  }

  /** Pods that have ended are replaced; of several the oldest stays. */
  #tidy(node: string, pods: readonly StoredPod[]): void {
    const running: StoredPod[] = [];
    for (const pod of pods) {
      if (isTerminating(pod)) continue;
      if (pod.status?.phase === 'Failed') this.#replaceFailed(pod, node);
      else if (pod.status?.phase === 'Succeeded') this.#replaceSucceeded(pod, node);
      else running.push(pod);
    }
    const surges = (set: StoredDaemonSet) => set.spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0;
    if (surges(this.#set) !== 0) return;
    for (const pod of running.sort(byPlaceAndAge).slice(1)) this.#delete(pod);
  }

  #replaceFailed(pod: StoredPod, node: string): void {
    const { store, now } = this.#cluster;
    const { uid } = this.#set.metadata;
    const key = `${uid} ${node}`;
    const known = store.read('controllers/daemon-pauses', key) as { until: number; ms: number } | undefined;
    if (known && now < known.until) {
      this.#simulation.wake(name, keyOf(this.#set), known.until);
      return;
    }
    // After twice the longest pause it counts as new.
    const isOld = known === undefined || now > known.until + 2 * longestPauseMs;
    const ms = isOld ? 1_000 : Math.min(known.ms * 2, longestPauseMs);
    store.write('controllers/daemon-pauses', key, { until: now + ms, ms });
    const { namespace, name: podName } = pod.metadata;
    const what = `Found failed daemon pod ${namespace}/${podName} on node ${node}, will try to kill it`;
    this.#tell('Warning', 'FailedDaemonPod', what);
    this.#delete(pod);
  }

  #replaceSucceeded(pod: StoredPod, node: string): void {
    const { namespace, name: podName } = pod.metadata;
    const what = `Found succeeded daemon pod ${namespace}/${podName} on node ${node}, will try to delete it`;
    this.#tell('Normal', 'SucceededDaemonPod', what);
    this.#delete(pod);
  }

  #roll(): void {
    const wantedOn = new Set(
      this.#cluster
        .list('nodes')
        .filter((node) => shouldRun(this.#spec, node).run)
        .map(({ metadata }) => metadata.name),
    );
    const isUpdated = (pod: StoredPod) => this.#isUpdated(pod);
    const step = rollingStep(this.#set, this.#byNode(), wantedOn, isUpdated, this.#cluster.now);
    for (const pod of step.toDelete) this.#delete(pod);
    this.#create(step.newOn);
  }

  #create(nodes: readonly string[]): void {
    const generation = this.#set.metadata.annotations?.[generationAnnotation];
    const { template } = this.#set.spec;
    const labels = {
      ...template.metadata?.labels,
      ...(generation === undefined ? {} : { 'pod-template-generation': generation }),
      [hashLabel]: this.#hash,
    };
    for (const node of nodes) {
      try {
        const spec = specForNode(this.#spec, node);
        createPod(this.#cluster, this.#set, component, template, { labels, spec });
      } catch (error) {
        this.#failure = refusalIn(error);
        return;
      }
    }
  }

  #delete(pod: StoredPod): void {
    const latest = this.#cluster.get('pods', pod.metadata.namespace, pod.metadata.name);
    if (latest && !isTerminating(latest)) deletePod(this.#cluster, this.#set, component, latest);
  }

  #isUpdated({ metadata: { labels = {} } }: StoredPod): boolean {
    const generation = this.#set.metadata.annotations?.[generationAnnotation];
    return (
      labels[hashLabel] === this.#hash ||
      (generation !== undefined && labels['pod-template-generation'] === generation)
    );
  }

  #countedStatus(): DaemonSetStatus {
    const set = this.#set;
    const minReady = set.spec.minReadySeconds ?? 0;
    const byNode = this.#byNode();
    const counts = { wanted: 0, there: 0, wrong: 0, ready: 0, available: 0, updated: 0 };
    for (const node of this.#cluster.list('nodes')) {
      const [pod] = [...(byNode.get(node.metadata.name) ?? [])].sort(byPlaceAndAge);
      const { run } = shouldRun(this.#spec, node);
      if (run) counts.wanted += 1;
      if (!pod) continue;
      if (!run) {
        counts.wrong += 1;
        continue;
      }
      counts.there += 1;
      if (isReady(pod)) counts.ready += 1;
      if (isAvailable(pod, minReady, this.#cluster.now)) counts.available += 1;
      if (this.#isUpdated(pod)) counts.updated += 1;
    }
    return {
      ...omitEmpty<Partial<DaemonSetStatus>>({
        observedGeneration: set.metadata.generation,
        updatedNumberScheduled: counts.updated,
        numberAvailable: counts.available,
        numberUnavailable: counts.wanted - counts.available,
        collisionCount: set.status?.collisionCount,
        conditions: set.status?.conditions,
      }),
      // These are written even where they are zero.
      currentNumberScheduled: counts.there,
      desiredNumberScheduled: counts.wanted,
      numberMisscheduled: counts.wrong,
      numberReady: counts.ready,
    };
  }

  #pods(): readonly StoredPod[] {
    return claim(this.#cluster, 'pods', this.#set, this.#set.spec.selector);
  }

  #byNode(): ReadonlyMap<string, readonly StoredPod[]> {
    const byNode = new Map<string, StoredPod[]>();
    for (const pod of this.#pods()) {
      const node = targetNode(pod);
      if (node !== undefined) byNode.set(node, [...(byNode.get(node) ?? []), pod]);
    }
    return byNode;
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    recordEvent(this.#cluster, { about: this.#set, type, reason, message, component });
  }
}

/** Those that have their node first, then the oldest. */
function byPlaceAndAge(one: StoredPod, other: StoredPod): number {
  return (one.spec.nodeName ? 0 : 1) - (other.spec.nodeName ? 0 : 1) || byAge(one, other);
}

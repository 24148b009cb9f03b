import type { Deployment, DeploymentCondition, DeploymentStatus } from '../../../../kubernetes/api.ts';
import type { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { controlledBy, controllerOf, type Stored, sameValue } from '../../object.ts';
import { conditionOf } from '../conditions.ts';
import { omitAbsent } from '../omit-empty.ts';
import { refusalIn } from '../refusal.ts';
import { wantedReplicas } from '../replicas.ts';
import { templateHash } from '../template-hash.ts';
import { isNamespaceTerminating } from '../template-pods.ts';
import { hasProgressDeadline, isRollingUpdate, maxSurge } from './limits.ts';
import {
  byCreation,
  hashLabel,
  newSetAnnotations,
  newSetOf,
  revisionAnnotation,
  revisionOf,
  type StoredSet,
  withReplicaCounts,
} from './revisions.ts';
import { newCondition, setCondition } from './status.ts';

const component = 'deployment-controller';

/**
 * A Deployment and its ReplicaSets while they are brought nearer to what is wanted. Each change is written at
 * once, and seen here at once.
 */
export class Rollout {
  readonly cluster: Cluster;
  deployment: Stored<Deployment>;
  newSet: StoredSet | undefined;
  /** In the order of their creation. */
  oldSets: readonly StoredSet[];
  /** Whether the API refused the ReplicaSet of the newest template. */
  hasFailed = false;

  constructor(cluster: Cluster, deployment: Stored<Deployment>, sets: readonly StoredSet[]) {
    this.cluster = cluster;
    this.deployment = deployment;
    this.newSet = newSetOf(deployment, sets);
    const newUid = this.newSet?.metadata.uid;
    this.oldSets = byCreation(sets).filter(({ metadata }) => metadata.uid !== newUid);
    this.#syncRevision();
  }

  get sets(): readonly StoredSet[] {
    return this.newSet ? [...this.oldSets, this.newSet] : this.oldSets;
  }

  get activeOldSets(): readonly StoredSet[] {
    return this.oldSets.filter(isScaledUp);
  }

  /** Keeps a new status of the Deployment. */
  writeStatus(status: DeploymentStatus): void {
    this.deployment = this.cluster.updateStatus('deployments.apps', { ...this.deployment, status });
  }

  /**
   * Gives a ReplicaSet another size, and tells of it.
   *
   * @param always whether it is written down how many replicas are wanted even where the size stays
   * @returns whether the size is another now
   */
  scale(set: StoredSet, size: number, always = false): boolean {
    const before = wantedReplicas(set);
    if (!always && before === size) return false;
    const annotations = withReplicaCounts(this.deployment, set.metadata.annotations);
    const metadata = { ...set.metadata, annotations };
    this.#put(
      this.cluster.update('replicasets.apps', { ...set, metadata, spec: { ...set.spec, replicas: size } }),
    );
    if (before === size) return false;
    const direction = before < size ? 'up' : 'down';
    const what = `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${size}`;
    this.#tell('Normal', 'ScalingReplicaSet', what);
    return true;
  }

  /**
   * Creates the ReplicaSet of the newest template.
   *
   * @returns false when the API refused it or its name was taken by another template
   */
  createNewSet(): boolean {
    const { deployment } = this;
    const { spec, status } = deployment;
    const hash = templateHash(spec.template, status?.collisionCount);
    const labels = { ...spec.template.metadata?.labels, [hashLabel]: hash };
    const { name, namespace = '' } = deployment.metadata;
    const setName = `${name.slice(0, 253 - 1 - hash.length)}-${hash}`;
    const revision = Math.max(0, ...this.oldSets.map(revisionOf)) + 1;
    const size = this.newSetSize(0);
    try {
      this.newSet = this.cluster.create('replicasets.apps', {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: setName,
          namespace,
          labels,
          annotations: withReplicaCounts(deployment, newSetAnnotations(deployment, {}, revision)),
          ownerReferences: [controlledBy(deployment)],
        },
        spec: {
          ...omitAbsent<{ minReadySeconds?: number }>({ minReadySeconds: spec.minReadySeconds }),
          replicas: size,
          selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [hashLabel]: hash } },
          template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
        },
        status: { replicas: 0 },
      });
    } catch (error) {
      return this.#notCreated(setName, refusalIn(error));
    }
    if (size > 0) {
      this.#tell('Normal', 'ScalingReplicaSet', `Scaled up replica set ${setName} from 0 to ${size}`);
    }
    this.#writeRevision(`${revision}`, {
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${setName}"`,
    });
    return true;
  }

  /** How large the newest ReplicaSet may be now, if it has this size (`NewRSNewReplicas`). */
  newSetSize(size: number): number {
    const wanted = wantedReplicas(this.deployment);
    if (!isRollingUpdate(this.deployment)) return wanted;
    const most = wanted + maxSurge(this.deployment);
    const all = this.sets.reduce((sum, set) => sum + wantedReplicas(set), 0);
    return all >= most ? size : size + Math.min(most - all, wanted - size);
  }

  /** Deletes the oldest ReplicaSets that are empty and more than the history is to keep (`cleanupDeployment`). */
  cleanUp(): void {
    const limit = this.deployment.spec.revisionHistoryLimit;
    if (limit === undefined || limit === 2_147_483_647) return;
    const kept = this.oldSets.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const byRevision = [...kept].sort((one, other) => revisionOf(one) - revisionOf(other));
    for (const { metadata, spec, status } of byRevision.slice(0, Math.max(0, kept.length - limit))) {
      const { replicas = 0, observedGeneration = 0 } = status ?? {};
      const { generation = 0 } = metadata;
      if (replicas > 0 || spec.replicas !== 0 || generation > observedGeneration) continue;
      this.cluster.remove('replicasets.apps', metadata.namespace, metadata.name);
    }
  }

  #notCreated(setName: string, error: ApiError): boolean {
    const { deployment } = this;
    this.hasFailed = true;
    if (error.reason === 'AlreadyExists') {
      const there = this.cluster.get('replicasets.apps', deployment.metadata.namespace, setName);
      if (there && controllerOf(there)?.uid === deployment.metadata.uid && newSetOf(deployment, [there])) {
        this.newSet = there;
        this.hasFailed = false;
        return true;
      }
      const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
      this.writeStatus({ ...deployment.status, collisionCount });
      return false;
    }
    if (isNamespaceTerminating(error)) return false;
    const message = `Failed to create new replica set "${setName}": ${error.message}`;
    this.#writeRevision(undefined, { status: 'False', reason: 'ReplicaSetCreateError', message });
    this.#tell('Warning', 'ReplicaSetCreateError', message);
    return false;
  }

  /** The newest ReplicaSet has the highest revision, whether it is new or has come back. */
  #syncRevision(): void {
    const { newSet, deployment } = this;
    if (!newSet) return;
    const revision = Math.max(0, ...this.oldSets.map(revisionOf)) + 1;
    const annotations = newSetAnnotations(deployment, newSet.metadata.annotations, revision);
    const { minReadySeconds } = deployment.spec;
    const isSame = (newSet.spec.minReadySeconds ?? 0) === (minReadySeconds ?? 0);
    if (!isSame || !sameValue(annotations, newSet.metadata.annotations)) {
      const metadata = { ...newSet.metadata, annotations };
      const spec = { ...newSet.spec, ...omitAbsent<{ minReadySeconds?: number }>({ minReadySeconds }) };
      this.newSet = this.cluster.update('replicasets.apps', { ...newSet, metadata, spec });
    }
    const isKnown = conditionOf(deployment.status?.conditions, 'Progressing') !== undefined;
    this.#writeRevision(annotations[revisionAnnotation], {
      status: 'True',
      reason: isKnown ? '' : 'FoundNewReplicaSet',
      message: `Found new replica set "${newSet.metadata.name}"`,
    });
  }

  /** @param progress what the condition `Progressing` says from now on; without a reason it stays */
  #writeRevision(
    revision: string | undefined,
    progress: {
      readonly status: string;
      readonly reason: string;
      readonly message: string;
    },
  ): void {
    const { deployment, cluster } = this;
    const { status, reason, message } = progress;
    let conditions: readonly DeploymentCondition[] | undefined = deployment.status?.conditions;
    if (reason !== '' && hasProgressDeadline(deployment)) {
      conditions = setCondition(
        conditions,
        newCondition('Progressing', status, reason, message, cluster.now),
      );
    }
    const annotations = {
      ...deployment.metadata.annotations,
      ...(revision === undefined ? {} : { [revisionAnnotation]: revision }),
    };
    this.deployment = cluster.update('deployments.apps', {
      ...deployment,
      metadata: { ...deployment.metadata, annotations },
      ...(deployment.status || conditions
        ? { status: { ...deployment.status, ...(conditions ? { conditions } : {}) } }
        : {}),
    });
  }

  #put(set: StoredSet): void {
    if (this.newSet?.metadata.uid === set.metadata.uid) this.newSet = set;
    else this.oldSets = this.oldSets.map((each) => (each.metadata.uid === set.metadata.uid ? set : each));
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    recordEvent(this.cluster, { about: this.deployment, type, reason, message, component });
  }
}

/** Whether a ReplicaSet is to have Pods. */
export function isScaledUp(set: StoredSet): boolean {
  return wantedReplicas(set) > 0;
}

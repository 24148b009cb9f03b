import type { Pod } from '../../../../kubernetes/api.ts';
import { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';
import { isNamespaceTerminating } from '../template-pods.ts';
import { claimsFor, hasIdentity, ordinalOf, type StoredSet, withIdentity } from './identity.ts';
import { ownClaims } from './retention.ts';

const component = 'statefulset-controller';

/** Makes, mends and deletes the Pods of a set and their claims, and tells of it (`StatefulPodControl`). */
export class PodControl {
  readonly #cluster: Cluster;
  readonly #set: StoredSet;

  constructor(cluster: Cluster, set: StoredSet) {
    this.#cluster = cluster;
    this.#set = set;
  }

  /** @throws ApiError what the API said; it has been told of */
  create(pod: Pod): void {
    const name = pod.metadata.name ?? '';
    this.#telling('create', name, () => this.createClaims(name));
    this.#telling('create', name, () => {
      const made = this.#cluster.create('pods', pod);
      ownClaims(this.#cluster, this.#set, made);
    });
    this.#tell('Normal', 'SuccessfulCreate', `Create Pod ${name} in ${this.#name} successful`);
  }

  /** @throws ApiError what the API said, or that a claim is on its way out */
  createClaims(podName: string): void {
    const { namespace } = this.#set.metadata;
    for (const claim of claimsFor(this.#set, ordinalOf(this.#set, podName))) {
      const { name = '' } = claim.metadata;
      const there = this.#cluster.get('persistentvolumeclaims', namespace, name);
      if (there?.metadata.deletionTimestamp !== undefined) {
        throw new ApiError('Conflict', `pvc ${name} is being deleted`);
      }
      if (there) continue;
      try {
        this.#cluster.create('persistentvolumeclaims', claim);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const what = `Create Claim ${name} for Pod ${podName} in ${this.#name} failed error: ${error.message}`;
        if (!isNamespaceTerminating(error)) this.#tell('Warning', 'FailedCreate', what);
        throw new ApiError(error.reason, `failed to create PVC ${name}: ${error.message}`, error.details);
      }
      this.#tell(
        'Normal',
        'SuccessfulCreate',
        `Create Claim ${name} Pod ${podName} in ${this.#name} success`,
      );
    }
  }

  /** Gives a Pod the labels and claims of its number, and its claims the owners they should have. */
  mend(pod: StoredPod): void {
    const { name } = pod.metadata;
    ownClaims(this.#cluster, this.#set, pod);
    if (hasIdentity(this.#set, pod)) return;
    this.#telling('update', name, () => {
      this.createClaims(name);
      this.#cluster.update('pods', withIdentity(this.#set, pod));
    });
    this.#tell('Normal', 'SuccessfulUpdate', `Update Pod ${name} in ${this.#name} successful`);
  }

  delete(pod: StoredPod): void {
    const { namespace, name } = pod.metadata;
    const there = this.#cluster.get('pods', namespace, name);
    if (!there || isTerminating(there)) return;
    this.#cluster.remove('pods', namespace, name);
    this.#tell('Normal', 'SuccessfulDelete', `Delete Pod ${name} in ${this.#name} successful`);
  }

  get #name(): string {
    return `StatefulSet ${this.#set.metadata.name}`;
  }

  #telling(verb: 'create' | 'update', podName: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof ApiError && !isNamespaceTerminating(error)) {
        const title = verb === 'create' ? 'Create' : 'Update';
        const what = `${title} Pod ${podName} in ${this.#name} failed error: ${error.message}`;
        this.#tell('Warning', `Failed${title}`, what);
      }
      throw error;
    }
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    recordEvent(this.#cluster, { about: this.#set, type, reason, message, component });
  }
}

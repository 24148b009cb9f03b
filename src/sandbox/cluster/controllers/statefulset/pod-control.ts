import type { Pod } from '../../../../kubernetes/api.ts';
import { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';
import { refusalIn } from '../refusal.ts';
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
    const { name = '' } = pod.metadata;
    this.#telling('Create', name, () => this.createClaims(name));
    this.#telling('Create', name, () => {
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
        const { reason, message, details } = refusalIn(error);
        const what = `Create Claim ${name} for Pod ${podName} in ${this.#name} failed error: ${message}`;
        this.#tell('Warning', 'FailedCreate', what);
        throw new ApiError(reason, `failed to create PVC ${name}: ${message}`, details);
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
    this.#telling('Update', name, () => {
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

  #telling(verb: 'Create' | 'Update', podName: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      const refusal = refusalIn(error);
      // Somebody else's Pod of that name is waited for without a word.
      if (refusal.reason !== 'AlreadyExists') {
        const what = `${verb} Pod ${podName} in ${this.#name} failed error: ${refusal.message}`;
        this.#tell('Warning', `Failed${verb}`, what);
      }
      throw refusal;
    }
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    recordEvent(this.#cluster, { about: this.#set, type, reason, message, component });
  }
}

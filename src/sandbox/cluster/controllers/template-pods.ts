import type { ObjectMeta, OwnerReference, Pod, PodSpec, PodTemplateSpec } from '../../../kubernetes/api.ts';
import type { ApiError } from '../api-error.ts';
import type { Cluster } from '../cluster.ts';
import { recordEvent } from '../events.ts';
import { type ApiObject, controlledBy, type Stored } from '../object.ts';
import { omitAbsent } from './omit-empty.ts';
import type { StoredPod } from './pod-state.ts';
import { refusalIn } from './refusal.ts';

/** What one Pod has besides its template. */
export interface PodExtras {
  /** Instead of a name that begins with the owner's. */
  readonly generateName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly spec?: PodSpec;
}

/**
 * Creates a Pod from its owner's template, and tells of it as upstream's controllers do
 * (k8s.io/kubernetes/pkg/controller, `RealPodControl`).
 *
 * @param component who tells, such as `replicaset-controller`
 * @throws ApiError what the API said; it has been told of, unless the namespace is on its way out
 */
export function createPod(
  cluster: Cluster,
  owner: Stored<ApiObject>,
  component: string,
  template: PodTemplateSpec,
  extras: PodExtras = noExtras,
): StoredPod {
  try {
    const pod = cluster.create('pods', draftOf(owner, template, extras));
    const message = `Created pod: ${pod.metadata.name}`;
    recordEvent(cluster, { about: owner, type: 'Normal', reason: 'SuccessfulCreate', message, component });
    return pod;
  } catch (error) {
    const refusal = refusalIn(error);
    const message = `Error creating: ${refusal.message}`;
    recordEvent(cluster, { about: owner, type: 'Warning', reason: 'FailedCreate', message, component });
    throw refusal;
  }
}

const noExtras: PodExtras = {};
const nothing: PodSpec = { containers: [] };

interface Draft {
  readonly template: PodTemplateSpec;
  readonly extras: PodExtras;
  readonly pod: Pod;
}

/** The last Pod that was made for each owner: before they have names they are all the same, and there may be thousands. */
const drafts = new WeakMap<ApiObject, Draft>();

function draftOf(owner: Stored<ApiObject>, template: PodTemplateSpec, extras: PodExtras): Pod {
  const known = drafts.get(owner);
  if (known?.template === template && known.extras === extras) return known.pod;
  const { metadata: { labels, annotations, finalizers } = {}, spec = nothing } = template;
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: omitAbsent<ObjectMeta>({
      generateName: extras.generateName ?? `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      labels: extras.labels ?? labels,
      annotations: extras.annotations ?? annotations,
      finalizers: extras.finalizers ?? finalizers,
      ownerReferences: referencesTo(owner),
    }),
    spec: extras.spec ?? spec,
    status: { phase: 'Pending' },
  };
  drafts.set(owner, { template, extras, pod });
  return pod;
}

/** Pods of one owner share what they say of it. */
const references = new WeakMap<ApiObject, readonly OwnerReference[]>();

function referencesTo(owner: Stored<ApiObject>): readonly OwnerReference[] {
  const known = references.get(owner) ?? [controlledBy(owner)];
  references.set(owner, known);
  return known;
}

/** Deletes one of an owner's Pods, and tells of it. One that is gone already is no error. */
export function deletePod(
  cluster: Cluster,
  owner: Stored<ApiObject>,
  component: string,
  { metadata: { namespace, name } }: StoredPod,
): void {
  if (!cluster.get('pods', namespace, name)) return;
  cluster.remove('pods', namespace, name);
  const message = `Deleted pod: ${name}`;
  recordEvent(cluster, { about: owner, type: 'Normal', reason: 'SuccessfulDelete', message, component });
}

/** Whether the API refused because the namespace is on its way out: trying again would not help. */
export function isNamespaceTerminating(error: ApiError): boolean {
  return error.details.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false;
}

import type {
  Eviction,
  Pod,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
} from '../../../../kubernetes/api.ts';
import { ApiError } from '../../api-error.ts';
import { fitsSelector, type Stored, timestamp } from '../../object.ts';
import type { ApiContext } from '../context.ts';
import { readDeletion } from '../objects/delete-object.ts';
import { readObject } from '../objects/read-object.ts';
import { badRequest, methodNotAllowed } from '../objects/status.ts';
import { demandObject } from '../objects/write-object.ts';
import { writeOptions } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';

const done = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };

/**
 * Evicts a Pod unless a PodDisruptionBudget forbids it (k8s.io/kubernetes/pkg/registry/core/pod/storage/eviction.go).
 *
 * @throws ApiError TooManyRequests with the words that `kubectl drain` shows
 */
export function evictPod(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  if (request.method !== 'POST') throw methodNotAllowed();
  const { cluster } = context;
  const options = writeOptions(request, 'CreateOptions');
  const expected = { apiVersion: 'policy/v1', kind: 'Eviction' };
  const { object } = readObject<Eviction>(request, expected, options.fieldValidation);
  if (object.metadata.name !== target.name) {
    throw badRequest('name in URL does not match name in Eviction object');
  }
  const pod = demandObject(context, target) as Stored<Pod>;
  const deletion = readDeletion(target, { ...request, body: object.deleteOptions ?? {} });
  checkUid(pod, deletion.preconditions?.uid);
  const attempt = (): void => {
    if (!isUnguarded(pod)) spend(context, pod);
    const current = markTarget(context, pod);
    cluster.remove('pods', current.metadata.namespace, current.metadata.name, {
      ...(deletion.gracePeriodSeconds === undefined
        ? {}
        : { gracePeriodSeconds: deletion.gracePeriodSeconds }),
      ...(deletion.propagation === undefined ? {} : { propagation: deletion.propagation }),
      ...(deletion.preconditions?.uid === undefined
        ? {}
        : { preconditions: { uid: deletion.preconditions.uid } }),
    });
  };
  if (options.dryRun || deletion.dryRun) cluster.rehearse(attempt);
  else attempt();
  return { status: 201, body: done };
}

/** Somebody may mean a Pod of before. @throws ApiError Conflict */
function checkUid({ metadata: { name, uid } }: Stored<Pod>, meant: string | undefined): void {
  if (meant === undefined || meant === uid) return;
  const why = `the UID in the precondition (${meant}) does not match the UID in record (${uid})`;
  const more = 'The object might have been deleted and then recreated';
  const message = `Operation cannot be fulfilled on Pod "${name}": ${why}. ${more}`;
  throw new ApiError('Conflict', message, { name, kind: 'Pod' });
}

/** A Pod that has ended, has not begun or goes already needs no budget. */
function isUnguarded({ metadata, status }: Stored<Pod>): boolean {
  return (
    metadata.deletionTimestamp !== undefined ||
    ['Succeeded', 'Failed', 'Pending'].includes(status?.phase ?? 'Pending')
  );
}

/** Of a budget that nobody has looked at. */
const noStatus: PodDisruptionBudgetStatus = {};

/** Takes one of the disruptions that a budget allows. */
function spend({ cluster }: ApiContext, pod: Stored<Pod>): void {
  const { namespace = '', name, labels } = pod.metadata;
  const budgets = cluster
    .list('poddisruptionbudgets.policy', namespace)
    .filter(({ spec }) => fitsSelector(spec?.selector, labels));
  const [budget, second] = budgets;
  if (second) {
    const why =
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    throw new ApiError('', why);
  }
  if (!budget) return;
  const { status = noStatus, metadata } = budget;
  if (isFree(pod, budget, status)) return;
  const { disruptionsAllowed: allowed = 0, observedGeneration = 0 } = status;
  if (observedGeneration < (metadata.generation ?? 0)) {
    throw tooMany(`The disruption budget ${metadata.name} is still being processed by the server.`, 10);
  }
  if (allowed === 0) throw tooMany(whyNone(metadata.name, status));
  cluster.updateStatus('poddisruptionbudgets.policy', {
    ...budget,
    status: {
      ...status,
      disruptionsAllowed: allowed - 1,
      disruptedPods: { ...status.disruptedPods, [name]: timestamp(cluster.now) },
    },
  });
}

/** A Pod that is not ready is no loss, as long as the budget is kept without it. */
function isFree(
  { status }: Stored<Pod>,
  { spec }: PodDisruptionBudget,
  counted: PodDisruptionBudgetStatus,
): boolean {
  const isReady = status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  if (isReady) return false;
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = counted;
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

function whyNone(name: string, status: PodDisruptionBudgetStatus): string {
  const { currentHealthy = 0, desiredHealthy = 0, conditions = [] } = status;
  const condition = conditions.find(
    ({ type, status: value }) => type === 'DisruptionAllowed' && value === 'False',
  );
  const start = `The disruption budget ${name}`;
  if (condition?.message && condition.reason === 'SyncFailed') {
    return `${start} does not allow evicting pods currently because it failed sync: ${condition.message}`;
  }
  if (currentHealthy <= desiredHealthy) {
    return `${start} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  }
  if (condition?.message) {
    return `${start} does not allow evicting pods currently (${condition.reason}): ${condition.message}`;
  }
  return `${start} does not allow evicting pods currently`;
}

function tooMany(cause: string, retryAfterSeconds?: number): ApiError {
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  return new ApiError('TooManyRequests', message, {
    causes: [{ reason: 'DisruptionBudget', message: cause }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** The Pod says why it goes. */
function markTarget({ cluster }: ApiContext, pod: Stored<Pod>): Stored<Pod> {
  const others = pod.status?.conditions?.filter(({ type }) => type !== 'DisruptionTarget') ?? [];
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastTransitionTime: timestamp(cluster.now),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  return cluster.updateStatus('pods', {
    ...pod,
    status: { ...pod.status, conditions: [...others, condition] },
  });
}

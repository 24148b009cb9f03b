import type { Node, PersistentVolumeClaim } from '../../../kubernetes/api.ts';
import { eventsAbout } from '../../cluster/events.ts';
import { downSince } from '../../cluster/node/node-power.ts';
import type { Stored } from '../../cluster/object.ts';
import type { Kinds } from '../../cluster/resources.ts';
import type { Sandbox } from '../../sandbox.ts';
import { amount, type Finding } from '../why/account.ts';
import { namespaceFlag } from './pod-flags.ts';
import { sentence } from './scheduling.ts';

type Reader<R extends keyof Kinds> = (sandbox: Sandbox, object: Stored<Kinds[R]>) => readonly Finding[];

/** Why objects other than Pods and Services are not as they should be, by their table. */
export const objectFindings: { readonly [R in keyof Kinds]?: Reader<R> } = {
  nodes: nodeFindings,
  persistentvolumeclaims: claimFindings,
  'deployments.apps': (_, { metadata, spec, status = {} }) => {
    const conditions = status.conditions ?? [];
    const failed = conditionOf(conditions, 'ReplicaFailure', 'True');
    const late = conditions.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
    const about = `Deployment ${metadata.name}`;
    const flag = namespaceFlag({ metadata });
    const found: Finding[] = [];
    if (failed)
      found.push(
        one(
          about,
          [`Its Pods cannot be made: ${sentence(failed.message ?? '')}`],
          [`kubectl describe deployment ${metadata.name}${flag}`],
        ),
      );
    if (spec?.paused)
      found.push(
        one(
          about,
          ['It is paused: a changed template is not rolled out.'],
          [`kubectl rollout resume deployment ${metadata.name}${flag}`],
        ),
      );
    if (late) {
      found.push(
        one(
          about,
          [
            'It got no further for ten minutes. The Pods of before stay as long as the new ones are not ready.',
          ],
          [`kubectl rollout undo deployment ${metadata.name}${flag}`],
        ),
      );
    }
    return found;
  },
  'replicasets.apps': (_, { metadata, status }) => {
    if ((metadata.ownerReferences ?? []).length > 0) return [];
    const failed = conditionOf(status?.conditions ?? [], 'ReplicaFailure', 'True');
    return failed ? [one(`ReplicaSet ${metadata.name}`, [sentence(failed.message ?? '')], [])] : [];
  },
  'statefulsets.apps': (_, { metadata, spec, status }) => {
    const [wanted, made] = [spec?.replicas ?? 1, status?.replicas ?? 0];
    const ready = status?.readyReplicas ?? 0;
    if (made >= wanted || ready >= made) return [];
    const because = `It makes its Pods one after the other: ${made} of ${wanted} are there, and the next one comes when these are ready.`;
    return [{ about: `StatefulSet ${metadata.name}`, because: [because], next: [], isPassing: true }];
  },
  'daemonsets.apps': (_, { metadata, status }) => {
    if ((status?.desiredNumberScheduled ?? 0) > 0) return [];
    return [one(`DaemonSet ${metadata.name}`, ['No node fits what its Pods ask for, so it has none.'], [])];
  },
  'jobs.batch': (_, { metadata, spec, status }) => {
    const failed = conditionOf(status?.conditions ?? [], 'Failed', 'True');
    const about = `Job ${metadata.name}`;
    const flag = namespaceFlag({ metadata });
    if (spec?.suspend) return [one(about, ['It is suspended: nothing of it runs.'], [])];
    if (!failed) return [];
    const tries = amount(status?.failed ?? 0, 'Pod');
    const because =
      failed.reason === 'BackoffLimitExceeded'
        ? `It is given up: ${tries} failed, and its backoffLimit is ${spec?.backoffLimit ?? 6}.`
        : sentence(`It is given up: ${failed.message ?? failed.reason ?? ''}`);
    return [
      one(
        about,
        [because],
        [`kubectl logs job/${metadata.name}${flag}`, `kubectl describe job ${metadata.name}${flag}`],
      ),
    ];
  },
  'cronjobs.batch': (_, { metadata, spec }) =>
    spec?.suspend ? [one(`CronJob ${metadata.name}`, ['It is suspended: it makes no Jobs.'], [])] : [],
  'horizontalpodautoscalers.autoscaling': (_, { metadata, status }) => {
    const idle = (status?.conditions ?? []).find(
      (each) => each.type !== 'ScalingLimited' && each.status === 'False',
    );
    if (!idle) return [];
    const flag = namespaceFlag({ metadata });
    return [
      one(
        `Autoscaler ${metadata.name}`,
        [sentence(idle.message ?? idle.reason ?? '')],
        [`kubectl describe hpa ${metadata.name}${flag}`],
      ),
    ];
  },
  namespaces: (_, { metadata, status }) => {
    if (status?.phase !== 'Terminating') return [];
    const told = (status.conditions ?? [])
      .filter((each) => each.status === 'True')
      .map(({ message = '' }) => sentence(message));
    return [
      {
        about: `Namespace ${metadata.name}`,
        because: ['It is being deleted, with all that is in it.', ...told],
        next: [],
        isPassing: true,
      },
    ];
  },
};

function nodeFindings({ cluster }: Sandbox, { metadata, status, spec }: Stored<Node>): readonly Finding[] {
  const about = `Node ${metadata.name}`;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const found: Finding[] = [];
  const since = downSince(cluster.store, metadata.name);
  if (ready?.status !== 'True' || since !== undefined) {
    const heard = Math.round((cluster.now - (since ?? Date.parse(ready?.lastHeartbeatTime ?? ''))) / 1000);
    found.push(
      one(
        about,
        [
          `Its kubelet has not been heard of for ${heard} seconds.`,
          'After 40 seconds it counts as not ready; five minutes later its Pods are made anew elsewhere.',
        ],
        [`node start ${metadata.name}`, `kubectl describe node ${metadata.name}`],
      ),
    );
  }
  for (const { type, status: state, message = '' } of status?.conditions ?? []) {
    if (type !== 'Ready' && state === 'True')
      found.push(one(about, [sentence(`${type}: ${message}`)], [`kubectl describe node ${metadata.name}`]));
  }
  if (spec?.unschedulable) {
    found.push(
      one(
        about,
        ['It is cordoned: the scheduler gives it no new Pods.'],
        [`kubectl uncordon ${metadata.name}`],
      ),
    );
  }
  return found;
}

function claimFindings(
  { cluster }: Sandbox,
  { metadata, spec, status }: Stored<PersistentVolumeClaim>,
): readonly Finding[] {
  const about = `Claim ${metadata.name}`;
  const describe = `kubectl describe pvc ${metadata.name}${namespaceFlag({ metadata })}`;
  if (metadata.deletionTimestamp !== undefined) {
    return [one(about, ['It is deleted, and stays as long as a Pod uses it.'], [describe])];
  }
  if (status?.phase === 'Bound') return [];
  if (status?.phase === 'Lost') return [one(about, ['The volume that it had is gone.'], [describe])];
  const name = spec?.storageClassName;
  const storage =
    name === undefined ? undefined : cluster.get('storageclasses.storage.k8s.io', undefined, name);
  if (name && !storage) {
    return [
      one(
        about,
        [`It asks for the StorageClass ${name}, and there is none of that name.`],
        ['kubectl get storageclass', describe],
      ),
    ];
  }
  const told = eventsAbout(cluster, metadata.uid).findLast(({ reason }) => reason !== 'WaitForFirstConsumer');
  if (storage?.volumeBindingMode === 'WaitForFirstConsumer' && !told) {
    return [
      {
        about,
        because: [`Its StorageClass ${name} makes a volume when the first Pod uses it, and none does.`],
        next: [describe],
        isPassing: true,
      },
    ];
  }
  const isPassing = told?.type !== 'Warning';
  return [
    {
      about,
      because: [sentence(`It has no volume yet${told ? `: ${told.message}` : ''}`)],
      next: [describe],
      isPassing,
    },
  ];
}

/** What the conditions of all kinds have. */
interface ToldCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

function conditionOf(conditions: readonly ToldCondition[], type: string, status: string) {
  return conditions.find((each) => each.type === type && each.status === status);
}

function one(about: string, because: readonly string[], next: readonly string[]): Finding {
  return { about, because, next, isPassing: false };
}

import type {
  CronJob,
  DaemonSet,
  Deployment,
  DeploymentCondition,
  Job,
  ReplicaSet,
  ReplicaSetCondition,
  StatefulSet,
} from '../../../kubernetes/api.ts';
import { conditionOf } from '../../cluster/controllers/conditions.ts';
import { controllerOf, type Stored } from '../../cluster/object.ts';
import { amount, type Finding, sentence } from '../why/account.ts';
import { onItsWay, trouble } from './finding.ts';
import { namespaceFlag } from './pod-flags.ts';

/** Why a Deployment gets no further. */
export function deploymentFindings({ metadata, spec, status }: Stored<Deployment>): readonly Finding[] {
  const about = `Deployment ${metadata.name}`;
  const named = `deployment ${metadata.name}${namespaceFlag({ metadata })}`;
  const found = unmadePods(about, status?.conditions, `kubectl describe ${named}`);
  if (spec?.paused) {
    const because = 'It is paused: a changed template is not rolled out.';
    found.push(trouble(about, [because], [`kubectl rollout resume ${named}`]));
  }
  if (conditionOf(status?.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
    const because = [
      `It got no further for ${spec?.progressDeadlineSeconds} seconds.`,
      'The Pods of before stay as long as the new ones are not ready.',
    ];
    found.push(trouble(about, because, [`kubectl rollout undo ${named}`]));
  }
  return found;
}

/** Why a ReplicaSet that belongs to no Deployment has not its Pods. */
export function replicaSetFindings({ metadata, status }: Stored<ReplicaSet>): readonly Finding[] {
  if (controllerOf({ metadata })) return [];
  const describe = `kubectl describe replicaset ${metadata.name}${namespaceFlag({ metadata })}`;
  return unmadePods(`ReplicaSet ${metadata.name}`, status?.conditions, describe);
}

function unmadePods(
  about: string,
  conditions: readonly (DeploymentCondition | ReplicaSetCondition)[] | undefined,
  describe: string,
): Finding[] {
  const failed = conditionOf(conditions, 'ReplicaFailure');
  if (failed?.status !== 'True') return [];
  return [trouble(about, [`Its Pods cannot be made: ${sentence(failed.message)}`], [describe])];
}

/** That a StatefulSet makes its Pods in turn, while it does. */
export function statefulSetFindings({ metadata, spec, status }: Stored<StatefulSet>): readonly Finding[] {
  const { replicas: made, readyReplicas: ready = 0 } = status ?? { replicas: 0 };
  const wanted = spec?.replicas ?? 1;
  if (made >= wanted || ready >= made || spec?.podManagementPolicy === 'Parallel') return [];
  const because = `It makes its Pods one after the other: ${made} of ${wanted} are there, and the next one comes when these are ready.`;
  return [onItsWay(`StatefulSet ${metadata.name}`, [because])];
}

/** That a DaemonSet has no node to be on. */
export function daemonSetFindings({ metadata, status }: Stored<DaemonSet>): readonly Finding[] {
  if (status === undefined || status.desiredNumberScheduled > 0) return [];
  const because = 'No node fits what its Pods ask for, so it has none.';
  const describe = `kubectl describe daemonset ${metadata.name}${namespaceFlag({ metadata })}`;
  return [trouble(`DaemonSet ${metadata.name}`, [because], [describe, 'kubectl get nodes --show-labels'])];
}

/** Why a Job does not go on. */
export function jobFindings({ metadata, spec, status }: Stored<Job>): readonly Finding[] {
  const about = `Job ${metadata.name}`;
  const flag = namespaceFlag({ metadata });
  if (spec?.suspend) return [trouble(about, ['It is suspended: nothing of it runs.'])];
  const failed = conditionOf(status?.conditions, 'Failed');
  if (failed?.status !== 'True') return [];
  const because =
    failed.reason === 'BackoffLimitExceeded'
      ? `It is given up: ${amount(status?.failed ?? 0, 'Pod')} failed, and its backoffLimit is ${spec?.backoffLimit}.`
      : sentence(`It is given up: ${failed.message}`);
  return [
    trouble(
      about,
      [because],
      [`kubectl logs job/${metadata.name}${flag}`, `kubectl describe job ${metadata.name}${flag}`],
    ),
  ];
}

/** That a CronJob makes no Jobs. */
export function cronJobFindings({ metadata, spec }: Stored<CronJob>): readonly Finding[] {
  return spec?.suspend ? [trouble(`CronJob ${metadata.name}`, ['It is suspended: it makes no Jobs.'])] : [];
}

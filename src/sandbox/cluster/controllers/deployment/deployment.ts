import type { Controller, Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { controllerOf } from '../../object.ts';
import { conditionOf } from '../conditions.ts';
import { adoptersOf, claim, managersOf } from '../owners.ts';
import { Retries } from '../retries.ts';
import { hasProgressDeadline, isRollingUpdate } from './limits.ts';
import { recreate, rollOver } from './replace.ts';
import { Rollout } from './rollout.ts';
import { isScaling, scaleSets } from './scale.ts';
import { countedStatus, newCondition, nextProgressCheck, rolloutStatus, setCondition } from './status.ts';

/**
 * Keeps one ReplicaSet for each template a Deployment has had, and moves its Pods to the newest
 * (k8s.io/kubernetes/pkg/controller/deployment).
 */
export function deploymentController(cluster: Cluster, simulation: Simulation): Controller {
  const name = 'deployment';
  const retries = new Retries(simulation, name);

  return {
    name,
    tables: ['deployments.apps', 'pods', 'replicasets.apps'],
    concerns(change) {
      switch (change.table) {
        case 'deployments.apps':
          return [change.key];
        case 'replicasets.apps': {
          const managers = managersOf(change, 'Deployment');
          if (managers.length > 0) return managers;
          return adoptersOf(cluster, 'deployments.apps', change, ({ spec }) => spec.selector);
        }
        case 'pods':
          return change.after === undefined ? recreatedBy(cluster, change.before) : none;
        default:
          return [];
      }
    },
    reconcile(key) {
      const deployment = cluster.getByKey('deployments.apps', key);
      if (!deployment) return retries.forget(key);
      const sets = claim(cluster, 'replicasets.apps', deployment, deployment.spec.selector);
      const rollout = new Rollout(cluster, deployment, sets);
      bring(rollout);
      if (rollout.hasFailed) retries.again(key);
      else retries.forget(key);
      const next = nextProgressCheck(rollout.deployment);
      if (next !== undefined && next > cluster.now && !deployment.spec.paused)
        simulation.wake(name, key, next);
    },
  };
}

const none: readonly string[] = [];

function bring(rollout: Rollout): void {
  const { cluster } = rollout;
  const { metadata, spec } = rollout.deployment;
  if (metadata.deletionTimestamp !== undefined) return writeCounts(rollout);
  notePause(rollout);
  if (spec.paused || isScaling(rollout)) {
    scaleSets(rollout);
    if (spec.paused) rollout.cleanUp();
    return writeCounts(rollout);
  }
  if (isRollingUpdate(rollout.deployment)) rollOver(rollout);
  else recreate(rollout);
  // A ReplicaSet that could not be made has been told of already.
  if (rollout.hasFailed) return;
  rollout.writeStatus(rolloutStatus(rollout.deployment, rollout.sets, rollout.newSet, cluster.now));
}

function writeCounts(rollout: Rollout): void {
  const { deployment, sets, newSet, cluster } = rollout;
  rollout.writeStatus(countedStatus(deployment, sets, newSet, cluster.now));
}

/** A pause is no failure to progress, so the clock stops while it lasts (`checkPausedConditions`). */
function notePause(rollout: Rollout): void {
  const { deployment, cluster } = rollout;
  if (!hasProgressDeadline(deployment)) return;
  const known = conditionOf(deployment.status?.conditions, 'Progressing')?.reason;
  const isPaused = deployment.spec.paused ?? false;
  if (known === 'ProgressDeadlineExceeded' || isPaused === (known === 'DeploymentPaused')) return;
  const [reason, message] = isPaused
    ? (['DeploymentPaused', 'Deployment is paused'] as const)
    : (['DeploymentResumed', 'Deployment is resumed'] as const);
  const condition = newCondition('Progressing', 'Unknown', reason, message, cluster.now);
  const conditions = setCondition(deployment.status?.conditions, condition);
  rollout.writeStatus({ ...deployment.status, conditions });
}

/** A Deployment that replaces all Pods at once waits until the last of the old ones is gone. */
function recreatedBy(cluster: Cluster, pod: unknown): readonly string[] {
  const { metadata } = pod as Parameters<typeof controllerOf>[0];
  const owner = controllerOf({ metadata });
  if (owner?.kind !== 'ReplicaSet') return [];
  const set = cluster.get('replicasets.apps', metadata.namespace, owner.name);
  const above = set && controllerOf(set);
  if (above?.kind !== 'Deployment') return [];
  const deployment = cluster.get('deployments.apps', metadata.namespace, above.name);
  if (!deployment || isRollingUpdate(deployment)) return [];
  return [`${metadata.namespace}/${above.name}`];
}

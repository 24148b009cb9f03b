import type { Cluster } from '../../cluster/cluster.ts';
import { isTrue } from '../../cluster/controllers/conditions.ts';
import { controllerOf, type Stored } from '../../cluster/object.ts';
import type { Kinds } from '../../cluster/resources.ts';
import { podOutline } from '../overview.ts';
import { serviceOutline } from '../service-outline.ts';
import { amount } from './account.ts';
import type { Subject } from './scope.ts';

/** How an object stands that is as it should be; undefined for one that is not, or is only a part of another. */
export function settledOf(cluster: Cluster, { table, kind, object }: Subject): string | undefined {
  const { name } = object.metadata;
  switch (table) {
    case 'deployments.apps':
    case 'statefulsets.apps':
      return settledReplicas(object as Stored<Kinds['deployments.apps']>, kind);
    case 'daemonsets.apps': {
      const { desiredNumberScheduled: wanted, numberReady } = (object as Stored<Kinds['daemonsets.apps']>)
        .status ?? { desiredNumberScheduled: 0, numberReady: 0 };
      if (numberReady !== wanted || wanted === 0) return undefined;
      const nodes = wanted === 1 ? 'the one node' : `each of the ${wanted} nodes`;
      return `DaemonSet ${name} has a ready Pod on ${nodes} that it is for.`;
    }
    case 'jobs.batch': {
      const { status } = object as Stored<Kinds['jobs.batch']>;
      return isTrue(status?.conditions, 'Complete') ? `Job ${name} is complete.` : undefined;
    }
    case 'services':
      return settledService(cluster, object as Stored<Kinds['services']>);
    case 'persistentvolumeclaims': {
      const { spec } = object as Stored<Kinds['persistentvolumeclaims']>;
      return `Claim ${name} is bound to volume ${spec?.volumeName}.`;
    }
    case 'pods': {
      const pod = object as Stored<Kinds['pods']>;
      const { standing, status } = podOutline(cluster, pod);
      if (standing !== 'well' || controllerOf(pod)) return undefined;
      if (status === 'Completed') return `Pod ${name} is done.`;
      return `Pod ${name} runs on ${pod.spec?.nodeName}, and is ready.`;
    }
    default:
      return undefined;
  }
}

/** What is said of an object that was asked about alone, besides: of all of them it would be too much. */
export function settledAlone({ table, object }: Subject): string | undefined {
  const { name } = object.metadata;
  switch (table) {
    case 'nodes': {
      const { taints = [] } = (object as Stored<Kinds['nodes']>).spec ?? {};
      const which = taints.length === 0 ? 'Pods' : 'only Pods that tolerate its taint';
      return `Node ${name} is ready, and takes ${which}.`;
    }
    case 'cronjobs.batch': {
      const { spec } = object as Stored<Kinds['cronjobs.batch']>;
      return `CronJob ${name} makes a Job whenever its schedule says so: ${spec?.schedule}.`;
    }
    case 'horizontalpodautoscalers.autoscaling': {
      const { status } = object as Stored<Kinds['horizontalpodautoscalers.autoscaling']>;
      return `Autoscaler ${name} asks for ${amount(status?.desiredReplicas ?? 0, 'Pod')}.`;
    }
    default:
      return undefined;
  }
}

function settledReplicas(
  { metadata: { name }, spec, status }: Stored<Kinds['deployments.apps' | 'statefulsets.apps']>,
  kind: string,
): string | undefined {
  const { readyReplicas = 0, updatedReplicas = 0 } = status ?? {};
  const wanted = spec?.replicas ?? 1;
  const isNew = kind === 'StatefulSet' || updatedReplicas === wanted;
  if (readyReplicas !== wanted || !isNew) return undefined;
  if (wanted === 0) return `${kind} ${name} asks for no Pods, and has none.`;
  const pods = wanted === 1 ? 'the Pod' : `the ${wanted} Pods`;
  return `${kind} ${name} has ${pods} that it asks for, ready.`;
}

function settledService(cluster: Cluster, service: Stored<Kinds['services']>): string | undefined {
  const { name } = service.metadata;
  // That of the API server itself is nobody's news.
  if (name === 'kubernetes') return undefined;
  const { type, address, ready } = serviceOutline(cluster, service);
  if (type === 'ExternalName') return `Service ${name} is another name for ${address}.`;
  return `Service ${name} sends what comes to ${amount(ready, 'endpoint')}.`;
}

import type { Cluster } from '../../cluster/cluster.ts';
import type { Stored } from '../../cluster/object.ts';
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
    case 'statefulsets.apps': {
      const { spec, status } = object as Stored<Kinds['deployments.apps']>;
      const [wanted, ready] = [spec?.replicas ?? 1, status?.readyReplicas ?? 0];
      const isNew = table === 'statefulsets.apps' || (status?.updatedReplicas ?? 0) === wanted;
      if (ready !== wanted || !isNew) return undefined;
      if (wanted === 0) return `${kind} ${name} asks for no Pods, and has none.`;
      return wanted === 1
        ? `${kind} ${name} has the Pod that it asks for, ready.`
        : `${kind} ${name} has the ${amount(wanted, 'Pod')} that it asks for, ready.`;
    }
    case 'daemonsets.apps': {
      const { status } = object as Stored<Kinds['daemonsets.apps']>;
      const [wanted, ready] = [status?.desiredNumberScheduled ?? 0, status?.numberReady ?? 0];
      return ready === wanted && wanted > 0
        ? `DaemonSet ${name} has a ready Pod on each of ${amount(wanted, 'node')}.`
        : undefined;
    }
    case 'jobs.batch': {
      const { status } = object as Stored<Kinds['jobs.batch']>;
      const isDone = status?.conditions?.some(({ type, status: is }) => type === 'Complete' && is === 'True');
      return isDone ? `Job ${name} is complete.` : undefined;
    }
    case 'services': {
      const service = object as Stored<Kinds['services']>;
      const { ready } = serviceOutline(cluster, service);
      // That of the API server itself is nobody's news.
      if (ready === 0 || name === 'kubernetes') return undefined;
      return `Service ${name} sends what comes to ${amount(ready, 'endpoint')}.`;
    }
    case 'persistentvolumeclaims': {
      const { status, spec } = object as Stored<Kinds['persistentvolumeclaims']>;
      return status?.phase === 'Bound' ? `Claim ${name} is bound to volume ${spec?.volumeName}.` : undefined;
    }
    case 'pods': {
      const pod = object as Stored<Kinds['pods']>;
      const { standing, status } = podOutline(cluster, pod);
      const isOwned = (pod.metadata.ownerReferences ?? []).some(({ controller }) => controller);
      if (standing !== 'well' || isOwned) return undefined;
      if (status === 'Completed') return `Pod ${name} is done.`;
      return `Pod ${name} runs on ${pod.spec?.nodeName}, and is ready.`;
    }
    default:
      return undefined;
  }
}

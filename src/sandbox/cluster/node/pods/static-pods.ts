import type { Pod } from '../../../../kubernetes/api.ts';
import type { Controller } from '../../../simulation.ts';
import type { Store } from '../../../store.ts';
import { controlledBy, keyOf } from '../../object.ts';
import type { NodeContext } from '../node-context.ts';
import { isNodeUp, nodePowerTable } from '../node-power.ts';

const table = 'kubelet/manifests';

/** Puts a manifest where the kubelet of its node looks for them, in `/etc/kubernetes/manifests`. */
export function keepManifest(store: Store, pod: Pod): void {
  store.write(table, keyOf(pod), pod);
}

/** Whether a Pod stands in a file on its node. */
export function hasManifest(store: Store, key: string): boolean {
  return store.read(table, key) !== undefined;
}

/**
 * Shows the Pods that stand in files on the nodes to the API, and shows them again when somebody deletes
 * them there: what runs is not touched by that
 * (https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/). Keyed by Pod.
 */
export function staticPods({ cluster }: NodeContext): Controller {
  const { store } = cluster;
  return {
    name: 'static-pods',
    tables: [table, 'pods', nodePowerTable],
    concerns({ table: changed, key, after }) {
      if (changed === table) return [key];
      if (changed === 'pods' && after === undefined && store.read(table, key) !== undefined) return [key];
      if (changed !== nodePowerTable) return [];
      return Object.keys(store.table(table)).sort();
    },
    reconcile(key) {
      const manifest = store.read(table, key) as Pod | undefined;
      const node = manifest?.spec?.nodeName ?? '';
      if (!manifest || !isNodeUp(store, node) || cluster.getByKey('pods', key)) return;
      const owner = cluster.get('nodes', undefined, node);
      if (!owner) return;
      // The kubelet is not to be waited for by those who delete a node.
      const { blockOwnerDeletion: _, ...reference } = controlledBy(owner);
      cluster.create('pods', {
        ...manifest,
        metadata: { ...manifest.metadata, ownerReferences: [reference] },
      });
    },
  };
}

import type { ConfigMap, Pod } from '../../../../kubernetes/api.ts';
import type { Controller } from '../../../simulation.ts';
import { keyOf } from '../../object.ts';
import type { NodeContext } from '../node-context.ts';
import { isNodeUp } from '../node-power.ts';
import { podRecord } from '../pods/pod-record.ts';
import { fieldSources } from '../pods/pod-work.ts';
import { mountedSources } from './volume-files.ts';
import { refreshVolumes } from './volumes.ts';

/** A kubelet comes by about once a minute (`syncFrequency`), sooner or later by chance. */
const leastDelay = 30_000;
const spread = 45_000;

const table = 'kubelet/refreshes';

/**
 * Brings changes of ConfigMaps, Secrets and labels into the files of the Pods that mount them, some time after
 * they were made (https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically).
 * Keyed by Pod.
 */
export function volumeRefresh(context: NodeContext): Controller {
  const { cluster, simulation } = context;
  const { store } = cluster;
  const byMount = () =>
    store.index('pods', 'mounts', (pod: Pod) =>
      mountedSources(pod).map((source) => `${pod.metadata.namespace}/${source}`),
    );
  return {
    name: 'volume-refresh',
    tables: ['configmaps', 'pods', 'secrets'],
    concerns({ table: changed, key, before, after }) {
      if (changed === 'configmaps' || changed === 'secrets') {
        const old = before as ConfigMap | undefined;
        const now = after as ConfigMap | undefined;
        if (!old || !now || old.data === now.data) return [];
        const [namespace, name] = key.split('/');
        const pods = byMount().entries(`${namespace}/${changed}/${name}`) as readonly Pod[];
        return pods.map(keyOf);
      }
      if (changed !== 'pods' || !before || !after) return [];
      const { metadata: old } = before as Pod;
      const { metadata: now, spec } = after as Pod;
      const isRelabelled = old.labels !== now.labels || old.annotations !== now.annotations;
      return isRelabelled && spec?.volumes?.some(({ downwardAPI }) => downwardAPI) ? [key] : [];
    },
    reconcile(key) {
      const pod = cluster.getByKey('pods', key);
      const record = podRecord(store, key);
      if (!pod || !record || record.ended || !isNodeUp(store, record.node)) {
        store.delete(table, key);
        return;
      }
      const due = store.read(table, key) as number | undefined;
      const isDue = due !== undefined && due <= cluster.now;
      const sources = fieldSources({ context, key, pod, record });
      const differs = refreshVolumes(context, pod, record.node, sources, isDue);
      if (isDue || !differs) {
        store.delete(table, key);
        return;
      }
      if (due !== undefined) return;
      const at = cluster.now + leastDelay + store.random(spread);
      store.write(table, key, at);
      simulation.wake('volume-refresh', key, at);
    },
  };
}

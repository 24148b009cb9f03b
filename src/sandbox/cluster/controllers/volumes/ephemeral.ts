import type { Pod } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { controlledBy } from '../../object.ts';
import { omitAbsent } from '../omit-empty.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';
import { refusalIn } from '../refusal.ts';
import { Retries } from '../retries.ts';
import { ephemeralClaimName } from './claim-state.ts';

const name = 'ephemeral-volume';

/**
 * Makes the claims that Pods bring along as templates; they go with their Pods
 * (k8s.io/kubernetes/pkg/controller/volume/ephemeral).
 */
export function ephemeralVolumeController(cluster: Cluster, simulation: Simulation): Controller {
  const retries = new Retries(simulation, name);
  return {
    name,
    tables: ['pods'],
    concerns({ table, key, before, after }) {
      return table === 'pods' && before === undefined && hasEphemeral(after as Pod) ? [key] : [];
    },
    reconcile(key) {
      const pod = cluster.getByKey('pods', key);
      if (!pod || isTerminating(pod)) return retries.forget(key);
      try {
        createClaims(cluster, pod);
        retries.forget(key);
      } catch (error) {
        refusalIn(error);
        retries.again(key);
      }
    },
  };
}

function hasEphemeral({ spec }: Pod): boolean {
  return spec?.volumes?.some(({ ephemeral }) => ephemeral !== undefined) ?? false;
}

/** @throws ApiError what the API refused */
function createClaims(cluster: Cluster, pod: StoredPod): void {
  const { namespace = '', name: podName } = pod.metadata;
  const { volumes = [] } = pod.spec;
  for (const volume of volumes) {
    const template = volume.ephemeral?.volumeClaimTemplate;
    const claimName = ephemeralClaimName(podName, volume);
    if (!template || cluster.get('persistentvolumeclaims', namespace, claimName)) continue;
    const { metadata: { labels, annotations } = {} } = template;
    cluster.create('persistentvolumeclaims', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: omitAbsent<Pod['metadata']>({
        name: claimName,
        namespace,
        labels,
        annotations,
        ownerReferences: [controlledBy(pod)],
      }),
      spec: { volumeMode: 'Filesystem', ...template.spec },
      status: { phase: 'Pending' },
    });
  }
}

import { type ContainerRecord, tables } from '../../runtime/records.ts';
import { volumeTable } from '../../runtime/volume.ts';
import type { Controller } from '../../simulation.ts';
import { networkOfPod, networkRecord } from '../network/pod-networks.ts';
import { objectKey } from '../object.ts';
import { podLabels } from './container-spec.ts';
import type { NodeContext } from './node-context.ts';
import { keepPodRecord, type PodRecord, type ProbeRecord, podRecord, podRecords } from './pod-record.ts';

function settledOf({ probes }: PodRecord): readonly string[] {
  for (const name in probes) if (probes[name]?.settled) return ['settled'];
  return [];
}

/**
 * Has servers probed again that had settled, when something changes that could make them answer otherwise:
 * their ports, or files that they may read. Keyed by Pod.
 */
export function settledProbes({ cluster: { store }, simulation }: NodeContext): Controller {
  return {
    name: 'settled-probes',
    tables: [tables.changes, tables.listeners, volumeTable],
    concerns({ table, key }) {
      if (store.index(podRecords, 'settled', settledOf).count('settled') === 0) return [];
      const pod = podAbout(table, key);
      if (pod === undefined) return [];
      const probes = Object.values(podRecord(store, pod)?.probes ?? {});
      return probes.some(({ settled }) => settled) ? [pod] : [];
    },
    reconcile(key) {
      const record = podRecord(store, key);
      if (!record) return;
      const probes: Record<string, ProbeRecord> = {};
      for (const [place, { settled: _, ...rest }] of Object.entries(record.probes)) probes[place] = rest;
      keepPodRecord(store, key, { ...record, probes });
      simulation.enqueue('kubelet', key);
    },
  };

  function podAbout(table: string, key: string): string | undefined {
    switch (table) {
      case tables.listeners:
        return networkRecord(store, key.slice(0, key.lastIndexOf(':')))?.pod;
      case tables.changes: {
        const found = store.read(tables.containers, key) as ContainerRecord | undefined;
        const name = found?.spec.labels[podLabels.name];
        return name === undefined ? undefined : objectKey(found?.spec.labels[podLabels.namespace], name);
      }
      case volumeTable: {
        const [, kind, uid = ''] = key.split('/');
        return kind === 'pods' ? networkRecord(store, networkOfPod(uid))?.pod : undefined;
      }
      default:
        return undefined;
    }
  }
}

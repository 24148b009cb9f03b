import { type ContainerRecord, tables } from '../../../runtime/records.ts';
import { volumeTable } from '../../../runtime/volume.ts';
import type { Controller } from '../../../simulation.ts';
import { networkOfPod, networkRecord } from '../../network/pod-networks.ts';
import { objectKey } from '../../object.ts';
import type { NodeContext } from '../node-context.ts';
import { sandboxOf } from '../pods/pod-facts.ts';
import {
  keepPodRecord,
  type PodRecord,
  type ProbeRecord,
  podRecord,
  podRecords,
} from '../pods/pod-record.ts';
import { podLabels } from './container-spec.ts';

const none: readonly string[] = [];

/** The network of a Pod whose probes have settled. */
function settledIn(record: PodRecord): readonly string[] {
  for (const name in record.probes) if (record.probes[name]?.settled) return [sandboxOf(record).network];
  return none;
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
      // There is much news, and little of it is of a network with probes that have settled.
      const network = networkAbout(table, key);
      if (store.index(podRecords, 'settled', settledIn).count(network) === 0) return none;
      const pod = podAbout(table, key);
      if (pod === undefined) return none;
      const probes = Object.values(podRecord(store, pod)?.probes ?? {});
      return probes.some(({ settled }) => settled) ? [pod] : none;
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

  function networkAbout(table: string, key: string): string {
    if (table === tables.listeners) return key.slice(0, key.lastIndexOf(':'));
    if (table === tables.changes) return containerAt(key)?.spec.network ?? '';
    if (table !== volumeTable) return '';
    const [, kind, uid = ''] = key.split('/', 3);
    return kind === 'pods' ? networkOfPod(uid) : '';
  }

  function podAbout(table: string, key: string): string | undefined {
    // Several Pods share the network of a node.
    if (table !== tables.changes) return networkRecord(store, networkAbout(table, key))?.pod;
    const labels = containerAt(key)?.spec.labels ?? {};
    const name = labels[podLabels.name];
    return name === undefined ? undefined : objectKey(labels[podLabels.namespace], name);
  }

  function containerAt(key: string): ContainerRecord | undefined {
    return store.read(tables.containers, key) as ContainerRecord | undefined;
  }
}

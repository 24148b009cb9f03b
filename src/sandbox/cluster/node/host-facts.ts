import type { Node } from '../../../kubernetes/api.ts';
import type { HostFacts } from '../../runtime/files/virtual-container.ts';
import { usualHost } from '../../runtime/files/virtual-files.ts';
import type { Cluster } from '../cluster.ts';
import { amountsOf } from '../controllers/scheduler/requests.ts';

/** Objects never change, and processes ask often. */
const known = new WeakMap<object, HostFacts>();

/** What a process can find out about the node that it is on. */
export function hostFacts(cluster: Cluster, host: string): HostFacts {
  const node = cluster.get('nodes', undefined, host);
  if (!node) return usualHost;
  const found = known.get(node);
  if (found) return found;
  const facts = factsOf(node);
  known.set(node, facts);
  return facts;
}

function factsOf({ metadata, status }: Node): HostFacts {
  const { cpuMilli, memory } = amountsOf(status?.capacity);
  return {
    memoryBytes: memory,
    cpus: cpuMilli / 1000,
    bootedAt: Date.parse(metadata.creationTimestamp ?? ''),
  };
}

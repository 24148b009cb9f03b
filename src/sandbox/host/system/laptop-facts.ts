import type { ApiObject } from '../../cluster/object.ts';
import type { HostFacts } from '../../runtime/files/virtual-container.ts';
import type { Store } from '../../store.ts';
import { laptopDisk } from './disk.ts';

/** The name of the learner's machine. */
export const laptopName = 'laptop';
/** What it has. */
export const laptopCpus = 4;
export const laptopMemory = 8 * 2 ** 30;

/** The name server that it asks: that of the network it is in. */
export const laptopNameServer = '192.168.1.1';
/** Its own `/etc/hosts`. */
export const laptopHosts = `127.0.0.1 localhost\n127.0.1.1 ${laptopName}\n`;

/** How long the machine had been running when the cluster in it was made. */
const before = 20 * 60_000;

/** When the learner's machine was switched on, and the Docker Engine with it. */
export function bootedAt(store: Store): number {
  return laptopFacts(store).bootedAt;
}

/** What a process can find out about the learner's machine. */
export function laptopFacts(store: Store): HostFacts {
  const first = store.read('namespaces', '/default') as ApiObject | undefined;
  if (!first) return unknownBoot;
  const found = known.get(first) ?? factsOf(first);
  known.set(first, found);
  return found;
}

/** Objects never change, and processes ask often. */
const known = new WeakMap<object, HostFacts>();

const unknownBoot: HostFacts = {
  memoryBytes: laptopMemory,
  cpus: laptopCpus,
  bootedAt: 0,
  disk: laptopDisk,
};

function factsOf({ metadata }: ApiObject): HostFacts {
  return { ...unknownBoot, bootedAt: Date.parse(metadata.creationTimestamp ?? '') - before };
}

import type { Store } from '../store.ts';

/** A new id as containerd's client makes them for containers and for execs: 64 hexadecimal digits. */
export function newContainerId(store: Store): string {
  return Array.from({ length: 16 }, () => store.random(0x10000).toString(16).padStart(4, '0')).join('');
}

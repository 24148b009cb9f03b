import type { Store } from '../store.ts';

/** A new id as containerd's client makes them for containers and for execs: 64 hexadecimal digits. */
export function newContainerId(store: Store): string {
  const parts: string[] = [];
  for (let count = 0; count < 16; count++) {
    const bits = store.random(0x10000);
    parts.push(octets[bits >> 8] as string, octets[bits & 0xff] as string);
  }
  return parts.join('');
}

const octets = Array.from({ length: 256 }, (_, each) => each.toString(16).padStart(2, '0'));

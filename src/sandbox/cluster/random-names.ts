import type { Store } from '../store.ts';

/** Letters and digits that generated names are made of (k8s.io/apimachinery/pkg/util/rand). */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** The end of a generated name. */
export function randomLetters(store: Store, length: number): string {
  let text = '';
  for (let place = 0; place < length; place++) text += letters[store.random(letters.length)];
  return text;
}

/** A random identifier in the form of RFC 9562, version 4. */
export function randomUid(store: Store): string {
  const first = fourDigits(store.random(0x10000)) + fourDigits(store.random(0x10000));
  const second = fourDigits(store.random(0x10000));
  const version = fourDigits((store.random(0x10000) & 0x0fff) | 0x4000);
  const variant = fourDigits((store.random(0x10000) & 0x3fff) | 0x8000);
  const last =
    fourDigits(store.random(0x10000)) + fourDigits(store.random(0x10000)) + fourDigits(store.random(0x10000));
  // Texts that are put together piece by piece are kept in pieces, which takes several times the memory.
  return [first, second, version, variant, last].join('-');
}

function fourDigits(bits: number): string {
  return (octets[bits >> 8] ?? '') + (octets[bits & 0xff] ?? '');
}

const octets = Array.from({ length: 256 }, (_, each) => each.toString(16).padStart(2, '0'));

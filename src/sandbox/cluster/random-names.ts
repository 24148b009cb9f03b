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
  for (const place of groups) {
    const drawn = store.random(0x10000);
    // The version, and the variant.
    const bits = place === 14 ? (drawn & 0x0fff) | 0x4000 : place === 19 ? (drawn & 0x3fff) | 0x8000 : drawn;
    for (let digit = 0; digit < 4; digit++)
      codes[place + digit] = digitCode((bits >> (12 - 4 * digit)) & 0xf);
  }
  // Texts that are put together piece by piece are kept in pieces, which takes several times the memory.
  return String.fromCharCode(...codes);
}

/** Where in the text four digits begin; a hyphen stands between. */
const groups = [0, 4, 9, 14, 19, 24, 28, 32];

/** The characters of the text that is being made. */
const codes: number[] = Array.from({ length: 36 }, () => '-'.charCodeAt(0));

function digitCode(value: number): number {
  return value < 10 ? 0x30 + value : 0x57 + value;
}

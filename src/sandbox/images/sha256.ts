import { utf8Bytes } from './utf8.ts';

/** The first 32 bits of the fractions of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const constants = primes(64).map((prime) => fraction(Math.cbrt(prime)));
/** The same of the square roots of the first eight (5.3.3). */
const start = primes(8).map((prime) => fraction(Math.sqrt(prime)));

/** SHA-256 of a text in UTF-8, in 64 hexadecimal digits (FIPS 180-4). */
export function sha256(text: string): string {
  const message = padded(utf8Bytes(text));
  const hash = Uint32Array.from(start);
  const words = new Uint32Array(64);
  for (let block = 0; block < message.length; block += 64) {
    for (let word = 0; word < 16; word++) words[word] = wordAt(message, block + word * 4);
    for (let word = 16; word < 64; word++) {
      const early = at(words, word - 15);
      const late = at(words, word - 2);
      const one = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const two = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      words[word] = at(words, word - 16) + one + at(words, word - 7) + two;
    }
    compress(hash, words);
  }
  return [...hash].map((word) => word.toString(16).padStart(8, '0')).join('');
}

function compress(hash: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let round = 0; round < 64; round++) {
    const choice = (e & f) ^ (~e & g);
    const one =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (constants[round] ?? 0) + at(words, round)) |
      0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [place, value] of [a, b, c, d, e, f, g, h].entries()) hash[place] = at(hash, place) + value;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(whole.length - 4, bytes.length << 3);
  return whole;
}

function wordAt(bytes: Uint8Array, place: number): number {
  return new DataView(bytes.buffer).getUint32(place);
}

function at(words: Uint32Array, place: number): number {
  return words[place] ?? 0;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  }
  return found;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) >>> 0;
}

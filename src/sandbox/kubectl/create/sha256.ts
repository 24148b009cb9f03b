const roots = primeParts(64, (prime) => prime ** (1 / 3));
const start = primeParts(8, Math.sqrt);

/** The SHA-256 digest of a text in hexadecimal digits (FIPS 180-4). */
export function sha256(text: string): string {
  const state = [...start];
  const words = padded(new TextEncoder().encode(text));
  for (let place = 0; place < words.length; place += 16) addBlock(state, words.slice(place, place + 16));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function addBlock(state: number[], block: readonly number[]): void {
  const schedule = [...block];
  for (let place = 16; place < 64; place++) {
    const before = schedule[place - 15] ?? 0;
    const last = schedule[place - 2] ?? 0;
    const one = turned(before, 7) ^ turned(before, 18) ^ (before >>> 3);
    const two = turned(last, 17) ^ turned(last, 19) ^ (last >>> 10);
    schedule[place] = ((schedule[place - 16] ?? 0) + one + (schedule[place - 7] ?? 0) + two) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let place = 0; place < 64; place++) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + high + ((e & f) ^ (~e & g)) + (roots[place] ?? 0) + (schedule[place] ?? 0)) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, place) => {
    state[place] = ((state[place] ?? 0) + value) | 0;
  });
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The bytes as words, with the length behind them, in blocks of sixteen. */
function padded(bytes: Uint8Array): number[] {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new DataView(new ArrayBuffer(length));
  bytes.forEach((byte, place) => {
    whole.setUint8(place, byte);
  });
  whole.setUint8(bytes.length, 0x80);
  whole.setUint32(length - 4, bytes.length * 8);
  return Array.from({ length: length / 4 }, (_, place) => whole.getUint32(place * 4) | 0);
}

/** The first 32 bits behind the point of a root of each prime. */
function primeParts(count: number, root: (prime: number) => number): readonly number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes.map((prime) => ((root(prime) % 1) * 2 ** 32) | 0);
}

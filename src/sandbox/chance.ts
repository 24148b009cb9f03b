/** What a generator gives: a number, and the state to go on from. */
export interface Drawn {
  /** At least 0, below 2³². */
  readonly value: number;
  readonly state: number;
}

/**
 * The next number of the generator mulberry32 (Tommy Ettinger, public domain): one 32-bit word of state,
 * plenty for names and jitter, and no secret.
 */
export function draw(state: number): Drawn {
  const next = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { value: (mixed ^ (mixed >>> 14)) >>> 0, state: next };
}

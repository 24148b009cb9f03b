/**
 * The generator mulberry32 (Tommy Ettinger, public domain): one 32-bit word of state, plenty for names and
 * jitter, and no secret.
 *
 * @returns the state after one, to go on from
 */
export function nextState(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

/** The number that a state stands for: at least 0, below 2³². */
export function numberOf(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

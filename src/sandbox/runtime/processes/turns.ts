import type { ContainerRecord } from '../records.ts';

/** How long the turn is that a busy process used up, and when turns get longer so that the world goes on. */
const turnMs = 20;
const freeTurns = 50;
const longestTurnMs = 600_000;

/** A process that never rests gets longer and longer turns, so that a day of it costs no more than a minute. */
export function turnAfter(busy: number, { spec }: ContainerRecord): number {
  const share = Math.min(1, (spec.cpuLimitMilli ?? 1000) / 1000);
  const turn = busy <= freeTurns ? turnMs : Math.min(longestTurnMs, turnMs * 2 ** (busy - freeTurns));
  return Math.ceil(turn / Math.max(share, 0.01));
}

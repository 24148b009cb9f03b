import type { GivenAnswer } from './given-answer.ts';

/**
 * What the answers say about one misconception:
 *
 * - `held`: the last answer that speaks of it revealed it
 * - `cleared`: it was revealed once, and a later right answer to a question that sets the trap disproved it
 * - `sound`: it was never revealed, and a right answer to a question that sets the trap disproved it
 * - `untested`: neither; a question that sets the trap may have been answered wrong in another way
 */
export type Belief = 'held' | 'cleared' | 'sound' | 'untested';

/**
 * Tells where a learner stands with every misconception.
 *
 * @param ids of all misconceptions
 * @param answers in the order of time
 * @param traps for each item the misconceptions that its options reveal
 */
export function beliefs(
  ids: readonly string[],
  answers: readonly GivenAnswer[],
  traps: ReadonlyMap<string, readonly string[]>,
): Map<string, Belief> {
  const standing = new Map<string, Belief>(ids.map((id) => [id, 'untested']));
  for (const answer of answers) {
    for (const id of answer.revealed) if (standing.has(id)) standing.set(id, 'held');
    if (!answer.right) continue;
    for (const id of traps.get(answer.item) ?? []) {
      const before = standing.get(id);
      if (before === 'held') standing.set(id, 'cleared');
      else if (before === 'untested') standing.set(id, 'sound');
    }
  }
  return standing;
}

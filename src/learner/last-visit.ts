import type { Progress } from './progress.ts';

/** When a learner was here last, and with what. */
export interface LastVisit {
  /** ISO 8601. */
  readonly at: string;
  /** Id of the lesson they stood in last, where they have begun one. */
  readonly lesson?: string;
}

/** The last thing that is remembered of a learner; undefined when nothing is. */
export function lastVisit({ lessons, answers }: Progress): LastVisit | undefined {
  const visited = Object.entries(lessons).sort(([, one], [, other]) => (one.at < other.at ? -1 : 1));
  const [lesson, { at: seen = '' } = {}] = visited.at(-1) ?? [];
  const answered = answers.at(-1)?.at ?? '';
  const at = seen > answered ? seen : answered;
  if (at === '') return undefined;
  return { at, ...(lesson === undefined ? {} : { lesson }) };
}

/** Whole days between two times; 0 when the clock went back in between. */
export function daysBetween(earlier: string, later: Date): number {
  const days = Math.floor((later.getTime() - Date.parse(earlier)) / 86_400_000);
  return Number.isFinite(days) ? Math.max(0, days) : 0;
}

import type { Likeness } from '../../lesson/lesson.ts';
import type { KeyRule, KeyUse, VerdictParts } from './key-rule.ts';
import type { Survey } from './survey.ts';

/** What becomes of a key that stands beside `services`, or below such a key. */
export interface SharedRule extends Omit<KeyRule, 'apply' | 'flag' | 'flagValue'> {
  judge?(use: KeyUse, survey: Survey): VerdictParts;
}

/** A row of a table. */
export const row = (
  key: string,
  grade: Likeness,
  kubernetes: string,
  why: string,
  sources: readonly string[],
  judge?: SharedRule['judge'],
): SharedRule => ({
  key,
  grade,
  kubernetes,
  why,
  sources,
  ...(judge ? { judge } : {}),
});

import { timestamp } from '../object.ts';

/** What all conditions of all kinds have. */
interface AnyCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly lastTransitionTime?: string;
}

/** The condition of a type, where there is one. */
export function conditionOf<C extends AnyCondition>(
  conditions: readonly C[] | undefined,
  type: string,
): C | undefined {
  return conditions?.find((each) => each.type === type);
}

/** Whether a condition of a type says `True`. */
export function isTrue(conditions: readonly AnyCondition[] | undefined, type: string): boolean {
  return conditionOf(conditions, type)?.status === 'True';
}

/** The conditions with another in place of the one of its type, at the end as upstream's controllers put it. */
export function withCondition<C extends AnyCondition>(
  conditions: readonly C[] | undefined,
  condition: C,
): C[] {
  return [...withoutCondition(conditions, condition.type), condition];
}

/** The conditions without the one of a type. */
export function withoutCondition<C extends AnyCondition>(
  conditions: readonly C[] | undefined,
  type: string,
): C[] {
  return (conditions ?? []).filter((each) => each.type !== type);
}

/**
 * Since when a condition says what it says.
 *
 * @param known the condition as it was
 * @param status what it says now
 * @param now milliseconds since 1970
 */
export function transitionTime(known: AnyCondition | undefined, status: string, now: number): string {
  const { status: before, lastTransitionTime = timestamp(now) } = known ?? {};
  return before === status ? lastTransitionTime : timestamp(now);
}

/** What is remembered of a lesson somebody has begun. */
interface Visit {
  /** When they stood in it last, ISO 8601. */
  readonly at: string;
  /** When they finished it first. */
  readonly done?: string | undefined;
}

/**
 * Where somebody goes on: with the lesson they stood in last, or, when that is finished, with the first
 * after it that is not done; at the end of the course the search begins anew. Undefined when all are done.
 */
export function nextLesson<T extends { readonly id: string }>(
  lessons: readonly T[],
  visits: Readonly<Record<string, Visit>>,
): T | undefined {
  const lastAt = lessons.map(({ id }) => visits[id]?.at ?? '').reduce((one, at) => (at > one ? at : one), '');
  const from = lastAt === '' ? 0 : lessons.findIndex(({ id }) => visits[id]?.at === lastAt);
  return [...lessons.slice(from), ...lessons.slice(0, from)].find(({ id }) => visits[id]?.done === undefined);
}

/** The first lesson that is not done; undefined when all are. */
export function nextLesson<T extends { readonly id: string }>(
  lessons: readonly T[],
  isDone: (id: string) => boolean,
): T | undefined {
  return lessons.find((lesson) => !isDone(lesson.id));
}

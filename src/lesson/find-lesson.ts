import { nearest } from '../nearest.ts';
import type { LessonSummary } from './lesson.ts';

/** One lesson, several that fit, or none but some that come near, the nearest first. */
export type Found<T> =
  | { readonly kind: 'one'; readonly lesson: T }
  | { readonly kind: 'several'; readonly lessons: readonly T[] }
  | { readonly kind: 'none'; readonly nearest: readonly T[] };

/**
 * Finds a lesson by its number, its id, or a part of its title or id.
 *
 * @param lessons in the order of the course
 */
export function findLesson<T extends LessonSummary>(lessons: readonly T[], words: string): Found<T> {
  const wanted = words.trim().toLowerCase();
  const exact = lessons.find(
    (each) =>
      each.id === wanted.replace(/[\s_]+/g, '-') ||
      String(each.number) === wanted.replace(/^0+(?=\d)/, '') ||
      each.title.toLowerCase() === wanted,
  );
  if (exact) return { kind: 'one', lesson: exact };

  const parts =
    wanted === ''
      ? []
      : lessons.filter((each) => each.title.toLowerCase().includes(wanted) || each.id.includes(wanted));
  const [only] = parts;
  if (only && parts.length === 1) return { kind: 'one', lesson: only };
  if (parts.length > 1) return { kind: 'several', lessons: parts };

  const near = nearest(wanted, [...new Set(lessons.flatMap(namesOf))], 5).flatMap((name) =>
    lessons.filter((each) => namesOf(each).includes(name)),
  );
  return { kind: 'none', nearest: [...new Set(near)].slice(0, 3) };
}

/** What a slip of the pen may have meant: the id, and each word of it and of the title. */
function namesOf(lesson: LessonSummary): string[] {
  return [lesson.id, ...lesson.id.split('-'), ...lesson.title.toLowerCase().split(/\W+/)].filter(
    (name) => name.length > 2,
  );
}

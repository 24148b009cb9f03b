import { nearest } from '../nearest.ts';
import { type Bank, bankOf, entriesOf } from './bank.ts';

/** What a quiz can be about. */
export type Topic =
  | {
      readonly kind: 'unit';
      readonly id: string;
      readonly title: string;
      readonly lessons: readonly string[];
    }
  | { readonly kind: 'lesson'; readonly id: string; readonly title: string; readonly number: number }
  | { readonly kind: 'misconception'; readonly id: string; readonly title: string };

/** One topic, several that fit, or none but some that come near, the nearest first. */
export type FoundTopic =
  | { readonly kind: 'one'; readonly topic: Topic }
  | { readonly kind: 'several'; readonly topics: readonly Topic[] }
  | { readonly kind: 'none'; readonly nearest: readonly Topic[] };

/**
 * Finds what a quiz is to be about, by an id, the number of a lesson, or words of a title.
 *
 * Where words fit one unit it is meant, else one lesson: a misconception is a part of it.
 *
 * @param topics units before lessons before misconceptions: of equals, the first is meant
 */
export function findTopic(topics: readonly Topic[], words: string): FoundTopic {
  const wanted = simplify(words);
  const exact = topics.find(
    (each) =>
      simplify(each.id) === wanted ||
      simplify(each.title) === wanted ||
      (each.kind === 'lesson' && String(each.number) === wanted.replace(/^0+(?=\d)/, '')),
  );
  if (exact) return { kind: 'one', topic: exact };

  const parts = wanted === '' ? [] : wanted.split(' ');
  const fitting =
    parts.length === 0
      ? []
      : topics.filter((each) => {
          const names = namesOf(each);
          return parts.every((part) => names.some((name) => name.startsWith(part)));
        });
  const [only] = fitting;
  if (only && fitting.length === 1) return { kind: 'one', topic: only };
  if (fitting.length > 1) {
    const [wide, ...more] =
      ['unit', 'lesson']
        .map((kind) => fitting.filter((each) => each.kind === kind))
        .find((some) => some.length > 0) ?? [];
    return wide && more.length === 0 ? { kind: 'one', topic: wide } : { kind: 'several', topics: fitting };
  }

  const all = [...new Set(topics.flatMap((each) => [simplify(each.id), ...namesOf(each)]))];
  const near = nearest(
    wanted,
    all.filter((name) => name.length > 2),
    5,
  ).flatMap((name) => topics.filter((each) => simplify(each.id) === name || namesOf(each).includes(name)));
  return { kind: 'none', nearest: [...new Set(near)].slice(0, 3) };
}

/** The part of a bank that a topic is about. */
export function bankAbout(bank: Bank, topic: Topic): Bank {
  switch (topic.kind) {
    case 'unit':
      return bankOf(topic.lessons.flatMap((lesson) => bank.ofLesson(lesson)));
    case 'lesson':
      return bankOf(bank.ofLesson(topic.id));
    case 'misconception':
      return bankOf(entriesOf(bank).filter((entry) => entry.misconceptions.includes(topic.id)));
  }
}

function namesOf({ id, title }: Topic): string[] {
  return [...simplify(id).split(' '), ...simplify(title).split(' ')];
}

function simplify(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

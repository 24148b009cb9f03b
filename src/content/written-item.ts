import type { Item, Option } from '../quiz/item.ts';
import type { WrittenItem } from './item-schema.ts';

/**
 * A question as the program knows it, made of what was written: with an id of its lesson, and letters for
 * its options.
 */
export function itemOf(lesson: string, written: WrittenItem): Item {
  const { id, kind, difficulty, prompt, listing, options, explanation, contrast, rows, sources } = written;
  const { language = 'text' } = written;
  return {
    id: `${lesson}.${id}`,
    kind,
    lesson,
    difficulty,
    prompt,
    ...(listing === undefined ? {} : { listing: { language, text: listing.replace(/\n+$/, '') } }),
    options: options.map((option, place) => ({
      id: String.fromCharCode(97 + place),
      ...withoutUndefined(option),
    })),
    explanation,
    ...(contrast === undefined ? {} : { contrast }),
    ...(rows === undefined ? {} : { rows }),
    sources,
  };
}

/** `exactOptionalPropertyTypes`: zod's optional keys may hold `undefined`, ours may not. */
function withoutUndefined(option: WrittenItem['options'][number]): Omit<Option, 'id'> {
  const { text, explanation, correct, says, misconception, match, mixed, at } = option;
  return {
    text,
    explanation,
    ...(correct === undefined ? {} : { correct }),
    ...(says === undefined ? {} : { says }),
    ...(misconception === undefined ? {} : { misconception }),
    ...(match === undefined ? {} : { match }),
    ...(mixed === undefined
      ? {}
      : {
          mixed: mixed.map(({ misconception: revealed, ...rest }) => ({
            ...rest,
            ...(revealed === undefined ? {} : { misconception: revealed }),
          })),
        }),
    ...(at === undefined ? {} : { at }),
  };
}

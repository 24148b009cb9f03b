import { joinWords } from '../docker/words.ts';
import { UnreadableAnswer } from './grade.ts';
import { type Item, lineOfOption, type Option } from './item.ts';
import { presented, presentedPartners } from './presentation.ts';

/**
 * Reads an answer that was typed as words into what `grade` takes.
 *
 * Options are named by their letters or by the numbers they are shown with: `b`, `2`, `a,c`, `3 1 2`. Pairs
 * are `a=2,b=1`: a left side by its letter or number, its partner by its number, or by the letter of the
 * option whose partner it is. Of a `mistake` a number is that of a line, and of a `command` the words are
 * the line.
 *
 * @param words as a shell split them, or the whole answer as one
 * @throws UnreadableAnswer for what names nothing
 */
export function readAnswer(item: Item, words: readonly string[]): string[] {
  const [whole, ...others] = words;
  if (item.kind === 'command')
    return [whole === undefined || others.length > 0 ? joinWords(words).line : whole];
  const parts = words.flatMap((word) => word.split(/[\s,;]+/)).filter(Boolean);
  if (item.kind === 'match') return readPairs(item, parts);
  if (item.kind === 'mistake') return parts.map((part) => part.toLowerCase().replace(/^line:?(?=\d)/, ''));
  const options = presented(item);
  return parts.map((part) => (named(part, item.options, options) ?? unknown(part, options.length)).id);
}

function readPairs(item: Item, parts: readonly string[]): string[] {
  const partners = presentedPartners(item);
  const pairs = parts.map((part, place): readonly [string, string] => {
    const [left = '', right, ...more] = part.split(/[=:]/);
    if (more.length > 0 || right === '') throw new UnreadableAnswer(`'${part}' is no pair such as a=2`);
    // Numbers alone are the partners of the left sides, in their order.
    return right === undefined ? [String(place + 1), left] : [left, right];
  });
  return pairs.map(([left, right]) => {
    const one = named(left, item.options, item.options) ?? unknown(left, item.options.length);
    const other = named(right, item.options, partners) ?? unknown(right, partners.length);
    return `${one.id}=${other.id}`;
  });
}

/** An option by its letter, or by its number among those shown. */
function named(word: string, options: readonly Option[], shown: readonly Option[]): Option | undefined {
  const text = word.toLowerCase().replace(/[.)]$/, '');
  return /^\d+$/.test(text) ? shown[Number(text) - 1] : options.find((option) => option.id === text);
}

function unknown(word: string, count: number): never {
  throw new UnreadableAnswer(
    `'${word}' is no option; there are 1 to ${count}, or a to ${String.fromCharCode(96 + count)}`,
  );
}

/** The right answer in the words that `readAnswer` takes: letters, pairs, a line number, a command line. */
export function rightAnswer(item: Item): string | number | string[] {
  const right = item.options.filter((option) => option.correct);
  switch (item.kind) {
    case 'order':
      return item.options.map(({ id }) => id);
    case 'match':
      return item.options.map(({ id }) => `${id}=${id}`);
    case 'several':
      return right.map(({ id }) => id);
    case 'mistake': {
      const [line = ''] = right.map((option) => lineOfOption(item, option));
      return line;
    }
    case 'command':
      return right
        .map(({ text }) => text)
        .slice(0, 1)
        .join();
    default:
      return right.map(({ id }) => id).join();
  }
}

import type { Item, Option } from '../item.ts';
import { readTypedLine, type TypedLine } from '../typed-line.ts';
import { differences } from './differences.ts';
import { type Meaning, meaningOf } from './meaning.ts';

/** What a typed command line is worth. */
export type LineVerdict = {
  /** The line as it was typed. */
  readonly line: string;
  /** Whether it is one of docker's where kubectl is wanted: then its counterpart is worth showing. */
  readonly isDocker: boolean;
} & (
  | { readonly kind: 'right'; readonly option: Option }
  /** One of the near misses that the item explains. */
  | { readonly kind: 'near-miss'; readonly option: Option }
  /** One sentence that says how it differs from what is wanted. */
  | { readonly kind: 'differs'; readonly says: string }
  /** Its own program would refuse it, in these words. */
  | {
      readonly kind: 'refused';
      readonly by: 'kubectl' | 'docker' | 'shell';
      readonly message: string;
      readonly hint: string;
      readonly position: number;
    }
);

/** Longer lines are no answers. */
const longestLine = 1000;

/**
 * Judges a line by what it does: spelling, order, aliases and flags that change nothing play no part.
 *
 * @param item of kind `command`
 */
export function judgeLine(item: Item, typed: string): LineVerdict {
  const line = typed.trim().slice(0, longestLine);
  const read = readTypedLine(line);
  const given = meaningOf(read);
  const wanted = item.options
    .filter((option) => option.correct)
    .flatMap((option) => {
      const meaning = meaningOf(readTypedLine(option.text));
      return meaning ? [{ option, meaning }] : [];
    });
  const about = {
    line,
    isDocker: isDocker(read) && wanted.every(({ meaning }) => meaning.program === 'kubectl'),
  };

  const compared = given ? wanted.map((each) => ({ ...each, how: differences(given, each.meaning) })) : [];
  const right = compared.find(({ how }) => how.length === 0);
  if (right) return { ...about, kind: 'right', option: right.option };
  const miss = item.options.find((option) => !option.correct && isSameLine(line, given, option.text));
  if (miss) return { ...about, kind: 'near-miss', option: miss };
  if (read.program === 'refused') {
    const { by, message, hint, position } = read;
    return { ...about, kind: 'refused', by, message, hint, position };
  }
  const [nearest] = compared.sort((one, other) => one.how.length - other.how.length);
  return { ...about, kind: 'differs', says: sentence(nearest?.how ?? []) };
}

/** Whether two lines are one, by what they mean, or word for word where they mean nothing to their program. */
function isSameLine(line: string, given: Meaning | undefined, other: string): boolean {
  const meaning = meaningOf(readTypedLine(other));
  if (given && meaning) return differences(given, meaning).length === 0;
  return !given && !meaning && words(line) === words(other);
}

function words(line: string): string {
  return line
    .replace(/^\s*\$\s+/, '')
    .replace(/^k(?=\s)/, 'kubectl')
    .replace(/["']/g, '')
    .trim()
    .replace(/\s+/g, ' ');
}

function isDocker(read: TypedLine): boolean {
  if (read.program === 'refused') return read.by === 'docker';
  return read.program === 'docker';
}

/** The two differences that matter most, as one sentence. */
function sentence(how: readonly string[]): string {
  const text = how.slice(0, 2).join(', and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

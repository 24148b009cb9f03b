import { globSource } from '../text/glob.ts';
import { evaluate } from './arithmetic.ts';
import { ExpansionError } from './expansion-error.ts';
import type { Word, WordPart } from './syntax.ts';

/** The parameters of a shell. */
export interface Parameters {
  readonly args: readonly string[];
  /** `set -u`: what is not set is an error. */
  readonly isStrict: boolean;
  /** Whether it knows only what POSIX has. */
  readonly isPlain: boolean;
  /** A variable or a special parameter; undefined when it is not set. */
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** How the word behind an operator is expanded. */
export interface InnerWords {
  text(word: Word): string;
  pattern(word: Word): string;
}

/**
 * The value of `$name` or `${name…}`.
 *
 * @returns `fromWord` when the word behind the operator is to be taken in its place
 * @throws ExpansionError with the words of the shell
 */
export function parameterValue(
  part: WordPart & { kind: 'parameter' },
  parameters: Parameters,
  inner: InnerWords,
): { readonly text: string; readonly fromWord: boolean } {
  const { operator, word, other } = part;
  const isIndirect = part.name.startsWith('!') && part.name.length > 1;
  const name = isIndirect ? (parameters.get(part.name.slice(1)) ?? '') : part.name;
  if (parameters.isPlain && (isIndirect || /^[:/^,]/.test(operator.replace(/^:(?=[-=?+])/, '')))) {
    throw new ExpansionError('Bad substitution');
  }
  if (/\[/.test(name)) throw new ExpansionError(`${name}: bad substitution`);
  const value = parameters.get(name);
  const text = value ?? '';
  const isEmpty = value === undefined || (operator.startsWith(':') && operator.length > 1 && value === '');
  const plain = (text: string) => ({ text, fromWord: false });
  switch (operator.replace(/^:(?=.)/, '')) {
    case '-':
      return isEmpty ? { text: '', fromWord: true } : plain(text);
    case '+':
      return isEmpty ? plain('') : { text: '', fromWord: true };
    case '=': {
      if (!isEmpty) return plain(text);
      const given = inner.text(word);
      parameters.set(name, given);
      return plain(given);
    }
    case '?':
      if (!isEmpty) return plain(text);
      throw new ExpansionError(
        `${name}: ${inner.text(word) || (operator === '?' ? 'parameter not set' : 'parameter not set or null')}`,
      );
  }
  if (value === undefined && parameters.isStrict && !['@', '*'].includes(name)) {
    throw new ExpansionError(`${name}: parameter not set`, 'unset');
  }
  switch (operator) {
    case 'length':
      return plain(name === '@' || name === '*' ? `${parameters.args.length}` : `${[...text].length}`);
    case '%':
    case '%%':
    case '#':
    case '##':
      return plain(trimmed(text, inner.pattern(word), operator));
    case '/':
    case '//':
      return plain(replaced(text, inner.pattern(word), other ? inner.text(other) : '', operator === '//'));
    case ':':
      return plain(sliced(text, inner.text(word), other && inner.text(other), parameters));
    case '^':
      return plain(text.slice(0, 1).toUpperCase() + text.slice(1));
    case '^^':
      return plain(text.toUpperCase());
    case ',':
      return plain(text.slice(0, 1).toLowerCase() + text.slice(1));
    case ',,':
      return plain(text.toLowerCase());
    default:
      return plain(text);
  }
}

/** Longer texts are not matched against every place of them. */
const longest = 100_000;

function trimmed(text: string, pattern: string, operator: string): string {
  if (text.length > longest) return text;
  const source = globSource(pattern);
  const fits = new RegExp(`^${source}$`, 's');
  const places = Array.from({ length: text.length + 1 }, (_, place) => place);
  const isFront = operator.startsWith('#');
  // The shortest part first, or the longest.
  const order = isFront === (operator.length === 1) ? places : places.reverse();
  // Patterns without a set or a star that is not at an edge need one look: most are like that.
  for (const place of order) {
    const part = isFront ? text.slice(0, place) : text.slice(place);
    if (fits.test(part)) return isFront ? text.slice(place) : text.slice(0, place);
  }
  return text;
}

function replaced(text: string, pattern: string, replacement: string, all: boolean): string {
  if (text.length > longest) return text;
  const isStart = pattern.startsWith('#') && !all;
  const isEnd = pattern.startsWith('%') && !all;
  const source = globSource(isStart || isEnd ? pattern.slice(1) : pattern);
  const expression = new RegExp(
    isStart ? `^(?:${source})` : isEnd ? `(?:${source})$` : source,
    all ? 'gs' : 's',
  );
  return text.replace(expression, (match) => (match === '' && text !== '' ? match : replacement));
}

function sliced(text: string, from: string, length: string | undefined, parameters: Parameters): string {
  const variables = { get: (name: string) => parameters.get(name) ?? '', set: () => {} };
  const characters = [...text];
  const asked = Number(evaluate(from, variables));
  const start = asked < 0 ? Math.max(0, characters.length + asked) : asked;
  if (length === undefined) return characters.slice(start).join('');
  const count = Number(evaluate(length, variables));
  return characters.slice(start, count < 0 ? characters.length + count : start + count).join('');
}

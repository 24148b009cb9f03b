import { CommandFailure } from '../failures.ts';

/**
 * Words that name objects, and pairs behind them: `deploy/web app=shop old-`
 * (k8s.io/kubectl/pkg/cmd/util, GetResourcesAndPairs).
 *
 * @param what as messages call a pair: `label`
 * @throws CommandFailure for an object behind a pair
 */
export function splitWords(
  words: readonly string[],
  what: string,
): { readonly resources: readonly string[]; readonly pairs: readonly string[] } {
  const isPair = (word: string): boolean =>
    (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
  const first = words.findIndex(isPair);
  if (first < 0) return { resources: words, pairs: [] };
  const pairs = words.slice(first);
  const odd = pairs.find((word) => !isPair(word));
  if (odd !== undefined) {
    throw new CommandFailure(`all resources must be specified before ${what} changes: ${odd}`);
  }
  return { resources: words.slice(0, first), pairs };
}

/** What is set and what is taken away. */
export interface Pairs {
  readonly set: Readonly<Record<string, string>>;
  readonly removed: readonly string[];
}

/**
 * Reads pairs such as `a=b` and `c-` (k8s.io/kubectl/pkg/cmd/util, ParsePairs).
 *
 * @throws CommandFailure that names those that are none
 */
export function readPairs(words: readonly string[], what: string, allowsRemoval: boolean): Pairs {
  const set: Record<string, string> = {};
  const removed: string[] = [];
  const odd: string[] = [];
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals > 0) set[word.slice(0, equals)] = word.slice(equals + 1);
    else if (allowsRemoval && word.endsWith('-') && word !== '-') removed.push(word.slice(0, -1));
    else odd.push(word);
  }
  if (odd.length > 0) throw new CommandFailure(`invalid ${what} format: ${odd.join(', ')}`);
  return { set, removed };
}

import type { EnvVar } from '../../../kubernetes/api.ts';
import { readInput, type Steps } from '../../effects.ts';
import { noEnvName } from '../changing/name-rules.ts';
import { CommandFailure } from '../failures.ts';

/** Variables that are set, and names of those that are taken away. */
export interface EnvChanges {
  readonly set: readonly EnvVar[];
  readonly removed: readonly string[];
}

/**
 * Reads words such as `A=b`, `C-` and `-` for what is piped in (k8s.io/kubectl/pkg/cmd/set/env).
 *
 * @throws CommandFailure
 */
export function* readEnvChanges(words: readonly string[]): Steps<EnvChanges> {
  const set: EnvVar[] = [];
  const removed: string[] = [];
  const named = new Set<string>();
  for (const word of words) {
    if (word === '-') set.push(...readLines(yield* readInput()));
    else if (word.includes('=')) {
      const { name, value } = pairOf(word);
      const why = noEnvName(name);
      if (why) throw new CommandFailure(`${JSON.stringify(name)} is not a valid key name: ${why}`);
      named.add(name);
      set.push({ name, value });
    } else if (word.endsWith('-')) removed.push(word.slice(0, -1));
    else throw new CommandFailure(`unknown environment variable: ${word}`);
  }
  if (removed.some((name) => named.has(name))) {
    throw new CommandFailure(
      'can not both modify and remove the same environment variable in the same command',
    );
  }
  return { set, removed };
}

function readLines(text: string): readonly EnvVar[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').replace(/\r$/, ''))
    .filter((line) => line.includes('='))
    .map(pairOf);
}

function pairOf(text: string): { readonly name: string; readonly value: string } {
  const equals = text.indexOf('=');
  return { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

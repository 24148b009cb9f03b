import { findResource } from '../../kubernetes/resources.ts';

/** An object that a kubectl line names, or all of a kind. */
export interface NamedObject {
  /** The plural, such as `deployments`, or `all`; nothing where the kind is not known. */
  readonly kind: string | undefined;
  readonly name?: string;
}

/** The arguments of a kubectl line, by what they are. */
export interface NamedArguments {
  readonly objects: readonly NamedObject[];
  /** By the name of the positional argument, as they were typed. */
  readonly words: ReadonlyMap<string, readonly string[]>;
}

/**
 * Tells the arguments of a line apart as its row names them (kubectl-row.ts), objects as kubectl reads them
 * (https://kubernetes.io/docs/reference/kubectl/#resource-types).
 */
export function readArguments(positionals: readonly string[], args: readonly string[]): NamedArguments {
  const words = new Map<string, readonly string[]>();
  let objects: readonly NamedObject[] = [];
  let left = args;
  positionals.forEach((positional, place) => {
    const name = positional.replace(/\.\.\.$/, '');
    const behind = positionals.slice(place + 1);
    const taken = positional.endsWith('...') ? left.slice(0, lengthBefore(behind, left)) : left.slice(0, 1);
    left = left.slice(taken.length);
    if (taken.length === 0) return;
    words.set(name, taken);
    if (name === 'object') objects = taken.map(readPod);
    if (name === 'objects') objects = readObjects(taken);
    if (name === 'nodes') objects = taken.map((word) => ({ kind: 'nodes', name: afterSlash(word) }));
  });
  return { objects, words };
}

/** How many words there are before those that belong to what follows. */
function lengthBefore(behind: readonly string[], left: readonly string[]): number {
  if (behind.length === 0) return left.length;
  if (behind[0] !== 'pairs...') return Math.max(0, left.length - behind.length);
  const pair = left.findIndex(isPair);
  return pair < 0 ? left.length : pair;
}

/** `env=prod`, `env-`, `gpu:NoSchedule`; no name of an object looks like that. */
function isPair(word: string): boolean {
  return /=|-$|:(?:NoSchedule|PreferNoSchedule|NoExecute)/.test(word);
}

/** Where kubectl expects a Pod, another kind stands before a slash. */
function readPod(word: string): NamedObject {
  if (!word.includes('/')) return { kind: 'pods', name: word };
  return { kind: pluralOf(word.slice(0, word.indexOf('/'))), name: afterSlash(word) };
}

function readObjects(words: readonly string[]): NamedObject[] {
  const [first = '', ...names] = words;
  if (words.some((word) => word.includes('/'))) return words.map(readPod);
  return first
    .split(',')
    .map(pluralOf)
    .flatMap((kind) => (names.length === 0 ? [{ kind }] : names.map((name) => ({ kind, name }))));
}

function pluralOf(word: string): string | undefined {
  return word === 'all' ? 'all' : findResource(word)?.plural;
}

function afterSlash(word: string): string {
  return word.slice(word.indexOf('/') + 1);
}

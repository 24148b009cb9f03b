import { EngineError } from '../../engine/engine-error.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import { containerNamed } from '../find-container.ts';

/** The rule of names (daemon/names of github.com/moby/moby). */
const allowed = '[a-zA-Z0-9][a-zA-Z0-9_.-]';
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/**
 * A name that somebody wants, with a slash before it.
 *
 * @throws EngineError when it breaks the rule, or another container has it
 */
export function reserveName(parts: Pick<EngineParts, 'store'>, wanted: string): string {
  if (!namePattern.test(wanted.replace(/^\//, ''))) {
    throw new EngineError(400, `Invalid container name (${wanted}), only ${allowed} are allowed`);
  }
  const name = wanted.startsWith('/') ? wanted : `/${wanted}`;
  const other = containerNamed(parts, name);
  if (!other) return name;
  throw new EngineError(
    409,
    `Conflict. The container name "${name}" is already in use by container "${other.id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );
}

/** A name for a container that was given none: an adjective and a surname, as Docker makes them. */
export function randomName(parts: Pick<EngineParts, 'store'>, id: string): string {
  const pick = (words: readonly string[]) => words[parts.store.random(words.length)] ?? '';
  for (let attempt = 0; attempt < 6; attempt++) {
    const digit = attempt === 0 ? '' : `${parts.store.random(10)}`;
    const name = `/${pick(adjectives)}_${pick(surnames)}${digit}`;
    if (!containerNamed(parts, name)) return name;
  }
  return `/${id.slice(0, 12)}`;
}

const adjectives: readonly string[] = [
  ...['amber', 'brave', 'bright', 'brisk', 'calm', 'candid', 'cheerful', 'clever', 'cosy', 'curious'],
  ...['daring', 'deft', 'eager', 'earnest', 'fair', 'gentle', 'glad', 'golden', 'hardy', 'hopeful'],
  ...['humble', 'jolly', 'keen', 'kind', 'lively', 'lucid', 'lucky', 'mellow', 'merry', 'mild'],
  ...['neat', 'nimble', 'patient', 'placid', 'plucky', 'polite', 'proud', 'quick', 'quiet', 'ready'],
  ...['serene', 'sharp', 'silent', 'sincere', 'sober', 'steady', 'sunny', 'swift', 'tidy', 'witty'],
];

/** People to whom computing owes something. */
const surnames: readonly string[] = [
  ...['ada', 'allen', 'babbage', 'backus', 'baran', 'bartik', 'blackwell', 'boole', 'borg', 'booth'],
  ...['cerf', 'church', 'clarke', 'codd', 'dahl', 'diffie', 'dijkstra', 'easley', 'engelbart', 'estrin'],
  ...['floyd', 'geschke', 'goldberg', 'goldwasser', 'granville', 'hamilton', 'hamming', 'hellman', 'hoare'],
  ...['holberton', 'hopper', 'iverson', 'kahn', 'kay', 'keller', 'kernighan', 'kleene', 'knuth', 'lamport'],
  ...['lamarr', 'liskov', 'lovelace', 'mcclure', 'mccarthy', 'meinel', 'milner', 'naur', 'noether', 'perlis'],
  ...['perlman', 'postel', 'ritchie', 'rivest', 'shannon', 'shirley', 'spence', 'tarjan', 'turing', 'wilkes'],
];

import type { Finding } from './finding.ts';

/** A name, and the line that it stands on. */
interface NamedLine {
  readonly name: string;
  readonly line: number;
}

/**
 * Complains of each name that stood there before.
 *
 * @param what the thing that has the name, such as "the lesson"
 */
export function doubles(names: readonly NamedLine[], file: string, what: string): Finding[] {
  const all = names.map(({ name }) => name);
  return names
    .filter(({ name }, place) => all.indexOf(name) < place)
    .map(({ name, line }) => ({ file, line, message: `${what} "${name}" is there twice` }));
}

import type { Finding } from './finding.ts';

/**
 * Complains of each name that stood there before.
 *
 * @param what the thing that has the name, such as "the lesson"
 * @param lineOf the line of the name at a place
 */
export function doubles(
  names: readonly string[],
  file: string,
  what: string,
  lineOf: (place: number) => number,
): Finding[] {
  return names.flatMap((name, place) =>
    names.indexOf(name) < place
      ? [{ file, line: lineOf(place), message: `${what} "${name}" is there twice` }]
      : [],
  );
}

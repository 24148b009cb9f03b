/**
 * What `read` gives to its names: a field to each, and to the last one all that is left (POSIX, read).
 *
 * @param separators the value of IFS
 */
export function readFields(
  line: string,
  names: readonly string[],
  separators: string,
): readonly (readonly [name: string, value: string])[] {
  const blanks = [...separators].filter((each) => /\s/.test(each));
  const isBlank = (each: string | undefined) => each !== undefined && blanks.includes(each);
  const isSeparator = (each: string | undefined) => each !== undefined && separators.includes(each);
  let rest = line;
  const trim = () => {
    while (isBlank(rest[0])) rest = rest.slice(1);
  };
  trim();
  const fields = names.map((name, index): [string, string] => {
    if (index === names.length - 1) return [name, rest];
    const place = [...rest].findIndex(isSeparator);
    const field = place < 0 ? rest : rest.slice(0, place);
    rest = place < 0 ? '' : rest.slice(place);
    trim();
    if (isSeparator(rest[0]) && place >= 0) {
      rest = rest.slice(1);
      trim();
    }
    return [name, field];
  });
  while (isBlank(rest.at(-1))) rest = rest.slice(0, -1);
  // One separator at the end belongs to the last field, and not to what is in it.
  const isOnly = isSeparator(rest.at(-1)) && ![...rest.slice(0, -1)].some(isSeparator);
  if (names.length > 1 && rest.length > 1 && isOnly) rest = rest.slice(0, -1);
  return fields.map(([name, value], index) => [name, index === fields.length - 1 ? rest : value]);
}

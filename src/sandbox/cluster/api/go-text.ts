/** A value as Go's `%v` shows it: `map[spec:map[replicas:3]]`, `[1 2]`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const fields = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${name}:${goText(each)}`);
  return `map[${fields.join(' ')}]`;
}

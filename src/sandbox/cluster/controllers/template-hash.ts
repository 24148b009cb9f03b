/** Letters and digits that are unlikely to make a word (k8s.io/apimachinery/pkg/util/rand, `SafeEncodeString`). */
const safeLetters = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A short text that differs when a template differs, in the look of upstream's: FNV-1a of 32 bits, its decimal
 * digits written in safe letters (k8s.io/kubernetes/pkg/controller, `ComputeHash`). What is hashed is the
 * template as JSON with its fields in order, where upstream hashes a dump of its Go value.
 *
 * @param collisions how often another template was found to have the same hash
 */
export function templateHash(template: unknown, collisions = 0): string {
  const text = collisions > 0 ? `${canonicalJson(template)}${collisions}` : canonicalJson(template);
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return [...`${hash}`].map((digit) => safeLetters[digit.charCodeAt(0) % safeLetters.length]).join('');
}

/** JSON whose fields stand in the order of their names, so that like values have like texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
}

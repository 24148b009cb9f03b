/** Which of a Job's numbered Pods have come to an end. */
export type Indexes = ReadonlySet<number>;

/**
 * Reads indexes as a Job's status writes them: `0-2,5` (k8s.io/kubernetes/pkg/controller/job,
 * `parseIndexesFromString`).
 *
 * @param completions those from this on are left out
 */
export function parseIndexes(text: string | undefined, completions: number): Set<number> {
  const found = new Set<number>();
  for (const part of (text ?? '').split(',').filter(Boolean)) {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    if (Number.isNaN(first) || Number.isNaN(last)) continue;
    for (let index = first; index <= last && index < completions; index++) found.add(index);
  }
  return found;
}

/** Writes indexes down: three or more in a row as a range. */
export function indexesText(indexes: Indexes): string {
  const sorted = [...indexes].sort((one, other) => one - other);
  const parts: string[] = [];
  for (let place = 0; place < sorted.length; ) {
    const first = sorted[place] as number;
    let end = place;
    while (sorted[end + 1] === (sorted[end] as number) + 1) end += 1;
    const last = sorted[end] as number;
    if (last === first) parts.push(`${first}`);
    else parts.push(last === first + 1 ? `${first},${last}` : `${first}-${last}`);
    place = end + 1;
  }
  return parts.join(',');
}

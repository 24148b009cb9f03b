/** So many lines that stay are shown around those that change. */
const around = 3;

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/**
 * What differs between two texts, as `diff -u` writes it, without the two lines of its head.
 *
 * @returns empty when nothing differs
 */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsBetween(linesOf(before), linesOf(after));
  const changes = edits.flatMap(({ sign }, place) => (sign === ' ' ? [] : [place]));
  const hunks: { start: number; end: number }[] = [];
  for (const place of changes) {
    const last = hunks.at(-1);
    if (last && place - around <= last.end) last.end = place + around + 1;
    else hunks.push({ start: Math.max(0, place - around), end: place + around + 1 });
  }
  return hunks.map(({ start, end }) => hunkText(edits, start, Math.min(end, edits.length))).join('');
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function hunkText(edits: readonly Edit[], start: number, end: number): string {
  const count = (from: number, to: number, but: Edit['sign']): number =>
    edits.slice(from, to).filter(({ sign }) => sign !== but).length;
  const range = (but: Edit['sign']): string => {
    const length = count(start, end, but);
    const first = count(0, start, but) + (length === 0 ? 0 : 1);
    return length === 1 ? String(first) : `${first},${length}`;
  };
  const lines = edits.slice(start, end).map(({ sign, line }) => `${sign}${line}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}

/** The shortest way from one list of lines to another (E. W. Myers, An O(ND) Difference Algorithm, 1986). */
function editsBetween(before: readonly string[], after: readonly string[]): readonly Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let tail = 0;
  while (
    tail < before.length - start &&
    tail < after.length - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const same = (lines: readonly string[]): Edit[] => lines.map((line) => ({ sign: ' ', line }));
  return [
    ...same(before.slice(0, start)),
    ...shortest(before.slice(start, before.length - tail), after.slice(start, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

function shortest(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let steps = 0; ; steps++) {
    trace.push(reach);
    const next = new Map(reach);
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let old = goesDown(reach, diagonal, steps)
        ? (reach.get(diagonal + 1) ?? 0)
        : (reach.get(diagonal - 1) ?? 0) + 1;
      while (old < before.length && old - diagonal < after.length && before[old] === after[old - diagonal]) {
        old += 1;
      }
      next.set(diagonal, old);
      if (old >= before.length && old - diagonal >= after.length) return walkedBack(trace, before, after);
    }
    reach = next;
  }
}

function goesDown(reach: ReadonlyMap<number, number>, diagonal: number, steps: number): boolean {
  if (diagonal === -steps) return true;
  return diagonal !== steps && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1);
}

function walkedBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Edit[] {
  const edits: Edit[] = [];
  let old = before.length;
  let fresh = after.length;
  for (let steps = trace.length - 1; steps >= 0; steps--) {
    const reach = trace[steps] ?? new Map<number, number>();
    const diagonal = old - fresh;
    const isDown = goesDown(reach, diagonal, steps);
    const from = isDown ? diagonal + 1 : diagonal - 1;
    const start = steps === 0 ? 0 : (reach.get(from) ?? 0);
    const startFresh = steps === 0 ? 0 : start - from;
    while (old > start && fresh > startFresh) {
      old -= 1;
      fresh -= 1;
      edits.push({ sign: ' ', line: before[old] ?? '' });
    }
    if (steps === 0) break;
    if (isDown) {
      fresh -= 1;
      edits.push({ sign: '+', line: after[fresh] ?? '' });
    } else {
      old -= 1;
      edits.push({ sign: '-', line: before[old] ?? '' });
    }
  }
  return edits.reverse();
}

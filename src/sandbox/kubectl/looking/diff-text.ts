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

/** How far each diagonal reaches in the lines of before. */
type Reach = ReadonlyMap<number, number>;

function reached(reach: Reach, diagonal: number): number {
  return reach.get(diagonal) ?? -1;
}

function shortest(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const trace: Reach[] = [];
  let reach: Reach = new Map([[1, 0]]);
  for (let steps = 0; ; steps++) {
    trace.unshift(reach);
    const next = new Map(reach);
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let old = goesDown(reach, diagonal, steps)
        ? reached(reach, diagonal + 1)
        : reached(reach, diagonal - 1) + 1;
      while (old < before.length && old - diagonal < after.length && before[old] === after[old - diagonal]) {
        old += 1;
      }
      next.set(diagonal, old);
      if (old >= before.length && old - diagonal >= after.length) return walkedBack(trace, before, after);
    }
    reach = next;
  }
}

function goesDown(reach: Reach, diagonal: number, steps: number): boolean {
  if (diagonal === -steps) return true;
  return diagonal !== steps && reached(reach, diagonal - 1) < reached(reach, diagonal + 1);
}

/** @param trace how far the diagonals reached before each step, the last one first */
function walkedBack(trace: readonly Reach[], before: readonly string[], after: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  const [old, fresh] = [[...before], [...after]];
  for (const [place, reach] of trace.entries()) {
    const steps = trace.length - 1 - place;
    const diagonal = old.length - fresh.length;
    const isDown = goesDown(reach, diagonal, steps);
    const from = isDown ? diagonal + 1 : diagonal - 1;
    const start = steps === 0 ? 0 : reached(reach, from);
    const same = Math.min(old.length - start, fresh.length - (steps === 0 ? 0 : start - from));
    fresh.splice(fresh.length - same);
    for (const line of old.splice(old.length - same).reverse()) edits.push({ sign: ' ', line });
    if (steps === 0) break;
    const [line = ''] = isDown ? fresh.splice(-1) : old.splice(-1);
    edits.push({ sign: isDown ? '+' : '-', line });
  }
  return edits.reverse();
}

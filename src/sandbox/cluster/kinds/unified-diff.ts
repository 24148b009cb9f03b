/** So many lines stand around a change. */
const around = 3;
/** From so many lines on, lines that are everywhere count for nothing. */
const manyLines = 200;

interface Block {
  readonly before: number;
  readonly after: number;
  readonly size: number;
}

interface Step {
  readonly isEqual: boolean;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/**
 * What changes between two texts, in the form of `diff -u` without its head: as Python's difflib finds it, and
 * after it github.com/pmezard/go-difflib, which the API server uses.
 */
export function unifiedDiff(before: readonly string[], after: readonly string[]): string {
  return groupsOf(stepsOf(before, after))
    .map((steps) => {
      const [from, to] = [
        Math.min(...steps.map((step) => step.from[0])),
        Math.max(...steps.map((step) => step.from[1])),
      ];
      const [start, end] = [
        Math.min(...steps.map((step) => step.to[0])),
        Math.max(...steps.map((step) => step.to[1])),
      ];
      const head = `@@ -${rangeText(from, to)} +${rangeText(start, end)} @@\n`;
      const lines = steps.flatMap((step) =>
        step.isEqual
          ? before.slice(...step.from).map((line) => ` ${line}\n`)
          : [
              ...before.slice(...step.from).map((line) => `-${line}\n`),
              ...after.slice(...step.to).map((line) => `+${line}\n`),
            ],
      );
      return head + lines.join('');
    })
    .join('');
}

function rangeText(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return `${start + 1}`;
  return `${length === 0 ? start : start + 1},${length}`;
}

/** Changes that are near one another stand together, with some lines around them. */
function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const trimmed = steps.map((step, index) => {
    const { isEqual, from, to } = step;
    if (!isEqual) return step;
    const head = index === 0 ? Math.max(0, from[1] - from[0] - around) : 0;
    const tail = index === steps.length - 1 ? Math.max(0, from[1] - from[0] - head - around) : 0;
    return {
      isEqual,
      from: [from[0] + head, from[1] - tail] as const,
      to: [to[0] + head, to[1] - tail] as const,
    };
  });
  const groups: Step[][] = [];
  let group: Step[] = [];
  for (const step of trimmed) {
    const { isEqual, from, to } = step;
    if (isEqual && from[1] - from[0] > 2 * around) {
      group.push({
        isEqual,
        from: [from[0], Math.min(from[1], from[0] + around)],
        to: [to[0], Math.min(to[1], to[0] + around)],
      });
      groups.push(group);
      group = [
        {
          isEqual,
          from: [Math.max(from[0], from[1] - around), from[1]],
          to: [Math.max(to[0], to[1] - around), to[1]],
        },
      ];
    } else group.push(step);
  }
  return [...groups, group].filter((each) => each.some(({ isEqual }) => !isEqual));
}

function stepsOf(before: readonly string[], after: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  let [at, to] = [0, 0];
  const blocks = [...blocksOf(before, after), { before: before.length, after: after.length, size: 0 }];
  for (const block of blocks) {
    if (at < block.before || to < block.after) {
      steps.push({ isEqual: false, from: [at, block.before], to: [to, block.after] });
    }
    at = block.before + block.size;
    to = block.after + block.size;
    if (block.size > 0) steps.push({ isEqual: true, from: [block.before, at], to: [block.after, to] });
  }
  return steps;
}

/** What stays, in order; blocks that touch are one. */
function blocksOf(before: readonly string[], after: readonly string[]): readonly Block[] {
  const places = placesOf(after);
  const open: (readonly [number, number, number, number])[] = [[0, before.length, 0, after.length]];
  const found: Block[] = [];
  for (let part = open.pop(); part; part = open.pop()) {
    const [low, high, start, end] = part;
    const block = longestOf(before, after, places, part);
    if (block.size === 0) continue;
    found.push(block);
    open.push([low, block.before, start, block.after]);
    open.push([block.before + block.size, high, block.after + block.size, end]);
  }
  found.sort((one, other) => one.before - other.before);
  const joined: Block[] = [];
  for (const block of found) {
    const last = joined.at(-1);
    const touches =
      last && last.before + last.size === block.before && last.after + last.size === block.after;
    if (touches) joined[joined.length - 1] = { ...last, size: last.size + block.size };
    else joined.push(block);
  }
  return joined;
}

/** Where each line stands; not of those that stand everywhere. */
function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = places.get(line);
    if (known) known.push(index);
    else places.set(line, [index]);
  }
  if (lines.length < manyLines) return places;
  const most = Math.floor(lines.length / 100) + 1;
  return new Map([...places].filter(([, at]) => at.length <= most));
}

/** The longest run of lines that is in both; the first of them. */
function longestOf(
  before: readonly string[],
  after: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [low, high, start, end]: readonly [number, number, number, number],
): Block {
  let [at, to, size] = [low, start, 0];
  let lengths = new Map<number, number>();
  for (let index = low; index < high; index++) {
    const next = new Map<number, number>();
    for (const place of places.get(before[index] ?? '') ?? []) {
      if (place < start) continue;
      if (place >= end) break;
      const length = (lengths.get(place - 1) ?? 0) + 1;
      next.set(place, length);
      if (length > size) [at, to, size] = [index - length + 1, place - length + 1, length];
    }
    lengths = next;
  }
  while (at > low && to > start && before[at - 1] === after[to - 1])
    [at, to, size] = [at - 1, to - 1, size + 1];
  while (at + size < high && to + size < end && before[at + size] === after[to + size]) size += 1;
  return { before: at, after: to, size };
}

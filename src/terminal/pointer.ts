import { showControls } from './control-characters.ts';
import { widthOf } from './width.ts';

/** Characters of a line that are shown on either side of the place. */
const around = 24;

/** Carets below a fault, at the most. */
const mostCarets = 20;

/** The line with carets below the place that is at fault; of a long line the part around it. */
export function drawPointer({
  line,
  at,
  length,
}: {
  readonly line: string;
  readonly at: number;
  readonly length: number;
}): string {
  const start = Math.max(0, at - around);
  const end = Math.min(line.length, at + Math.max(1, Math.min(length, mostCarets)) + around);
  // A character of two halves may be cut in the middle.
  const shown = (from: number, to: number): string =>
    showControls(line.slice(from, to).replace(/\p{Surrogate}/gu, '\ufffd'));
  const before = `${start > 0 ? '... ' : ''}${shown(start, at)}`;
  const fault = shown(at, Math.min(end, at + length));
  const after = `${shown(Math.min(end, at + length), end)}${end < line.length ? ' ...' : ''}`;
  const carets = '^'.repeat(Math.max(1, Math.min(mostCarets, widthOf(fault))));
  return `  ${before}${fault}${after}\n  ${' '.repeat(widthOf(before))}${carets}\n`;
}

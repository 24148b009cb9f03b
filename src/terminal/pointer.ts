import { showControls } from './control-characters.ts';
import { widthOf } from './width.ts';

/** Characters of a line that are shown on either side of the place. */
const around = 24;

/** Carets below a fault, at the most. */
const mostCarets = 20;

/** A place in a line. */
export interface Fault {
  readonly line: string;
  /** Where it begins, and how long it is, in characters of the line. */
  readonly at: number;
  readonly length: number;
}

/** The line, and in words the place that is at fault: for those who hear it. */
export function tellPlace({ line, at, length }: Fault): string {
  const word = line.slice(at, at + Math.min(length, mostTold));
  const there = word === '' ? 'at its end' : `"${showControls(word)}"`;
  return `  In the line: ${showControls(line.slice(0, mostTold))}\n  At character ${at + 1}: ${there}\n`;
}

/** Characters that are told, at the most. */
const mostTold = 400;

/** The line with carets below the place that is at fault; of a long line the part around it. */
export function drawPointer({ line, at, length }: Fault): string {
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

import { wrapAnsi } from 'fast-wrap-ansi';
import { isSimple } from './width.ts';

/** A space that does not break: the number of a source stays with its sentence. */
export const noBreak = '\u00a0';

/**
 * Wraps text that is already drawn; lines that were there stay, a word that is wider than a line is cut.
 * Colours are closed at the end of a line and opened again on the next.
 *
 * @param width in columns; less than 6 counts as 6
 */
export function wrap(text: string, width: number): string[] {
  const columns = Math.max(6, width);
  const given = text.split('\n');
  const lines = given.every(isSimple)
    ? given.flatMap((line) => wrapSimple(line, columns))
    : wrapAnsi(text, columns, { hard: true, trim: true }).split('\n');
  return lines.map((line) => line.replaceAll(noBreak, ' '));
}

/** The same for a line without colours: measuring every word of a large table would take most of its time. */
function wrapSimple(text: string, width: number): string[] {
  const line = text.trim();
  if (line.length <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length <= width) current = longer;
    else {
      if (current !== '') lines.push(current.trimEnd());
      current = word;
    }
    for (; current.length > width; current = current.slice(width)) lines.push(current.slice(0, width));
  }
  return current === '' ? lines : [...lines, current.trimEnd()];
}

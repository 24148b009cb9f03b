import type { Item } from '../../../quiz/item.ts';
import { indented } from '../../prose.ts';
import type { Style } from '../../style.ts';
import { drawPrompt, drawQuestion } from '../../views/question-view.ts';
import { wrap } from '../../wrap.ts';
import { hidden } from './cursor.ts';

/** A line of a list that one goes over with the arrows. */
export interface ListLine {
  readonly text: string;
  /** Whether it belongs to what is chosen now. */
  readonly isHere: boolean;
}

/** One entry of a list, in lines; the one that is chosen stands out. */
export function listed(lines: readonly string[], isHere: boolean, style: Style): ListLine[] {
  return lines.map((line) => ({ text: isHere ? style.typed(line) : line, isHere }));
}

/** Fewer lines than these cannot show where one is and that there is more. */
const leastRoom = 3;

/**
 * The lines of a list that fit, those around the chosen ones; how many are left out stands in their place.
 * A prompt that is taller than the terminal could not be redrawn: its upper lines would stay for ever.
 *
 * @param room rows there are for the list
 */
export function fitting(lines: readonly ListLine[], room: number, style: Style): string[] {
  const count = Math.max(leastRoom, room);
  const before = Math.max(0, Math.min(middle(lines) - Math.floor(count / 2), lines.length - count));
  const after = lines.length - before - count;
  return lines.slice(before, before + count).map(({ text }, index) => {
    if (index === 0 && before > 0) return leftOut(before + 1, style);
    if (index === count - 1 && after > 0) return leftOut(after + 1, style);
    return text;
  });
}

function middle(lines: readonly ListLine[]): number {
  const first = lines.findIndex(({ isHere }) => isHere);
  const last = lines.findLastIndex(({ isHere }) => isHere);
  return Math.floor((first + last) / 2);
}

function leftOut(count: number, style: Style): string {
  return style.faint(style.text(`  … ${count} more`));
}

/**
 * What an item is answered by, and the help below it. The question stands above already; where it has
 * scrolled out of a terminal that is too low for all of it, it is said again.
 *
 * @param lines what there is to choose from
 * @param help what the keys do, or what was wrong with the last one
 */
export function drawAnswering(item: Item, lines: readonly ListLine[], help: string, style: Style): string {
  const { rows } = style.screen;
  const below = ['', ...indented(wrap(style.faint(help), style.width))];
  // Its first line says what kind it is; that one may go.
  const above = drawQuestion(item, style, 'quiz').slice(1);
  const isSeen = above.length + (item.listing ? 0 : 1) + lines.length + below.length <= rows;
  const again = isSeen ? [] : [...drawPrompt(item, style), ''];
  const shown = fitting(lines, rows - again.length - below.length, style);
  return hidden([...again, ...indented(shown), ...below].join('\n'));
}

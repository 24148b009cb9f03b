import { drawLine, indented } from '../prose.ts';
import type { Style } from '../style.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const cell = 4;

/**
 * A strip of the days to come: how many questions come up on each, as a number and as a level.
 *
 * @param counts for each day, today first
 */
export function drawDueDays(counts: readonly number[], today: Date, style: Style): string[] {
  const title = style.strong('Reviews to come');
  if (counts.every((count) => count === 0)) return [];
  if (style.screen.plain) {
    const named = counts.flatMap((count, place) => {
      if (count === 0) return [];
      return place === 0 ? `${count} today` : `${count} on ${dayName(today, place)}`;
    });
    return drawLine(`Reviews to come: ${named.join(', ')}.`, style);
  }
  const shown = counts.slice(0, Math.max(1, Math.floor(style.width / cell)));
  const most = Math.max(...shown, 1);
  const levels = [...style.sign.levels];
  const levelOf = (count: number): string =>
    count === 0 ? '' : (levels[Math.ceil((count / most) * levels.length) - 1] ?? '');
  const row = (texts: readonly string[], draw: (text: string) => string = (text) => text): string =>
    texts
      .map((text) => (text === '' ? '' : draw(text)) + ' '.repeat(cell - text.length))
      .join('')
      .trimEnd();
  return indented([
    title,
    row(shown.map((count) => (count === 0 ? style.text('·') : String(count)))),
    row(
      shown.map((count) => levelOf(count).repeat(cell - 1)),
      style.good,
    ),
    style.faint(row(shown.map((_, place) => (place === 0 ? 'now' : weekday(today, place))))),
  ]);
}

/**
 * What is due, or when the next question comes up: a sentence.
 *
 * @param next the first that is not due today
 */
export function dueText(due: number, next: Date | undefined, today: Date): string {
  if (due > 0) return `${due} ${due === 1 ? 'question is' : 'questions are'} due for review.`;
  if (!next) return 'Nothing is due for review.';
  const place = daysBetween(today, next);
  return `Nothing is due today. The next review is ${place <= 1 ? 'tomorrow' : `on ${dayName(today, place)}`}.`;
}

/** A date as in a sentence: `Fri 20 Nov`. */
export function dateText(date: Date): string {
  return `${days[date.getDay()]} ${date.getDate()} ${months[date.getMonth()]}`;
}

function dayName(today: Date, place: number): string {
  return dateText(dayAfter(today, place));
}

function weekday(today: Date, place: number): string {
  return days[dayAfter(today, place).getDay()] ?? '';
}

function dayAfter(today: Date, place: number): Date {
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + place);
}

function daysBetween(today: Date, later: Date): number {
  const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(today)) / 86_400_000);
}

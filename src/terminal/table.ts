import Table from 'cli-table3';

import { indented } from './prose.ts';
import type { Style } from './style.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

const asciiFrame = {
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  'left-mid': '+',
  mid: '-',
  'mid-mid': '+',
  right: '|',
  'right-mid': '+',
  middle: '|',
};

/** Below this width, in columns, a table is drawn as stacked pairs. */
const narrow = 60;

/** No word widens a column beyond this. */
const widestLeast = 18;

/**
 * Draws a table within the screen's width. Under 60 columns, and in the linear form, every row becomes a
 * list of its heads and cells.
 *
 * @param head what the columns are called
 * @param rows cells, already drawn; they may hold colours
 * @param shares how the width is shared where the cells do not fit, as fractions that sum to 1
 */
export function drawTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  shares: readonly number[],
  style: Style,
): string[] {
  if (style.screen.plain || style.screen.columns < narrow) return drawStacked(head, rows, style);

  const frame = 3 * head.length + 1;
  const widths = shareWidth(head, rows, shares, style.width - frame);
  const table = new Table({
    head: head.map((name, column) =>
      wrap(name, widths[column] ?? 0)
        .map((line) => style.strong(line))
        .join('\n'),
    ),
    colWidths: widths.map((width) => width + 2),
    style: { head: [], border: [] },
    ...(style.screen.unicode ? {} : { chars: asciiFrame }),
  });
  // Wrapped here and not by the table, which cuts a word that is longer than its column.
  const wrapCell = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return wrap(breakAtPoints(cell, width), width).join('\n');
  };
  table.push(...rows.map((row) => row.map(wrapCell)));
  return indented(table.toString().split('\n'));
}

/** Every row as `head: cell` lines, with an empty line between rows. */
function drawStacked(head: readonly string[], rows: readonly (readonly string[])[], style: Style): string[] {
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...row.flatMap((cell, column) => {
      if (cell === '') return [];
      const lines = wrap(`${style.strong(`${head[column]}:`)} ${cell}`, style.width - 2);
      return indented(lines.map((line, place) => (place === 0 ? line : `  ${line}`)));
    }),
  ]);
}

/** Breaks words that are wider than their column. */
function breakAtPoints(cell: string, width: number): string {
  return cell.replace(/[^\s\x1b]+/g, (word) =>
    word.length <= width
      ? word
      : fill(
          partsOf(word).flatMap((part) => (part.length <= width ? part : fill(piecesOf(part), width))),
          width,
        ).join('\n'),
  );
}

/** Where a word may be broken: behind a point or a slash, `securityContext.` `runAsUser`. */
function partsOf(word: string): string[] {
  return word.match(/[^./=,:]+[./=,:]*|[./=,:]+/g) ?? [];
}

/** Where what is still too wide may be: before a capital or behind a dash, `PersistentVolume` `Claim`. */
function piecesOf(part: string): string[] {
  return part.split(/(?<=[a-z])(?=[A-Z])|(?<=[a-z]-)/);
}

/** Joins pieces into as few lines of a width as they need. */
function fill(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const longer = (lines.at(-1) ?? '') + piece;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}

function shareWidth(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  shares: readonly number[],
  width: number,
): number[] {
  const wanted = head.map((name, column) =>
    Math.max(
      ...[name, ...rows.map((row) => row[column] ?? '')]
        .flatMap((cell) => cell.split('\n'))
        .map((line) => widthOf(line)),
    ),
  );
  if (wanted.reduce((sum, each) => sum + each, 0) <= width) return wanted;
  // Columns that need less than their share get what they need; the others share the rest.
  let rest = width;
  let restShares = 1;
  const widths = new Array<number>(head.length).fill(0);
  const open = new Set(head.keys());
  for (let settled = true; settled && open.size > 0; ) {
    settled = false;
    for (const column of open) {
      const share = Math.floor((rest * (shares[column] ?? 0)) / restShares);
      const need = wanted[column] ?? 0;
      if (need > share) continue;
      widths[column] = need;
      rest -= need;
      restShares -= shares[column] ?? 0;
      open.delete(column);
      settled = true;
    }
  }
  for (const column of open)
    widths[column] = Math.max(6, Math.floor((rest * (shares[column] ?? 0)) / restShares));
  return widenForWords(widths, [...open], rows);
}

/** A column too narrow for a word that cannot be broken takes what it wants from one that has room to spare. */
function widenForWords(
  widths: number[],
  open: readonly number[],
  rows: readonly (readonly string[])[],
): number[] {
  const least = new Map(
    open.map((column) => {
      const words = rows.flatMap(
        (row) => (row[column] ?? '').replace(/\x1b\[[\d;]*m/g, '').match(/\S+/g) ?? [],
      );
      const long = words.filter((word) => word.length > (widths[column] ?? 0));
      return [
        column,
        Math.max(
          0,
          ...long
            .flatMap(partsOf)
            .flatMap(piecesOf)
            .map((piece) => piece.length),
        ),
      ];
    }),
  );
  const spare = (column: number): number =>
    (widths[column] ?? 0) - Math.max(least.get(column) ?? 0, widestLeast);
  for (const column of open) {
    const wanted = Math.min(least.get(column) ?? 0, widestLeast) - (widths[column] ?? 0);
    const donor = open.reduce((best, each) => (spare(each) > spare(best) ? each : best), column);
    const given = Math.min(wanted, spare(donor));
    if (given <= 0) continue;
    widths[column] = (widths[column] ?? 0) + given;
    widths[donor] = (widths[donor] ?? 0) - given;
  }
  return widths;
}

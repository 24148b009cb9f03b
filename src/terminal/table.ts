import Table from 'cli-table3';
import stringWidth from 'fast-string-width';
import { indented, wrap } from './prose.ts';
import type { Style } from './style.ts';

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
    head: head.map((name) => style.strong(name)),
    colWidths: widths.map((width) => width + 2),
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [] },
    ...(style.screen.unicode ? {} : { chars: asciiFrame }),
  });
  table.push(...rows.map((row) => [...row]));
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
        .map((line) => stringWidth(line)),
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
  return widths;
}

/** How wide a column is at the least, its blanks among it, and how many blanks follow its widest cell. */
export interface Columns {
  readonly smallest: number;
  readonly padding: number;
}

/**
 * Sets a text with tabs in columns as Go's tabwriter does: a column is as wide as the widest cell of the lines
 * that stand together and have it; the last cell of a line belongs to no column
 * (https://pkg.go.dev/text/tabwriter).
 *
 * @param columns no smallest width and two blanks where it is left out
 */
export function elasticTabs(
  text: string,
  { smallest, padding }: Columns = { smallest: 0, padding: 2 },
): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  for (let column = 0; lines.some((cells) => column < cells.length - 1); column++) {
    for (let start = 0; start < lines.length; start++) {
      if (!has(lines[start], column)) continue;
      let end = start;
      let width = smallest;
      for (; has(lines[end], column); end++)
        width = Math.max(width, lengthOf(lines[end]?.[column] ?? '') + padding);
      for (let line = start; line < end; line++) widths[line]?.push(width);
      start = end;
    }
  }
  return lines
    .map((cells, line) =>
      cells
        .map((cell, column) => {
          const width = widths[line]?.[column] ?? 0;
          return cell + ' '.repeat(Math.max(0, width - lengthOf(cell)));
        })
        .join(''),
    )
    .join('\n');
}

function has(cells: readonly string[] | undefined, column: number): boolean {
  return cells !== undefined && column < cells.length - 1;
}

function lengthOf(cell: string): number {
  return [...cell].length;
}

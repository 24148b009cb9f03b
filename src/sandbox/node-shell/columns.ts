/** How Go's text/tabwriter was set up. */
export interface ColumnShape {
  /** A column is at least so wide, its padding included. */
  readonly least: number;
  readonly padding: number;
}

/**
 * Sets rows in columns as Go's text/tabwriter does without flags: the last cell of a row is not filled up.
 *
 * @returns lines with their ends
 */
export function columns(rows: readonly (readonly string[])[], { least, padding }: ColumnShape): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, place) => {
      widths[place] = Math.max(widths[place] ?? least, [...cell].length + padding);
    });
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, place) =>
        place < row.length - 1 ? cell + ' '.repeat(Number(widths[place]) - [...cell].length) : cell,
      );
      return `${cells.join('')}\n`;
    })
    .join('');
}

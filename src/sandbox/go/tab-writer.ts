/** How wide a column is at the least. */
const smallest = 6;

/**
 * Columns side by side, as kubectl sets them: each as wide as its widest cell and three blanks, at least six
 * (k8s.io/cli-runtime/pkg/printers/tabwriter.go). The last column is not filled up.
 */
export class TabWriter {
  #widths: readonly number[] = [];

  /** Sets rows, remembering how wide the columns were before: rows that come later stay below the first. */
  text(rows: readonly (readonly string[])[]): string {
    const widths = [...this.#widths];
    for (const row of rows) {
      row.slice(0, -1).forEach((cell, column) => {
        widths[column] = Math.max(widths[column] ?? smallest, [...cell].length + 3);
      });
    }
    this.#widths = widths;
    return rows
      .map(
        (row) =>
          `${row.map((cell, column) => (column < row.length - 1 ? padded(cell, widths[column]) : cell)).join('')}\n`,
      )
      .join('');
  }

  /** Forgets the widths: the next rows belong to another table. */
  forget(): void {
    this.#widths = [];
  }
}

function padded(cell: string, width = smallest): string {
  return cell + ' '.repeat(width - [...cell].length);
}

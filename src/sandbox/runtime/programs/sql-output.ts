/** Rows of a result. */
export type Cells = readonly (readonly (string | null)[])[];

/** A table as psql draws it. */
export function grid(
  columns: readonly string[],
  rows: Cells,
  numeric: readonly number[],
  format: string,
  title?: string,
): string {
  if (format === 'tuples-plain')
    return rows.map((row) => `${row.map((cell) => cell ?? '').join('|')}\n`).join('');
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly (string | null)[]) =>
    cells.map((cell, index) =>
      numeric.includes(index)
        ? (cell ?? '').padStart(widths[index] ?? 0)
        : (cell ?? '').padEnd(widths[index] ?? 0),
    );
  const body = rows
    .map(
      (row) =>
        ` ${line(row)
          .join(' | ')
          .replace(/\s+$/, (end) => (numeric.includes(columns.length - 1) ? end : ''))}\n`,
    )
    .join('');
  if (format === 'tuples') return `${body}\n`;
  const head = ` ${columns.map((column, index) => centred(column, widths[index] ?? 0)).join(' | ')} \n`;
  const rule = `${widths.map((width) => '-'.repeat(width + 2)).join('+')}\n`;
  const heading =
    title === undefined
      ? ''
      : `${' '.repeat(Math.max(0, Math.floor((rule.length - 1 - title.length) / 2)))}${title}\n`;
  return `${heading}${head}${rule}${body}(${rows.length} row${rows.length === 1 ? '' : 's'})\n\n`;
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return `${' '.repeat(left)}${text}${' '.repeat(width - text.length - left)}`;
}

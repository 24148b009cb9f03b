import type { Row } from './database.ts';

/** How psql draws a result. */
export interface OutputForm {
  readonly isAligned: boolean;
  /** Whether it shows rows alone, without their head and their number. */
  readonly isBare: boolean;
}

/** A result, as psql draws it. */
export interface Drawn {
  readonly title?: string;
  readonly columns: readonly string[];
  /** Which columns stand at the right. */
  readonly numeric: readonly number[];
  readonly rows: readonly Row[];
}

/** The rows of a result as psql draws them. */
export function drawn(result: Drawn, { isAligned, isBare }: OutputForm): string {
  const { columns, rows, title } = result;
  const count = `(${rows.length} row${rows.length === 1 ? '' : 's'})\n`;
  const cells = rows.map((row) => row.map((cell) => cell ?? ''));
  if (!isAligned) {
    const lines = [...(isBare ? [] : [columns]), ...cells].map((row) => `${row.join('|')}\n`).join('');
    return isBare ? lines : `${title === undefined ? '' : `${title}\n`}${lines}${count}`;
  }
  const widths = columns.map((column, place) =>
    Math.max(
      column.length,
      ...cells.flatMap((row) => (row[place] ?? '').split('\n').map(({ length }) => length)),
    ),
  );
  const body = cells.flatMap((row) => rowLines(row, widths, result.numeric)).join('');
  if (isBare) return `${body}\n`;
  const rule = `${widths.map((width) => '-'.repeat(width + 2)).join('+')}\n`;
  const head = ` ${widths.map((width, place) => centred(columns[place] ?? '', width)).join(' | ')} \n`;
  const heading = title === undefined ? '' : `${centred(title, rule.length - 1).trimEnd()}\n`;
  return `${heading}${head}${rule}${body}${count}\n`;
}

/** The lines of a row: a cell of several has a mark where it goes on. */
function rowLines(
  row: readonly string[],
  widths: readonly number[],
  numeric: readonly number[],
): readonly string[] {
  const parts = row.map((cell) => cell.split('\n'));
  const height = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    const cells = widths.map((width, place) => {
      const part = parts[place]?.[line] ?? '';
      const goesOn = parts[place]?.[line + 1] !== undefined;
      // The last is not filled up, unless it stands at the right or goes on.
      const isFilled = place < widths.length - 1 || goesOn;
      const isAtRight = numeric.includes(place) && (isFilled || parts[place]?.[line] !== undefined);
      const text = isAtRight ? part.padStart(width) : isFilled ? part.padEnd(width) : part;
      return ` ${text}${goesOn ? '+' : isFilled ? ' ' : ''}`;
    });
    return `${cells.join('|')}\n`;
  });
}

function centred(text: string, width: number): string {
  const left = Math.max(0, Math.floor((width - text.length) / 2));
  return `${' '.repeat(left)}${text}${' '.repeat(Math.max(0, width - text.length - left))}`;
}

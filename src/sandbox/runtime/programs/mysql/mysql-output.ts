import type { MysqlRows } from './mysql-select.ts';
import type { MysqlCommand } from './mysql-tokens.ts';

/** A result as a table with lines around it; without titles where they are not wanted. */
export function tableOf(
  { columns, numeric, rows }: MysqlRows,
  { hasTitles }: { readonly hasTitles: boolean },
): string {
  const cells = rows.map((row) => row.map((cell) => cell ?? 'NULL'));
  const widths = columns.map((column, place) =>
    // Where nothing may be, NULL has to fit.
    Math.max(hasTitles ? [...column].length : 0, ...cells.map((row) => [...(row[place] ?? '')].length)),
  );
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (row: readonly string[], isTitle: boolean) =>
    `|${row
      .map((cell, place) => {
        const space = ' '.repeat(Math.max(0, (widths[place] ?? 0) - [...cell].length));
        return numeric.includes(place) && !isTitle ? ` ${space}${cell} ` : ` ${cell}${space} `;
      })
      .join('|')}|\n`;
  const head = hasTitles ? `${line(columns, true)}${rule}` : '';
  return `${rule}${head}${cells.map((row) => line(row, false)).join('')}${rule}`;
}

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\\': '\\\\', '\0': '\\0' };

/** A result with tabs between its cells, for another program. */
export function batchRows(
  { columns, rows }: MysqlRows,
  { hasTitles }: { readonly hasTitles: boolean },
): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) =>
    row.map((cell) => (cell ?? 'NULL').replace(/[\t\n\\\0]/g, (sign) => escapes[sign] ?? sign)),
  );
  return [...(hasTitles ? [columns] : []), ...cells].map((row) => `${row.join('\t')}\n`).join('');
}

/** A result with a line for each cell, as after `\G`. */
export function uprightRows({ columns, rows }: MysqlRows): string {
  const width = Math.max(...columns.map(({ length }) => length));
  const stars = '*'.repeat(27);
  return rows
    .map((row, number) => {
      const lines = columns.map((column, place) => `${column.padStart(width)}: ${row[place] ?? 'NULL'}\n`);
      return `${stars} ${number + 1}. row ${stars}\n${lines.join('')}`;
    })
    .join('');
}

/** An error that a statement ends with, outside a terminal: MariaDB shows the statement too. */
export function errorText(
  error: { readonly code: number; readonly state: string; readonly message: string },
  { text, line }: Pick<MysqlCommand, 'text' | 'line'>,
  isMaria: boolean,
): string {
  const isUse = /^use\s/i.test(text);
  const shown = isMaria && !isUse ? `--------------\n${text}\n--------------\n\n` : '';
  return `${shown}${named(error)} at line ${line}: ${error.message}\n`;
}

/** How an error begins; what the sandbox says has no number. */
export function named({ code, state }: { readonly code: number; readonly state: string }): string {
  return code === 0 ? 'ERROR' : `ERROR ${code} (${state})`;
}

/** Why a statement fails, in the words of PostgreSQL; `at` is the place in the text that it speaks of. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly at: number | undefined;
  readonly hint: string | undefined;

  constructor(message: string, at?: number, hint?: string) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/** An error as psql shows it: with the line of the text that it speaks of, and a mark under the place. */
export function shownError({ message, at, hint }: SqlError, text: string): string {
  const told = hint === undefined ? '' : `HINT:  ${hint}\n`;
  if (at === undefined) return `ERROR:  ${message}\n${told}`;
  const before = text.slice(0, at).split('\n');
  const column = text.slice(0, at).length - (text.lastIndexOf('\n', at - 1) + 1);
  const [line = ''] = text.slice(at - column).split('\n');
  const cut = cutLine(line, column);
  const head = `LINE ${before.length}: ${cut.head}`;
  return `ERROR:  ${message}\n${head}${cut.text}\n${' '.repeat(head.length + cut.column)}^\n${told}`;
}

const widest = 60;
const leastAfter = 10;

/** A line that is too long is cut around the place (reportErrorPosition of libpq). */
function cutLine(
  line: string,
  column: number,
): { readonly head: string; readonly text: string; readonly column: number } {
  if (line.length <= widest) return { head: '', text: line, column };
  if (widest >= column + leastAfter) return { head: '', text: `${line.slice(0, widest)}...`, column };
  const end = Math.min(line.length, column + leastAfter);
  const tail = end < line.length ? '...' : '';
  return { head: '...', text: `${line.slice(end - widest, end)}${tail}`, column: column - (end - widest) };
}

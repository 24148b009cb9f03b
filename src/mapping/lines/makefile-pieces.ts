import type { Piece } from './found-line.ts';

/**
 * The recipes of a Makefile, each line a shell of its own, without `@`, `-` and `+`; variables of make stand
 * as `${NAME}`, `$$` is the `$` of the shell (https://www.gnu.org/software/make/manual/html_node/Recipes.html).
 */
export function makefilePieces(text: string): Piece[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const pieces: Piece[] = [];
  let next = 0;
  for (const [place, line] of lines.entries()) {
    if (place < next) continue;
    const isRecipe = line.startsWith('\t');
    if (!isRecipe && !line.includes('$(shell ') && !/^[^#=]*:[^=]*;/.test(line)) continue;
    const typed = [line];
    next = place + 1;
    for (let more = lines[next]; more !== undefined && typed.at(-1)?.endsWith('\\'); more = lines[next]) {
      typed.push(more.replace(/^\t/, ''));
      next += 1;
    }
    const first = place + 1;
    const own = isRecipe ? typed.join('\n').replace(/^\t\s*[@+-]*\s*/, '') : withoutTarget(typed.join('\n'));
    pieces.push({ text: asShell(own), lines: typed.map((_line, offset) => first + offset) });
  }
  return pieces;
}

/** `up: ; docker compose up`, and what `$(shell …)` runs outside of recipes. */
function withoutTarget(line: string): string {
  return line.includes('$(shell ')
    ? line.replace(/^.*?(?=\$\(shell )/s, '')
    : line.replace(/^[^;]*;\s*[@+-]*/, '');
}

function asShell(text: string): string {
  return text.replace(/\$\$|\$\(shell |\$\(([^()$\n]{0,200})\)/g, (whole, name?: string) =>
    whole === '$$' ? '$' : name === undefined ? '$(' : `\${${name}}`,
  );
}

import type { Piece } from './found-line.ts';

/**
 * The recipes of a Makefile, each line a shell of its own, without `@`, `-` and `+`; variables of make stand
 * as `${NAME}`, `$$` is the `$` of the shell (https://www.gnu.org/software/make/manual/html_node/Recipes.html).
 */
export function makefilePieces(text: string): Piece[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const pieces: Piece[] = [];
  for (let place = 0; place < lines.length; place += 1) {
    const line = lines[place] ?? '';
    const isRecipe = line.startsWith('\t');
    if (!isRecipe && !line.includes('$(shell ') && !/^[^#=]*:[^=]*;/.test(line)) continue;
    const typed = [line];
    while ((typed.at(-1) ?? '').endsWith('\\') && place + 1 < lines.length) {
      place += 1;
      typed.push((lines[place] ?? '').replace(/^\t/, ''));
    }
    const first = place - typed.length + 2;
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

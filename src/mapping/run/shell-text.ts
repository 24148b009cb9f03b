/**
 * Names of variables that the shell would have replaced before docker saw the line: `$TAG`, `${TAG:-1}`.
 * What stands in single quotes, or after a backslash, the shell leaves alone.
 *
 * @param text a word of the line, without its quotes
 * @param open the line as `withoutQuoted` gives it
 */
function shellVariables(text: string, open: string): string[] {
  return variablesIn(text)
    .filter(({ whole }) => open.includes(whole))
    .map(({ name }) => name);
}

/** Whether the shell would have put the output of a command there, `$(pwd)`. */
function hasSubstitution(text: string, open: string): boolean {
  const found = /\$\([^()]*\)/.exec(text)?.[0];
  return found !== undefined && open.includes(found);
}

/** Whether the shell would have put something else in the place of the text, or of a part of it. */
export function isOpen(text: string, open: string): boolean {
  return text.includes('$') && (hasSubstitution(text, open) || shellVariables(text, open).length > 0);
}

/**
 * A path of the learner's machine as it can stand inside a word, where a shell replaces neither `~` nor what
 * cmd and PowerShell know: `$(pwd)/x` is `./x`, `~/x` is `$HOME/x`.
 */
export function pathInWord(path: string): string {
  return path.replace(/^(\$\(pwd\)|`pwd`|\$PWD|\$\{PWD\}|%cd%)(?=[/\\])/i, '.').replace(/^~(?=\/)/, '$HOME');
}

function variablesIn(text: string): { name: string; whole: string }[] {
  return [...text.matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^}]*\})/g)].map(
    ([whole, plain, braced]) => ({
      name: plain ?? braced ?? '',
      whole,
    }),
  );
}

/** The line without what stands in single quotes or after a backslash; empty where it has no dollar. */
export function withoutQuoted(input: string): string {
  if (!input.includes('$')) return '';
  let rest = '';
  let inDouble = false;
  for (let at = 0; at < input.length; at++) {
    const character = input[at] ?? '';
    if (character === '\\') at++;
    else if (character === '"') inDouble = !inDouble;
    else if (character === "'" && !inDouble) {
      const end = input.indexOf("'", at + 1);
      if (end < 0) return rest + input.slice(at);
      at = end;
      rest += ' ';
    } else rest += character;
  }
  return rest;
}

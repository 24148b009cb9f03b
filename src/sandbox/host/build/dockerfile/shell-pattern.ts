import { DockerfileError } from './dockerfile-error.ts';

/** Characters that mean something in a regular expression and nothing in a shell's pattern. */
const special = new Set(['[', ']', '{', '}', '.', '+', '(', ')', '|', '^', '$']);

/**
 * A shell's pattern as a regular expression: `?` is one character, `*` any number of them
 * (frontend/dockerfile/shell/lex.go of moby/buildkit).
 *
 * @param greedy whether `*` takes as much as it can
 * @param anchored whether it has to fit from the beginning
 * @throws DockerfileError for an escape that means nothing
 */
export function patternExpression(pattern: string, greedy: boolean, anchored: boolean): RegExp {
  const characters = [...pattern];
  let expression = anchored ? '^' : '';
  for (let place = 0; place < characters.length; place++) {
    let character = characters[place] ?? '';
    if (character === '*') expression += greedy ? '.*' : '.*?';
    else if (character === '?') expression += '.';
    else if (character === '\\') {
      const next = characters[place + 1] ?? '';
      if (next === '}' || next === '/') continue;
      if (next !== '*' && next !== '?' && next !== '\\')
        throw new DockerfileError(`invalid escape '\\${next}'`);
      place += 1;
      character = next;
      expression += `\\${character}`;
    } else expression += special.has(character) ? `\\${character}` : character;
  }
  return new RegExp(expression, 'u');
}

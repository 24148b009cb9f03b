import { DockerfileError } from './dockerfile-error.ts';

/**
 * A shell's pattern as a regular expression: `?` is one character, `*` any number of them
 * (frontend/dockerfile/shell/lex.go of moby/buildkit).
 *
 * @param greedy whether `*` takes as much as it can
 * @param anchored whether it has to fit from the beginning
 * @throws DockerfileError for an escape that means nothing
 */
export function patternExpression(pattern: string, greedy: boolean, anchored: boolean): RegExp {
  const expression = pattern.replace(/\\(.?)|[*?[\]{}.+()|^$]/gsu, (found, escaped?: string) => {
    if (found === '*') return greedy ? '.*' : '.*?';
    if (found === '?') return '.';
    // What means something in a regular expression means nothing here.
    if (escaped === undefined) return `\\${found}`;
    // These two are escaped because of the braces around; the escape is no part of the pattern.
    if (escaped === '/' || escaped === '}') return `\\${escaped}`;
    if (['*', '?', '\\'].includes(escaped)) return found;
    throw new DockerfileError(`invalid escape '\\${escaped || '\ufffd'}'`);
  });
  return new RegExp(anchored ? `^${expression}` : expression, 'u');
}

import { normalPath } from '../../../runtime/files/paths.ts';
import { DockerfileError } from '../dockerfile/dockerfile-error.ts';

interface Rule {
  readonly expression: RegExp;
  /** `!`: what fits is taken after all. */
  readonly isException: boolean;
}

/**
 * What .dockerignore leaves out of the context (github.com/moby/patternmatcher): the last pattern that fits a
 * path, or a folder that it is in, decides.
 */
export class IgnoreRules {
  readonly patterns: readonly string[];
  readonly hasExceptions: boolean;
  readonly #rules: readonly Rule[];

  /** @param patterns as `ignorePatterns` gives them @throws DockerfileError for one that is none */
  constructor(patterns: readonly string[]) {
    this.patterns = patterns;
    this.#rules = patterns.map((pattern) => {
      if (pattern === '!') throw new DockerfileError(`illegal exclusion pattern: "!"`);
      const isException = pattern.startsWith('!');
      return { expression: patternExpression(isException ? pattern.slice(1) : pattern), isException };
    });
    this.hasExceptions = this.#rules.some(({ isException }) => isException);
  }

  /** Whether a path is left out. @param path from the root of the context, such as `src/main.js` */
  ignores(path: string): boolean {
    const parts = path.split('/');
    const paths = parts.map((_, place) => parts.slice(0, place + 1).join('/'));
    let isIgnored = false;
    for (const { expression, isException } of this.#rules) {
      if (isException !== isIgnored) continue;
      if (paths.some((each) => expression.test(each))) isIgnored = !isException;
    }
    return isIgnored;
  }
}

/** The patterns of a file such as .dockerignore. */
export function ignorePatterns(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const isException = line.startsWith('!');
      const pattern = isException ? line.slice(1).trim() : line;
      return `${isException ? '!' : ''}${cleaned(pattern)}`;
    });
}

/** A path without `.`, `..` and slashes at its ends. */
function cleaned(pattern: string): string {
  return pattern && (normalPath(pattern).slice(1) || '.');
}

/** `**` is any number of folders, `*` and `?` stay in one. */
function patternExpression(pattern: string): RegExp {
  const expression = pattern.replace(/\*\*\/?|\*|\?|\\.|[\\^$.|+(){}]/gs, (part, place: number) => {
    if (part.startsWith('**')) return place + part.length === pattern.length ? '.*' : '(.*/)?';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 1 ? part : `\\${part}`;
  });
  try {
    return new RegExp(`^${expression}$`);
  } catch {
    throw new DockerfileError('syntax error in pattern');
  }
}

import type { Flavour } from './syntax.ts';

/** Where a message comes from. */
export interface MessagePlace {
  readonly flavour: Flavour;
  /** `$0`. */
  readonly name: string;
  readonly line: number;
  readonly isInteractive: boolean;
  /** Whether it runs a file, and not what follows `-c`. */
  readonly isFile: boolean;
}

/**
 * What a shell says goes wrong, with the beginning that each puts before it.
 *
 * @param builtin whose fault it is, where it is a builtin's
 */
export function shellMessage(
  { flavour, name, line, isInteractive, isFile }: MessagePlace,
  text: string,
  builtin?: string,
): string {
  if (flavour === 'dash') return `${name}: ${line}: ${builtin ? `${builtin}: ` : ''}${text}\n`;
  if (flavour === 'bash') {
    const at = isInteractive ? '' : `line ${line}: `;
    return `${name}: ${at}${builtin ? `${builtin}: ` : ''}${text}\n`;
  }
  const at = isInteractive ? '' : `line ${isFile ? line : line - 1}: `;
  if (builtin) return `${name}: ${builtin}: ${at}${text}\n`;
  return `${name}: ${isFile ? at : ''}${text}\n`;
}

/** A word as `set -x` shows it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

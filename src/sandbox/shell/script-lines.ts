import { parseScript } from './parse.ts';
import { SyntaxFailure } from './syntax.ts';

/**
 * The commands of a script, each with the lines that belong to it: an open quote, a `\`, a `|` at the end or a
 * here-document go on in the next line. What is no command stays a line of its own, so that it is complained
 * of in its turn.
 */
export function linesOfScript(text: string): readonly string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    open += open === '' ? line : `\n${line}`;
    if (isUnfinished(open)) continue;
    if (open.trim() !== '' && !/^\s*#/.test(open)) commands.push(open);
    open = '';
  }
  if (open.trim() !== '') commands.push(open);
  return commands;
}

/** Whether a text goes on in the next line. */
export function isUnfinished(text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\$/.test(text)) return true;
  try {
    parseScript(text);
    return false;
  } catch (error) {
    if (error instanceof SyntaxFailure) return error.isUnfinished;
    throw error;
  }
}

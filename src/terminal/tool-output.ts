import { asciiOutput } from './ascii.ts';
import type { Screen } from './screen.ts';

/** What moves the cursor, erases or colours (ECMA-48, CSI sequences), and returns to the start of a line. */
const redrawing = /\x1b\[[0-9;?]*[A-Za-z]|\r/g;

/** An advice of the sandbox, behind what a tool has refused. */
const advice = /^→ /gm;

/**
 * What a tool of the sandbox printed, as a screen can show it: as it is; or with its signs in ASCII; or, in the
 * linear form, without anything that draws on what is there.
 */
export function showToolOutput(text: string, { plain, unicode }: Screen): string {
  if (plain) return asciiOutput(text.replace(advice, 'Hint: ').replace(redrawing, ''));
  return unicode ? text : asciiOutput(text.replace(advice, '-> '));
}

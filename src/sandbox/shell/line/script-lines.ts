import { unfinished } from './parse.ts';

/**
 * The commands of a script, each with the lines that belong to it: an open quote, a loop, a `\`, a `|` at the
 * end or a here-document go on in the next line. What is no command stays a line of its own, so that it is
 * complained of in its turn.
 */
export function linesOfScript(text: string): readonly string[] {
  const commands: string[] = [];
  let open: string[] = [];
  let awaited: string | undefined;
  // Files that were written on Windows have a mark before them, and other ends of lines.
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    open.push(line);
    // What is awaited is not in it: the text need not be read again.
    if (awaited !== undefined && !line.includes(awaited)) continue;
    const whole = open.join('\n');
    const goesOn = unfinished(whole);
    awaited = goesOn?.awaited;
    if (goesOn) continue;
    if (isCommand(whole)) commands.push(whole);
    open = [];
  }
  const rest = open.join('\n');
  if (isCommand(rest)) commands.push(rest);
  return commands;
}

/** Whether a text goes on in the next line. */
export function isUnfinished(text: string): boolean {
  return unfinished(text) !== undefined;
}

function isCommand(text: string): boolean {
  return text.trim() !== '' && !/^\s*#[^\n]*$/.test(text);
}

/** An instruction in its parts. */
export interface SplitCommand {
  readonly command: string;
  readonly flags: readonly string[];
  readonly rest: string;
}

/** Parts a line into the name of the instruction, its flags and what follows. @param mark the escape character */
export function splitCommand(line: string, mark: string): SplitCommand {
  const whole = line.trim();
  const blank = whole.search(/[\t\v\f\r ]/);
  if (blank < 0) return { command: whole, flags: [], rest: '' };
  const { flags, rest } = takeFlags(whole.slice(blank).trimStart(), mark);
  return { command: whole.slice(0, blank), flags, rest };
}

/** Takes the words that begin with two dashes from the beginning; a bare `--` ends them. */
function takeFlags(line: string, mark: string): { flags: readonly string[]; rest: string } {
  const flags: string[] = [];
  let rest = line;
  while (rest.startsWith('--')) {
    const { word, after } = takeWord(rest, mark);
    rest = after.trimStart();
    if (word === '--') break;
    flags.push(word);
  }
  return { flags, rest };
}

/** Takes a word, its quotes and escapes away; blanks in quotes are part of it. */
function takeWord(line: string, mark: string): { word: string; after: string } {
  let word = '';
  let quote = '';
  let isEscaped = false;
  let end = 0;
  for (const character of line) {
    if (isEscaped) {
      word += character;
      isEscaped = false;
    } else if (quote === '' && /\s/.test(character)) break;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === mark) isEscaped = true;
    else word += character;
    end += character.length;
  }
  return { word, after: line.slice(end) };
}

/** An instruction in its parts. */
export interface SplitCommand {
  readonly command: string;
  readonly flags: readonly string[];
  readonly rest: string;
}

/** Parts a line into the name of the instruction, its flags and what follows. @param mark the escape character */
export function splitCommand(line: string, mark: string): SplitCommand {
  const [, command = '', after] = /^([^\t\v\f\r ]*)(?:[\t\v\f\r ]+([\s\S]*))?$/.exec(line.trim()) ?? [];
  if (after === undefined) return { command, flags: [], rest: '' };
  const { flags, rest } = takeFlags(after, mark);
  return { command, flags, rest: rest.trim() };
}

/** Takes the words that begin with two dashes from the beginning; a bare `--` ends them. */
function takeFlags(line: string, mark: string): { flags: readonly string[]; rest: string } {
  const flags: string[] = [];
  let place = 0;
  for (;;) {
    while (place < line.length && /\s/.test(line[place] ?? '')) place += 1;
    if (place >= line.length) return { flags, rest: '' };
    if (!line.startsWith('--', place) || line.length === place + 1) return { flags, rest: line.slice(place) };
    const { word, end } = readFlag(line, place, mark);
    place = end;
    if (word === '--') return { flags, rest: line.slice(place) };
    flags.push(word);
  }
}

function readFlag(line: string, start: number, mark: string): { word: string; end: number } {
  let word = '';
  let quote = '';
  let place = start;
  for (; place < line.length; place++) {
    const character = line[place] ?? '';
    if (quote === '' && /\s/.test(character)) break;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === mark) {
      place += 1;
      word += line[place] ?? '';
    } else word += character;
  }
  return { word, end: place };
}

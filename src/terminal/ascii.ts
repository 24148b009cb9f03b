/** The ASCII twin of each character of a drawing, one column for one column. */
const drawing: Readonly<Record<string, string>> = {
  '─': '-',
  '━': '=',
  '│': '|',
  '┃': '|',
  '╌': '-',
  '╎': ':',
  '═': '=',
  '║': '|',
  '┌': '+',
  '┐': '+',
  '└': '+',
  '┘': '+',
  '├': '+',
  '┤': '+',
  '┬': '+',
  '┴': '+',
  '┼': '+',
  '▶': '>',
  '◀': '<',
  '▲': '^',
  '▼': 'v',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '●': '*',
  '○': 'o',
  '·': '.',
  '…': '~',
  '✓': 'v',
  '✗': 'x',
  '✔': '+',
  '✘': 'x',
  '⠿': '*',
};

/** The ASCII spelling of what occurs in prose. */
const writing: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '→': '->',
  '←': '<-',
  '⇒': '=>',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '×': 'x',
  '≈': '~',
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '·': '-',
  '•': '*',
  '✓': '+',
  '✗': 'x',
  '✖': 'x',
  '½': '1/2',
  µ: 'u',
  '°': ' degrees',
  '\u00a0': ' ',
  '⁹': '^9',
  '³': '^3',
  '⁰': '0',
  '⁶': '^6',
  // What Unicode has a decomposition for is reduced to its letter; the rest is in this table or a "?".
};

/** A drawing in ASCII, every character in the column it had; what was cut off at the end of a line has room. */
export function asciiDrawing(line: string): string {
  return line.replace(/…$/, '...').replace(/[^\x00-\x7f]/gu, (char) => drawing[char] ?? '?');
}

/** Prose in ASCII. It may grow: convert before wrapping. */
export function asciiWriting(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (char) => writing[char] ?? drawing[char] ?? letterOf(char));
}

/** A message in ASCII, except for letters in it: they are of names that somebody gave. */
export function asciiMessage(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (char) => writing[char] ?? drawing[char] ?? char);
}

/** What a tool printed, its signs in ASCII and in the columns they had; what is no sign stays. */
export function asciiOutput(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (char) => drawing[char] ?? char);
}

function letterOf(char: string): string {
  const letter = char.normalize('NFD').replace(/[^\x00-\x7f]/gu, '');
  // A mark of its own, such as an accent, belongs to the letter before it.
  return letter || (/^\p{M}$/u.test(char) ? '' : '?');
}

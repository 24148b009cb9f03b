import { quoteWord } from '../../docker/words.ts';

/** A word with one variable in it, and nothing else that a shell would look at. */
const withVariable = /^[\w@%+=:,./-]*\$(\w+|\{\w+\})[\w@%+=:,./-]*$/;

/** What a terminal would obey instead of showing it, or what reorders the text around it. */
const controls = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** Words as a line that a shell reads back as the same words. */
export function shellLine(argv: readonly string[]): string {
  return shellWords(argv).join(' ');
}

/**
 * Words with the quotes they need. Single ones do, and with control characters in it `$'…'`, which POSIX
 * knows since 2024 (XCU 2.2.4), bash and zsh for longer. A word with a variable stays open to the shell,
 * since it was written to be expanded.
 */
export function shellWords(argv: readonly string[]): string[] {
  return argv.map((word) => {
    if (withVariable.test(word)) return `"${word}"`;
    if (word.search(controls) === -1) return quoteWord(word);
    return `$'${word.replace(/[\\']/g, '\\$&').replace(controls, escapeControl)}'`;
  });
}

/**
 * A command in lines of a width, where one is too short: each but the last ends in a backslash, and the
 * others are set in by two. It is broken before options where that is enough; a word that is wider than a
 * line stays whole.
 *
 * @param words each with the quotes it needs
 */
export function breakBeforeOptions(words: readonly string[], width: number): string[] {
  const whole = words.join(' ');
  if (whole.length <= width) return [whole];
  const room = width - ' \\'.length;
  const lines: string[] = [];
  for (const piece of groupByOption(words).flatMap((group) =>
    group.join(' ').length + 2 > room ? group : [group.join(' ')],
  )) {
    const longer = `${lines.at(-1)} ${piece}`;
    if (lines.length > 0 && longer.length <= room) lines[lines.length - 1] = longer;
    else lines.push(lines.length === 0 ? piece : `  ${piece}`);
  }
  return lines.map((line, place) => (place < lines.length - 1 ? `${line} \\` : line));
}

/** An option stands at the start of a group, with its value behind it; so do the dashes with what they part off. */
function groupByOption(words: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const word of words) {
    const last = groups.at(-1);
    if (last && (!word.startsWith('-') || last[0] === '--')) last.push(word);
    else groups.push([word]);
  }
  return groups;
}

function escapeControl(char: string): string {
  const code = char.charCodeAt(0);
  // Of the octal form no shell takes more than three digits, so what follows may be a digit.
  if (code < 0x80) return named[char] ?? `\\${code.toString(8).padStart(3, '0')}`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
